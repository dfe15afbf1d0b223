"""A question in plain words, told from a report of work: «¿cómo va jurídica?», «qué hizo Ana ayer». Pure.

1. The text becomes clauses of folded words (`words`); the first that asks gives the frame (`frame`).
2. What it names is taken out: periods, line, figure, format, units, lines (`period`, `names`, `lines`).
3. Interrogative and concepts decide the topic (`topics`).
4. Where another clause tells of something done, or a bare noun opens, it may be either.
"""

import re
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from models.programme.view import UnitView
from models.progress.signal import Signal
from models.tables.report import ReportFormat
from spanish.reading.documents import find_documents
from spanish.reading.questions.asking import Asking
from spanish.reading.questions.frame import COUNTED, Frame, How, find_frame, told_words
from spanish.reading.questions.help_subjects import help_subject
from spanish.reading.questions.lines import NamedLines, find_lines, lines_about, same
from spanish.reading.questions.names import Named, find_names
from spanish.reading.questions.period import find_periods
from spanish.reading.questions.question import Question, QuestionTopic
from spanish.reading.questions.topics import topic_of
from spanish.reading.questions.vocabulary import CLOSED_CLASS, Concept, concepts_of, is_known
from spanish.reading.questions.words import clauses_of
from spanish.writing.folding import fold

LONGEST = 300  # characters: nobody asks at greater length, but reports are told so
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
_IN_FORMAT = re.compile(r"\b(?:en |formato |archivo )*(?:pdf|word|docx|excel|xlsx|csv|json)\b")
_SIGNALS = (
    (re.compile(r"\broj[oa]s?\b|\bcritic[oa]s?\b"), (Signal.RED,)),
    (re.compile(r"\bamarill[oa]s?\b"), (Signal.YELLOW,)),
    (
        re.compile(r"\batras\w+\b|\bretras\w+\b|\brezag\w+\b|\bmal\b|\bpeor\b|\briesgo\b|\bbaj[oa]s?\b"),
        (Signal.RED, Signal.YELLOW),
    ),
    (re.compile(r"\bazul(?:es)?\b"), (Signal.RUNNING,)),
    (re.compile(r"\bverdes?\b"), (Signal.GREEN, Signal.MET)),
    (re.compile(r"\bcumplid[oa]s?\b"), (Signal.MET,)),
    (re.compile(r"\bblanc[oa]s?\b|\bgris(?:es)?\b"), (Signal.NOT_YET,)),
)
_MINE = re.compile(
    r"\bmi[os]?s?\b|\bmias?\b|\b(?:registre|capture|reporte yo|hice|he (?:hecho|registrado))\b"
)
_NOT_OF_LINES = frozenset((
    Concept.GO, Concept.HAVE, Concept.LACK, Concept.TELL, Concept.END, Concept.COMPARE, Concept.BETTER, Concept.FIND,
    Concept.BEHIND, Concept.COLOUR, Concept.TOTAL, Concept.TARGET, Concept.UNITS, Concept.LINES, Concept.ADVANCE,
    Concept.DO, Concept.DEADLINE, Concept.LAST, Concept.EVIDENCE, Concept.CALENDAR,
))  # fmt: skip
_KEPT_VERB = re.compile(r"capacit\w+|sesion\w*")
_NAMED_TOLD = re.compile(
    r"\b(?!(?:atrasad[oa]s?|pasad[oa]|acumulad[oa]|registrad[oa]s?|reportad[oa]s?|estado|privado|unidad|unidades|obligados|"
    r"programad[oa]s?|actualizado|detallado|electronicos|publicad[oa]s?|cumplid[oa]s?|pendiente|firmad[oa]s|realizad[oa]s)\b)"
    r"\w{3,}(?:ad|id)[oa]s?\b|\blist[oa]s?\b|\bhech[oa]s?\b|\b\d+ ?%|\bya\b|\bquedo\b"
)
_FEW = 2  # words that nobody knows, up to which a bare noun surely asks
_INFINITIVES = frozenset(
    ("ver", "checar", "consultar", "revisar", "mostrar", "sacar", "generar", "buscar", "abrir")
)
_OF_LINES = frozenset((
    QuestionTopic.PROGRESS, QuestionTopic.COUNT, QuestionTopic.PARTICIPANTS, QuestionTopic.ORIGIN,
    QuestionTopic.SIGNALS, QuestionTopic.WAITING, QuestionTopic.ACTIVITIES, QuestionTopic.AUTHOR,
    QuestionTopic.EVIDENCE, QuestionTopic.SEARCH, QuestionTopic.COMPARISON,
))  # fmt: skip
_BEFORE_NAMES = frozenset(("de", "del", "en", "a", "al", "con", "la", "el", "por"))
_EXCLAIMED = re.compile(
    r"(?:bueno|buena|bien|mal|padre|gusto|lastima|pena|barbaridad|calor|frio|maravilla|excelente|chido|lindo)\b"
)


