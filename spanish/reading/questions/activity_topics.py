"""Rules of topics: what was done, who registered it, its evidence, where it is. Pure."""

import re

from spanish.reading.questions.asking import Asking
from spanish.reading.questions.frame import How
from spanish.reading.questions.question import QuestionTopic
from spanish.reading.questions.question import QuestionTopic as T
from spanish.reading.questions.vocabulary import Concept as C


def search(asking: Asking) -> QuestionTopic | None:
    finds = asking.has(C.FIND) or asking.frame.verb in ("busca", "busque", "ubica", "localiza", "buscar")
    if asking.number and asking.head != "quien" and not asking.has(C.EVIDENCE):
        return T.SEARCH
    if asking.head == "donde" and asking.says("fue|fueron|se \\w{3,}o"):
        return T.SEARCH
    if asking.documents:
        return T.AUTHOR if asking.head == "quien" else T.SEARCH
    if finds and not asking.has(C.REPORT, C.ADVANCE):
        return T.SEARCH
    papers = asking.head == "donde" or asking.frame.head == "con que"
    return T.SEARCH if papers and asking.says("oficio|acta|minuta|memorandum|convenio") else None


def went(asking: Asking) -> QuestionTopic | None:
    """«Cómo quedó la sesión de ayer»."""
    asks = asking.head == "como" and asking.says("quedo|estuvo|salio|fue")
    thing = (asking.lines or asking.unknown) and not asking.units
    return T.SEARCH if asks and thing and not asking.has(C.TARGET, C.ADVANCE) else None


def evidence(asking: Asking) -> QuestionTopic | None:
    if (
        asking.has(C.EVIDENCE)
        and asking.says("sin|no|falta|faltan|tienen?")
        and asking.has(C.ACTIVITY, C.LINES)
    ):
        return T.DUTIES
    if asking.has(C.EVIDENCE) and not asking.has(C.LACK) and not asking.says("sin|no"):
        return T.EVIDENCE
    return None


def author(asking: Asking) -> QuestionTopic | None:
    if asking.head == "quien" and asking.near(1) & {C.ATTEND} and asking.says("(?:particip|asist|acud)\\w+"):
        return T.SEARCH
    if asking.head != "quien" or not asking.near(1) & {C.TELL, C.DO} or asking.says("no|falta|faltan"):
        return None
    thing = re.match(r"(?:ha |han )?\w+ (?:lo|la|el|las|los|un|una|este|esta|esa|ese)\b", asking.rest)
    object_named = asking.lines or asking.number or asking.unknown or thing
    return T.AUTHOR if object_named and not asking.says("quienes|ya") else None


def activities(asking: Asking) -> QuestionTopic | None:
    near = asking.near(3)
    if asking.head == "cual" and asking.lines and asking.says("fueron|son") and not asking.has(C.TARGET):
        return T.ACTIVITIES  # «supervisiones de julio, cuáles fueron»
    if asking.says("devuelt\\w+"):
        return T.DUTIES
    if asking.says("informe|reporte") and asking.frame.how is not How.ASKED:
        return None
    if asking.has(C.LAST) and asking.has(C.TELL, C.ACTIVITY, C.DO):
        own = asking.says("registre|capture|mi|mis|mande|subi|hice|mias?")
        return T.LAST if own and not asking.units else T.ACTIVITIES
    if asking.head in ("que", "cual", "cuant") and near & {C.ACTIVITY} and not asking.by_measure:
        return T.ACTIVITIES
    if asking.head == "cuant" and asking.says("registros|actividades") and not asking.lines:
        return T.ACTIVITIES
    past = asking.near(1) & {C.TELL, C.DO} or (near & {C.HAVE} and asking.has(C.TELL, C.DO))
    if asking.head == "que" and past and not asking.has(C.LACK):
        return T.ACTIVITIES
    if asking.head in ("que", "cual") and asking.lines and near & {C.DO, C.TELL} and not asking.has(C.LACK):
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
    if (asking.frame.how is not How.ASKED or asking.head in ("donde", "si")) and asking.says(
        "lo que (?:se )?(?:hizo|hicimos|hicieron|registr\\w+|ha hecho|hemos hecho)"
    ):
        return T.ACTIVITIES
    return None


def of_days(asking: Asking) -> QuestionTopic | None:
    """«Muéstrame lo de marzo», «¿sí se guardó lo que mandé?»."""
    kept = asking.says("guardo|guardad[oa]s?|llego|recibi\\w+") and asking.frame.how is How.MARKED
    if kept:
        return T.LAST
    requested = asking.frame.how is How.REQUESTED and not asking.head
    shown = requested and asking.says("lo del?|lo que")
    wanted = re.match(
        r"quier|quis|quer|necesit|ocup|requier|favor|deseo|urge|me gust|ayud", asking.frame.verb
    )
    if requested and asking.by_measure and not wanted:  # «muéstrame las asesorías de marzo»
        return T.ACTIVITIES
    return T.ACTIVITIES if shown or (asking.frame.rest.startswith("lo de") and asking.periods) else None


def registered(asking: Asking) -> QuestionTopic | None:
    """«¿Ya está registrada la capacitación del martes?»"""
    marked = asking.frame.how is How.MARKED and asking.has(C.TELL) and not asking.units
    if asking.has(C.TARGET):
        return None
    return T.ACTIVITIES if marked and (asking.periods or asking.lines) else None
