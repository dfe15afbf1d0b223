"""Records every write to a row of an audited table (`models.storage.truth`) for the audit chain.

Objects are recorded when the session flushes them, `update()` and `delete()` statements when they are
executed: their rows are read before and after. An `insert()` of one row is read afterwards; one of several
rows is refused. Records are in the unit of work, so a savepoint can drop them.
"""

import weakref
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Delete, Engine, Insert, Row, Table, Update, event, inspect, select, tuple_
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session

from models.storage import truth
from models.storage.row_image import RowImage, Wrote, key_forms, key_of, value_forms
from models.storage.unit_of_work import work_of

_SESSION = "session"  # key in a connection's info: the session that uses it
_MET = "rows_met"  # key in a connection's info: the rows that the current statement matches
_AT_ONCE = 500  # keys in one query


class UnrecordedWrite(Exception):
    """A statement would write rows without recording them."""


def watch(engine: Engine) -> None:
    """Record what this engine's sessions write."""
    event.listen(engine, "before_execute", _before_statement)
    event.listen(engine, "after_execute", _after_statement)
    event.listen(engine, "checkin", _forget_session)


@event.listens_for(Session, "after_begin")
def _remember_session(session: Session, _transaction: Any, connection: Connection) -> None:
    connection.info[_SESSION] = weakref.ref(session)


def _forget_session(_connection: Any, record: Any) -> None:
    record.info.pop(_SESSION, None)


@event.listens_for(Session, "before_flush")
def _begin_flush(session: Session, _context: Any, _objects: Any) -> None:
    work_of(session).flushing = True


@event.listens_for(Session, "after_soft_rollback")
def _end_flush(session: Session, _transaction: Any) -> None:
    work_of(session).flushing = False


@event.listens_for(Session, "after_flush")
def _gather_objects(session: Session, _context: Any) -> None:
    """Record the flushed objects; deletions first, as a new object may have the key of a deleted one."""
    work_of(session).flushing = False
    gathered = work_of(session).audit
    gathered.extend(_images(session.deleted, Wrote.DELETE))
    gathered.extend(_images(session.new, Wrote.INSERT))
    gathered.extend(each for each in _images(session.dirty, Wrote.UPDATE) if each.values)


def _images(instances: Iterable[Any], wrote: Wrote) -> Iterator[RowImage]:
    for each in instances:
        state: Any = inspect(each)
        table = _table(state.mapper)
        if table is not None:
            yield _image(each, table, wrote)


@cache
def _table(mapper: Any) -> Table | None:
    """Return the table of a mapped class, or None if it is not audited."""
    table: Table = mapper.local_table
    return table if truth.holds_truth(table) else None


def _image(instance: Any, table: Table, wrote: Wrote) -> RowImage:
    state: Any = inspect(instance)
    changed = state.committed_state if wrote is Wrote.UPDATE else None
    values = {}
    for form in value_forms(table) if wrote is not Wrote.DELETE else ():
        if changed is None or form.name in changed:
            value = state.dict[form.name] if form.name in state.dict else getattr(instance, form.name)
            if changed is None or changed[form.name] != value:
                values[form.name] = None if value is None else form.write(value)
    key = key_of([form.write(getattr(instance, form.name)) for form in key_forms(table)])
    return RowImage(table.name, key, wrote, values)


def _before_statement(
    connection: Connection, statement: Any, several: Any, values: Any, _options: Any
) -> None:
    if not isinstance(statement, Insert | Update | Delete):
        return
    table = statement.table
    if not isinstance(table, Table) or not truth.holds_truth(table):
        return
    session = _session(connection)
    if session is None or work_of(session).flushing:
        return
    if several or (isinstance(statement, Insert) and not _is_of_one_row(statement)):
        raise UnrecordedWrite(f"several rows of {table.name} are written as objects of the session")
    met = {} if isinstance(statement, Insert) else _rows(connection, table, statement.whereclause, values)
    connection.info[_MET] = met


def _is_of_one_row(statement: Insert) -> bool:
    """Whether it surely inserts a row, and one, whose key can be asked for afterwards.

    A dialect's own insert may have an ON CONFLICT clause, with which no row is inserted, or another changed.
    """
    if hasattr(statement, "on_conflict_do_nothing") or statement.select is not None:
        return False
    return not statement.returning_column_descriptions and not _has_a_list_of_rows(statement)


def _has_a_list_of_rows(statement: Insert) -> bool:
    """Whether it was given as `values([{…}, {…}])`: SQLAlchemy compiles no values of a single row with it."""
    try:
        statement.values({}).compile()
    except InvalidRequestError:
        return True
    return False


def _after_statement(
    connection: Connection, statement: Any, _several: Any, _values: Any, _options: Any, result: Any
) -> None:
    if (
        not isinstance(statement, Insert | Update | Delete)
        or (met := connection.info.pop(_MET, None)) is None
    ):
        return
    session = _session(connection)
    assert session is not None
    table = statement.table
    assert isinstance(table, Table)
    if isinstance(statement, Insert):
        images = list(_inserted(connection, table, result.inserted_primary_key))
    elif isinstance(statement, Delete):
        images = [RowImage(table.name, key, Wrote.DELETE, {}) for key in met]
    else:
        images = list(_changes(connection, table, met))
    work_of(session).audit.extend(images)


def _session(connection: Connection) -> Session | None:
    reference = connection.info.get(_SESSION)
    return reference() if reference is not None else None


def _rows(connection: Connection, table: Table, where: Any, values: Any = None) -> dict[str, Row[Any]]:
    """Return the rows that match a condition, by key."""
    names = [form.name for form in (*key_forms(table), *value_forms(table))]
    query = select(*(table.c[name] for name in names))
    rows = connection.execute(query if where is None else query.where(where), values or {})
    return {_key(table, row): row for row in rows}


def _key(table: Table, row: Row[Any]) -> str:
    return key_of([form.write(row._mapping[form.name]) for form in key_forms(table)])


def _inserted(connection: Connection, table: Table, key: Sequence[Any]) -> Iterator[RowImage]:
    """Yield the record of the row with that key, which a statement inserted."""
    for found, row in _rows(connection, table, tuple_(*table.primary_key.columns).in_([tuple(key)])).items():
        values = {form.name: row._mapping[form.name] for form in value_forms(table)}
        written = {
            form.name: None if values[form.name] is None else form.write(values[form.name])
            for form in value_forms(table)
        }
        yield RowImage(table.name, found, Wrote.INSERT, written)


def _changes(connection: Connection, table: Table, met: dict[str, Row[Any]]) -> Iterator[RowImage]:
    """Yield a record of each matched row that an update changed."""
    before = list(met.items())
    size = len(key_forms(table))
    for place in range(0, len(before), _AT_ONCE):
        some: Sequence[tuple[str, Row[Any]]] = before[place : place + _AT_ONCE]
        keys = tuple_(*table.primary_key.columns).in_([tuple(row[:size]) for _, row in some])
        after = _rows(connection, table, keys)
        for key, row in some:
            values = {
                form.name: None if (new := after[key]._mapping[form.name]) is None else form.write(new)
                for form in value_forms(table)
                if after[key]._mapping[form.name] != row._mapping[form.name]
            }
            if values:
                yield RowImage(table.name, key, Wrote.UPDATE, values)
