"""The steps of a correction: those of registering an activity, all of them answered from the start."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handlers.activities import review_news
from handlers.activities.buttons import ShowActivity
from handlers.activities.listing import Listing
from handlers.activity_form import cards, questions, report_text
from handlers.activity_form.flow import ActivityFlow, taken, target_steps
from handlers.activity_form.steps import (
    DAYS,
    EVIDENCE,
    LINE,
    NARRATIVE,
    OPTIONAL,
    QUANTITY,
    UNIT,
)
from handlers.chat.context import TurnContext
from handlers.chat.flows import CARD, StepQuestion
from handlers.chat.keyboards import button
from handlers.texts.activities import correction as texts
from handlers.texts.activities import facts
from models.activities import correction, registration, returning
from models.activities import reading as activities
from models.errors import Rejected
from models.evidence import attachment
from models.evidence.attachment import Gathered
from models.storage import occurrences
from models.storage.draft import Draft
from models.storage.forms import ActivityForm
from models.storage.occurrences import Occurred
from models.tables.activity import Activity
from models.tables.evidence import Evidence
from spanish.writing.folding import fold


@dataclass(frozen=True)
class EvidenceFiles:
    """The activity's evidence before and after the correction."""

    before: Sequence[Evidence]
    after: list[Evidence]


def opened(context: TurnContext, activity: Activity) -> ActivityForm:
    """Return the activity's current content with every step answered."""
    content = correction.current_form(context.session, activity)
    for step in (UNIT, LINE, *target_steps(context, content), DAYS, NARRATIVE, *OPTIONAL):
        content = content.answering(step)
    return content


class CorrectionFlow(ActivityFlow):
    """The steps of a correction; see `flows.Flow`."""

    accept = texts.SAVE
    cancelled = texts.CANCELLED

    def question(self, context: TurnContext, content: ActivityForm, step: str) -> StepQuestion:
        if step not in (CARD, EVIDENCE):
            return super().question(context, content, step)
        unit, line = registration.find_line(context.programmes, content)
        files = _files(context, content)
        shown = questions.Shown(unit, line, content, _gathered(files.after))
        if step == EVIDENCE:
            return questions.ask_evidence(shown, files.after)
        asked = questions.card(context, shown, self.steps(context, content))
        said = _settled(context, content, files)
        changed = StepQuestion(_card(context, said, files), asked.choices, asked.width)
        if report_text.is_only_change(context, content):
            return changed
        return self.guarded(context, content, changed)

    def choose(
        self, context: TurnContext, content: ActivityForm, step: str, value: str
    ) -> ActivityForm | None:
        if step == EVIDENCE:
            files = _files(context, content)
            piece = next((each for each in files.after if str(each.id) == value), None)
            if piece is not None and piece.activity_id is not None:
                return content.model_copy(update={"removed": (*content.removed, piece.id)})
        return _keep_what_fits(context, content, super().choose(context, content, step, value))

    def write(self, context: TurnContext, content: ActivityForm, step: str, text: str) -> ActivityForm | None:
        return _keep_what_fits(context, content, taken(super().write(context, content, step, text)))

    def finish(self, context: TurnContext, draft: Draft, content: ActivityForm) -> None:
        activity = activities.find_correctable(context.session, content.activity_id or 0, context.member)
        before, files = correction.current_form(context.session, activity), _files(context, content)
        added = [each for each in files.after if each.activity_id is None]
        content = _settled(context, content, files)
        unit_id, given = activity.unit_id, returning.open_return(context.session, activity.id or 0)
        correction.correct(context.session, draft, content, context.member, context.today, context.now)
        cards.ask_again(context.session, activity, context.now)
        occurrences.note(context.session, Occurred.CARD, "corrected_later")
        after = correction.current_form(context.session, activity)
        changes = facts.differences(context.programmes, before, after)
        changes += texts.evidence_changed(len(added), len(files.before) + len(added) - len(files.after))
        review_news.tell_corrected(context, activity, unit_id, given, changes)
        assert activity.id is not None
        see = button(texts.SEE, ShowActivity(activity.id, Listing.first(context)))
        context.edit(texts.corrected(activity.id, activity.version, changes), [[see]], draft.id)


def _settled(context: TurnContext, content: ActivityForm, files: EvidenceFiles) -> ActivityForm:
    """Return the content with its text for the report, unless it changes nothing of the activity."""
    activity = activities.find(context.session, content.activity_id or 0, context.member)
    same = content.facts() == correction.current_form(context.session, activity).facts()
    return content if same and files.after == [*files.before] else report_text.settled(context, content)


def _card(context: TurnContext, content: ActivityForm, files: EvidenceFiles) -> str:
    """Return the card, which compares the activity with what the correction would make of it."""
    activity = activities.find(context.session, content.activity_id or 0, context.member)
    before = correction.current_form(context.session, activity)
    placed = context.programmes.line(activity.line_id)
    settled = texts.settled(
        placed[2] if placed else None, correction.settled_of(context.session, activity.id or 0)
    )
    evidence = _gathered(files.before), _gathered(files.after)
    return texts.card(context.programmes, before, content, evidence, settled)


def _files(context: TurnContext, content: ActivityForm) -> EvidenceFiles:
    before = attachment.pieces(context.session, activity_id=content.activity_id)
    added = attachment.pieces(context.session, draft_id=content.draft_id)
    return EvidenceFiles(before, [*(each for each in before if each.id not in content.removed), *added])


def _gathered(pieces: Iterable[Evidence]) -> Gathered:
    pieces = list(pieces)
    missing = sum(each.missing_at is not None for each in pieces)
    return Gathered(Counter(each.kind for each in pieces), missing)


def _keep_what_fits(
    context: TurnContext, before: ActivityForm, after: ActivityForm | None
) -> ActivityForm | None:
    """If the line changed, keep the quantities of the measures that both lines have."""
    if after is None or after.line_id in (None, before.line_id) or before.line_id is None:
        return after
    old, new = context.programmes.line(before.line_id), context.programmes.line(after.line_id or 0)
    if old is None or new is None:
        raise Rejected("line_gone")
    measures = {(fold(each.measure), each.decimals): each for each in old[2].targets}
    for target in new[2].targets:
        same = measures.get((fold(target.measure), target.decimals))
        claim = before.claim(same.id) if same else None
        if claim is None or after.claim(target.id) is not None:
            continue
        pending = claim.pending if target.counts_when else 0
        kept = claim.model_copy(update={"target_id": target.id, "pending": pending})
        after = after.answering(f"{QUANTITY}.{target.id}", claims=after.with_claim(kept))
    return after
