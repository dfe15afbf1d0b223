"""What becomes of a file, told to whoever sent it; and what becomes of the disk, told to planning."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from handlers import broadcast, fitting, importing
from handlers.texts import files as texts
from models import outbox
from models.evidence_outcome import News, Read
from models.outbox import Saying
from models.people import Role


def tell(session: Session, news: Iterable[News | Read], now: datetime) -> None:
    """One message a chat, one sentence for those of which the same is to be said."""
    chats: dict[int, list[News]] = defaultdict(list)
    for each in news:
        if isinstance(each, Read):
            importing.take_reading(session, each.draft_id, each.reading, now)
        else:
            chats[each.chat_id].append(each)
    for chat_id, told in chats.items():
        groups: dict[tuple[object, ...], list[News]] = defaultdict(list)
        for each in told:
            groups[each.what, each.reason, each.activity_id, each.other_id].append(each)
        text = "\n\n".join(texts.told(group) for group in groups.values())
        payload = {"chat_id": chat_id, "text": text, "parse_mode": "HTML"}
        if told[0].message_id is not None:
            payload["reply_parameters"] = {
                "message_id": min(each.message_id or 0 for each in told),
                "allow_sending_without_reply": True,
            }
        fitting.say(session, Saying(chat_id, "sendMessage", payload, at=now))


def tell_of_disk(session: Session, fails: bool, now: datetime) -> None:
    """To planning, when files cannot be written and when they can be again."""
    broadcast.tell_role(session, Role.PLANNING, texts.DISK_FAILS if fails else texts.DISK_WORKS, now)


def file_gone(session: Session, chat_id: int, now: datetime) -> None:
    """A file that somebody asked for is not there."""
    outbox.say(session, Saying(chat_id, "sendMessage", {"chat_id": chat_id, "text": texts.GONE}, at=now))
