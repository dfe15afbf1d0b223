"""Rules of topics: closes, signatures, who has not reported, what is missing, the report. Pure."""

import re

from spanish.reading.questions.asking import Asking
from spanish.reading.questions.frame import How
from spanish.reading.questions.question import QuestionTopic
from spanish.reading.questions.question import QuestionTopic as T
from spanish.reading.questions.vocabulary import Concept as C

_PRESENTATION = re.compile(r"\b(?:presentacion|diapositivas|laminas|power ?point|ppt)\b")


_WORKING = re.compile(r"\bdias?\b.*\b(?:queda|quedan|falta|faltan|tenemos|tengo|hay|restan)\b")


_HOURS = re.compile(r"\b(?:hora|horas|junta|reunion|cita|sesion)\b")


def unsigned(asking: Asking) -> QuestionTopic | None:
    if not asking.has(C.SIGN) or asking.head in ("cuando", "como"):
        return None
    whose = asking.head in ("quien", "cuant") or asking.near(2) & {C.UNITS} or asking.frame.how is How.MARKED
    lacks = asking.says("no|falta|faltan|sin|ya|todos|todas|pendientes?")
    return T.UNSIGNED if (whose and not asking.lines) or (lacks and asking.units) else None


_SILENCE = r"no|falta|faltan|sin|ya|nada|alguien|todos|todas|deben?|siguen?"


def silent(asking: Asking) -> QuestionTopic | None:
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


def signals(asking: Asking) -> QuestionTopic | None:
    asks = (
        asking.head in ("que", "cual", "quien", "cuant", "donde", "si") or asking.frame.how is not How.ASKED
    )
    if asking.frame.head == "por que":
        return T.PROGRESS if asking.has(C.COLOUR, C.BEHIND) else None
    if asks and asking.near(2) & {C.LINES} and asking.says("cumpl\\w+|terminad\\w+|al \\w+"):
        return T.SIGNALS
    if asks and (asking.has(C.COLOUR) or (asking.has(C.BEHIND) and not asking.has(C.REPORT))):
        return T.SIGNALS
    return None


def waiting(asking: Asking) -> QuestionTopic | None:
    if not asking.counts_when:
        return None
    if asking.frame.how is How.MARKED:
        return T.WAITING
    waits = asking.says("por|falta|faltan|pendientes?|sin|no|todavia|aun|esperan?")
    return T.WAITING if waits and not asking.says("quien") else None


def calendar(asking: Asking) -> QuestionTopic | None:
    """When something closes, ends or is due; how many working days are left; days off."""
    if asking.head == "cuando" or asking.frame.head in ("hasta que", "a que", "para que", "en que"):
        return _when(asking)
    if asking.head in ("que", "cual"):
        return _what_ends(asking)
    if asking.head == "cuant":
        left = _WORKING.search(asking.text) or asking.says("inhabiles|habiles|tiempo")
        until = asking.says("(?:falta|queda) (?:para|del?) (?:el |la )?(?:cierre|fin|plazo)")
        return T.CALENDAR if left or until else None
    return _named_close(asking)


def _when(asking: Asking) -> QuestionTopic | None:
    if asking.says("fue|fueron|se \\w{3,}o|se \\w+ron"):
        return T.SEARCH
    when = asking.head == "cuando" or asking.says("dia|fecha|fechas|plazo")
    due = asking.near(4) & {C.END, C.DEADLINE, C.LACK, C.SIGN, C.REPORT} or asking.says(
        "hay que|tengo que|tenemos que|debo|debemos|toca|entreg\\w+|report\\w+|registrar|capturar|"
        "puedo|puente"
    )
    return T.CALENDAR if when and due and not _HOURS.search(asking.text) else None


def _what_ends(asking: Asking) -> QuestionTopic | None:
    """«Qué vence este mes», «qué día se cierra», «qué días son inhábiles»."""
    near = asking.near(4)
    if asking.near(2) & {C.END} and asking.periods and not asking.says("dia"):
        return T.DEADLINES
    if near & {C.DEADLINE} and not asking.says("hizo|hicimos|registr\\w+"):
        return T.CALENDAR
    if asking.head == "que" and asking.says("dia|fecha") and near & {C.END}:
        return T.CALENDAR
    if asking.head == "que" and asking.near(1) & {C.END}:
        return T.DEADLINES if asking.says("vence|vencen|lineas?") else T.CALENDAR
    return None


_NAMED_CLOSES = (
    r"calendario|plazos?|inhabil\w*|habil(?:es)?|puente|fechas? limite|fechas? de (?:cierre|entrega|corte)|"
    r"vencimientos?"
)


def _named_close(asking: Asking) -> QuestionTopic | None:
    """«Calendario», «¿ya cerró el trimestre?», «¿todavía puedo registrar lo de marzo?»."""
    how = asking.frame.how
    if how in (How.NAMED, How.MARKED, How.REQUESTED) and asking.says(_NAMED_CLOSES):
        return T.CALENDAR
    ends = asking.says("ya (?:cerro|vencio|termino)|cierra|cerro") and asking.says(
        "trimestre|captura|plazo|sistema"
    )
    in_time = asking.says("todavia|aun|a tiempo") and asking.says("puedo|podemos|puede|tiempo")
    named = how is How.NAMED and asking.says("cierre")
    return T.CALENDAR if (how is How.MARKED and (ends or in_time)) or named else None


def duties(asking: Asking) -> QuestionTopic | None:
    if asking.head == "que" and asking.says(
        "(?:tengo|tenemos|hay) que (?:hacer|entregar|reportar|registrar)|sigue"
    ):
        return T.DUTIES
    if asking.says("al corriente|devuelt\\w+|devolvi\\w+") or (
        asking.frame.head == "por que" and asking.has(C.SIGN)
    ):
        return T.DUTIES
    if not asking.has(C.LACK) or asking.head in ("donde", "como"):
        return None
    if asking.head == "cuant" and asking.unknown and not (asking.units or asking.lines):
        return T.COUNT
    if asking.head == "cuant" and (asking.lines or asking.says("metas?|cumplir|llegar")):
        return T.COUNT if asking.lines else T.PROGRESS
    if asking.lines and asking.by_measure and asking.says("faltan?|nos faltan?"):
        return T.COUNT
    return T.DUTIES


def report(asking: Asking) -> QuestionTopic | None:
    asked_of_lines = asking.frame.how is How.ASKED and asking.lines and asking.by_measure
    if asking.head in ("cuant", "quien") or asked_of_lines or asking.has(C.ADVANCE):
        return None
    if _PRESENTATION.search(asking.text) and asking.frame.how is not How.ASKED:
        return T.REPORT
    word = asking.says("informes?|reportes?|excel|word|pdf|xlsx|docx|csv")
    return T.REPORT if word else None
