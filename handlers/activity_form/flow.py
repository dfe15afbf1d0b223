"""The steps of registering an activity: which are asked, in which order, and how answers are handled."""

from collections.abc import Mapping
from typing import Any

from handlers.activity_form import (
    acts,
    answers,
    apply_text,
    closed,
    doubts,
    join_card,
    questions,
    registered,
    report_text,
)
from handlers.activity_form.steps import (
    BELONGS,
    DAYS,
    DOUBT,
    EVIDENCE,
    LINE,
    MORE,
    NARRATIVE,
    OPTIONAL,
    PENDING,
    PLACE,
    QUANTITY,
    REPORT_TEXT,
    UNIT,
    is_day_first,
)
from handlers.chat import drafts
from handlers.chat.context import TurnContext
from handlers.chat.flows import CARD, NotAnAnswer, StepQuestion
from handlers.reading.units import capturable_units
from handlers.texts import rejections
from handlers.texts.activities import capture as texts
from handlers.texts.activities.fields import optional
from handlers.texts.quarter_end import closing as closing_texts
from models.activities import registration
from models.activities.fields import TEXT_LIMIT
from models.errors import Rejected, UnreadableAnswer
from models.evidence import attachment
from models.quarter import Quarter
from models.quarter_end import requests
from models.storage import occurrences
from models.storage.draft import Draft
from models.storage.forms import ActivityForm
from models.storage.occurrences import Occurred
from spanish.reading.named_line import read_line
from spanish.reading.nothing import says_nothing


