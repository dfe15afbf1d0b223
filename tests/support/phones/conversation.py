"""One person who writes and taps, with the bot in the same process: for tables of texts and their answers."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from models.operations import migrating
from models.programme_changes import importing
from models.storage import database, keys
from tests.support.phones.direct_bot import Direct
from tests.support.phones.screen import Message
from tests.support.phones.stage import MORNING, Part, without_pins


class Talk:
    """`bot` for whoever else speaks in the test."""

    def __init__(self, bot: Direct, part: Part) -> None:
        self.bot = bot
        self.part = part
        if part.telegram_id not in bot.world.people:
            bot.enter(part)

    def say(self, text: str) -> Message:
        """Send the text; return the bot's last message after it."""
        said = [each for each in self.bot.write(self.part.telegram_id, text) if each.from_bot]
        assert said, f"No answer to {text!r}"
        return said[-1]

    def said(self, text: str) -> list[Message]:
        """Send the text; return all messages of the bot after it."""
        return [each for each in self.bot.write(self.part.telegram_id, text) if each.from_bot]

    def tap(self, label: str) -> Message:
        """Press the newest button that begins with the label; return the bot's last message after it."""
        seen = self.bot.said[self.part.telegram_id]
        for message in reversed(seen):
            for button in message.buttons():
                if button.text.startswith(label) and button.data is not None:
                    before = len(seen)
                    self.bot.tap(self.part.telegram_id, [(button.data, message.id)])
                    return seen[-1] if len(seen) > before else message
        raise AssertionError(f"No button {label!r} on {seen[-1]}")


@contextmanager
def talking(
    folder: Path, part: Part, programme: Path | None = None, now: datetime = MORNING
) -> Iterator[Talk]:
    """The person with a bot of their own, by default with the bundled programme."""
    file = programme
    if file is None:
        file = folder / "programme.yaml"
        file.write_text(without_pins(), encoding="utf-8")
    engine = database.connect(f"sqlite:///{folder / 'avance.db'}")
    migrating.migrate(engine)
    keys.bind(engine, bytes(keys.LENGTH))
    with database.transaction(engine) as session:
        importing.ensure_loaded(session, file, now)
    yield Talk(Direct(engine, now), part)
    engine.dispose()
