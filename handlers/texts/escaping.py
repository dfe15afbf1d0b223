"""Escapes names, titles and what people wrote: `Html("<b>{}</b>").format(name)`."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Self

import markupsafe

from models.clean_text import beside_other_text
from spanish.writing import formats


class Html(markupsafe.Markup):
    """HTML as Telegram parses it. Every formatted value is escaped, unless it is `Html` itself.

    In escaped text the direction characters are removed and lines with right-to-left letters are isolated, so
    that they do not reorder the text beside them.
    """

    @classmethod
    def escape(cls, s: Any, /) -> Self:
        return s if type(s) is cls else cls(_safe(s))

    def format(self, *args: Any, **kwargs: Any) -> Self:
        """Like `str.format`, with escaped values; numbers and dates keep their format.

        Faster than Markup's.
        """
        safe = {name: _safe(value) for name, value in kwargs.items()}
        return self.__class__(str.format(self, *map(_safe, args), **safe))


escape = Html.escape


def sentence(text: str) -> Html:
    """Mark a finished plain sentence as HTML; what people wrote must be isolated in it already."""
    return Html(markupsafe.escape(text))


def joined(parts: Sequence[str]) -> Html:
    """Return «a», «a y b» or «a, b y c», each part escaped."""
    return Html(formats.joined([escape(each) for each in parts]))


_NO_TEXT = (int, float, date)


def _safe(value: Any) -> Any:
    if hasattr(value, "__html__") or isinstance(value, _NO_TEXT):
        return value
    return markupsafe.escape(beside_other_text(str(value)))
