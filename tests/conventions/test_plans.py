"""No statement in ordinary use reads a growing table from end to end, by the database's query plans."""

import re
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, event, text
from sqlmodel import SQLModel

from tests.support.files.photographs import drawn
from tests.support.phones.stage import ANA, PALOMA, Stage

# Of the audit only the newest row is read, which SQLite calls a scan too. Programmes and people are few.
GROWING = ("draft", "draft_message", "activity", "entry", "settlement", "document_number", "revision",
           "activity_return", "activity_review", "evidence", "notice", "inbox", "outbox")  # fmt: skip
PARTIAL = {
    index.name
    for table in SQLModel.metadata.tables.values()
    for index in table.indexes
    if index.dialect_options["sqlite"]["where"] is not None
}
MINUTE = 60
# They read whole tables, at a start, at night and every few hours: what the audit chain should say of them,
# and what is forgotten.
SWEEPS = ("models.operations.baseline", "models.chain.table_findings", "models.operations.retention")
DONE = "Ayer se celebró la primera sesión del Órgano de Gobierno: 1 acta y 4 acuerdos, 4 por publicar"


@pytest.fixture
def asked() -> Iterator[dict[str, Any]]:
    """Collect every statement that any engine executes, with its values."""
    statements: dict[str, Any] = {}

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, many: bool) -> None:
        if re.match("SELECT|UPDATE", statement) and not _is_within(SWEEPS):
            statements.setdefault(statement, values[0] if many else values)

    event.listen(Engine, "before_cursor_execute", note)
    yield statements
    event.remove(Engine, "before_cursor_execute", note)


def _is_within(modules: tuple[str, ...]) -> bool:
    """Return whether one of these modules made the current query."""
    frame = sys._getframe()
    while frame.f_back:
        frame = frame.f_back
        if frame.f_globals.get("__name__") in modules:
            return True
    return False


def scans(engine: Engine, statements: dict[str, Any]) -> dict[str, str]:
    """Return the statements that read one of the growing tables whole, and how.

    A partial index contains what is open, due or unsent, and may be read whole.
    """
    found = {}
    with engine.connect() as connection:
        for statement, values in statements.items():
            for *_, step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values):
                read = re.match(r"SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?", step)
                if read and read[1] in GROWING and read[2] not in PARTIAL:
                    found[statement] = step
    return found


async def test_ordinary_use_reads_no_growing_table_whole(asked: dict[str, Any], stage: Stage) -> None:
    ana, paloma = await stage.enter(ANA), await stage.enter(PALOMA)
    await ana.send(DONE)
    await ana.wait_for("Por registrar")
    await ana.send_album([("1.jpg", drawn()), ("2.jpg", drawn(colour="navy"))])
    await ana.wait_for("2 fotos")
    await ana.tap("✅ Registrar")
    await ana.wait_for("Registrada")
    await ana.send_photo(drawn(colour="gold"))
    await ana.wait_for("¿De qué actividad")
    for phone in (ana, paloma):
        for command in (
            "/avance juridica",
            "/avance",
            "/actividades",
            "/actividades mías",
            "/pendientes juridica",
            "/pendientes",
            "/calendario",
            "/actividad 1",
        ):
            await phone.send(command)
            await phone.wait_for("Actividad " if command.endswith("1") else "2024")
    await paloma.send("/estado")
    await paloma.wait_for("Estado del asistente")
    await stage.settled()
    await stage.stop_bot()
    stage.world.advance(3 * MINUTE)
    await stage.start_bot()
    await ana.wait_for("sigue sin")
    await stage.settled()
    assert len(asked) > 50
    assert scans(stage.app.engine, asked) == {}


async def test_a_table_read_whole_is_noticed(asked: dict[str, Any], stage: Stage) -> None:
    with stage.app.engine.connect() as connection:
        connection.execute(text("SELECT * FROM draft WHERE registered_at IS NULL ORDER BY id"))
    assert list(scans(stage.app.engine, asked).values()) == ["SCAN draft"]
