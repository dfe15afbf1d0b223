"""Answers the questions of an activity that can be declined with «Sin …», one after another."""

from handlers.texts.activities.fields import OPTIONAL
from tests.support.phones.phone import Phone

NONE_BUTTONS = tuple(field.none for field in OPTIONAL)


async def answer_optional(phone: Phone, **answers: str) -> None:
    """Answer all of them: those named with the given text, the others with «Sin …»."""
    for field in OPTIONAL:
        await phone.wait_for(field.question)
        if field.name in answers:
            await phone.send(answers[field.name])
        else:
            await phone.tap(field.none)
