"""What is answered to «hola», «gracias», «ok» and the like."""

from handlers.texts.escaping import Html
from spanish.reading.courtesy import Courtesy

_NOON, _EVENING = 12, 19  # hours at which the greeting changes
_WHAT = {
    True: "Para registrar, cuénteme qué se hizo; la foto, con ese texto al pie.",
    False: "Pregúnteme cómo va un área, qué falta o cuándo cierra el trimestre.",
}


def greeting(hour: int) -> str:
    """Return the greeting for that local hour."""
    return (
        "Buenos días"
        if 5 <= hour < _NOON
        else "Buenas tardes"
        if _NOON <= hour < _EVENING
        else "Buenas noches"
    )


def said(kind: Courtesy, name: str, hour: int, captures: bool) -> Html:
    """Return the answer in at most two lines."""
    first = name.split()[0] if name.split() else name
    match kind:
        case Courtesy.GREETING:
            return Html("{}, {}. A sus órdenes.\n{}").format(greeting(hour), first, _WHAT[captures])
        case Courtesy.THANKS:
            return Html("Con gusto, {}. A sus órdenes.").format(first)
        case Courtesy.FAREWELL:
            return Html("Hasta luego, {}. Aquí sigo para cuando haga falta.").format(first)
        case Courtesy.SORRY:
            return Html(
                "No hay cuidado, {}. Lo abierto se corrige o se cancela, y lo registrado se corrige."
            ).format(first)
        case Courtesy.AGREED:
            return Html("Enterado. {}").format(_WHAT[captures])


def with_open(said: Html, number: int) -> Html:
    """Return the answer with what still waits for ✅."""
    what = "1 tarjeta abierta" if number == 1 else f"{number} cosas abiertas"
    waits = "espera" if number == 1 else "esperan"
    return Html("{}\n📝 Tiene <b>{}</b>: {} su ✅, todavía sin registrar.").format(
        said.split("\n")[0], what, waits
    )
