"""What stands beside a figure: the quarter before, the reason that was given, the people reached."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from handlers.texts.escaping import Html, escape
from models.activities.attendance import Attended
from models.quarter import Quarter
from spanish.writing import formats

REASON = 400  # characters of a reason on a line's page


@dataclass(frozen=True)
class Details:
    """What is known beside the figures of a page; nothing by default.

    `before` is the share at the end of the previous quarter. `observed` and `still` are the observations and
    the reasons of «sin movimiento», by line id.
    """

    before: tuple[Quarter, Fraction] | None = None
    attended: Attended | None = None
    observed: Mapping[int, str] = field(default_factory=dict)
    still: Mapping[int, str] = field(default_factory=dict)


def before(beside: Details) -> list[Html]:
    """Return «el 1er trimestre cerró en 40 %», or nothing."""
    if beside.before is None:
        return []
    quarter, exact = beside.before
    return [
        Html("el {} trimestre cerró en {}").format(formats.ORDINALS[quarter.number], formats.shown(exact))
    ]


def reason(beside: Details, line_id: int, length: int = REASON) -> list[Html]:
    """Return the observation on a line, or why nothing moved; nothing if nobody said."""
    if said := beside.observed.get(line_id):
        return [Html("💬 Razón: «{}»").format(_cut(said, length))]
    if said := beside.still.get(line_id):
        return [Html("💤 Sin movimiento: «{}»").format(_cut(said, length))]
    return []


def people(beside: Details) -> list[Html]:
    """Return «👥 En el trimestre: 31 mujeres y 20 hombres, 51 personas en total», or nothing."""
    found = beside.attended
    if found is None or not found.participants:
        return []
    total = _counted(found.participants, "persona", "personas")
    parts = formats.joined(
        [
            said
            for number, said in (
                (found.women, _counted(found.women, "mujer", "mujeres")),
                (found.men, _counted(found.men, "hombre", "hombres")),
                (found.unspecified, f"{formats.number(found.unspecified)} sin especificar"),
            )
            if number
        ]
    )
    return [escape(f"👥 {total} en el trimestre: {parts}")]


def _counted(number: int, one: str, many: str) -> str:
    return f"{formats.number(number)} {one if number == 1 else many}"


def _cut(text: str, length: int) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[:length].rsplit(" ", 1)[0].rstrip(",;:.") + "…"
