"""The steps of importing a programme file: what it is, the day it takes effect, the reason for changes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from handlers.chat.context import TurnContext
from handlers.chat.conversations import Conversation
from handlers.chat.flows import EDIT, Choice, StepQuestion
from handlers.programme import importing
from handlers.texts.programme import importing as texts
from handlers.texts.programme import problems as problem_texts
from models.errors import Rejected
from models.programme_changes.drafts import (
    LETTER_LIMIT,
    REASON_LIMIT,
    Importing,
    check_letter,
    check_reason,
    check_since,
)
from models.storage.draft import Draft
from models.tables.chat.draft import DraftKind
from spanish.reading.days import read_days

WHAT, FILE, SINCE, REASON, LETTER = "what", "file", "since", "reason", "letter"
PROGRAMME, EVIDENCE, TODAY, YEAR, NONE = "programme", "evidence", "today", "year", "none"


class ImportFlow:
    """The steps of importing a programme file; see `flows.Flow`."""

    accept = texts.APPLY
    cancelled = texts.CANCELLED
    optional: tuple[str, ...] = ()
    words: Mapping[str, int] = {REASON: REASON_LIMIT, LETTER: LETTER_LIMIT}

    def read(self, stored: dict[str, Any]) -> Importing:
        return Importing.model_validate(stored)

    def steps(self, context: TurnContext, content: Importing) -> list[str]:
        if WHAT not in content.answered or content.reading is None:
            return [WHAT, FILE]
        found = importing.compared(context, content)
        dated = [SINCE] if found.asks_day(context.today) else []
        return [*dated, *([REASON, LETTER] if found.difference.adjustments else [])]

    def question(self, context: TurnContext, content: Importing, step: str) -> StepQuestion:
        if step == WHAT:
            choices = [Choice(texts.PROGRAMME, PROGRAMME), Choice(texts.EVIDENCE, EVIDENCE)]
            return StepQuestion(texts.which(content.name), choices)
        if step == FILE:
            return StepQuestion(texts.being_read(content.name))
        if step == REASON:
            return StepQuestion(texts.WHY)
        if step == LETTER:
            return StepQuestion(texts.WHICH_LETTER, [Choice(texts.NO_LETTER, NONE)])
        found = importing.compared(context, content)
        if step == SINCE:
            choices = [Choice(texts.WHOLE_YEAR, YEAR)]
            if context.today.year == found.file.year:
                choices.insert(0, Choice(texts.today_choice(context.today), TODAY))
            return StepQuestion(texts.since_when(content.name, bool(found.difference.adjustments)), choices)
        edits = [Choice(texts.EDITS[name], name, EDIT) for name in self.steps(context, content)]
        text = texts.card(found.file.year, found.changes(), found.warnings, content)
        return StepQuestion(text, edits, width=3)

    def choose(self, context: TurnContext, content: Importing, step: str, value: str) -> Importing | None:
        if step == WHAT and value == EVIDENCE:
            importing.take_as_evidence(context, content)
            return None
        if step == WHAT and value == PROGRAMME:
            return importing.go_on(context, content.answering(WHAT))
        if step == LETTER and value == NONE:
            return content.answering(LETTER, letter=None)
        if step == SINCE and value in (TODAY, YEAR):
            year = importing.compared(context, content).file.year
            return _since(context, content, context.today if value == TODAY else date(year, 1, 1))
        raise Rejected("stale_button")

    def write(self, context: TurnContext, content: Importing, step: str, text: str) -> Importing:
        if step == REASON:
            return content.answering(REASON, reason=check_reason(text))
        if step == LETTER:
            return content.answering(LETTER, letter=check_letter(text))
        if step == SINCE:
            first, last = read_days(text, context.today)
            if first != last:
                raise Rejected("day_unreadable")
            return _since(
                context, content, check_since(first, importing.compared(context, content).file.year)
            )
        raise Rejected({WHAT: "file_unnamed", FILE: "file_being_read"}.get(step, "card_awaits_tap"))

    def finish(self, context: TurnContext, draft: Draft, content: Importing) -> None:
        importing.apply(context, draft, content)


def _since(context: TurnContext, content: Importing, day: date) -> Importing:
    """Return the content with the day.

    Raises `Rejected("import_impossible")` if the file cannot apply from it.
    """
    answered = content.answering(SINCE, since=day)
    if refusals := importing.compared(context, answered).difference.refusals:
        raise Rejected("import_impossible", why=problem_texts.sentence(refusals[0]))
    return answered


CONVERSATION = Conversation(flows={DraftKind.IMPORT: ImportFlow()})
