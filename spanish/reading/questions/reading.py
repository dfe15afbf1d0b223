"""A question in plain words, told from a report of work: «¿cómo va jurídica?», «qué hizo Ana ayer». Pure.

0. A whole message about the bot itself is one of the set phrases (`set_phrases`).
1. The text becomes clauses of folded words (`words`); the first that asks gives the frame (`frame`).
2. What it names is taken out: periods, line, figure, format, units, lines (`slots`).
3. Interrogative and concepts decide the topic (`topics`).
4. Where another clause tells of something done, or a bare noun opens, it may be either.
"""

import re
from collections.abc import Sequence
from datetime import date

from models.programme.view import UnitView
from spanish.reading.documents import find_documents
from spanish.reading.questions.asking import Asking
from spanish.reading.questions.frame import COUNTED, AskingFrame, How, find_frame, tells, told_words
from spanish.reading.questions.help_subjects import help_subject
from spanish.reading.questions.lines import find_lines
from spanish.reading.questions.period import find_periods
from spanish.reading.questions.question import Question, QuestionTopic
from spanish.reading.questions.set_phrases import set_phrase
from spanish.reading.questions.slots import Slots
from spanish.reading.questions.topics import topic_of
from spanish.reading.questions.vocabulary import CLOSED_CLASS, Concept, concepts_of
from spanish.reading.questions.words import QuestionClause, clauses_of

LONGEST = 300  # characters: nobody asks at greater length, but reports are told so
_NAMED_TOLD = re.compile(
    r"\b(?!(?:atrasad[oa]s?|pasad[oa]|acumulad[oa]|registrad[oa]s?|reportad[oa]s?|estado|privado|unidad|"
    r"unidades|obligados|"
    r"programad[oa]s?|actualizado|detallado|electronicos|publicad[oa]s?|cumplid[oa]s?|pendiente|"
    r"firmad[oa]s|realizad[oa]s)\b)"
    r"\w{3,}(?:ad|id)[oa]s?\b|\blist[oa]s?\b|\bhech[oa]s?\b|\b\d+ ?%|\bya\b|\bquedo\b"
)
_TOLD_STATE = re.compile(r"\blist[oa]s?\b|\b\d+ ?%|\bya\b|\bquedo\b")
_FIGURES_OF = re.compile(r"(?:porcentaje|numero|total|cantidad) del? (?!la linea)\w+s\b")
_FEW = 2  # words that nobody knows, up to which a bare noun surely asks
_INFINITIVES = frozenset(
    ("ver", "checar", "consultar", "revisar", "mostrar", "sacar", "generar", "buscar", "abrir")
)
_OF_LINES = frozenset((
    QuestionTopic.PROGRESS, QuestionTopic.COUNT, QuestionTopic.PARTICIPANTS, QuestionTopic.ORIGIN,
    QuestionTopic.SIGNALS, QuestionTopic.WAITING, QuestionTopic.ACTIVITIES, QuestionTopic.AUTHOR,
    QuestionTopic.EVIDENCE, QuestionTopic.SEARCH, QuestionTopic.COMPARISON,
))  # fmt: skip
_COMMANDS = {
    "regist": "registrar",
    "anot": "registrar",
    "firm": "firmar",
    "invit": "invitar",
    "cancel": "cancelar",
}
_ACTIVITY = re.compile(
    r"(?:(?:una|otra|nueva|la|mi|algo|un|nuevo|otro) ?)*(?:actividad(?:es)?|registro|captura)?"
)
_QUARTER = re.compile(r"(?:(?:el|mi|este|nuestro) )?(?:trimestre|informe|reporte)?")
# «Ya llegamos o todavía no», «cuenta o solo el preventivo», «hay algo en rojo»: no mark, no interrogative.
_OR_NOT = re.compile(
    r"\bo (?:todav[ií]a |a[uú]n )?no\W*$|\bcuentan? o (?:no|s[oó]lo|nada m[aá]s|nom[aá]s)\b|"
    r"^\W*hay (?:algo|alg[uú]n\w*|m[aá]s|otr[oa]s?)\b[^\d.;:]*$",
    re.IGNORECASE,
)
_SLIDES = re.compile(r"presentacion|diapositiva|lamina|power|ppt")
_EXCLAIMED = re.compile(
    r"(?:bueno|buena|bien|mal|padre|gusto|lastima|pena|barbaridad|calor|frio|maravilla|excelente|chido|"
    r"lindo)\b"
)


