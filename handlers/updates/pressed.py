"""What a button's data may look like, verb by verb; what looks otherwise is forged, or of another version.

Here the shape is checked and nothing else: whether there is such a draft, unit or day is found out behind the
door. Telegram takes 64 bytes.
"""

import re
from itertools import product

from telegram.constants import InlineKeyboardButtonLimit

from models.errors import Rejected
from models.tables.people import Role

LONGEST = InlineKeyboardButtonLimit.MAX_CALLBACK_DATA  # bytes
_NUMBER = ":(?:0|[1-9][0-9]{0,9})"
_YEAR = ":[1-9][0-9]{3}"
_DAY = f"{_YEAR}-[01][0-9]-[0-3][0-9]"
_KINDS = {
    "#": _NUMBER,
    "YEAR": _YEAR,
    "QUARTER": f"{_YEAR}-T[1-4]",
    "PERIOD": f"{_YEAR}(?:-T[1-4])?",
    "DAY": _DAY,
    "WORD": ":[a-z_]{1,20}",
    "UPDATE": ":-?[0-9]{1,19}",
    "TEXT": r"(?::[^\x00-\x1f]*)?",
}
_ROLE = "|".join(Role)
_LISTING = "m|u:#:#:PERIOD:#"  # as `Listing.data` writes it

# What follows the verb, part by part: a kind of `_KINDS`, or words of which one stands there. The order is
# that of `handlers.updates.commands.VERBS`; tests want each verb here, and each variant pressed by every
# role.
_SHAPES: dict[str, tuple[str, ...]] = {
    "d": ("#:#:ok|x|b|v|e|p:TEXT",),
    "new": ("",),
    "open": ("", "#"),
    "all": ("#",),
    "undo": ("#",),
    "settle": ("#",),
    "reask": ("#:QUARTER",),
    "p": ("=", "u|l|uo:#:QUARTER", "n|lo:#:#:QUARTER", "w|o|wo:QUARTER"),
    "pic": ("#:QUARTER",),
    "acts": ("=", f"l|c:{_LISTING}"),
    "act": (f"v:#:{_LISTING}",),
    "hist": (f"#:#:{_LISTING}",),
    "ev": ("#",),
    "evr": ("#",),
    "fix": ("#", "#:WORD"),
    "void": ("#",),
    "unsets": ("#",),
    "unset": ("#",),
    "ret": ("#",),
    "unret": ("#",),
    "still": ("#:QUARTER", "#:QUARTER:no"),
    "obs": ("#:QUARTER",),
    "obsu": ("#:QUARTER",),
    "pres": ("#:QUARTER",),
    "rev": ("#:#",),
    "due": ("=", "w|o|s|l:QUARTER", "u|e|p:#:QUARTER:#"),
    "reg": ("#",),
    "cal": ("=", "v:#:QUARTER", "r:QUARTER"),
    "calm": ("QUARTER",),
    "cala": ("",),
    "calr": ("DAY",),
    "sign": ("#:", "#:QUARTER"),
    "rep": ("v|f:#:QUARTER", "m:#:QUARTER:WORD"),
    "reopen": ("#:QUARTER",),
    "abs": ("n", "e:#"),
    "ack": ("#:QUARTER",),
    "rem": ("v|z|h|p", "h:#", "h:#:#", "p:0", "p:DAY", "l:WORD:WORD"),
    "prog": ("w|l|x:#", "u:#:YEAR"),
    "adj": ("#",),
    "inv": ("x", "l|r:#", f"{_ROLE}:#", f"{_ROLE}:#:#"),
    "ppl": ("l|c|s|S|a|A|m|x|X|r|k|K:#", f"u:#:{_ROLE}", f"u|w:#:{_ROLE}:#"),
    "pinq": ("x|f:#",),
    "st": ("v|a", "r:UPDATE", "m:#"),
}


def _each(shape: str) -> list[str]:
    """The shape once for each combination of its words: «l|r:#» is «l:#» and «r:#»."""
    return [":".join(parts) for parts in product(*(part.split("|") for part in shape.split(":")))]


def expression(variant: str) -> str:
    """What the data after the verb must match."""
    return (
        "".join(_KINDS.get(part) or f":{re.escape(part)}" for part in variant.split(":")) if variant else ""
    )


VARIANTS = {verb: [each for shape in shapes for each in _each(shape)] for verb, shapes in _SHAPES.items()}
SHAPES = {verb: re.compile("|".join(map(expression, variants))) for verb, variants in VARIANTS.items()}


def require_shape(data: str) -> None:
    """Raises `Rejected("stale_button")` for data that no button of ours has."""
    verb, colon, rest = data.partition(":")
    shape = SHAPES.get(verb)
    if shape is None or len(data.encode()) > LONGEST or not shape.fullmatch(colon + rest):
        raise Rejected("stale_button")
