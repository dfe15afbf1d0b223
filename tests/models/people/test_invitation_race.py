"""Two accounts use one code at the same moment, on both engines."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

from sqlalchemy import Engine
from sqlmodel import select

from models.people import invitation
from models.storage.database import transaction
from models.tables.people import Membership, Person, Role

NOW = datetime(2024, 3, 20, 15, tzinfo=UTC)
ACCOUNTS = range(111, 115)


def test_a_code_used_by_two_accounts_at_once_links_one(engine: Engine) -> None:
    with transaction(engine) as session:
        _, code = invitation.invite(session, Role.PLANNING, None, None, None, "command line", NOW)
    together = Barrier(len(ACCOUNTS))

    def join(telegram_id: int) -> bool:
        together.wait()
        with transaction(engine) as session:
            return invitation.join(session, telegram_id, f"Cuenta {telegram_id}", code, NOW) is not None

    with ThreadPoolExecutor(len(ACCOUNTS)) as threads:
        let_in = list(threads.map(join, ACCOUNTS))
    assert sorted(let_in) == [False, False, False, True]
    with transaction(engine) as session:
        person = session.exec(select(Person)).one()
        assert session.exec(select(Membership)).one().person_id == person.id
        assert person.telegram_id == ACCOUNTS[let_in.index(True)]
