"""Imports a programme file that planning sends: asks what it is, shows the changes, applies them.

The file is fetched like any evidence and read by a separate process (`models.programme_file.reading`).
Nothing is written before «✅ Aplicar».
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from sqlmodel import Session

from handlers.activity_form import apply_text, cards
from handlers.chat import drafts
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Conversations
from handlers.programme import unit_changes
from handlers.texts.activities import files as file_texts
from handlers.texts.programme import changes as programme_changes
from handlers.texts.programme import importing as texts
from handlers.texts.programme import problems as programme_problems
from models.evidence import attachment
from models.evidence.attachment import Attachment, Sent
from models.evidence.outcome import News, OutcomeKind
from models.people.draft_rights import may_hold
from models.programme.format import ProgrammeFile
from models.programme.view import revision_of
from models.programme_changes import importing as programme_import
from models.programme_changes.drafts import Importing
from models.programme_changes.importing import Difference, ImportRefused
from models.programme_file.problem import Problem, ProblemSeverity, Reading
from models.programme_file.reading import read_json
from models.rights import Action
from models.storage import audit
from models.storage import draft as draft_rows
from models.storage.draft import Draft
from models.tables.chat.draft import DraftKind
from models.tables.evidence import EvidenceKind

ENDINGS = (".xlsx", ".xlsm", ".xls", ".yaml", ".yml")


@dataclass(frozen=True)
class Compared:
    """A valid file and how it differs from the stored programme of its year."""

    file: ProgrammeFile
    difference: Difference
    warnings: tuple[Problem, ...]

    def changes(self) -> list[str]:
        names = {unit.key: unit.name for unit in self.file.units}
        return programme_changes.every(self.difference.changes, names)

    def asks_day(self, today: date) -> bool:
        """Return whether to ask from which day it applies: not before the programme's year begins."""
        return self.difference.needs_day and today >= date(self.file.year, 1, 1)


def may_be_programme(context: TurnContext, attached: Attachment) -> bool:
    """Return whether the file's name is one of a programme and the sender may change the programme."""
    ending = PurePath(attached.name or "").suffix.lower()
    document = attached.kind is EvidenceKind.DOCUMENT and context.incoming.album is None
    return document and ending in ENDINGS and context.member.may(Action.CHANGE_PROGRAMME)


def receive(context: TurnContext, attached: Attachment, sent: Sent) -> None:
    """Ask what the file is, while it is fetched and read."""
    drafts.check_room(context, DraftKind.IMPORT)
    content = Importing(name=attached.name or "", caption=sent.caption)
    draft = drafts.begin(context, DraftKind.IMPORT, content)
    attachment.attach(context.session, attached, sent, context.now, draft_id=draft.id)
    drafts.show(context, draft, edit=False)


def take_reading(
    session: Session, draft_id: int, reading: dict[str, Any], now: datetime, conversations: Conversations
) -> None:
    """Store what was read from the file, and show it if its person waits for it."""
    draft = draft_rows.find(session, draft_id)
    if draft is None or draft.kind is not DraftKind.IMPORT or not draft_rows.is_open(draft):
        return
    context = cards.talk_about(session, draft, now, conversations)
    content = Importing.model_validate({**draft.content, "draft_id": draft.id}).model_copy(
        update={"reading": reading}
    )
    if context is None or not may_hold(session, draft, context.member) or "what" not in content.answered:
        draft.content = content.model_dump(mode="json", exclude={"draft_id"})
        draft_rows.save(session, draft)
        return
    changed = go_on(context, content)
    if changed is not None:
        drafts.keep(context, draft, changed)
        draft_rows.save(session, draft)
        drafts.show_in_place(context, draft)


