"""Sentences of `/contactos`."""

from collections.abc import Sequence

from handlers.texts.escaping import Html
from models.programme.view import UnitView

MENU = "Ver quién es titular de cada órgano administrativo"
_NOBODY = "sin titular en el asistente"


def contacts(units: Sequence[tuple[UnitView, Sequence[str]]]) -> Html:
    """Return each unit with the names of its directors."""
    lines = [Html("{}: <b>{}</b>").format(unit.name, ", ".join(names) or _NOBODY) for unit, names in units]
    return Html("<b>Titulares</b>\n\n") + Html("\n").join(lines)
