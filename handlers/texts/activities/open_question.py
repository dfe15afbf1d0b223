"""Texts around a question that stays open: what came was no answer, or was taken for something else."""

from collections.abc import Sequence

from handlers.texts.activities.capture import excerpt
from handlers.texts.escaping import Html

STILL_OPEN = Html("⏳ <b>Sigue abierta esta pregunta</b>. Contéstela, o déjela con ✖️ Cancelar.")
IS_ANSWER = "↪️ No: es mi respuesta"
TAKEN_AS_ANSWER = "↪️ Eso quedó como respuesta de otra pregunta, no como actividad."
ENDING = 50  # characters quoted of the end of a text that was cut


def apart(text: str) -> Html:
    """Return, above the question, that a text became an activity of its own."""
    return Html("📝 «{}» es una actividad aparte: su tarjeta está arriba.\n{}").format(
        excerpt(text, ENDING), STILL_OPEN
    )


def noted(changes: Sequence[Html]) -> Html:
    """Return, above the question, which other fields a text gave."""
    return Html("✍️ Anotado. {}").format(Html(" · ").join(changes))


def joined(what: str) -> Html:
    """Return, above the question, that a file was added to the capture."""
    return Html("📎 {}: ya va en esta captura.").format(what)


def cut(length: int, limit: int, kept: str) -> Html:
    """Return that a text was longer than its place, and where it was cut."""
    flat = " ".join(kept.split())
    return Html(
        "✂️ Su texto tiene {:,} caracteres y aquí caben {:,}: quedó hasta «…{}». Lo demás sigue en "
        "su mensaje; si hace falta, envíelo en otro."
    ).format(length, limit, flat[-ENDING:])
