"""Rules of topics: orders, help, access, and what the bot knows nothing of. Pure."""

import re

from spanish.reading.questions.asking import Asking
from spanish.reading.questions.frame import PLEA, How
from spanish.reading.questions.help_subjects import help_subject
from spanish.reading.questions.question import QuestionTopic
from spanish.reading.questions.question import QuestionTopic as T
from spanish.reading.questions.vocabulary import Concept as C

_SEE = re.compile(r"ver|veo|ven|ve|vea|vean|leer|lee|leen|consult\w+|mir\w+|revis\w+|enter\w+")


_WRITTEN = re.compile(
    r"\blo que (?:yo |uno |se )?(?:escrib\w+|pong\w+|registr\w+|captur\w+|mand\w+|envi\w+|sub\w+|digo)|"
    r"\b(?:mis|mi) (?:mensajes?|registros?|capturas?|actividades)|\bconfidencial"
)


def ordered(asking: Asking) -> QuestionTopic | None:
    """«Borra mi última actividad», «cancela», «firmar»."""
    if asking.frame.how is not How.ORDERED:
        return None
    verb = asking.frame.verb
    if verb in ("regist", "anot", "firm", "invit", "cancel", "desha"):
        return T.LAST if verb == "desha" else T.COMMAND
    return T.LAST if asking.has(C.LAST, C.ACTIVITY) or asking.number else None


def plea(asking: Asking) -> QuestionTopic | None:
    return T.REQUEST if asking.frame.verb == PLEA else None


def elsewhere(asking: Asking) -> QuestionTopic | None:
    """What the bot knows nothing of, whatever lines it names."""
    place = asking.head in ("que", "cual", "donde") and asking.says(
        "hora|horario|clima|telefono|celular|correo|extension|domicilio|wifi|contrasena"
    )
    return T.NONE if place and not asking.says("pin|cierra|vence") else None


def helped(asking: Asking) -> QuestionTopic | None:
    return T.HELP if help_subject(asking.frame, asking.text) else None


_CALLED = re.compile(r"se (?:llama|apellida)\b")


def access(asking: Asking) -> QuestionTopic | None:
    if asking.head == "como" and _CALLED.match(asking.rest):
        return T.CONTACTS if asking.near(4) & {C.HEAD} else None
    if asking.head != "quien":
        return None
    if any(map(_SEE.fullmatch, asking.words[:4])) and _WRITTEN.search(asking.text):
        return T.HELP
    if asking.has(C.ACCESS) and not asking.has(C.LACK, C.TELL):
        return T.PEOPLE
    return T.CONTACTS if asking.near(2) & {C.HEAD} else None
