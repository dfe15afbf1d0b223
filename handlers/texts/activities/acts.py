"""Texts about a message that may tell nothing done: the question what it is, and what is said of the rest."""

from handlers.texts.activities.capture import excerpt
from handlers.texts.escaping import Html
from spanish.reading.acts import Act

_IS_IT_DONE = "¿Es algo que se hizo?"
_ASKED = {
    Act.PLAN: "¿Ya se hizo, o es un plan?",
    Act.QUESTION: "¿Es algo que se hizo, o es una pregunta?",
}
_YES = {Act.PLAN: "✅ Ya se hizo"}
_NO = {Act.PLAN: "🗓 Es un plan", Act.QUESTION: "❓ Es una pregunta"}
_LEFT = {
    Act.PLAN: "Queda como plan: no registré nada. Cuando se haga, cuéntemelo y lo registro.",
    Act.REQUEST: "No registré nada. Yo no puedo hacer ese encargo: envíelo a la persona, por favor.",
    Act.COMMAND: "No registré nada. Con /ayuda le muestro las órdenes que existen.",
    Act.HELP: "No registré nada. Con /ayuda le muestro cómo registrar y corregir.",
}
_NOTHING = "No registré nada. Cuando se haga algo, cuéntemelo en un mensaje."


def which(act: Act) -> str:
    """Return the question whether a text tells something done."""
    return _ASKED.get(act, _IS_IT_DONE)


def yes(act: Act) -> str:
    return _YES.get(act, "✅ Registrar actividad")


def no(act: Act) -> str:
    return _NO.get(act, "No, no es una actividad")


def left(text: str, act: Act) -> Html:
    """Return what replaces the question after the text was said to tell nothing done."""
    return Html("«{}»\n\n{}").format(excerpt(text), _LEFT.get(act, _NOTHING))
