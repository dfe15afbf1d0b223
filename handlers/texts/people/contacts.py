"""Sentences of `/contactos`."""

from collections.abc import Sequence

from handlers.texts.escaping import escape
from models.programme.view import UnitView

MENU = "Ver quién es titular de cada órgano administrativo"
_NOBODY = "sin titular en el asistente"


def contacts(units: Sequence[tuple[UnitView, Sequence[str]]]) -> str:
    """Each unit with the names of its directors."""
    lines = [f"{escape(unit.name)}: <b>{escape(', '.join(names) or _NOBODY)}</b>" for unit, names in units]
    return "<b>Titulares</b>\n\n" + "\n".join(lines)
