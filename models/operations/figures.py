"""What a database holds, read without the tables that this program declares, so before a migration too."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, func, select

from models.operations import table_rows

Sums = tuple[int, ...]


@dataclass(frozen=True)
class StoredFigures:
    """`head` is the audit chain's newest entry with its hash, `signatures` the rows by id.

    `units` has by unit's key and target's id: the target's amount, how many entries stand, their quantities,
    what of it is pending, and what was settled.
    """

    head: tuple[int, str] | None
    signatures: Mapping[int, Mapping[str, Any]]
    units: Mapping[tuple[str, int], Sums]

    def differences(self, later: "StoredFigures") -> list[str]:
        """Return in which units and signatures the later figures differ."""
        found = [f"signature {number}" for number in _differing(self.signatures, later.signatures)]
        units = sorted({key for key, _ in _differing(self.units, later.units)})
        return [*found, *(f"unit {key}" for key in units)]


def _differing(before: Mapping[Any, Any], after: Mapping[Any, Any]) -> list[Any]:
    """Return the keys of which one is missing, or a column of before has another value."""
    found = []
    for key in sorted({*before, *after}):
        old, new = before.get(key), after.get(key)
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            new = {name: new.get(name) for name in old}
        if old != new:
            found.append(key)
    return found


def stored_figures(connection: Connection) -> StoredFigures:
    """Read the figures from the tables as they are."""
    tables = {table.name: table for table in table_rows.tables(connection)}
    return StoredFigures(
        _head(connection, tables), _signatures(connection, tables), _units(connection, tables)
    )


def _head(connection: Connection, tables: Mapping[str, Table]) -> tuple[int, str] | None:
    audit = tables["audit"]
    newest = select(audit.c.seq, audit.c.hash).order_by(audit.c.seq.desc()).limit(1)
    row = connection.execute(newest).first()
    return None if row is None else (row.seq, row.hash)


def _signatures(connection: Connection, tables: Mapping[str, Table]) -> dict[int, Mapping[str, Any]]:
    if "signature" not in tables:
        return {}
    rows = connection.execute(select(tables["signature"])).mappings()
    return {row["id"]: dict(row) for row in rows}


def _units(connection: Connection, tables: Mapping[str, Table]) -> dict[tuple[str, int], Sums]:
    target, line, unit = tables["target"], tables["line"], tables["unit"]
    every = select(target.c.id, target.c.amount, unit.c.key)
    every = every.join(line, line.c.id == target.c.line_id).join(unit, unit.c.id == line.c.unit_id)
    sums = _by_target(connection, tables)
    return {
        (key, number): (amount, *sums.get(number, (0, 0, 0, 0)))
        for number, amount, key in connection.execute(every)
    }


def _by_target(connection: Connection, tables: Mapping[str, Table]) -> dict[int, Sums]:
    """Return the sums of the entries of activities that were not withdrawn."""
    entry, activity = tables["entry"], tables["activity"]
    query = select(entry.c.target_id, entry.c.id, entry.c.quantity, entry.c.pending)
    query = query.join(activity, activity.c.id == entry.c.activity_id)
    if "withdrawn_at" in activity.c:
        query = query.where(activity.c.withdrawn_at.is_(None))
    settled, found = _settled(connection, tables), dict[int, Sums]()
    for target, number, quantity, pending in connection.execute(query):
        one = (1, quantity, pending, settled.get(number, 0))
        found[target] = tuple(map(sum, zip(found.get(target, (0, 0, 0, 0)), one, strict=True)))
    return found


def _settled(connection: Connection, tables: Mapping[str, Table]) -> dict[int, int]:
    """Return by entry what was settled, without what was undone."""
    if (settlement := tables.get("settlement")) is None:
        return {}
    query = select(settlement.c.entry_id, func.sum(settlement.c.quantity)).group_by(settlement.c.entry_id)
    if "undone_at" in settlement.c:
        query = query.where(settlement.c.undone_at.is_(None))
    return {entry: int(total) for entry, total in connection.execute(query)}
