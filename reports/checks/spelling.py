"""Finds numbers in digits and in words that differ, as in «39 (treinta y ocho)»."""

import re
from collections.abc import Iterator
from decimal import Decimal

from reports.checks.finding import Finding, FindingKind
from reports.checks.statements import texts
from reports.quarterly.content import Report
from spanish.writing.folding import fold
from spanish.writing.number_words import ARTICLES, PATTERN, value

_DIGITS = r"(?P<digits>\d{1,3}(?:,\d{3})+|\d{1,7})"
_WORDS_AFTER = re.compile(
    rf"(?<![\w.,/$-]){_DIGITS}(?: ?%)? ?\( ?(?P<words>[a-z ]{{2,80}}?)(?: por ciento)? ?\)"
)
_DIGITS_AFTER = re.compile(rf"(?P<words>{PATTERN}) ?\( ?{_DIGITS} ?\)")


def check(report: Report) -> Iterator[Finding]:
    """Yield the findings in all narratives and statements."""
    for place, _, text in texts(report):
        for quote in differing(text):
            yield place.found(FindingKind.WORDS_DIFFER, quote=quote)


def differing(text: str) -> Iterator[str]:
    """Yield each such place, as folded text; the brackets must contain only a number."""
    folded = fold(text)
    for pattern in (_WORDS_AFTER, _DIGITS_AFTER):
        for found in pattern.finditer(folded):
            words = found["words"]
            said = value(words)
            if said is None or (pattern is _DIGITS_AFTER and words in ARTICLES):
                continue
            if Decimal(found["digits"].replace(",", "")) != said:
                yield found[0]
