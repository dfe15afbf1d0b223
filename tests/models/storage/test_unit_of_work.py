"""What a session gathers is dropped when its savepoint is rolled back."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from models.storage import audit, database, outbox
from models.storage.outbox import Answer, OutgoingCall
from models.storage.unit_of_work import Left, work_of

NOW = datetime(2024, 3, 20, 15, tzinfo=UTC)


@dataclass
class Seen:
    """A part of a higher layer."""

    names: list[str] = field(default_factory=list)
    undone_times: int = 0

    def undone(self) -> None:
        self.undone_times += 1


def gather(session: Session, name: str, left: Left) -> None:
    outbox.enqueue(session, OutgoingCall(1, "sendMessage", {"chat_id": 1, "text": name}, NOW))
    audit.record(session, NOW, "bot", name, "test")
    work = work_of(session)
    work.answers.append(Answer(name, None, alert=False))
    work.left.add(left)
    work.part(Seen).names.append(name)


@pytest.mark.parametrize("scope", [database.savepoint, database.quick_savepoint])
def test_a_rolled_back_savepoint_drops_what_was_gathered_in_it(engine: Engine, scope: object) -> None:
    assert callable(scope)
    with database.transaction(engine) as session:
        gather(session, "before", Left.CARDS)
        with pytest.raises(RuntimeError), scope(session):
            gather(session, "within", Left.EVIDENCE)
            raise RuntimeError
        with scope(session):
            gather(session, "after", Left.REPORT)
        work = work_of(session)
        assert [each.payload["text"] for each in work.outbox] == ["before", "after"]
        assert [getattr(each, "action", None) for each in work.audit] == ["before", "after"]
        assert [each.callback_id for each in work.answers] == ["before", "after"]
        assert work.left == {Left.CARDS, Left.REPORT}
        assert work.part(Seen).undone_times == 1
    assert all(each.id for each in work_of(session).outbox)


def test_each_session_has_its_own_unit_of_work(engine: Engine) -> None:
    with database.transaction(engine) as one:
        work_of(one).part(Seen).names.append("one")
        assert work_of(one).part(Seen).names == ["one"]
    with database.transaction(engine) as other:
        assert work_of(other).part(Seen).names == []
