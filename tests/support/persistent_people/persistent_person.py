"""A person who is not discouraged by a bot that is killed again and again.

What they send is sent once: Telegram keeps it until the bot has it. What they tap they tap again if nothing
happens for a while, or if the answer is not the expected one.
"""

import random
import time
from collections.abc import Awaitable, Callable

from tests.support.phones.phone import Message, Phone
from tests.support.waiting import PATIENCE

LOOKS_AGAIN = 1.5  # seconds without any reaction before a person looks or taps again

Fits = Callable[[Message], bool]
Act = Callable[[], Awaitable[bool]]
Way = tuple[Fits, str]  # a message that fits, and the button that is tapped there


def says(*words: str) -> Fits:
    """Return the condition that a message of the bot has all of these words."""
    return lambda message: message.from_bot and all(each in message.text for each in words)


class Persistent:
    """What they see and tap in the current task; earlier messages on the screen are ignored."""

    def __init__(self, phone: Phone, rng: random.Random) -> None:
        self.phone, self.rng = phone, rng
        self._tapped: set[int] = set()  # the messages on which they tapped
        self._above = 0

    async def turn_over(self) -> None:
        """Begin another task."""
        self._above = max((each.id for each in await self.phone.messages()), default=0)
        self._tapped.clear()

    async def newest(self, fits: Fits) -> Message | None:
        shown = [each for each in await self.phone.messages() if self._concerns(each) and fits(each)]
        return shown[-1] if shown else None

    def _concerns(self, message: Message) -> bool:
        return message.id > self._above or message.id in self._tapped

    async def until(self, fits: Fits, act: Act | None = None) -> Message:
        """Repeat the action until a message fits; return the newest one."""
        deadline = time.monotonic() + PATIENCE
        while (found := await self.newest(fits)) is None:
            if act is not None and await act():
                await self.phone.reaction(LOOKS_AGAIN)
            else:
                await self.phone.look(LOOKS_AGAIN / 10)
            assert time.monotonic() < deadline, f"It does not come. {self.phone.screen()}"
        return found

    def tapping(self, *ways: Way) -> Act:
        """Return an action that taps the newest message of the first way that exists; False if none does."""

        async def tap() -> bool:
            for fits, label in ways:
                asked = await self.newest(fits)
                if asked is not None and asked.rows:
                    await self._tap(asked, label)
                    return True
            return False

        return tap

    def tapping_on(self, message: Message, label: str) -> Act:
        """Return an action that taps that message's button."""

        async def tap() -> bool:
            await self._tap(message, label)
            return True

        return tap

    async def _tap(self, message: Message, label: str) -> None:
        self._tapped.add(message.id)
        await self.phone.tap(label, message)

    def on_tapped(self, *words: str) -> Fits:
        """Return the condition that these words replaced a message that they tapped."""
        return lambda message: message.id in self._tapped and says(*words)(message)