def go_on(context: TurnContext, content: Importing) -> Importing | None:
    """Return the content once the file is read; None if it was no valid programme, which ends the draft."""
    if content.reading is None:
        return content
    reading = read_json(content.reading)
    if reading.programme is None:
        _end(context, content, texts.wrong(content.name, reading.problems))
        _attach_problems(context, reading)
        return None
    found = compared(context, content)
    if found.difference.refusals and not found.asks_day(context.today):
        _end(context, content, texts.refused(content.name, found.difference.refusals))
        return None
    if found.difference.empty:
        _end(context, content, texts.nothing(content.name))
        return None
    changes = found.changes()
    if len(changes) > texts.CHANGES_SHOWN:
        _attach(context, texts.CHANGES_FILE, texts.ALL_CHANGES, changes)
    revision = revision_of(context.session, found.file.year)
    return content.answering("file", revision=revision)


def compared(context: TurnContext, content: Importing) -> Compared:
    """Compare the file with what is stored now, applied from the day that was answered."""
    assert content.reading is not None
    reading = read_json(content.reading)
    assert reading.programme is not None
    found = programme_import.difference(context.session, reading.programme, content.since)
    warnings = tuple(each for each in reading.problems if each.severity is ProblemSeverity.WARNING)
    return Compared(reading.programme, found, warnings)


def apply(context: TurnContext, draft: Draft, content: Importing) -> None:
    """✅: apply the changes and audit them; show them anew if the programme changed since the comparison."""
    context.member.require(Action.CHANGE_PROGRAMME)
    actor = audit.person(context.member.person_id)
    found = compared(context, content)
    revision = revision_of(context.session, found.file.year)
    if revision != content.revision:
        drafts.keep(context, draft, content.model_copy(update={"revision": revision}))
        draft_rows.save(context.session, draft)
        drafts.show(context, draft, edit=True, preface=texts.CHANGED_MEANWHILE)
        return
    try:
        done = programme_import.apply(
            context.session,
            found.file,
            now=context.now,
            actor=actor,
            reason=content.reason,
            letter=content.letter,
            since=content.since,
        )
    except ImportRefused as refused:
        _end(context, content, texts.refused(content.name, refused.sentences))
        return
    programme_import.record_file(
        context.session,
        found.file.year,
        done,
        name=content.name,
        draft_id=draft.id,
        actor=actor,
        now=context.now,
    )
    draft.registered_at = context.now
    draft_rows.save(context.session, draft)
    person_id = context.member.person_id
    unit_changes.tell(context.session, found.file, done, content.reason, context.now, but=person_id)
    context.edit(texts.applied(found.file.year, len(done.changes)), draft_id=draft.id)


def take_as_evidence(context: TurnContext, content: Importing) -> None:
    """Begin a card with the file as its evidence."""
    session = context.session
    refused = attachment.refused_of(session, content.draft_id)
    if refused is not None:
        person, chat = context.member.person_id, context.incoming.chat_id
        news = News(OutcomeKind.REFUSED, person, chat, refused.kind, reason=refused.reason)
        _end(context, content, file_texts.told([news]))
        return
    card = drafts.begin(context, DraftKind.ACTIVITY, apply_text.begin_with_file(context, content.caption))
    this = draft_rows.find(session, content.draft_id)
    assert this is not None
    attachment.move(session, this.id, card.id)
    draft_rows.merge(session, this, card.id, context.now)
    drafts.show(context, card, edit=True)


def _end(context: TurnContext, content: Importing, text: str) -> None:
    """Cancel the draft; its message says why."""
    draft = draft_rows.find(context.session, content.draft_id)
    assert draft is not None
    draft.cancelled_at = context.now
    draft_rows.save(context.session, draft)
    if context.incoming.callback_id is None:
        context.change_card(draft.id, text, [])
    else:
        context.edit(text, draft_id=draft.id)


def _attach_problems(context: TurnContext, reading: Reading) -> None:
    if len(reading.problems) > texts.PROBLEMS_SHOWN:
        lines = [programme_problems.one(each) for each in reading.problems]
        _attach(context, texts.PROBLEMS_FILE, texts.ALL_PROBLEMS, lines)


def _attach(context: TurnContext, name: str, caption: str, lines: Sequence[str]) -> None:
    """Send the lines as a text file, since they do not fit one screen."""
    content = base64.b64encode("\n".join([*lines, ""]).encode()).decode()
    context.tell("sendDocument", {"document": {"base64": content, "name": name}, "caption": caption})
