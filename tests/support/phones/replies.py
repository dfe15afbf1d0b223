"""Writes or taps, and returns the bot's next message."""

from tests.support.phones.phone import Message, Phone, Wanted


def _any(_message: Message) -> bool:
    return True


async def ask(phone: Phone, text: str, wanted: Wanted = _any) -> Message:
    """Send a text, and return the first message after it, or the first that is wanted."""
    await phone.send(text)
    return await phone.wait_for(wanted)


async def tap(phone: Phone, label: str, wanted: Wanted = _any) -> Message:
    """Tap a button, and return the first message after it, or the first that is wanted."""
    await phone.tap(label)
    return await phone.wait_for(wanted)