class ActivityFlow:
    """The steps of registering an activity; see `flows.Flow`."""

    accept = texts.REGISTER
    cancelled = texts.CANCELLED
    optional: tuple[str, ...] = (EVIDENCE, MORE, REPORT_TEXT)
    words: Mapping[str, int] = {
        NARRATIVE: registration.NARRATIVE_LIMIT,
        REPORT_TEXT: registration.NARRATIVE_LIMIT,
        PLACE: TEXT_LIMIT,
    }

    def read(self, stored: dict[str, Any]) -> ActivityForm:
        return ActivityForm.model_validate(stored)

    def steps(self, context: TurnContext, content: ActivityForm) -> list[str]:
        several = [UNIT] if len(capturable_units(context, content)) > 1 else []
        about = [*several, LINE, *target_steps(context, content), DAYS]
        if is_day_first(context, content):
            about = [DAYS, *about[:-1]]
        if not content.direct:
            return [*about, NARRATIVE, *OPTIONAL]
        decided = BELONGS in content.answered or content.activity_id is not None
        undecided = [] if decided else [BELONGS]
        doubted = [DOUBT] if content.doubtful else []
        first = [*undecided, *doubted] if content.parent is not None else [*doubted, *undecided]
        return [*first, NARRATIVE, *about, *OPTIONAL]

    def question(self, context: TurnContext, content: ActivityForm, step: str) -> StepQuestion:
        if step == DOUBT:
            return acts.ask(context, content)
        if step == BELONGS:
            return questions.ask_belonging(context, content)
        if step == REPORT_TEXT:
            return report_text.ask(context, content)
        if step in (CARD, MORE, EVIDENCE):
            unit, line = registration.find_line(context.programmes, content)
            evidence = attachment.gathered(context.session, draft_id=content.draft_id)
            shown = questions.Shown(unit, line, content, evidence)
            if step == EVIDENCE:
                pieces = attachment.pieces(context.session, draft_id=content.draft_id)
                return questions.ask_evidence(shown, pieces)
            steps = self.steps(context, content)
            if step == MORE:
                return questions.more(context, shown, steps)
            return self.guarded(context, content, questions.card(context, shown, steps))
        return questions.ask(context, content, step)

    def guarded(self, context: TurnContext, content: ActivityForm, card: StepQuestion) -> StepQuestion:
        """Add the two alternatives to the card if its day lies in a closed quarter."""
        if content.unit_id is None or content.ends_on is None:
            return card
        refused = closed.refusal(context, content.draft_id, content.unit_id, content.ends_on)
        return closed.guarded(context, card, refused, content.ends_on)

    def choose(
        self, context: TurnContext, content: ActivityForm, step: str, value: str
    ) -> ActivityForm | None:
        if step == DOUBT:
            return acts.choose(context, content, value)
        if step == BELONGS:
            return join_card.choose(context, content, value)
        if step == REPORT_TEXT:
            return report_text.choose(content, value)
        if step == CARD:
            return _way_out(context, content, value)
        if step == EVIDENCE:
            attachment.remove(context.session, _number(value), content.draft_id, context.member, context.now)
            return content
        if value == answers.NONE and (field := optional(step)) is not None:
            return answers.take_nothing(content, field)
        if step == UNIT:
            unit = next((each for each in capturable_units(context, content) if str(each.id) == value), None)
            return answers.take_unit(content, unit)
        if step == LINE and value == questions.EVERY_LINE:
            return content.model_copy(update={"every_line": True})
        if step == LINE:
            lines = [line for line in answers.unit_of(context, content).lines if str(line.id) == value]
            return apply_text.with_line(context, content, lines[0] if lines else None)
        return taken(self.write(context, content, step, value))

    def write(
        self, context: TurnContext, content: ActivityForm, step: str, text: str
    ) -> ActivityForm | NotAnAnswer | None:
        try:
            return self._write(context, content, step, text)
        except UnreadableAnswer as refused:
            return NotAnAnswer(refused)

    def _write(
        self, context: TurnContext, content: ActivityForm, step: str, text: str
    ) -> ActivityForm | NotAnAnswer | None:
        name, _, target_id = step.partition(".")
        if name == DOUBT:
            return acts.write(context, content, text)
        if name == BELONGS:
            return join_card.write(context, content, text)
        if name == REPORT_TEXT:
            return report_text.take(content, text)
        if name == EVIDENCE:
            return NotAnAnswer(Rejected("evidence_awaited"))
        if name == MORE:
            raise Rejected("card_awaits_tap")
        if name == UNIT:
            return answers.take_unit(content, answers.named_unit(context, content, text))
        if name == LINE:
            line = read_line(text, answers.unit_of(context, content))
            return apply_text.with_line(context, content, line)
        if name == NARRATIVE:
            return apply_text.take_narrative(context, content, text)
        if name in (QUANTITY, PENDING):
            unit, line = registration.find_line(context.programmes, content)
            if name == QUANTITY:
                target = answers.target_of(line, int(target_id))
                text = doubts.typed(context, content, unit, line, target, text)
            take = answers.take_quantity if name == QUANTITY else answers.take_pending
            return take(context, content, answers.target_of(line, int(target_id)), step, text)
        if (field := optional(name)) is not None:
            if says_nothing(text):
                return answers.take_nothing(content, field)
            return answers.take_optional(content, field, text)
        return answers.take_days(context, content, text)

    def finish(self, context: TurnContext, draft: Draft, content: ActivityForm) -> None:
        refused = closed.refusal(context, draft.id, content.unit_id or 0, content.ends_on or context.today)
        if refused is not None:  # closed since the card was shown
            context.refuse(rejections.sentence(refused))
            drafts.show(context, draft, edit=True)
            return
        content = report_text.settled(context, content)
        number = registration.register(
            context.session, draft, content, context.member, context.today, context.now
        )
        occurrences.note(context.session, Occurred.CARD, "registered")
        text, keyboard = registered.message(context, number, content)
        context.edit(text, keyboard, draft.id)
        registered.ask_for_end(context, draft.id, number)


def taken(answer: ActivityForm | NotAnAnswer | None) -> ActivityForm | None:
    """Return the content. Raises the refusal of a `NotAnAnswer`."""
    if isinstance(answer, NotAnAnswer):
        raise answer.refusal
    return answer


def _way_out(context: TurnContext, content: ActivityForm, value: str) -> ActivityForm:
    """Handle a card's button for a closed quarter: date it today, or ask for a reopening."""
    if value == closed.TODAY:
        return content.answering(DAYS, starts_on=context.today, ends_on=context.today)
    if value != closed.REOPENING or content.unit_id is None or content.ends_on is None:
        raise Rejected("stale_button")
    about = closing_texts.about_card(content.narrative or "", content.ends_on, requests.ABOUT_LIMIT)
    closed.ask(context, content.unit_id, Quarter.of(content.ends_on), about)
    return content


def target_steps(context: TurnContext, content: ActivityForm) -> list[str]:
    """Return the steps for the line's targets: a quantity each, and its pending part where it has one."""
    found = context.programmes.line(content.line_id) if content.line_id is not None else None
    steps = []
    for target in found[2].targets if found else ():
        steps.append(f"{QUANTITY}.{target.id}")
        claim = content.claim(target.id)
        if target.counts_when and claim and claim.quantity:
            steps.append(f"{PENDING}.{target.id}")
    return steps


def _number(value: str) -> int:
    if not value.isdecimal() or len(value) > 9:
        raise Rejected("stale_button")
    return int(value)
