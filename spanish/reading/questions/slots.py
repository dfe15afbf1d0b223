"""What a question names: periods, line, figure, format, units, lines, and what names nothing. Pure."""

import re
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from models.programme.view import UnitView
from models.progress.signal import Signal
from models.tables.report import ReportFormat
from spanish.reading.questions.frame import AskingFrame
from spanish.reading.questions.lines import NamedLines, find_lines, lines_about, says_of
from spanish.reading.questions.names import NamedUnits, find_names
from spanish.reading.questions.period import find_periods
from spanish.reading.questions.vocabulary import CLOSED_CLASS, Concept, concepts_of, is_known
from spanish.writing.folding import fold

_ORDINALS = {"primera": 1, "segunda": 2, "tercera": 3, "cuarta": 4, "quinta": 5, "sexta": 6}
_LINE = re.compile(
    rf"\b(?:la )?(?:(?:linea|lin)(?: de accion)?(?: numero| no)? (?P<after>\d{{1,3}})|l(?P<short>\d{{1,3}})|"
    rf"(?P<nth>{'|'.join(_ORDINALS)}) linea)\b"
)
_FIGURE = re.compile(r"\b(?:el )?(\d{1,3}(?:[.,]\d+)?) ?(?:%|por ciento)")
_ACTIVITY = re.compile(
    r"\b(?:la )?(?:actividad|registro|captura)(?: numero| no| n)? (\d{1,9})\b|\bn(?:o|umero)? (\d{1,9})\b"
)
_FORMATS = (
    (re.compile(r"\bpdf\b"), ReportFormat.PDF),
    (re.compile(r"\b(?:word|docx|documento editable)\b"), ReportFormat.WORD),
    (re.compile(r"\b(?:excel|xlsx|hoja de calculo)\b"), ReportFormat.EXCEL),
    (re.compile(r"\bcsv\b"), ReportFormat.CSV),
    (re.compile(r"\bjson\b"), ReportFormat.JSON),
)
_SIGNALS = (
    (re.compile(r"\broj[oa]s?\b|\bcritic[oa]s?\b"), (Signal.RED,)),
    (re.compile(r"\bamarill[oa]s?\b"), (Signal.YELLOW,)),
    (
        re.compile(r"\batras\w+\b|\bretras\w+\b|\brezag\w+\b|\bmal\b|\bpeor\b|\briesgo\b|\bbaj[oa]s?\b"),
        (Signal.RED, Signal.YELLOW),
    ),
    (re.compile(r"\bazul(?:es)?\b"), (Signal.RUNNING,)),
    (re.compile(r"\bverdes?\b"), (Signal.GREEN, Signal.MET)),
    (re.compile(r"\bcumpl(?:id[oa]s?|ieron|io|imos|en|e)\b"), (Signal.MET,)),
    (re.compile(r"\bblanc[oa]s?\b|\bgris(?:es)?\b"), (Signal.NOT_YET,)),
)
_MINE = re.compile(
    r"\bmi[os]?s?\b|\bmias?\b|\b(?:registre|capture|firme|reporte yo|hice|he (?:hecho|registrado))\b"
)
_NOT_OF_LINES = frozenset((
    Concept.GO, Concept.HAVE, Concept.LACK, Concept.TELL, Concept.END, Concept.COMPARE, Concept.BETTER,
    Concept.FIND, Concept.BEHIND, Concept.COLOUR, Concept.TOTAL, Concept.TARGET, Concept.UNITS, Concept.LINES,
    Concept.ADVANCE,
    Concept.DO, Concept.DEADLINE, Concept.LAST, Concept.EVIDENCE, Concept.CALENDAR,
))  # fmt: skip
_KEPT_VERB = re.compile(r"capacit\w+|sesion\w*")
_CLOSED = re.compile(r"\b(?:cerr(?:o|aron|amos|ado)|quedo|quedamos|quedaron|termino|terminamos|terminaron)\b")
_REGISTERED = re.compile(r"\b(?:registr\w+|captur(?:o|aron|amos)|subi\w+|anot(?:o|aron|amos))\b")
_BEFORE_NAMES = frozenset(("de", "del", "en", "a", "al", "con", "la", "el", "por"))


