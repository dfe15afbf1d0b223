"""How names, titles and what people wrote are put into a sentence: `Html("<b>{}</b>").format(name)`."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Self

import markupsafe

from models.clean_text import beside_other_text
from spanish.writing import formats


class Html(markupsafe.Markup):
    """HTML as Telegram reads it. Whatever is put into it is escaped, unless it is `Html` itself.

    Escaped text is shown as it is, and moves nothing that stands beside it: it has no signs of direction, and
    lines with letters from right to left are isolated.
    """

    @classmethod
    def escape(cls, s: Any, /) -> Self:
        return s if type(s) is cls else cls(_safe(s))

    def format(self, *args: Any, **kwargs: Any) -> Self:
        """As `str.format`; numbers and dates are formatted as the template says. Quicker than Markup's."""
        safe = {name: _safe(value) for name, value in kwargs.items()}
        return self.__class__(str.format(self, *map(_safe, args), **safe))


escape = Html.escape


def sentence(text: str) -> Html:
    """A finished plain sentence of ours, in which what people wrote is isolated already."""
    return Html(markupsafe.escape(text))


def joined(parts: Sequence[str]) -> Html:
    """«a», «a y b», «a, b y c», each part escaped."""
    return Html(formats.joined([escape(each) for each in parts]))


_NO_TEXT = (int, float, date)


def _safe(value: Any) -> Any:
    if hasattr(value, "__html__") or isinstance(value, _NO_TEXT):
        return value
    return markupsafe.escape(beside_other_text(str(value)))
