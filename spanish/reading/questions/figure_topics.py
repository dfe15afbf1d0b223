"""Rules of topics: progress, counts, comparisons, people, the origin of a figure. Pure."""

import re

from spanish.reading.questions.asking import Asking
from spanish.reading.questions.frame import How
from spanish.reading.questions.question import QuestionTopic
from spanish.reading.questions.question import QuestionTopic as T
from spanish.reading.questions.vocabulary import Concept as C

_ORIGIN = re.compile(
    r"\b(?:sale|salen|salio|viene|vienen|sac\w+|obtien\w+|obtuv\w+|calcul\w+|compon\w+|compuest\w+|desglos\w+|"
    r"integra|integran|explica\w*|suman|forman|origen)\b"
)


_WHY_FIGURE = re.compile(r"\b(?:dice|marca|aparece|sale|trae|pone|muestra)\b")


def origin(asking: Asking) -> QuestionTopic | None:
    head = asking.frame.head
    if head in ("de donde", "de que") or (head == "como" and asking.says("se (?:calcul|obtien|sac)\\w+")):
        return T.ORIGIN if _ORIGIN.search(asking.text) else None
    if (
        asking.head == "que"
        and asking.near(1) & {C.ACTIVITY}
        and asking.says("suman|forman|componen|integran")
    ):
        return T.ORIGIN
    if asking.figure and (asking.frame.verb.startswith("explic") or head in ("con que", "de que")):
        return T.ORIGIN
    if head == "por que" and asking.figure and (_WHY_FIGURE.search(asking.text) or asking.has(C.HAVE, C.GO)):
        return T.ORIGIN
    return T.ORIGIN if asking.says("desglos\\w+") or (asking.figure and asking.says("explica\\w*")) else None


def compared(asking: Asking) -> QuestionTopic | None:
    several = asking.units > 1
    ordered = asking.frame.verb in ("compara", "compare", "comparar")
    if asking.has(C.COMPARE) and (several or asking.periods > 1):
        return T.COMPARISON
    if ordered or asking.says("compar(?!t)\\w+"):
        return T.COMPARISON
    if asking.says("ranking|top|quien va (?:primero|ultimo)|primer lugar|ultimo lugar"):
        return T.RANKING
    if asking.head == "quien" and asking.says("va(?:n)? (?:primero|ultimo|adelante|atras)"):
        return T.RANKING
    better = asking.says("mejor|peor|mas|menos")
    if several and better:
        return T.COMPARISON
    if better and asking.says("que (?:el|la|en|antes)") and (asking.periods or asking.says("antes")):
        return T.COMPARISON
    if asking.head in ("quien", "cual") or asking.near(2) & {C.UNITS, C.LINES}:
        names_line = asking.near(2) & {C.LINES}
        if (
            asking.has(C.BETTER)
            and asking.says("mejor|peor|mas|menos|mayor|menor")
            and not asking.has(C.LACK)
        ):
            return T.SIGNALS if names_line else T.RANKING
    return None


_SEX = re.compile(r"mujer|hombre")


def counted_people(asking: Asking) -> QuestionTopic | None:
    asks = asking.head == "cuant" or asking.has(C.TOTAL) or asking.frame.how in (How.REQUESTED, How.NAMED)
    if not asks or not asking.has(C.PEOPLE):
        return None
    if asking.frame.how is How.REQUESTED and asking.head != "cuant" and not asking.has(C.TOTAL):
        return None
    if _SEX.search(asking.text) or (
        asking.has(C.ATTEND) and asking.says("particip\\w+|asist\\w+|acudi\\w+|fueron|vinieron")
    ):
        return T.PARTICIPANTS
    return T.COUNT if asking.people else T.PARTICIPANTS


_FEW = 5  # words of «¿y los mantenimientos?»


def _names_figures(asking: Asking) -> bool:
    """Whether a figure is asked for: «qué porcentaje de actas»; «pásame el acta» asks for a paper."""
    figures = asking.has(C.GO, C.HAVE, C.ADVANCE, C.TARGET, C.TOTAL, C.LACK) or asking.says("detalle|datos")
    if asking.frame.how is How.REQUESTED and not asking.head:
        return figures or asking.numbered
    if asking.frame.how is How.MARKED and not figures and not asking.numbered:
        if asking.says("ya se"):
            return True
        return not asking.has(C.DO, C.TELL) and not asking.unknown and len(asking.words) <= _FEW
    return figures or asking.head not in ("que", "cual", "donde", "cuando")


def count(asking: Asking) -> QuestionTopic | None:
    if asking.lines and not _names_figures(asking):
        return None
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


def progress(asking: Asking) -> QuestionTopic | None:
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
    if asking.frame.how is How.MARKED and asking.periods and len(asking.words) < 2:
        return T.PROGRESS
    requested_lines = asking.lines and asking.frame.how is How.REQUESTED
    bare = asking.units and not asking.unknown and not requested_lines
    if (
        yes_no
        and (bare or asking.says("vamos|van|va|llegamos|cumplimos|alcanzar|bien|mal"))
        and not asking.unknown
    ):
        return T.PROGRESS
    return T.PROGRESS if asking.head in ("como", "cual", "que") and bare and len(asking.words) <= 8 else None
