"""Any data that a forged client sends as a button's is answered as stale, and nothing else happens."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from handlers import turn
from handlers.routes import CONVERSATIONS
from handlers.updates.parsing import clean
from models.errors import Rejected
from models.storage import database
from models.storage.outbox import OutgoingCall
from models.storage.unit_of_work import work_of
from models.tables.chat.inbox import Inbox
from tests.support.database import linked_people
from tests.support.phones.stage import ANA, DIEGO, OLGA, PALOMA, Part

NOW = datetime(2024, 4, 3, 15, 0, tzinfo=UTC)
NUMBERS = count(1)
WHOLE = "u:0:0:2024:0"

# Besides those generated below: missing, superfluous and invalid parts.
ODD = (
    *(
        "",
        "0",
        "-1",
        "+1",
        " 1",
        "1 ",
        "1_0",
        "01",
        "1.0",
        "1e3",
        "٣",
        "²",
        "x",
        "no",
        "v",
        "ok",
        "=",
        "None",
    ),
    *("9" * 10, "9" * 40, str(2**31), str(2**63), "2024-T1", "2024-T0", "0000-T1", "9999-T4", "2024-T１"),
    *("2024-13-01", "2024-02-30", "0000-00-00", "9999-12-31", "'; --", "<b>", "\x00", "\n", "\ud800", "👍"),
    *("staff", "director", "morning", "loud", "docx", "x" * 60, "ñ" * 32, ":", "::", ":" * 63),
)


def datas() -> list[str]:
    """Return every verb alone and with up to five odd parts, before and after valid parts."""
    found = []
    for verb in CONVERSATIONS.callbacks:
        found.append(verb)
        for odd in ODD:
            found += [f"{verb}:{odd}", f"{verb}:1:{odd}", f"{verb}:{odd}:1", f"{verb}:1:2024-T1:{odd}"]
            found += [f"{verb}:{letter}:{odd}" for letter in "vlcwunfmehprxz"]
            found += [f"{verb}:{letter}:1:{odd}" for letter in "vlcwunfmhpru"]
            found += [f"{verb}:{odd}:{WHOLE}", f"{verb}:v:1:{WHOLE}:{odd}", f"{verb}:1:0:{WHOLE}:{odd}"]
            found += [f"{verb}:1:1:{operation}:{odd}" for operation in ("ok", "x", "b", "v", "e", "p")]
    return found


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = linked_people.opened(tmp_path_factory.mktemp("pressed"), (ANA, DIEGO, OLGA, PALOMA), NOW)
    yield engine
    engine.dispose()


def tapped(part: Part, data: str) -> dict[str, Any]:
    number = next(NUMBERS)
    chat = {"id": part.telegram_id, "type": "private"}
    query = {"id": str(number), "from": {"id": part.telegram_id, "is_bot": False, "first_name": part.name}}
    query |= {"message": {"message_id": 5, "chat": chat, "date": 0}, "data": data}
    return {"update_id": number, "callback_query": query}


def unpacked(data: str) -> Any:
    found = CONVERSATIONS.callbacks.get(data.partition(":")[0])
    if found is None:
        raise Rejected("stale_button")
    return found.data.unpack(clean(data))


def fits(data: str) -> bool:
    try:
        unpacked(data)
    except Rejected:
        return False
    return True


def worth_trying() -> list[str]:
    """Return all data with the shape of a button's, and a sample of others, which take one path."""
    return [data for place, data in enumerate(datas()) if place % 100 == 0 or fits(data)]


@pytest.mark.parametrize("part", [ANA, DIEGO, OLGA, PALOMA], ids=lambda part: part.role.value)
def test_malformed_data_is_answered_and_nothing_fails(engine: Engine, part: Part) -> None:
    everything = worth_trying()
    assert len(everything) > 1000
    for start in range(0, len(everything), 500):
        batch = [tapped(part, data) for data in everything[start : start + 500]]
        with database.transaction(engine) as session:
            turn.take(session, batch, NOW)
            answered = {each.callback_id for each in work_of(session).answers}
            failed = session.exec(select(Inbox).where(col(Inbox.handled_at).is_(None))).all()
            assert [(each.payload, each.error) for each in failed] == []
            assert answered == {str(each["update_id"]) for each in batch}
            said: list[OutgoingCall] = work_of(session).outbox
            assert {each.chat_id for each in said} <= {part.telegram_id}


@pytest.mark.parametrize(
    "data",
    [
        *("open", "open:12", "d:12:3:p", "pinq:x:4", "pinq:f:4", "st:v", "st:a", "st:m:7", "st:r:-5"),
        *("inv:l:0", "inv:r:12", "ppl:k:5", "ppl:K:5", "due:l:2024-T1"),
    ],
)
def test_a_button_is_unpacked_and_packed_again(data: str) -> None:
    assert unpacked(data).pack() == data