def read_question(text: str, units: Sequence[UnitView], today: date) -> Question | None:
    """The question, or None for what is told or only polite. Raises nothing, whatever the text."""
    if len(text) > LONGEST:
        return None
    if (phrase := set_phrase(text)) is not None:
        return Question(phrase[0], subject=phrase[1])
    documents, places, _ = find_documents(text)
    said = text
    for start, end in sorted(places, reverse=True):
        said = f"{said[:start]} {said[end:]}"
    frame = find_frame(clauses_of(said), marked="?" in text or "¿" in text or bool(_OR_NOT.search(said)))
    if frame is None:
        return _bare(clauses_of(said), units, today)
    found = _Reading(frame, Slots(frame, units, today), today, documents).question()
    return None if found is None or _only_tells(frame) else found


def _bare(clauses: Sequence[QuestionClause], units: Sequence[UnitView], today: date) -> Question | None:
    """«Mantenimientos de marzo»: what a line counts, of a period or a unit, alone; it may be told."""
    if len(clauses) != 1 or COUNTED.search(clauses[0].text) or tells(clauses[0]):
        return None
    text = clauses[0].text
    slots = Slots(AskingFrame(How.NAMED, "", "", "", text, (), False, False, False, False), units, today)
    if len(slots.named.units) > 1 and re.search(r"\b(?:versus|contra)\b", text):
        return Question(QuestionTopic.COMPARISON, units=slots.named.units, periods=slots.periods)
    if slots.named.units and not slots.named.rest and not slots.number:
        return Question(QuestionTopic.PROGRESS, units=slots.named.units, periods=slots.periods)
    first = text.split()[0]
    plural = first.endswith("s") and find_lines([first], units).by_measure
    where = slots.periods or slots.named.units
    told = told_words(" ".join(text.split()[1:])) or _TOLD_STATE.search(text)
    if not (plural and where) or len(slots.loose) > 1 or told:
        return None
    periods = slots.periods
    return Question(
        QuestionTopic.COUNT,
        sure=False,
        units=slots.named.units,
        lines=slots.lines.lines,
        periods=periods,
        words=slots.content,
    )


def _only_tells(frame: AskingFrame) -> bool:
    """«Como quedamos, ayer se mandó»: without a mark or an accent what is told elsewhere decides."""
    if frame.marked or not frame.told or frame.how is How.ORDERED:
        return False
    return not frame.accented or frame.counted


