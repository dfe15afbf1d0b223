"""Which topic a question has, by its interrogative and the concepts of its words. Pure.

The rules are tried in order; the first that holds decides.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from spanish.reading.questions.frame import Frame, How
from spanish.reading.questions.help_subjects import help_subject
from spanish.reading.questions.question import Question, QuestionTopic
from spanish.reading.questions.vocabulary import Concept as C
from spanish.reading.questions.vocabulary import concepts_in, concepts_of

_PRONOUNS = frozenset((
    "se", "nos", "les", "le", "me", "te", "mas", "cosas", "ya", "no", "tan", "lo", "tal", "es", "son", "la",
    "el", "las", "los", "ha", "han", "hemos", "de", "del", "a", "al", "hay", "en", "esta", "estan", "seria",
))  # fmt: skip
_SEE = re.compile(r"ver|veo|ven|ve|vea|vean|leer|lee|leen|consult\w+|mir\w+|revis\w+|enter\w+")
_WRITTEN = re.compile(r"\blo que (?:yo |uno |se )?(?:escrib\w+|pong\w+|registr\w+|captur\w+|mand\w+|envi\w+|sub\w+|digo)|"
                      r"\b(?:mis|mi) (?:mensajes?|registros?|capturas?|actividades)|\bconfidencial")  # fmt: skip
_ORIGIN = re.compile(
    r"\b(?:sale|salen|salio|viene|vienen|sac\w+|obtien\w+|obtuv\w+|calcul\w+|compon\w+|compuest\w+|desglos\w+|"
    r"integra|integran|explica\w*|suman|forman|origen)\b"
)
_WHY_FIGURE = re.compile(r"\b(?:dice|marca|aparece|sale|trae|pone|muestra)\b")
_BEGIN = re.compile(r"\b(?:una|otra|nueva|algo|mi|la)? ?(?:actividad|captura|registro)?$")
_PRESENTATION = re.compile(r"\b(?:presentacion|diapositivas|laminas|power ?point|ppt)\b")
_WORKING = re.compile(r"\bdias?\b.*\b(?:queda|quedan|falta|faltan|tenemos|tengo|hay|restan)\b")
_HOURS = re.compile(r"\b(?:hora|horas|junta|reunion|cita|sesion)\b")


@dataclass(frozen=True)
class Asking:
    """A frame with what was found in it: `text` is without periods and numbers that are slots.

    `of_lines`: it names lines, by their measure or title; `counts_when`: it says what a target waits for.
    """

    frame: Frame
    text: str
    rest: str  # what follows the interrogative, without periods
    units: int
    lines: bool
    by_measure: bool
    periods: int
    figure: bool
    number: bool
    documents: bool
    counts_when: bool
    unknown: int

    @property
    def words(self) -> list[str]:
        return self.text.split()

    @property
    def concepts(self) -> frozenset[C]:
        return concepts_in(self.words)

    @property
    def head(self) -> str:
        """The interrogative without its preposition or number."""
        word = self.frame.head.split()[-1] if self.frame.head else ""
        return (
            re.sub(r"(?:es|[oa]s?)$", "", word)
            if word not in ("que", "como", "cuando", "si", "donde")
            else word
        )

    def near(self, count: int = 3) -> frozenset[C]:
        """The concepts of the first words after the interrogative, pronouns aside."""
        words = [word for word in self.rest.split() if word not in _PRONOUNS]
        return concepts_in(words[:count])

    def has(self, *wanted: C) -> bool:
        return bool(self.concepts.intersection(wanted))

    def says(self, pattern: str) -> bool:
        return bool(re.search(rf"\b(?:{pattern})\b", self.text))


Rule = Callable[[Asking], QuestionTopic | None]
T = QuestionTopic


def topic_of(asking: Asking) -> QuestionTopic | None:
    """The topic; None where none is recognized."""
    return next((topic for rule in _RULES if (topic := rule(asking)) is not None), None)


def _order(asking: Asking) -> QuestionTopic | None:
    if asking.frame.how is not How.ORDERED:
        return None
    verb = asking.frame.verb
    if verb in ("regist", "anot", "firm", "invit", "cancel", "desha"):
        return T.LAST if verb == "desha" else T.COMMAND
    return T.LAST if asking.has(C.LAST, C.ACTIVITY) or asking.number else None


def _help(asking: Asking) -> QuestionTopic | None:
    return T.HELP if help_subject(asking.frame, asking.text) else None


def _access(asking: Asking) -> QuestionTopic | None:
    if asking.head != "quien":
        return None
    if any(map(_SEE.fullmatch, asking.words[:4])) and _WRITTEN.search(asking.text):
        return T.HELP
    if asking.has(C.ACCESS) and not asking.has(C.LACK, C.TELL):
        return T.PEOPLE
    return T.CONTACTS if asking.near(2) & {C.HEAD} else None


def _search(asking: Asking) -> QuestionTopic | None:
    finds = asking.has(C.FIND) or asking.frame.verb in ("busca", "busque", "ubica", "localiza", "buscar")
    if asking.documents:
        return T.AUTHOR if asking.head == "quien" else T.SEARCH
    if finds and not asking.has(C.REPORT, C.ADVANCE):
        return T.SEARCH
    return (
        T.SEARCH if asking.head == "donde" and asking.says("oficio|acta|minuta|memorandum|convenio") else None
    )


def _evidence(asking: Asking) -> QuestionTopic | None:
    if asking.has(C.EVIDENCE) and not asking.has(C.LACK) and not asking.says("sin|no"):
        return T.EVIDENCE
    return None


def _origin(asking: Asking) -> QuestionTopic | None:
    head = asking.frame.head
    if head in ("de donde", "de que") or (head == "como" and asking.says("se (?:calcul|obtien|sac)\\w+")):
        return T.ORIGIN if _ORIGIN.search(asking.text) else None
    if head == "por que" and asking.figure and (_WHY_FIGURE.search(asking.text) or asking.has(C.HAVE, C.GO)):
        return T.ORIGIN
    return T.ORIGIN if asking.says("desglos\\w+") or (asking.figure and asking.says("explica\\w*")) else None


def _compared(asking: Asking) -> QuestionTopic | None:
    several = asking.units > 1
    if (asking.has(C.COMPARE) or asking.frame.verb.startswith("compar")) and (several or asking.periods > 1):
        return T.COMPARISON
    if asking.frame.verb.startswith("compar") or asking.says("compar\\w+"):
        return T.COMPARISON
    better = asking.says("mejor|peor|mas|menos")
    if several and better:
        return T.COMPARISON
    if better and asking.says("que (?:el|la|en|antes)") and (asking.periods or asking.says("antes")):
        return T.COMPARISON
    if asking.head in ("quien", "cual") or asking.near(2) & {C.UNITS}:
        names_line = asking.near(2) & {C.LINES}
        if (
            asking.has(C.BETTER)
            and asking.says("mejor|peor|mas|menos|mayor|menor")
            and not asking.has(C.LACK)
        ):
            return T.SIGNALS if names_line else T.RANKING
    return None


def _author(asking: Asking) -> QuestionTopic | None:
    if asking.head != "quien" or not asking.near(1) & {C.TELL, C.DO} or asking.says("no|falta|faltan"):
        return None
    object_named = asking.lines or asking.number or asking.unknown or asking.has(C.ACTIVITY)
    return T.AUTHOR if object_named and not asking.says("quienes|ya") else None


def _unsigned(asking: Asking) -> QuestionTopic | None:
    if not asking.has(C.SIGN) or asking.head in ("cuando", "como"):
        return None
    whose = asking.head in ("quien", "cuant") or asking.near(2) & {C.UNITS} or asking.frame.how is How.MARKED
    lacks = asking.says("no|falta|faltan|sin|ya|todos|todas|pendientes?")
    return T.UNSIGNED if (whose and not asking.lines) or (lacks and asking.units) else None


_SILENCE = r"no|falta|faltan|sin|ya|nada|alguien|todos|todas|deben?|siguen?"


def _silent(asking: Asking) -> QuestionTopic | None:
    tells = asking.has(C.TELL) or asking.says("al corriente|nada|actividades|avances?|movimiento")
    if asking.head == "quien" or (asking.head in ("que", "cual", "cuant") and asking.near(2) & {C.UNITS}):
        if asking.has(C.LACK) and not asking.lines and not asking.counts_when:
            return T.SILENT
        return T.SILENT if (tells and asking.says(_SILENCE)) or asking.near(1) & {C.TELL} else None
    if (
        asking.frame.how is How.MARKED
        and asking.has(C.TELL)
        and not asking.lines
        and not asking.says("informe")
    ):
        someone = asking.says("alguien|algun\\w*|todos|todas|area|areas|unidades")
        return T.SILENT if someone or (asking.units and asking.says("ya|no")) else None
    return T.SILENT if asking.head == "si" and asking.has(C.TELL) and asking.units else None


def _signals(asking: Asking) -> QuestionTopic | None:
    asks = (
        asking.head in ("que", "cual", "quien", "cuant", "donde", "si") or asking.frame.how is not How.ASKED
    )
    if asking.frame.head == "por que":
        return T.PROGRESS if asking.has(C.COLOUR, C.BEHIND) else None
    if asks and (asking.has(C.COLOUR) or (asking.has(C.BEHIND) and not asking.has(C.REPORT))):
        return T.SIGNALS
    return None


def _waiting(asking: Asking) -> QuestionTopic | None:
    if not asking.counts_when:
        return None
    waits = asking.says("por|falta|faltan|pendientes?|sin|no|todavia|aun|esperan?")
    return T.WAITING if waits and not asking.says("quien") else None


def _calendar(asking: Asking) -> QuestionTopic | None:
    near = asking.near(4)
    if asking.head == "cuando" or asking.frame.head in ("hasta que", "a que", "para que", "en que"):
        when = asking.head == "cuando" or asking.says("dia|fecha|fechas|plazo")
        if when and (near & {C.END, C.DEADLINE, C.LACK, C.SIGN, C.REPORT} or asking.says(
            "hay que|tengo que|tenemos que|debo|debemos|toca|entreg\\w+|report\\w+|registrar|capturar|puedo|puente"
        )) and not _HOURS.search(asking.text):  # fmt: skip
            return T.CALENDAR
        return None
    if (
        asking.head in ("que", "cual")
        and asking.near(2) & {C.END}
        and asking.periods
        and not asking.says("dia")
    ):
        return T.DEADLINES
    if asking.head in ("que", "cual") and near & {C.DEADLINE} and not asking.says("hizo|hicimos|registr\\w+"):
        return T.CALENDAR
    if asking.head == "que" and asking.near(1) & {C.END}:
        return T.DEADLINES if asking.says("vence|vencen|lineas?") else T.CALENDAR
    if asking.head == "cuant" and (_WORKING.search(asking.text) or asking.says("inhabiles|habiles|tiempo")):
        return T.CALENDAR
    if asking.head == "cuant" and asking.says(
        "(?:falta|queda) (?:para|del?) (?:el |la )?(?:cierre|fin|plazo)"
    ):
        return T.CALENDAR
    named = asking.frame.how in (How.NAMED, How.MARKED, How.REQUESTED)
    if named and (
        asking.says(
            "calendario|plazos?|inhabil\\w*|puente|fechas? limite|fechas? de (?:cierre|entrega|corte)|vencimientos?"
        )
    ):
        return T.CALENDAR
    ends = asking.says("ya (?:cerro|vencio|termino)|cierra|cerro") and asking.says(
        "trimestre|captura|plazo|sistema"
    )
    in_time = asking.says("todavia|aun|a tiempo") and asking.says("puedo|podemos|puede|tiempo")
    named_close = asking.frame.how is How.NAMED and asking.says("cierre")
    return T.CALENDAR if (asking.frame.how is How.MARKED and (ends or in_time)) or named_close else None


def _activities(asking: Asking) -> QuestionTopic | None:
    near = asking.near(3)
    if asking.has(C.LAST) and (asking.has(C.TELL, C.ACTIVITY, C.DO)) and not asking.units:
        return T.LAST if asking.says("registre|capture|mi|mis|mande|subi|hice|mias?") else T.ACTIVITIES
    if asking.head in ("que", "cual", "cuant") and near & {C.ACTIVITY} and not asking.by_measure:
        return T.ACTIVITIES
    if asking.head == "cuant" and asking.says("registros|actividades") and not asking.lines:
        return T.ACTIVITIES
    past = asking.near(1) & {C.TELL, C.DO} or (near & {C.HAVE} and asking.has(C.TELL, C.DO))
    if asking.head == "que" and past and not asking.has(C.LACK):
        return T.ACTIVITIES
    if (
        asking.head in ("cuando", "que")
        and asking.frame.rest
        and asking.says("fue|fueron|se (?:hizo|realizo|entrego|firmo|llevo)|sesiono")
    ):
        return T.SEARCH
    if asking.frame.how in (How.NAMED, How.REQUESTED, How.MARKED) and asking.says(
        "actividades|registros|lo registrado|lo reportado"
    ):
        return T.ACTIVITIES
    if asking.frame.how is not How.ASKED and asking.says(
        "lo que (?:se )?(?:hizo|hicimos|hicieron|registr\\w+|ha hecho|hemos hecho)"
    ):
        return T.ACTIVITIES
    return None


def _registered(asking: Asking) -> QuestionTopic | None:
    """«¿Ya está registrada la capacitación del martes?»"""
    marked = asking.frame.how is How.MARKED and asking.has(C.TELL) and not asking.units
    return T.ACTIVITIES if marked and (asking.periods or asking.lines) else None


def _duties(asking: Asking) -> QuestionTopic | None:
    if asking.head == "que" and asking.says(
        "(?:tengo|tenemos|hay) que (?:hacer|entregar|reportar|registrar)|sigue"
    ):
        return T.DUTIES if not asking.units else T.DUTIES
    if not asking.has(C.LACK):
        return None
    if asking.head == "cuant" and (asking.lines or asking.says("metas?|cumplir|llegar")):
        return T.COUNT if asking.lines else T.PROGRESS
    if asking.lines and asking.by_measure and asking.says("faltan?|nos faltan?"):
        return T.COUNT
    return T.DUTIES


def _report(asking: Asking) -> QuestionTopic | None:
    asked_of_lines = asking.frame.how is How.ASKED and asking.lines and asking.by_measure
    if asking.head in ("cuant", "quien") or asked_of_lines or asking.has(C.ADVANCE):
        return None
    if _PRESENTATION.search(asking.text) and asking.frame.how is not How.ASKED:
        return T.REPORT
    word = asking.says("informes?|reportes?|excel|word|pdf|xlsx|docx|csv")
    return T.REPORT if word else None


_SEX = re.compile(r"mujer|hombre")


def _people(asking: Asking) -> QuestionTopic | None:
    asks = asking.head == "cuant" or asking.has(C.TOTAL) or asking.frame.how in (How.REQUESTED, How.NAMED)
    if not asks or not asking.has(C.PEOPLE):
        return None
    if _SEX.search(asking.text) or (asking.has(C.ATTEND) and asking.says("particip\\w+|asist\\w+|acudi\\w+")):
        return T.PARTICIPANTS
    return T.COUNT if asking.by_measure else T.PARTICIPANTS


def _count(asking: Asking) -> QuestionTopic | None:
    if asking.lines and (
        asking.head in ("cuant", "que", "cual", "como", "a cuant", "en que")
        or asking.frame.how is not How.ASKED
    ):
        return T.COUNT
    if asking.head == "cuant":
        if asking.unknown and not asking.units and not asking.has(C.GO, C.ADVANCE):
            return T.COUNT
        return (
            T.PROGRESS if asking.has(C.GO, C.HAVE, C.ADVANCE, C.LINES, C.TARGET) or asking.units else T.COUNT
        )
    return T.COUNT if asking.has(C.TOTAL) and asking.unknown else None


def _progress(asking: Asking) -> QuestionTopic | None:
    goes = asking.near(3) & {C.GO, C.ADVANCE} or asking.has(C.ADVANCE)
    closed = asking.head == "como" and asking.near(2) & {C.END}
    stands = asking.head in ("como", "donde", "que") and asking.near(2) & {C.HAVE} and not asking.unknown
    if goes or closed or stands:
        return T.PROGRESS
    if asking.frame.head in ("por que", "en que") or asking.head == "que":
        return T.PROGRESS if asking.near(1) & {C.GO, C.HAVE} and not asking.unknown else None
    if asking.has(C.TARGET) and (asking.frame.how is not How.ASKED or asking.head in ("cual", "que")):
        return T.PROGRESS
    yes_no = asking.frame.how in (How.MARKED, How.REQUESTED)
    bare = (asking.units or asking.lines) and not asking.unknown
    if (
        yes_no
        and (bare or asking.says("vamos|van|va|llegamos|cumplimos|alcanzar|bien|mal"))
        and not asking.unknown
    ):
        return T.PROGRESS
    return T.PROGRESS if asking.head in ("como", "cual", "que") and bare and len(asking.words) <= 8 else None


_RULES: tuple[Rule, ...] = (
    _order, _help, _access, _search, _evidence, _origin, _compared, _author, _unsigned, _waiting, _silent,
    _signals, _people, _calendar, _activities, _registered, _report, _duties, _count, _progress,
)  # fmt: skip
__all__ = ["Asking", "Question", "concepts_of", "topic_of"]
