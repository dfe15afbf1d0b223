"""Several activities told in one message."""

from spanish.writing import formats

NOT_FOLLOWED = (
    "Vi que cambió un mensaje del que salieron varias tarjetas, pero ya no sé qué es de cada una. "
    "Cambie el dato con los botones de su tarjeta."
)


def register_all(number: int) -> str:
    return f"✅ Registrar las {number}" if number > 1 else "✅ Registrar la que falta"


def several(number: int, ready: int, with_file: bool) -> str:
    """Below the cards of one message."""
    said = f"Son <b>{number} actividades</b> en un mensaje: revise cada tarjeta."
    if ready < number:
        open_ones = "Una tiene" if number - ready == 1 else f"{number - ready} tienen"
        said += f" {open_ones} una pregunta por contestar."
    if with_file:
        said += " Lo que envió quedó en la primera; para otra, responda con su foto a su tarjeta."
    return said


def registered_all(numbers: list[int], left: int) -> str:
    """In their place."""
    listed = formats.joined([f"n.º {each}" for each in numbers])
    done = f"✅ <b>Registrada{'s' if len(numbers) > 1 else ''}:</b> {listed}."
    if not left:
        return done
    waiting = "Falta una" if left == 1 else f"Faltan {left}"
    return f"{done} {waiting}: conteste la pregunta de su tarjeta."