class _Reading:
    """One frame with what it names."""

    def __init__(self, frame: AskingFrame, slots: Slots, today: date, documents: tuple[str, ...]) -> None:
        self.frame, self.slots, self.documents = frame, slots, documents
        self.asking = Asking(
            frame=frame,
            text=slots.text,
            rest=find_periods(frame.rest, today)[1],
            units=len(slots.named.units) + slots.named.whole + slots.named.own,
            lines=bool(slots.lines.lines) or slots.line is not None,
            by_measure=slots.lines.by_measure,
            numbered=slots.line is not None,
            periods=len(slots.periods),
            figure=slots.figure is not None,
            number=slots.number is not None,
            documents=bool(documents),
            counts_when=slots.counts_when(slots.text),
            people=slots.measures_people,
            unknown=len(slots.unknown),
        )

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
        figures = self.asking.has(Concept.GO, Concept.HAVE, Concept.LACK, Concept.TARGET)
        claimed = frame.how is How.MARKED and COUNTED.search(self.slots.text) and not figures
        sure = not (frame.told or claimed)
        if not frame.marked and self._tells_itself():
            return None
        return self._of(topic, sure)

    def _tells_itself(self) -> bool:
        """«Cuántos más no sé, pero hoy capacitamos a 30»: a count beside a verb in the past."""
        past = told_words(self.frame.rest)
        return not self.frame.accented and (past > 1 or (past > 0 and bool(COUNTED.search(self.slots.text))))

    def _is_plain(self, topic: QuestionTopic | None) -> bool:
        """Whether it asks without mark and accent, by the word after its interrogative."""
        if topic is None:
            return False
        past = told_words(self.frame.rest)
        if " " in self.frame.head and past <= 1:
            return True  # «por que salgo en amarillo», «con que oficio mandamos el informe»
        if self.asking.head in ("cuando", "donde") and past:
            return False
        if self.asking.head in ("que", "como"):
            return past <= 1 and bool(self.asking.near(1) or topic is QuestionTopic.HELP)
        return past <= 1 and bool(self.asking.near(3) or self.asking.units or self.asking.lines)

    def _named(self, topic: QuestionTopic) -> Question | None:
        """A bare noun opens: «avance de sistemas», but «avance de la línea 2: dimos 3 asesorías» is told."""
        text = self.frame.said
        told = self.frame.told or told_words(text) or self.slots.figure is not None
        if told or (_NAMED_TOLD.search(text) and not _FIGURES_OF.match(text)):
            return None
        if COUNTED.search(self.slots.text):
            return None
        if topic is QuestionTopic.HELP:
            return self._of(topic, True)
        if len(self.slots.loose) > _FEW:
            return None
        unsure = bool(self.slots.loose) and not self.slots.named.units and not self.asking.has(Concept.TOTAL)
        either = (
            unsure
            or (topic in (QuestionTopic.EVIDENCE, QuestionTopic.SEARCH) and not self.slots.number)
            or (
                bool(self.slots.periods) and text.startswith(("reporte", "informe")) and not self.slots.format
            )
            or (topic is QuestionTopic.REPORT and not self.slots.format and not self._names_only_units())
        )
        return self._of(topic, not either)

    def _names_only_units(self) -> bool:
        """«Reporte», «informe de sistemas»; but «informe de marzo», «reporte de indicadores» may be told."""
        words = [word for word in self.slots.named.rest if word not in CLOSED_CLASS]
        return not self.slots.periods and all(concepts_of(word) & {Concept.REPORT} for word in words)

    def _ordered(self, topic: QuestionTopic) -> Question | None:
        """An order that a command carries out; «registra 3 mantenimientos» is told."""
        verb = self.frame.verb
        if verb in ("regist", "anot") and not _ACTIVITY.fullmatch(self.frame.rest):
            return None
        if verb == "firm" and not _QUARTER.fullmatch(self.asking.text):
            return None
        if verb == "cancel" and self.asking.says("ultim\\w+|actividad"):
            topic = QuestionTopic.LAST
        return self._of(topic, not self.frame.told)

    def _unanswered(self) -> Question | None:
        """A question that nothing answers; a request that is not for the bot; or nothing of these."""
        frame = self.frame
        told = frame.told or bool(told_words(frame.rest))
        if frame.how is How.REQUESTED:
            counted = COUNTED.search(self.slots.text) or "quedo" in frame.rest.split()
            if told or counted or frame.verb in _INFINITIVES:
                return None
            return Question(QuestionTopic.REQUEST, sure=False)
        if frame.how in (How.NAMED, How.ORDERED) and not frame.marked:
            return None
        subordinate = told and not (frame.accented and self.asking.head not in ("como", "cuando"))
        past = frame.told or told_words(frame.rest) > 1 or subordinate
        if not frame.marked and (past or _EXCLAIMED.match(frame.rest)):
            return None
        claimed = frame.how is How.MARKED and COUNTED.search(self.slots.text)
        return Question(QuestionTopic.NONE, sure=not (frame.told or claimed))

    def _of(self, topic: QuestionTopic, sure: bool) -> Question:
        slots, asking = self.slots, self.asking
        lines = slots.lines.lines if topic in _OF_LINES else ()
        return Question(
            topic=topic,
            sure=sure,
            units=slots.named.units,
            whole=slots.named.whole,
            own=slots.named.own,
            mine=slots.mine,
            line=slots.line,
            lines=slots.attended() if topic is QuestionTopic.PARTICIPANTS else lines,
            periods=slots.periods,
            format=slots.format,
            signals=slots.signals,
            figure=slots.figure,
            number=slots.number,
            documents=self.documents,
            words=slots.content,
            unknown=slots.unknown,
            misnamed=slots.misnamed,
            subject=self._subject(topic),
            missing=topic is QuestionTopic.COUNT and asking.has(Concept.LACK),
            who=asking.asks_who,
            registered=slots.registered,
            closed=slots.closed,
        )

    def _subject(self, topic: QuestionTopic) -> str:
        """What HELP is about, which command COMMAND means, whom PARTICIPANTS counts."""
        text = self.slots.text
        if topic is QuestionTopic.HELP:
            return help_subject(self.frame, text) or "who_sees"
        if topic is QuestionTopic.COMMAND:
            return _COMMANDS[self.frame.verb]
        if topic is QuestionTopic.PARTICIPANTS:
            return "women" if "mujer" in text else "men" if "hombre" in text else ""
        slides = topic is QuestionTopic.REPORT and _SLIDES.search(text)
        return "slides" if slides else ""
