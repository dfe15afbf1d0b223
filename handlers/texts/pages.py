"""Texts of lists in several pages."""

from handlers.texts.escaping import Html

PREVIOUS = "‹ Anterior"
NEXT = "Siguiente ›"
MORE_BUTTONS = "Más opciones:"


def mark(number: int, of: int) -> Html:
    """Return «Página 2 de 4», below the list; empty if there is one page."""
    return Html("\n\n<i>Página {} de {}</i>").format(number, of) if of > 1 else Html()
