"""What is said of a list that does not fit one screen."""

PREVIOUS = "‹ Anterior"
NEXT = "Siguiente ›"
MORE_BUTTONS = "Más opciones:"


def mark(number: int, of: int) -> str:
    """«Página 2 de 4», below the list; nothing where it is one page."""
    return f"\n\n<i>Página {number} de {of}</i>" if of > 1 else ""
