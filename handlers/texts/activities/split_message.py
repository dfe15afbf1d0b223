"""Texts about several activities in one message."""

from handlers.texts.escaping import Html, joined

NOT_FOLLOWED = (
    "Vi que cambió un mensaje del que salieron varias tarjetas, pero ya no sé qué es de cada una. "
    "Cambie el dato con los botones de su tarjeta."
)


def register_all(number: int) -> str:
    return f"✅ Registrar las {number}" if number > 1 else "✅ Registrar la que falta"


def several(number: int, ready: int, with_file: bool) -> Html:
    """Return the text below the cards of one message."""
    said = Html("Son <b>{} actividades</b> en un mensaje: revise cada tarjeta.").format(number)
    if ready < number:
        open_ones = "Una tiene" if number - ready == 1 else Html("{} tienen").format(number - ready)
        said += Html(" {} una pregunta por contestar.").format(open_ones)
    if with_file:
        said += " Lo que envió quedó en la primera; para otra, responda con su foto a su tarjeta."
    return said


def registered_all(numbers: list[int], left: int) -> Html:
    """Return what replaces it after they were registered."""
    listed = joined([Html("n.º {}").format(each) for each in numbers])
    done = Html("✅ <b>Registrada{}:</b> {}.").format("s" if len(numbers) > 1 else "", listed)
    if not left:
        return done
    waiting = "Falta una" if left == 1 else Html("Faltan {}").format(left)
    return Html("{} {}: conteste la pregunta de su tarjeta.").format(done, waiting)
