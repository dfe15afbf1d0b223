"""The bundled programme, and its units as values in memory, for tests without a database."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import count

from models.programme.format import ProgrammeFile
from models.programme.view import LineView, TargetView, Terms, UnitView
from models.programme_file.file import BUNDLED, read


@cache
def bundled_programme() -> ProgrammeFile:
    """The bundled file, read once in each process."""
    programme = read(BUNDLED.read_bytes()).programme
    assert programme is not None
    return programme


def bundled_units() -> Iterator[UnitView]:
    """Yield the units, numbered in the file's order; a line's targets are numbered from ten times its number.

    The strategy is a list, as in the database, so such a unit is not hashable.
    """
    programme = bundled_programme()
    ids = count(1)
    for unit_id, unit in enumerate(programme.units, 1):
        lines = []
        for line in unit.lines:
            line_id = next(ids)
            targets = tuple(
                TargetView(
                    10 * line_id + place,
                    target.measure,
                    target.decimals,
                    target.counts_when,
                    target.informative,
                    (Terms(date.min, int(target.amount * 10**target.decimals), None),),
                )
                for place, target in enumerate(line.targets)
            )
            days = (line.starts_on, line.ends_on)
            lines.append(
                LineView(
                    line_id,
                    unit_id,
                    line.number,
                    line.title,
                    line.description,
                    *days,
                    line.demand_driven,
                    targets,
                )
            )
        yield UnitView(
            unit_id, unit.key, unit.name, tuple(unit.aliases), unit.objective, [unit.strategy], tuple(lines)
        )
