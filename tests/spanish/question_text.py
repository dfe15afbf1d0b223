"""Questions as one line of text, for tables of tests."""

from collections.abc import Sequence

from models.programme.view import UnitView
from spanish.reading.questions import Question

_FLAGS = ("whole", "own", "mine", "missing", "closed")


def described(asked: Question, units: Sequence[UnitView]) -> str:
    """«count; archivo 2; 2024-02-01 2024-02-29»: the topic and what is named, without what is empty."""
    keys = {unit.id: unit.key for unit in units}
    lines = {line.id: f"{unit.key} {line.number}" for unit in units for line in unit.lines}
    said = [
        asked.topic.value,
        asked.subject,
        *(flag for flag in _FLAGS if getattr(asked, flag)),
        *(keys[each] for each in asked.units),
        f"line {asked.line}" if asked.line is not None else "",
        *(lines[each] for each in asked.lines),
        *(f"{each.first} {each.last}" for each in asked.periods),
        asked.format.value if asked.format else "",
        *(each.value for each in asked.signals),
        f"{asked.figure}" if asked.figure is not None else "",
        f"n {asked.number}" if asked.number is not None else "",
        *asked.documents,
    ]
    return "; ".join(filter(None, said))
