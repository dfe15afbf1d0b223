"""The questions of an activity that may be answered with «Sin …», asked one after another on a telephone."""

from handlers.texts.activities.fields import OPTIONAL
from tests.phone import Phone

NONE_BUTTONS = tuple(field.none for field in OPTIONAL)


async def answer_optional(phone: Phone, **answers: str) -> None:
    """Answer all of them, by their fields' names in words; the others have nothing to say."""
    for field in OPTIONAL:
        await phone.wait_for(field.question)
        if field.name in answers:
            await phone.send(answers[field.name])
        else:
            await phone.tap(field.none)
