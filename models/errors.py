"""The only exceptions that a person sees."""

from typing import Any


class Rejected(Exception):
    """A rule said no.

    `reason` is a key of `handlers.texts.rejections`, which turns it and the facts into one Spanish
    sentence with the way out. What was being changed is rolled back to where it stood.
    """

    def __init__(self, reason: str, **facts: Any) -> None:
        super().__init__(reason)
        self.reason = reason
        self.facts = facts


class UnreadableAnswer(Rejected):
    """What was written is not of the kind that was asked for, such as a day without a date in it."""