class Slots:
    """What is named, taken out of what a frame says. `text` is what remains beside units and lines.

    `loose` are the words that name nothing, `unknown` those of the clause that asks.
    """

    def __init__(self, frame: AskingFrame, units: Sequence[UnitView], today: date) -> None:
        self.units = units
        self.periods, text = find_periods(frame.said, today)
        self.line, text = _take_line(text)
        self.figure, text = _take_figure(text)
        self.number, text = _take_number(text)
        self.text = text
        counted, others = self._counted(frame, text)
        self.named: NamedUnits = find_names(others, units)
        within = [unit for unit in units if unit.id in self.named.units] or list(units)
        words = [word for word in (*counted, *self.named.rest) if _may_be_line(word)]
        self.lines: NamedLines = find_lines(words, within)
        if not self.lines.lines and len(within) < len(units):
            self.lines = find_lines(words, units)
        self.loose = tuple(
            word
            for word in self.lines.rest
            if _may_be_name(word) and not says_of(word, self.lines.lines, units)
        )
        main = f"{frame.before} {frame.rest}".split()
        self.unknown = tuple(word for word in self.loose if word in main)

    def _counted(self, frame: AskingFrame, text: str) -> tuple[list[str], str]:
        """What stands right after «cuántas» and is a measure names no unit: «cuántas licencias»."""
        first, _, others = text.partition(" ")
        asked = frame.head.startswith("cuant") and not frame.before
        if asked and _may_be_line(first) and find_lines([first], self.units).by_measure:
            return [first], others
        return [], text

    def counts_when(self, text: str) -> bool:
        """Whether it says what some target waits for: «publicar», of «publicado en el Periódico Oficial»."""
        awaited = {
            fold(target.counts_when).split()[0]
            for unit in self.units
            for line in unit.lines
            for target in line.targets
            if target.counts_when
        }
        return any(len(word) > 5 and word[:5] == each[:5] for word in text.split() for each in awaited)

    @property
    def measures_people(self) -> bool:
        """Whether some line counts the people that are named."""
        people = [each for each in self.text.split() if concepts_of(each) & {Concept.PEOPLE}]
        return find_lines(people, self.units).by_measure

    def attended(self) -> tuple[int, ...]:
        """Every line that is about what people took part in."""
        within = [unit for unit in self.units if unit.id in self.named.units] or list(self.units)
        words = [word for word in self.named.rest if not concepts_of(word) & {Concept.PEOPLE}]
        return lines_about([word for word in words if _may_be_line(word)], within)

    @property
    def format(self) -> ReportFormat | None:
        return next((each for pattern, each in _FORMATS if pattern.search(self.text)), None)

    @property
    def signals(self) -> tuple[Signal, ...]:
        """The colours that are said, not as a part of a name."""
        said = " ".join(self.named.rest)
        found = (each for pattern, signals in _SIGNALS if pattern.search(said) for each in signals)
        return tuple(dict.fromkeys(found))

    @property
    def mine(self) -> bool:
        return bool(_MINE.search(self.text))

    @property
    def closed(self) -> bool:
        return bool(_CLOSED.search(self.text))

    @property
    def registered(self) -> bool:
        return bool(_REGISTERED.search(self.text))

    @property
    def content(self) -> tuple[str, ...]:
        """The words that a narrative may have."""
        return tuple(
            word
            for word in self.text.split()
            if word not in CLOSED_CLASS and len(word) > 2 and not concepts_of(word) & _NOT_OF_LINES
        )

    @property
    def misnamed(self) -> tuple[str, ...]:
        """What stands where a name does, and names nothing."""
        return tuple(word for word in self.unknown if _names_here(word, self.text))


def _names_here(word: str, text: str) -> bool:
    """Whether it stands where a name does: after a preposition, an article, or a verb in the past."""
    before = re.search(rf"(\w+) {word}\b", text)
    if before is None:
        return False
    return before[1] in _BEFORE_NAMES or bool(concepts_of(before[1]) & {Concept.DO, Concept.TELL})


def _may_be_name(word: str) -> bool:
    """A word that is of no family and no infinitive."""
    return (
        len(word) > 2
        and not is_known(word)
        and not re.fullmatch(r"\w{3,}[aei]r(?:me|se|lo|la|los|las)?", word)
    )


def _may_be_line(word: str) -> bool:
    return bool(_KEPT_VERB.fullmatch(word)) or not concepts_of(word) & _NOT_OF_LINES


def _take_line(text: str) -> tuple[int | None, str]:
    found = _LINE.search(text)
    if found is None:
        return None, text
    number = _ORDINALS.get(found["nth"] or "") or int(found["after"] or found["short"])
    return number, f"{text[: found.start()]} {text[found.end() :]}".strip()


def _take_figure(text: str) -> tuple[Fraction | None, str]:
    found = _FIGURE.search(text)
    if found is None:
        return None, text
    return Fraction(
        found[1].replace(",", ".")
    ) / 100, f"{text[: found.start()]} {text[found.end() :]}".strip()


def _take_number(text: str) -> tuple[int | None, str]:
    found = _ACTIVITY.search(text)
    if found is None:
        return None, text
    return int(found[1] or found[2]), f"{text[: found.start()]} {text[found.end() :]}".strip()
