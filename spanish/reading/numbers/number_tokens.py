"""A folded text as a row of tokens: words, marks, numbers and what has digits but is no plain number."""

import re
from dataclasses import dataclass

_END = r"(?![\w/]|[.,:-]\d)"
_TOKEN = re.compile(
    rf"""
    (?P<web>(?:https?://|www\.)\S{{1,300}}|[a-z][\w.+-]{{0,60}}@[\w.-]{{1,200}})
    |(?P<telephone>\(\d{{2,3}}\)\ ?\d{{3}}[ -]?\d{{2,4}}(?:[ -]?\d\d)?{_END}|\d{{10}}{_END}|9-1-1{_END}
        |\d{{2,3}}[ -](?:\d{{3,4}}[ -]\d{{4}}|\d{{3}}[ -]\d\d[ -]\d\d|\d[ -]\d\d[ -]\d\d){_END})
    |(?P<clock>\d{{1,2}}:\d\d(?::\d\d)?(?!\d))
    |(?P<size>\d{{1,4}}(?:\.\d{{1,4}})?(?:\ ?(?:m|mts?|cm)\b)?\ ?x\ ?\d{{1,4}}(?:\.\d{{1,4}})?(?!\d)
        (?:\ ?x\ ?\d{{1,4}}(?:\.\d{{1,4}})?)?)
    |(?P<unit>(?:k?ms?|cm|mts?|metros?)[23²³](?!\w))
    |(?P<ordinal>\d{{1,3}}(?:\ ?[º°ª]|\.?(?:er|r|d|t|v|m|n|av)?[oa]s?(?!\w)|\.?er(?!\w)))
    |(?P<number>(?:\d{{1,3}}(?:,\d{{3}}){{1,4}}(?!\d)|\d{{1,12}})(?:\.\d{{1,6}})?(?![\d/]|[.,:-]\d)(?!\+\d{{3}}(?!\d))(?=[mhfglt]?(?!\w)))
    |(?P<date>(?!24/7\b)(?:\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?|(?:\d{{4}}|\d{{1,2}})-\d{{1,2}}-\d{{1,4}}){_END})
    |(?P<range>\d{{1,3}}-\d{{1,3}}(?=\ [a-z]{{3}}))
    |(?P<short>[pcsxd]/(?=\d))
    |(?P<code>\d{{1,2}}\+\d{{3}}(?!\d)|\d[\w./-]{{0,60}}|[^\W\d_]{{1,30}}(?:(?:[/-][^\W_]{{1,20}}){{0,8}}[/-])?\d[\w/-]{{0,40}})
    |(?P<word>[^\W\d_]+)
    |(?P<mark>[^\w\s])
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """`sort`: the name of a group of `_TOKEN`: web, telephone, clock, size, unit, ordinal, number, date,
    range, short («p/»), code, word or mark."""

    text: str
    start: int
    end: int
    sort: str


NOTHING = Token("", 0, 0, "mark")  # before the first token and after the last


class Tokens:
    """The tokens of a text; one that is asked for beyond either end is `NOTHING`."""

    def __init__(self, text: str) -> None:
        self.row = [Token(found[0], *found.span(), found.lastgroup or "") for found in _TOKEN.finditer(text)]

    def __len__(self) -> int:
        return len(self.row)

    def __getitem__(self, place: int) -> Token:
        return self.row[place] if 0 <= place < len(self.row) else NOTHING

    def word(self, place: int) -> str:
        return self[place].text

    def is_number(self, place: int) -> bool:
        return self[place].sort == "number"
