"""What tests of killed and replaced bots share: their settings, and what is checked afterwards."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine, func
from sqlmodel import col, select

from models.storage import database
from models.tables.chat.outbox import Outbox
from tests.support.persistent_people.clerk import Clerk
from tests.support.phones.stage import ANA, DIEGO, SAUL, TERE, Stage
from tests.support.processes import consistency
from tests.support.waiting import until

CAST = (ANA, DIEGO, TERE, SAUL)


def settings(stage: Stage) -> dict[str, Any]:
    chosen = stage.settings()
    return {
        "telegram_token": stage.world.token,
        "telegram_api_url": chosen.telegram_api_url,
        "data_dir": str(chosen.data_dir),
        "database_url": chosen.database_url,
        **stage.chosen,
    }


def surplus(stage: Stage, engine: Engine) -> dict[int, int]:
    """Return per chat how many messages Telegram shows beyond those recorded as sent."""
    with database.transaction(engine) as session:
        marked: Counter[int] = Counter(
            dict(
                session.exec(
                    select(Outbox.chat_id, func.count())
                    .where(Outbox.method == "sendMessage", col(Outbox.sent_at).is_not(None))
                    .group_by(col(Outbox.chat_id))
                ).all()
            )
        )
    shown = Counter(
        chat.id
        for chat in stage.world.chats.values()
        for message in chat.messages.values()
        if message["from"]["id"] == stage.world.bot["id"]
    )
    return {part.telegram_id: shown[part.telegram_id] - marked[part.telegram_id] for part in CAST}


async def check(stage: Stage, engine: Engine, clerks: Sequence[Clerk]) -> None:
    works = [work for clerk in clerks for work in clerk.works]
    assert sum(work.registered is not None for work in works) >= len(clerks), "too few to say anything"
    with database.transaction(engine) as session:
        consistency.check_works(session, works)
        consistency.check_rows(session)
        rows = {clerk: consistency.evidence_of(session, clerk.phone.user_id) for clerk in clerks}
    for clerk in clerks:
        await consistency.check_sent(rows[clerk], clerk.phone, clerk.works, stage.folder / "evidence")


async def rest(stage: Stage, engine: Engine) -> None:
    """Wait until every update is confirmed and every message is recorded as sent."""

    def is_at_rest() -> bool:
        with database.transaction(engine) as session:
            unsent = session.exec(select(Outbox).where(consistency.UNSENT)).first()
        return not len(stage.world.updates) and unsent is None

    await until(is_at_rest, "the last bot at rest", every=0.05)
