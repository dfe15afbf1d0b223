"""A file that planning sends to the bot: is it the programme, what would it change, and then the change.

The file is fetched as any evidence is, and read by a program of its own (`models.programme_file.reading`).
Nothing is written before «✅ Aplicar».
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from sqlmodel import Session, col, select

from handlers.activity_form import cards, retelling
from handlers.chat import drafts
from handlers.chat.talk import Talk
from handlers.texts.activities import files as file_texts
from handlers.texts.programme import changes as programme_changes
from handlers.texts.programme import importing as texts
from handlers.texts.programme import problems as programme_problems
from models.evidence import attachment
from models.evidence.attachment import Attachment, Sent
from models.evidence.outcome import News, What
from models.people.draft_rights import may_hold
from models.programme.format import ProgrammeFile
from models.programme_changes import importing as programme_import
from models.programme_changes.drafts import Importing
from models.programme_changes.importing import Difference, ImportRefused
from models.programme_file.problem import Problem, Reading, Severity
from models.programme_file.reading import read_json
from models.rights import Action
from models.storage import audit
from models.storage import draft as draft_rows
from models.storage.draft import Draft
from models.tables.draft import DraftKind
from models.tables.evidence import Evidence, EvidenceKind
from models.tables.programme import Programme

ENDINGS = (".xlsx", ".xlsm", ".xls", ".yaml", ".yml")


@dataclass(frozen=True)
class Compared:
    """A sound file beside what is stored for its year."""

    file: ProgrammeFile
    difference: Difference
    warnings: tuple[Problem, ...]

    def changes(self) -> list[str]:
        names = {unit.key: unit.name for unit in self.file.units}
        return programme_changes.every(self.difference.changes, names)

    def asks_day(self, today: date) -> bool:
        """Whether the day from which it holds matters: not before the programme's year has begun."""
        return self.difference.needs_day and today >= date(self.file.year, 1, 1)


def may_be_programme(talk: Talk, attached: Attachment) -> bool:
    """A file by its name, from somebody who may change the programme."""
    ending = PurePath(attached.name or "").suffix.lower()
    document = attached.kind is EvidenceKind.DOCUMENT and talk.heard.album is None
    return document and ending in ENDINGS and talk.member.may(Action.CHANGE_PROGRAMME)


def receive(talk: Talk, attached: Attachment, sent: Sent) -> None:
    """Ask what it is, while it is fetched and read."""
    drafts.check_room(talk, DraftKind.IMPORT)
    content = Importing(name=attached.name or "", caption=sent.caption)
    draft = drafts.begin(talk, DraftKind.IMPORT, content)
    attachment.attach(talk.session, attached, sent, talk.now, draft_id=draft.id)
    drafts.show(talk, draft, edit=False)


def take_reading(session: Session, draft_id: int, reading: dict[str, Any], now: datetime) -> None:
    """The file was fetched and read: its card says so, if its person waits for that."""
    draft = draft_rows.find(session, draft_id)
    if draft is None or draft.kind is not DraftKind.IMPORT or not draft_rows.is_open(draft):
        return
    talk = cards.talk_about(session, draft, now)
    content: Importing = drafts.read(draft).model_copy(update={"reading": reading})
    if talk is None or not may_hold(session, draft, talk.member) or "what" not in content.answered:
        draft.content = content.model_dump(mode="json", exclude={"draft_id"})
        draft_rows.save(session, draft)
        return
    changed = go_on(talk, content)
    if changed is not None:
        drafts.keep(talk, draft, changed)
        draft_rows.save(session, draft)
        drafts.show_in_place(talk, draft)


def go_on(talk: Talk, content: Importing) -> Importing | None:
    """It is a programme: what it would change, once it is read. None where that ended the draft."""
    if content.reading is None:
        return content
    reading = read_json(content.reading)
    if reading.programme is None:
        _end(talk, content, texts.wrong(content.name, reading.problems))
        _attach_problems(talk, reading)
        return None
    found = compared(talk, content)
    if found.difference.refusals and not found.asks_day(talk.today):
        _end(talk, content, texts.refused(content.name, found.difference.refusals))
        return None
    if found.difference.empty:
        _end(talk, content, texts.nothing(content.name))
        return None
    changes = found.changes()
    if len(changes) > texts.CHANGES_SHOWN:
        _attach(talk, texts.CHANGES_FILE, texts.ALL_CHANGES, changes)
    revision = _revision(talk.session, found.file.year)
    return content.answering("file", revision=revision)