def read_question(text: str, units: Sequence[UnitView], today: date) -> Question | None:
    """The question, or None for what is told or only polite. Raises nothing, whatever the text."""
    if len(text) > LONGEST:
        return None
    documents, places, _ = find_documents(text)
    said = text
    for start, end in sorted(places, reverse=True):
        said = f"{said[:start]} {said[end:]}"
    marked = "?" in text or "¿" in text
    clauses = clauses_of(said)
    frame = find_frame(clauses, marked)
    if frame is None:
        return None
    found = _Reading(frame, units, today, documents).question()
    if found is None or _only_tells(frame, found):
        return None
    return found


def _only_tells(frame: Frame, found: Question) -> bool:
    """«Como quedamos, ayer se mandó»: without a mark or an accent what is told elsewhere decides."""
    if frame.marked or not frame.told or frame.how in (How.ORDERED,):
        return False
    return not frame.accented or frame.counted


class _Reading:
    """One frame with the slots that were taken out of it."""

    def __init__(
        self, frame: Frame, units: Sequence[UnitView], today: date, documents: tuple[str, ...]
    ) -> None:
        self.frame, self.units, self.documents = frame, units, documents
        self.periods, text = find_periods(frame.said, today)
        self.line, text = _take_line(text)
        self.figure, text = _take_figure(text)
        self.number, text = _take_number(text)
        self.format = next((each for pattern, each in _FORMATS if pattern.search(text)), None)
        self.whole_text = text
        counted, others = self._counted(text)
        self.named: Named = find_names(others, units)
        within = [unit for unit in units if unit.id in self.named.units] or list(units)
        words = [word for word in (*counted, *self.named.rest) if _may_be_line(word)]
        self.lines: NamedLines = find_lines(words, within)
        if not self.lines.lines and len(within) < len(units):
            self.lines = find_lines(words, units)
        self.loose = tuple(word for word in self.lines.rest if _may_be_name(word))
        main = f"{frame.before} {frame.rest}".split()
        self.unknown = tuple(word for word in self.loose if word in main)
        self.asking = self._asking(text, today)

    def _counted(self, text: str) -> tuple[list[str], str]:
        """What stands right after «cuántas» and is a measure names no unit: «cuántas licencias»."""
        first, _, others = text.partition(" ")
        asked = self.frame.head.startswith("cuant") and not self.frame.before
        if asked and _may_be_line(first) and find_lines([first], self.units).by_measure:
            return [first], others
        return [], text

    def _asking(self, text: str, today: date) -> Asking:
        return Asking(
            frame=self.frame,
            text=text,
            rest=find_periods(self.frame.rest, today)[1],
            units=len(self.named.units) + self.named.whole + self.named.own,
            lines=bool(self.lines.lines) or self.line is not None,
            by_measure=self.lines.by_measure,
            numbered=self.line is not None,
            periods=len(self.periods),
            figure=self.figure is not None,
            number=self.number is not None,
            documents=bool(self.documents),
            counts_when=self._counts_when(text),
            people=find_lines(
                [each for each in text.split() if concepts_of(each) & {Concept.PEOPLE}], self.units
            ).by_measure,
            unknown=len(self.unknown),
        )

    def _counts_when(self, text: str) -> bool:
        """Whether it says what some target waits for: «publicar», of «publicado en el Periódico Oficial»."""
        awaited = {
            fold(target.counts_when).split()[0]
            for unit in self.units
            for line in unit.lines
            for target in line.targets
            if target.counts_when
        }
        return any(len(word) > 5 and word[:5] == each[:5] for word in text.split() for each in awaited)

    def question(self) -> Question | None:
        frame, topic = self.frame, topic_of(self.asking)
        if frame.how is How.ASKED and not frame.marked and _EXCLAIMED.match(frame.rest):
            return None
        if frame.how is How.ASKED and not frame.marked and not frame.accented and not self._is_plain(topic):
            return None
        if topic is None:
            return self._unanswered()
        if frame.how is How.NAMED and not frame.marked:
            return self._named(topic)
        if frame.how is How.ORDERED:
            return self._ordered(topic)
        sure = not frame.told
        if not frame.marked and self._tells_itself():
            return None
        return self._of(topic, sure)

    def _tells_itself(self) -> bool:
        """«Cuántos más no sé, pero hoy capacitamos a 30»: a count beside a verb in the past."""
        past = told_words(self.frame.rest)
        return not self.frame.accented and (past > 1 or (past > 0 and bool(COUNTED.search(self.whole_text))))

    def _is_plain(self, topic: QuestionTopic | None) -> bool:
        """Whether a question without mark and accent is one all the same, by the word after its interrogative."""
        if topic is None:
            return False
        past = told_words(self.frame.rest)
        if self.asking.head in ("cuando", "donde") and past:
            return False
        if self.asking.head in ("que", "como"):
            return past <= 1 and bool(self.asking.near(1) or topic is QuestionTopic.HELP)
        return past <= 1 and bool(self.asking.near(3) or self.asking.units or self.asking.lines)

    def _named(self, topic: QuestionTopic) -> Question | None:
        """A bare noun opens: «avance de sistemas», but «avance de la línea 2: dimos 3 asesorías» is told."""
        text = self.frame.said
        if self.frame.told or told_words(text) or _NAMED_TOLD.search(text) or self.figure is not None:
            return None
        if COUNTED.search(self.whole_text):
            return None
        if topic is QuestionTopic.HELP:
            return self._of(topic, True)
        if len(self.loose) > _FEW:
            return None
        unsure = bool(self.loose) and not self.named.units and not self.asking.has(Concept.TOTAL)
        either = (
            unsure
            or topic in (QuestionTopic.EVIDENCE, QuestionTopic.SEARCH)
            or (topic is QuestionTopic.REPORT and not self.format and not self._names_only_units())
        )
        return self._of(topic, not either)

    def _attended(self) -> tuple[int, ...]:
        """Every line that is about what people took part in."""
        within = [unit for unit in self.units if unit.id in self.named.units] or list(self.units)
        words = [word for word in self.named.rest if not concepts_of(word) & {Concept.PEOPLE}]
        return lines_about([word for word in words if _may_be_line(word)], within)

    def _names_only_units(self) -> bool:
        """«Reporte», «informe de sistemas»; but «informe de marzo», «reporte de indicadores» may be told."""
        words = [word for word in self.named.rest if word not in CLOSED_CLASS]
        return not self.periods and all(concepts_of(word) & {Concept.REPORT} for word in words)

    def _ordered(self, topic: QuestionTopic) -> Question | None:
        verb = self.frame.verb
        commands = {
            "regist": "registrar",
            "anot": "registrar",
            "firm": "firmar",
            "invit": "invitar",
            "cancel": "cancelar",
        }
        if verb in ("regist", "anot"):
            begins = re.fullmatch(
                r"(?:(?:una|otra|nueva|la|mi|algo|un|nuevo|otro) ?)*(?:actividad(?:es)?|registro|captura)?",
                self.frame.rest,
            )
            if begins is None:
                return None
        if verb == "firm" and not re.match(
            r"(?:(?:el|mi|este|nuestro) )?(?:trimestre|informe|reporte)?$", self.asking.text
        ):
            return None
        if verb == "cancel" and self.asking.says("ultim\\w+|actividad"):
            topic = QuestionTopic.LAST
        return self._of(topic, not self.frame.told, subject=commands.get(verb, ""))

    def _unanswered(self) -> Question | None:
        """A question that nothing answers; a request that is not for the bot; or nothing of these."""
        frame = self.frame
        if frame.how is How.REQUESTED:
            told = (
                frame.told
                or frame.verb in _INFINITIVES
                or told_words(frame.rest)
                or COUNTED.search(self.whole_text)
            )
            return (
                None if told or "quedo" in frame.rest.split() else Question(QuestionTopic.REQUEST, sure=False)
            )
        if frame.how in (How.NAMED, How.ORDERED) and not frame.marked:
            return None
        if not frame.marked and (frame.told or told_words(frame.rest) or _EXCLAIMED.match(frame.rest)):
            return None
        return Question(QuestionTopic.NONE, sure=not frame.told)

    def _of(self, topic: QuestionTopic, sure: bool, subject: str = "") -> Question:
        text, asking = self.whole_text, self.asking
        unnamed = " ".join(self.named.rest)
        if topic is QuestionTopic.HELP:
            subject = help_subject(self.frame, text) or "who_sees"
        if topic is QuestionTopic.PARTICIPANTS:
            subject = "women" if "mujer" in text else "men" if "hombre" in text else ""
        lines = self.lines.lines if topic in _OF_LINES else ()
        if topic is QuestionTopic.PARTICIPANTS:
            lines = self._attended()
        if topic is QuestionTopic.REPORT and re.search(r"presentacion|diapositiva|lamina|power|ppt", text):
            subject = "slides"
        return Question(
            topic=topic,
            sure=sure,
            units=self.named.units,
            whole=self.named.whole,
            own=self.named.own,
            mine=bool(_MINE.search(text)),
            line=self.line,
            lines=lines,
            periods=self.periods,
            format=self.format,
            signals=tuple(
                dict.fromkeys(
                    each for pattern, signals in _SIGNALS if pattern.search(unnamed) for each in signals
                )
            ),
            figure=self.figure,
            number=self.number,
            documents=self.documents,
            words=_content(text),
            unknown=self.unknown,
            misnamed=tuple(word for word in self.unknown if _names_here(word, text)),
            subject=subject,
            missing=topic is QuestionTopic.COUNT and asking.has(Concept.LACK),
            who=asking.head == "quien"
            or bool(asking.near(2) & {Concept.UNITS})
            or asking.says("alguien|todos|todas"),
            registered=asking.says("registr\\w+|captur(?:o|aron|amos)|subi\\w+|anot(?:o|aron|amos)"),
            total=asking.head == "cuant" or asking.has(Concept.TOTAL),
            closed=bool(
                re.search(
                    r"\bcerr(?:o|aron|amos|ado)\b|\bquedo\b|\bquedamos\b|\btermino\b|\btermina(?:mos|ron)\b",
                    text,
                )
            ),
        )


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


def _content(text: str) -> tuple[str, ...]:
    return tuple(
        word
        for word in text.split()
        if word not in CLOSED_CLASS and len(word) > 2 and not concepts_of(word) & _NOT_OF_LINES
    )


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


__all__ = ["LONGEST", "read_question", "same"]
