"""Marks which database an evidence folder belongs to, by an empty folder in it with the database's id as
name.

It is a folder instead of a file, since every way of copying keeps it and it cannot be truncated.
"""

from itertools import islice
from pathlib import Path

from sqlalchemy import Engine

from bot.failure import Failure
from bot.storage.store import Store, make_private
from models.operations.retention import unnamed
from models.storage.database import transaction
from models.storage.installation import installation_id

PREFIX = "database-"
LOOKED_AT = 500  # files that are compared with the database if the folder has no mark


def claim(store: Store, engine: Engine) -> None:
    """Mark the folder as this database's if it has no mark. Raises `Failure` if it is another's."""
    with transaction(engine) as session:
        mine = installation_id(session)
        owners = owners_of(store.folder)
        if mine in owners:
            return
        if owners:
            raise Failure(
                f"{store.folder} belongs to another database: {owners[0]}, and this one is {mine}. Check "
                f"DATABASE_URL and DATA_DIR, or move {store.folder} away; nothing was changed"
            )
        hashes = list(islice(store.hashes(), LOOKED_AT))
        if hashes and len(unnamed(session, hashes)) == len(hashes):
            raise Failure(
                f"{store.folder} has files, and this database knows none of them. Check DATABASE_URL and "
                f"DATA_DIR, or move {store.folder} away; if the folder is right, mkdir "
                f"{store.folder / (PREFIX + mine)}"
            )
    mark(store.folder, mine)


def owners_of(folder: Path) -> list[str]:
    """Return the ids of the databases that the folder is marked with."""
    return sorted(each.name.removeprefix(PREFIX) for each in folder.glob(f"{PREFIX}*"))


def mark(folder: Path, installation: str) -> None:
    make_private(folder / f"{PREFIX}{installation}")
