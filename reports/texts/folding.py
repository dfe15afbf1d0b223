"""Words as they are compared: typed on a telephone, accents and capitals come and go."""

import unicodedata


def fold(text: str) -> str:
    """Lower case, no accents, single spaces."""
    plain = unicodedata.normalize("NFD", text.casefold())
    return " ".join("".join(each for each in plain if not unicodedata.combining(each)).split())
