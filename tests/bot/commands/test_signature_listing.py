"""`signatures`, in a process beside the bot."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from models.operations import migrating
from models.programme_changes.importing import ensure_loaded
from models.quarter import Quarter
from models.storage import database
from models.tables.people import Membership, Person, Role
from tests.support.database.signed_quarter import signed, unit_of

APRIL = datetime(2024, 4, 2, 15, tzinfo=UTC)


def run(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "bot", "signatures", *arguments],
        env=os.environ | {"DATA_DIR": str(folder), "TELEGRAM_TOKEN": "", "DATABASE_URL": ""},
        capture_output=True,
        text=True,
    )


def test_signatures_are_listed_and_an_altered_one_is_named(tmp_path: Path) -> None:
    engine = database.connect(f"sqlite:///{tmp_path / 'avance.db'}")
    migrating.migrate(engine)
    with database.transaction(engine) as session:
        ensure_loaded(session, None, APRIL)
        unit = unit_of(session)
        session.add(Person(id=1, name="Diego Director", telegram_id=1, joined_at=APRIL))
        session.flush()
        session.add(Membership(person_id=1, role=Role.DIRECTOR, unit_id=unit.id, granted_at=APRIL))
        signature = signed(session, 1, unit, Quarter(2024, 1), APRIL)
    (listed,) = json.loads(run(tmp_path, "juridica", "--json").stdout)["signatures"]
    assert listed == {
        "id": 1,
        "unit": "juridica",
        "quarter": "2024-T1",
        "sha256": signature.sha256,
        "signed_at": "2024-04-02T15:00:00+00:00",
        "signed_by": "Diego Director",
        "in_place_of": None,
        "holds": True,
        "intact": True,
    }
    assert run(tmp_path, "sistemas").stdout == "No signatures.\n"
    with engine.begin() as connection:
        connection.execute(text("UPDATE signature SET snapshot = snapshot || ' '"))
    engine.dispose()
    altered = run(tmp_path)
    assert altered.returncode == 1 and "ALTERED" in altered.stdout
    assert altered.stderr == "error: signatures that were altered: 1\n"
