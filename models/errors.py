"""Exceptions whose reason is shown to the person in the chat."""

from typing import Any


class Rejected(Exception):
    """A rule refuses what the person wants.

    `reason` is a key of `handlers.texts.rejections`, which makes of it and the facts a Spanish sentence that
    says what to do instead. The changes of the handler are rolled back.
    """

    def __init__(self, reason: str, **facts: Any) -> None:
        super().__init__(reason)
        self.reason = reason
        self.facts = facts


class UnreadableAnswer(Rejected):
    """The person's text is no answer of the kind asked for, such as a text without a date for a day."""
