"""Lines that a file adds to a programme under way, or no longer names, from a day on. Pure.

A line that was ended stays in the programme: what was registered in it keeps its place, and every earlier day
answers with it.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from models.programme.format import GivenLine, GivenUnit, ProgrammeFile

ONE_DAY = timedelta(days=1)


def dated(before: ProgrammeFile | None, after: ProgrammeFile, since: date | None) -> ProgrammeFile:
    """The programme `after` as it takes the place of `before` on the day `since`.

    Lines that are new are in force from that day, lines that are missing until the day before it. Without a
    day, or with the year's first, it is as if it had always been so. What a line's file does not say of its
    being in force stays as it is stored, and a line that was ended is not removed by leaving it out.
    """
    if before is None:
        return after
    if since is not None and since <= date(after.year, 1, 1):
        since = None
    old = {unit.key: unit for unit in before.units}
    units = [_unit(old.get(unit.key), unit, since) for unit in after.units]
    named = {unit.key for unit in after.units}
    gone = ((unit, tuple(_ended(unit.lines, since))) for unit in before.units if unit.key not in named)
    units += [unit.model_copy(update={"lines": ended}) for unit, ended in gone if ended]
    return after.model_copy(update={"units": tuple(units)})


def _unit(before: GivenUnit | None, after: GivenUnit, since: date | None) -> GivenUnit:
    old = {line.number: line for line in before.lines} if before else {}
    lines = [_line(old.get(line.number), line, since) for line in after.lines]
    named = {line.number for line in after.lines}
    ended = list(_ended((line for line in old.values() if line.number not in named), since))
    if ended:
        lines = sorted([*lines, *ended], key=lambda line: line.number)
    return after.model_copy(update={"lines": tuple(lines)})


def _line(before: GivenLine | None, after: GivenLine, since: date | None) -> GivenLine:
    if before is None:
        return after.model_copy(update={"in_force_from": after.in_force_from or since})
    stays = {
        name: getattr(after, name) or getattr(before, name) for name in ("in_force_from", "in_force_until")
    }
    return after.model_copy(update=stays)


def _ended(lines: Iterable[GivenLine], since: date | None) -> Iterator[GivenLine]:
    """Those of the missing lines that stay for the days before; one that would never have been does not."""
    for line in lines:
        if line.in_force_until is not None:
            yield line
        elif since is not None and (line.in_force_from or date.min) < since:
            yield line.model_copy(update={"in_force_until": since - ONE_DAY})
