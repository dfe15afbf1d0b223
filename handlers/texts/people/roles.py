"""The Spanish names of roles and of (role, unit) pairs."""

from handlers.texts.escaping import Html, escape
from models.tables.people import Role
from spanish.writing.nouns import of

ROLES = {
    Role.STAFF: "Enlace",
    Role.DIRECTOR: "Titular",
    Role.PLANNING: "Planeación",
    Role.OBSERVER: "Consulta (órgano de gobierno o comisaría)",
}
ROLE_WORDS = {
    Role.STAFF: ("staff", "enlace"),
    Role.DIRECTOR: ("director", "directora", "titular"),
    Role.PLANNING: ("planning", "planeacion"),
    Role.OBSERVER: ("observer", "observador", "observadora", "consulta", "comisaria"),
}


def pair(role: Role, unit_name: str | None) -> Html:
    """Return «Enlace de la Dirección Jurídica» as HTML."""
    return Html("{} {}").format(ROLES[role], of(unit_name)) if unit_name else escape(ROLES[role])


def role_named(word: str) -> Role | None:
    """Return the role that a folded word names in Spanish or by its key, or None."""
    return next((role for role, words in ROLE_WORDS.items() if word in words), None)