def compared(talk: Talk, content: Importing) -> Compared:
    """The file beside what is stored now, as it would hold from the day that was answered."""
    assert content.reading is not None
    reading = read_json(content.reading)
    assert reading.programme is not None
    found = programme_import.difference(talk.session, reading.programme, content.since)
    warnings = tuple(each for each in reading.problems if each.severity is Severity.WARNING)
    return Compared(reading.programme, found, warnings)


def apply(talk: Talk, draft: Draft, content: Importing) -> None:
    """✅ Aplicar: audited, and only if nothing else changed the programme since it was compared."""
    talk.member.require(Action.CHANGE_PROGRAMME)
    actor = audit.person(talk.member.person_id)
    found = compared(talk, content)
    revision = _revision(talk.session, found.file.year)
    if revision != content.revision:
        drafts.keep(talk, draft, content.model_copy(update={"revision": revision}))
        draft_rows.save(talk.session, draft)
        drafts.show(talk, draft, edit=True, preface=texts.CHANGED_MEANWHILE)
        return
    try:
        done = programme_import.apply(
            talk.session,
            found.file,
            now=talk.now,
            actor=actor,
            reason=content.reason,
            letter=content.letter,
            since=content.since,
        )
    except ImportRefused as refused:
        _end(talk, content, texts.refused(content.name, refused.sentences))
        return
    after = {"file": content.name, "changes": len(done.changes), "draft": draft.id}
    audit.record(talk.session, talk.now, actor, "import", f"programme:{found.file.year}", None, after)
    draft.registered_at = talk.now
    draft_rows.save(talk.session, draft)
    talk.edit(texts.applied(found.file.year, len(done.changes)), draft_id=draft.id)


def take_as_evidence(talk: Talk, content: Importing) -> None:
    """It is evidence after all: a card of its own, of which the file is a part."""
    session = talk.session
    refused = session.exec(
        select(Evidence).where(Evidence.draft_id == content.draft_id, col(Evidence.refused_at).is_not(None))
    ).first()
    if refused is not None:
        person, chat = talk.member.person_id, talk.heard.chat_id
        news = News(What.REFUSED, person, chat, refused.kind, reason=refused.reason)
        _end(talk, content, file_texts.told([news]))
        return
    card = drafts.begin(talk, DraftKind.ACTIVITY, retelling.begin_with_file(talk, content.caption))
    this = draft_rows.find(session, content.draft_id)
    assert this is not None
    attachment.move(session, this.id, card.id)
    draft_rows.merge(session, this, card.id, talk.now)
    drafts.show(talk, card, edit=True)


def _end(talk: Talk, content: Importing, text: str) -> None:
    """The draft comes to nothing, and its message says why."""
    draft = draft_rows.find(talk.session, content.draft_id)
    assert draft is not None
    draft.cancelled_at = talk.now
    draft_rows.save(talk.session, draft)
    if talk.heard.callback_id is None:
        talk.change_card(draft.id, text, [])
    else:
        talk.edit(text, draft_id=draft.id)


def _attach_problems(talk: Talk, reading: Reading) -> None:
    if len(reading.problems) > texts.PROBLEMS_SHOWN:
        lines = [programme_problems.one(each) for each in reading.problems]
        _attach(talk, texts.PROBLEMS_FILE, texts.ALL_PROBLEMS, lines)


def _attach(talk: Talk, name: str, caption: str, lines: Sequence[str]) -> None:
    """What does not fit one screen, as a file."""
    content = base64.b64encode("\n".join([*lines, ""]).encode()).decode()
    talk.tell("sendDocument", {"document": {"base64": content, "name": name}, "caption": caption})


def _revision(session: Session, year: int) -> int:
    """The stored programme's, 0 where there is none."""
    return session.exec(select(Programme.revision).where(Programme.year == year)).first() or 0
