"""The forms of Spanish verbs, folded, from their infinitives.

A verb is written `infinitive`, then where it is irregular: `/stem` other stems of the present, `!stem` the
stem of a strong preterite (hic-: hice, hizo, hicieron), `~word` its participle. All endings are joined to all
stems: that forms come out that nobody writes does no harm.
"""

from collections.abc import Iterator
from enum import Enum, auto


class Tense(Enum):
    """What a verb's ending says. `WE`: «entregamos» is past or present, by the day beside it."""

    PAST = auto()
    WE = auto()
    PRESENT = auto()
    FUTURE = auto()
    IMPERFECT = auto()
    WISHED = auto()  # subjunctive and conditional
    INFINITIVE = auto()
    GERUND = auto()
    PARTICIPLE = auto()


Form = tuple[str, Tense]
# Where two tenses share a form, the one that reports are written in stands first.
_AR: dict[Tense, str] = {
    Tense.PAST: "e o aron",
    Tense.WE: "amos",
    Tense.PRESENT: "a an",
    Tense.FUTURE: "are ara aremos aran",
    Tense.IMPERFECT: "aba abamos aban",
    Tense.WISHED: "e emos en aria ariamos arian aran aramos ase",
    Tense.INFINITIVE: "ar",
    Tense.GERUND: "ando",
    Tense.PARTICIPLE: "ado ada ados adas",
}
_ER: dict[Tense, str] = {
    Tense.PAST: "i io ieron yo yeron",
    Tense.WE: "imos",
    Tense.PRESENT: "o e emos en ye yen",
    Tense.FUTURE: "ere era eremos ire ira iremos iran",
    Tense.IMPERFECT: "ia iamos ian",
    Tense.WISHED: "a amos an ya yan eria erian iria irian iera ieran",
    Tense.INFINITIVE: "er ir",
    Tense.GERUND: "iendo endo yendo",
    Tense.PARTICIPLE: "ido ida idos idas",
}
_STRONG: dict[Tense, str] = {Tense.PAST: "e o imos ieron eron", Tense.WISHED: "iera ieran"}
_GENDERED = ("o", "a", "os", "as")


def forms(written: str) -> Iterator[Form]:
    """Every form of a verb written as above, with its tense."""
    infinitive, stems, strong, participle = _parts(written)
    endings = _AR if infinitive.endswith("ar") else _ER
    for stem in (infinitive[:-2], *stems):
        yield from _joined(stem, endings)
        for change in _SPELLING.get(stem[-1:], ()):  # «entregue», «practique»
            yield from ((f"{stem[:-1]}{change}{ending}", tense) for ending, tense in _SOFT)
    if strong:
        yield from _joined(strong, _STRONG)
        if strong.endswith("c"):
            yield f"{strong[:-1]}zo", Tense.PAST  # hizo
    for each in participle:
        yield from ((each[:-1] + gender, Tense.PARTICIPLE) for gender in _GENDERED)


_SPELLING = {"c": ("qu", "zc"), "g": ("gu", "j"), "z": ("c",), "u": ("uy",)}
_SOFT = (("e", Tense.PAST), ("en", Tense.WISHED), ("o", Tense.PRESENT), ("a", Tense.WISHED))


def _joined(stem: str, endings: dict[Tense, str]) -> Iterator[Form]:
    for tense, written in endings.items():
        yield from ((stem + ending, tense) for ending in written.split())


def _parts(written: str) -> tuple[str, list[str], str, list[str]]:
    words: dict[str, list[str]] = {"": [], "/": [], "!": [], "~": []}
    kind, word = "", ""
    for letter in written + "/":
        if letter in words:
            words[kind].append(word)
            kind, word = letter, ""
        else:
            word += letter
    return words[""][0], words["/"], next(iter(words["!"]), ""), words["~"]
