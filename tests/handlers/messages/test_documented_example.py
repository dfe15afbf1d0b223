"""The first example of the README and of the manual is understood as the manual says."""

import re
from pathlib import Path

from bot.demo.demo import SUGGESTIONS
from tests.handlers.messages.test_telling import is_card
from tests.support.phones.stage import ANA, Stage

ROOT = Path(__file__).parents[3]
MESSAGE = re.compile(r"^\s*>? ?(Ayer sesionó .+)$", re.MULTILINE)
WHAT = re.compile(r"^\s*> (\*\*Qué:\*\* .+)$", re.MULTILINE)
_SO_FAR = re.compile(r" \([^)]*\)")  # what the unit has, which is another on this stage


def first(pattern: re.Pattern[str], name: str) -> str:
    found = pattern.search((ROOT / name).read_text(encoding="utf-8"))
    assert found is not None, name
    return found[1]


async def test_the_first_example_gets_the_card_of_the_manual(stage: Stage) -> None:
    message = first(MESSAGE, "docs/manual.md")
    assert first(MESSAGE, "README.md") == message
    assert message.split(", 9 ")[0] in SUGGESTIONS
    ana = await stage.enter(ANA)
    await ana.send(message)
    card = await ana.wait_for(is_card)
    what = next(line for line in card.text.splitlines() if line.startswith("Qué:"))
    told = first(WHAT, "docs/manual.md").replace("*", "")
    assert _SO_FAR.sub("", what) == _SO_FAR.sub("", told)
