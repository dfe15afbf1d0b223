"""Spanish made easy to compare: lower case, no accents, single spaces."""

import unicodedata

from reports.texts.measures import singular


def fold(text: str) -> str:
    """Lower case, no accents, single spaces."""
    plain = unicodedata.normalize("NFD", text.casefold())
    return " ".join("".join(each for each in plain if not unicodedata.combining(each)).split())


def root(word: str) -> str:
    """A folded word in the singular: «asesorias» and «asesoria» are one."""
    return fold(singular(word))
