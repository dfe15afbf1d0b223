"""Dates the lines that a file adds to a programme within the year, or no longer has. Pure.

A line that ended stays in the programme: its activities stay registered in it, and it is part of the figures
of earlier days.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from models.programme.format import GivenLine, GivenUnit, ProgrammeFile

ONE_DAY = timedelta(days=1)


def dated(before: ProgrammeFile | None, after: ProgrammeFile, since: date | None) -> ProgrammeFile:
    """Return the programme `after` as it replaces `before` on the day `since`.

    New lines are in force from that day, missing lines until the day before it. Without a day, or with the
    first of the year, lines are added and removed for the whole year. Dates that the file does not give stay
    as they are stored, and a line that has ended is not removed by leaving it out.
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
    """Yield the missing lines that stay for earlier days; one that would have no day in force is left out."""
    for line in lines:
        if line.in_force_until is not None:
            yield line
        elif since is not None and (line.in_force_from or date.min) < since:
            yield line.model_copy(update={"in_force_until": since - ONE_DAY})
