"""Tells senders what became of their files, and planning about problems of the disk."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlmodel import Session

from handlers.chat import broadcast, fitting
from handlers.chat.conversations import Conversations
from handlers.chat.replies import replying_to
from handlers.programme import importing
from handlers.texts.activities import files as texts
from models.evidence import keeping as evidence_keeping
from models.evidence import store_fault
from models.evidence.outcome import News, Read
from models.operations import retention
from models.storage import outbox
from models.storage.outbox import OutgoingCall
from models.tables.operations.store_fault import FaultKind, StoreFault
from models.tables.people import Role


def tell(session: Session, news: Iterable[News | Read], now: datetime, conversations: Conversations) -> None:
    """Send one message per chat, with one sentence for files of the same outcome."""
    chats: dict[int, list[News]] = defaultdict(list)
    for each in news:
        if isinstance(each, Read):
            importing.take_reading(session, each.draft_id, each.reading, now, conversations)
        else:
            chats[each.chat_id].append(each)
    for chat_id, told in chats.items():
        groups: dict[tuple[object, ...], list[News]] = defaultdict(list)
        for each in told:
            groups[each.what, each.reason, each.activity_id, each.other_id].append(each)
        text = "\n\n".join(texts.told(group) for group in groups.values())
        payload = {"chat_id": chat_id, "text": text, "parse_mode": "HTML"}
        if told[0].message_id is not None:
            payload["reply_parameters"] = replying_to(min(each.message_id or 0 for each in told))
        fitting.enqueue(session, OutgoingCall(chat_id, "sendMessage", payload, at=now))


def tell_of_disk(session: Session, fails: bool, now: datetime) -> None:
    """Tell planning when files cannot be written, and when they can be again."""
    broadcast.tell_role(session, Role.PLANNING, texts.DISK_FAILS if fails else texts.DISK_WORKS, now)


def file_gone(session: Session, chat_id: int, sha256: str, fault: FaultKind | None, now: datetime) -> None:
    """Tell who asked for a file that it cannot be sent, and planning once what is wrong with it."""
    renewed = fault is not None and _is_made_again(session, sha256)
    if fault is FaultKind.ALTERED:
        text = texts.ALTERED_RENEWED if renewed else texts.ALTERED
    else:
        text = texts.GONE_RENEWED if renewed else texts.GONE
    outbox.enqueue(session, OutgoingCall(chat_id, "sendMessage", {"chat_id": chat_id, "text": text}, at=now))
    if fault is not None:
        tell_of_fault(session, sha256, fault, now)


def tell_of_fault(session: Session, sha256: str, fault: FaultKind, now: datetime) -> None:
    """Tell planning, the first time, that a file of the folder is altered or missing."""
    if store_fault.note(session, StoreFault(id=sha256, kind=fault, found_at=now)):
        said = texts.fault(fault, _what(session, sha256), sha256, _is_made_again(session, sha256))
        broadcast.tell_role(session, Role.PLANNING, said, now)


def tell_of_renewed(
    session: Session,
    faults: Mapping[str, FaultKind],
    renewed: Mapping[str, str],
    now: datetime,
    made: str | None = None,
) -> None:
    """Tell planning which faulty files were made anew.

    `renewed`: the new copy's hash by the original's; `made`: the hash of a report that was made.
    """
    for sha256, fault in faults.items():
        tell_of_fault(session, sha256, fault, now)
    for original, copy in renewed.items():
        evidence_keeping.renew_copy(session, original, copy, now)
    for sha256 in faults:
        if sha256 in (made, *renewed.values()) or retention.unnamed(session, [sha256]):
            store_fault.mended(session, sha256)


def tell_of_unnamed(session: Session, unnamed: int, files: int, now: datetime) -> None:
    """Tell planning, the first time, that too many files are named by no row to be moved."""
    fault = StoreFault(id=store_fault.UNNAMED_ID, kind=FaultKind.UNNAMED, files=unnamed, found_at=now)
    if store_fault.note(session, fault):
        broadcast.tell_role(session, Role.PLANNING, texts.unnamed(unnamed, files), now)


def _is_made_again(session: Session, sha256: str) -> bool:
    """Return whether the bot can make the file anew: a picture's copy, or a report."""
    pieces = store_fault.pieces_of(session, sha256)
    if pieces:
        return all(each.copy_sha256 == sha256 for each in pieces)
    return store_fault.report_of(session, sha256) is not None


def _what(session: Session, sha256: str) -> str:
    """What the file is, in words."""
    pieces = store_fault.pieces_of(session, sha256)
    if pieces:
        return texts.piece(pieces[0])
    made = store_fault.report_of(session, sha256)
    return texts.report_file(made) if made is not None else texts.SOME_FILE
