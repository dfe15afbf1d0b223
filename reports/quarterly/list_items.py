"""Lists in what people typed: lines that begin with «- », «•», «1)», «II.» or «a)»."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

BULLET = "•"
_ITEM = re.compile(
    r"(?:(?P<bullet>[-–—•*·])"
    r"|(?P<marker>(?:\d{1,2}|[IVX]{1,5}|[a-zA-Z])[.)]-?))[ \t]+(?P<text>\S.*)",
    re.DOTALL,
)


@dataclass(frozen=True)
class MarkedParagraph:
    """A paragraph, or an item of a list with its `marker`: `BULLET`, «1)», «II.»; "" for a paragraph."""

    marker: str
    text: str


def text_parts(paragraphs: Sequence[str]) -> tuple[MarkedParagraph, ...]:
    """Return the paragraphs, with list items apart from their markers.

    A number, letter or numeral alone begins no list: «V. Carranza», «3. a sesión».
    """
    found = [_ITEM.fullmatch(each) for each in paragraphs]
    numbered = {place for place, each in enumerate(found) if each and each["marker"]}
    listed = {each for pair in pairwise(sorted(numbered)) if pair[1] - pair[0] == 1 for each in pair}
    return tuple(
        MarkedParagraph(BULLET if item["bullet"] else item["marker"], item["text"])
        if item and (item["bullet"] or place in listed)
        else MarkedParagraph("", text)
        for place, (text, item) in enumerate(zip(paragraphs, found, strict=True))
    )
