"""What a button's data may look like, verb by verb; what looks otherwise is forged, or of another version.

Here the shape is checked and nothing else: whether there is such a draft, unit or day is found out behind the
door. Telegram takes 64 bytes.
"""

import re

from models.errors import Rejected

LONGEST = 64  # bytes
_NUMBER = "(?:0|[1-9][0-9]{0,9})"
_YEAR = "[1-9][0-9]{3}"
_QUARTER = f"{_YEAR}-T[1-4]"
_DAY = f"{_YEAR}-[01][0-9]-[0-3][0-9]"
_LISTING = f"[mu]:{_NUMBER}:{_NUMBER}:{_YEAR}(?:-T[1-4])?:{_NUMBER}"  # as `Listing.data` writes it
_WORD = "[a-z_]{1,20}"

# What follows the verb. The order is that of `handlers.updates.doors.VERBS`, and a test wants each of them
# here.
_SHAPES = {
    "d": rf":{_NUMBER}:{_NUMBER}:(?:ok|x|b|v|e|p)(?::[^\x00-\x1f]*)?",
    "new": "",
    "open": f"(?::{_NUMBER})?",
    "all": f":{_NUMBER}",
    "undo": f":{_NUMBER}",
    "settle": f":{_NUMBER}",
    "reask": f":{_NUMBER}:{_QUARTER}",
    "p": f":=|:[a-z]{{1,2}}(?::{_NUMBER}){{0,2}}:{_QUARTER}",
    "pic": f":{_NUMBER}:{_QUARTER}",
    "acts": f":=|:[lc]:{_LISTING}",
    "act": f":v:{_NUMBER}:{_LISTING}",
    "hist": f":{_NUMBER}:{_NUMBER}:{_LISTING}",
    "ev": f":{_NUMBER}",
    "evr": f":{_NUMBER}",
    "fix": f":{_NUMBER}(?::{_WORD})?",
    "void": f":{_NUMBER}",
    "unsets": f":{_NUMBER}",
    "unset": f":{_NUMBER}",
    "ret": f":{_NUMBER}",
    "unret": f":{_NUMBER}",
    "still": f":{_NUMBER}:{_QUARTER}(?::no)?",
    "obs": f":{_NUMBER}:{_QUARTER}",
    "obsu": f":{_NUMBER}:{_QUARTER}",
    "pres": f":{_NUMBER}:{_QUARTER}",
    "rev": f":{_NUMBER}:{_NUMBER}",
    "due": f":=|:[a-z]{{1,2}}:{_QUARTER}|:[a-z]{{1,2}}:{_NUMBER}:{_QUARTER}:{_NUMBER}",
    "reg": f":{_NUMBER}",
    "cal": f":=|:v:{_NUMBER}:{_QUARTER}|:r:{_QUARTER}",
    "calm": f":{_QUARTER}",
    "cala": "",
    "calr": f":{_DAY}",
    "sign": f":{_NUMBER}:(?:{_QUARTER})?",
    "rep": f":[vf]:{_NUMBER}:{_QUARTER}|:m:{_NUMBER}:{_QUARTER}:{_WORD}",
    "reopen": f":{_NUMBER}:{_QUARTER}",
    "abs": f":n|:e:{_NUMBER}",
    "ack": f":{_NUMBER}:{_QUARTER}",
    "rem": f":[vz]|:h(?::{_NUMBER}){{0,2}}|:p(?::(?:0|{_DAY}))?|:l:{_WORD}:{_WORD}",
    "prog": f":[wlx]:{_NUMBER}|:u:{_NUMBER}:{_YEAR}",
    "adj": f":{_NUMBER}",
    "inv": f":x|:{_WORD}:{_NUMBER}(?::{_NUMBER})?",
    "ppl": f":[a-zA-Z]:{_NUMBER}(?::{_WORD}(?::{_NUMBER})?)?",
    "pinq": f":[xf]:{_NUMBER}",
    "st": f":[va]|:r:-?[0-9]{{1,19}}|:m:{_NUMBER}",
}
SHAPES = {verb: re.compile(shape) for verb, shape in _SHAPES.items()}


def require_shape(data: str) -> None:
    """Raises `Rejected("stale_button")` for data that no button of ours has."""
    verb, colon, rest = data.partition(":")
    shape = SHAPES.get(verb)
    if shape is None or len(data.encode()) > LONGEST or not shape.fullmatch(colon + rest):
        raise Rejected("stale_button")
