"""A text that comes while a question is open, and is not lost in it.

1. What answers the question answers it; what corrects another field of a capture changes that.
2. A question is answered.
3. A report is an activity. In a guided capture without words it becomes its words and fills what it tells;
   else it opens a card of its own.
4. Anything else is refused, with the reason.

After 2, 3 and 4 the open question is asked again, with its buttons, and is the next to be answered. A long
text that does not answer the question of a card that began with a message is heard as a new one.
"""

import re

from handlers.activity_form import answers, apply_text, closed, join_card
from handlers.activity_form.steps import BELONGS, DAYS, DOUBT, MORE, NARRATIVE, OPTIONAL, QUANTITY
from handlers.chat import bursts, drafts
from handlers.chat.context import TurnContext
from handlers.chat.flows import ASIDE, CARD, DraftButton, NotAnAnswer
from handlers.chat.keyboards import button
from handlers.messages import courtesies, joining, new_card, quick_fix
from handlers.reading import questions
from handlers.reading import readings as reading
from handlers.texts import rejections
from handlers.texts.activities import open_question as texts
from handlers.texts.escaping import sentence
from models.activities import registration
from models.errors import Rejected, UnreadableAnswer
from models.evidence.attachment import Attachment
from models.storage import draft as draft_rows
from models.storage.draft import Draft
from models.storage.forms import ActivityForm
from models.tables.chat.draft import DraftKind
from spanish.reading.activity import Understood
from spanish.reading.acts import Act
from spanish.reading.courtesy import Courtesy, courtesy_of, is_courtesy
from spanish.reading.numbers.digits import in_digits
from spanish.reading.quantities import bare_number
from spanish.reading.questions import Question, QuestionTopic
from spanish.reading.reports import LENGTHY, is_recent_report, is_report
from spanish.reading.spoken import Spoken

TELLING = 6  # words with which the answer to a quantity also tells what was done
ORDER = 4  # words of an order or a question that is none of the words awaited: «cancelar», «cómo vamos»
OF_ACTIVITIES = (DraftKind.ACTIVITY, DraftKind.CORRECTION)
NO_ATTEMPT = ("card_awaits_tap", "choose_with_buttons", "quarter_unreadable", "file_unnamed", "plan_length")
_NUMBERED = re.compile(r"\W*(?:\d|un[oa]?s?\b|ningun|fue(?:ron)?\b|son\b)")


def is_repeated(draft: Draft | None) -> bool:
    """Return whether the draft has an open question that is asked again below what is said meanwhile."""
    if draft is None or draft.step in (CARD, MORE):
        return False
    return draft.kind is not DraftKind.ACTIVITY or joining.awaits_words(draft)


def answer_meanwhile(context: TurnContext, asked: Question, waiting: Draft | None) -> None:
    """Answer a question, and ask again what is still open."""
    questions.answer(context, asked)
    again = drafts.newest_open(context)
    if again is not None and waiting is not None and again.id == waiting.id and is_repeated(again):
        drafts.ask_again(context, again, texts.STILL_OPEN)


def hear(
    context: TurnContext, draft: Draft, text: str, attached: Attachment | None, asked: Question | None
) -> bool:
    """Handle a text while that draft's question is open; return False if it is to be heard as a new one."""
    if draft.kind is DraftKind.ACTIVITY and not joining.awaits_words(draft):
        return _hear_direct(context, draft, text, attached, asked)
    any_words = draft.step in drafts.flow_of(context, draft).words or draft.step in OPTIONAL
    if any_words and _is_aside(context, draft, text, attached, asked):
        return True
    optional = draft.step in OPTIONAL and draft.kind in OF_ACTIVITIES
    if optional and bare_number(text) is None and quick_fix.amend_and_show(context, draft, text):
        _take_file(context, draft, attached)
        return True
    refusal = _answer(context, draft, text)
    if refusal is None:
        _take_file(context, draft, attached)
    elif not _is_attempt(refusal) and _is_something_else(context, draft, text, attached, asked):
        pass
    else:
        _take_file(context, draft, attached)
        refuse(context, draft, refusal)
    return True


def refuse(context: TurnContext, draft: Draft, refusal: Rejected) -> None:
    """Say why the text is no answer, and ask again. Raises the refusal if the question cannot be asked."""
    if refusal.reason in bursts.FULL or not bursts.is_told(context, refusal):
        raise refusal
    ways_out = [each for row in closed.ways_out(context, refusal) for each in row]
    try:
        drafts.check_held(context, draft)
        drafts.ask_again(context, draft, sentence(rejections.sentence(refusal)), ways_out)
    except Rejected:
        raise refusal from None


def _hear_direct(
    context: TurnContext, draft: Draft, text: str, attached: Attachment | None, asked: Question | None
) -> bool:
    """Handle a text while a card that began with a message asks something."""
    answerable = questions.is_answerable(asked)
    try:
        other = drafts.answer(context, draft, text)
    except Rejected as refusal:
        if asked is None or not answerable:
            refuse(context, draft, refusal)
        else:
            questions.answer(context, asked)
        return True
    if other is None:
        _take_file(context, draft, attached)
    elif asked is not None and answerable:
        questions.answer(context, asked)
    elif draft.step not in (BELONGS, DOUBT) and quick_fix.amend_and_show(context, draft, text):
        _take_file(context, draft, attached)
    elif attached is None and _is_polite(context, draft, text):
        pass
    elif _is_refused(context, draft, text, attached, asked, other):
        refuse(context, draft, other.refusal)
    elif draft.step == BELONGS and draft.content.get("narrative"):
        _beside_undecided(context, draft, text, attached, asked)
    else:
        return False
    return True


def _is_refused(
    context: TurnContext,
    draft: Draft,
    text: str,
    attached: Attachment | None,
    asked: Question | None,
    other: NotAnAnswer,
) -> bool:
    """Return whether the text is taken for a failed answer; while one is held back, what tells nothing is."""
    if not other.however_short and len(text.split()) < LENGTHY:
        return True
    if draft.step != DOUBT or attached is not None or asked is not None:
        return False
    return _understood(context, text).act not in (Act.TOLD, Act.PLAN, Act.COURTESY)


def _beside_undecided(
    context: TurnContext, draft: Draft, text: str, attached: Attachment | None, asked: Question | None
) -> None:
    """Handle a text while it is asked of which activity the one before is: never a second such question."""
    content, read = drafts.read(context, draft), _understood(context, text)
    another = (
        read.line_id not in (None, content.line_id)
        or read.starts_on
        or any(each.quantity for each in read.said)
    )
    if another and is_report(text, read):
        new_card.begin(context, text, attached, None, asked)
        return
    if attached is None and _is_polite(context, draft, text):
        return
    part = ActivityForm(narrative=text, parts=(new_card.part_of(context, draft, text),))
    joining.take_file(context, draft, attached)
    drafts.keep(context, draft, join_card.together(context, content, part))
    draft_rows.save(context.session, draft)
    drafts.show(context, draft, edit=False)


def _is_aside(
    context: TurnContext, draft: Draft, text: str, attached: Attachment | None, asked: Question | None
) -> bool:
    """Handle what is no answer though any words would be one; return whether it was."""
    short = len(text.split()) <= ORDER
    if asked is not None and short and questions.is_answerable(asked):
        ordered = asked.topic is QuestionTopic.COMMAND
        if ordered or not (draft.step in OPTIONAL or _NUMBERED.match(text)):
            answer_meanwhile(context, asked, draft)
            return True
    tells = draft.step == NARRATIVE and draft.kind in OF_ACTIVITIES
    if tells and short and is_courtesy(text):
        refuse(context, draft, Rejected("narrative_empty"))
        return True
    if draft.step not in OPTIONAL and any(map(str.isalpha, text)) and _is_polite(context, draft, text):
        return True
    if tells or not is_recent_report(text, _understood(context, text)):
        return False
    _begin_apart(context, draft, text, attached)
    return True


def _is_polite(context: TurnContext, draft: Draft, text: str) -> bool:
    """Answer a courtesy and ask again; return whether the text is one."""
    if len(text.split()) > ORDER or not is_courtesy(text):
        return False
    agreed = courtesy_of(text) in (None, Courtesy.AGREED)
    drafts.ask_again(context, draft, texts.STILL_OPEN if agreed else courtesies.said(context, text))
    return True


def _answer(context: TurnContext, draft: Draft, text: str) -> Rejected | None:
    """Answer the draft's question; return the refusal if it is no answer."""
    try:
        other = drafts.answer(context, draft, text)
    except Rejected as refusal:
        return refusal
    return other.refusal if other is not None else None


def _is_attempt(refusal: Rejected) -> bool:
    """Return whether the text was an answer of the kind asked for, only an impossible one."""
    return not isinstance(refusal, UnreadableAnswer) and refusal.reason not in NO_ATTEMPT


def _is_something_else(
    context: TurnContext, draft: Draft, text: str, attached: Attachment | None, asked: Question | None
) -> bool:
    """Handle a text that is no answer as what it is; return False if it is nothing that is known."""
    if draft.kind in OF_ACTIVITIES and quick_fix.amend_and_show(context, draft, text):
        _take_file(context, draft, attached)
        return True
    said = in_digits(Spoken.of(text)).text
    if asked is not None and questions.is_answerable(asked) and not _NUMBERED.match(said):
        _take_file(context, draft, attached)
        answer_meanwhile(context, asked, draft)
        return True
    read = _understood(context, text)
    if joining.awaits_words(draft):
        return _tells_guided(context, draft, text, attached, read)
    if not is_report(text, read):
        return False
    _begin_apart(context, draft, text, attached)
    return True


def _tells_guided(
    context: TurnContext, draft: Draft, text: str, attached: Attachment | None, read: Understood
) -> bool:
    """Take a report, or a caption, into a guided capture; one of another line gets a card of its own."""
    content: ActivityForm = drafts.read(context, draft)
    report = read.line_id is not None and is_report(text, read)
    if report and (content.narrative or content.line_id not in (None, read.line_id)):
        _begin_apart(context, draft, text, attached)
        return True
    if draft.step.startswith(QUANTITY) and len(text.split()) < TELLING:
        changed = _with_quantity(context, draft, content, text)
    elif report:
        changed = _told(context, content, text)
    else:
        changed = None
    if changed is None and attached is not None and not content.narrative:
        changed = apply_text.take_narrative(context, content, text)  # a caption says what was done
    if changed is None:
        return False
    _take_file(context, draft, attached)
    drafts.keep(context, draft, changed)
    draft_rows.save(context.session, draft)
    drafts.show(context, draft, edit=False)
    return True


def _with_quantity(
    context: TurnContext, draft: Draft, content: ActivityForm, text: str
) -> ActivityForm | None:
    """Return the content with the quantity told of the target that is asked for; None if that is not sure."""
    unit, line = registration.find_line(context.programmes, content)
    target_id = int(draft.step.partition(".")[2])
    read = reading.of_line(context, text, unit, line)
    said = next((each for each in read.said if each.target_id == target_id and each.quantity), None)
    if said is None or read.doubts or read.act is not Act.TOLD:
        return None
    target = answers.target_of(line, target_id)
    try:
        return answers.take_amount(context, content, target, draft.step, said.quantity)
    except Rejected:
        return None


def _told(context: TurnContext, content: ActivityForm, text: str) -> ActivityForm:
    """Return a guided capture as one that began with that text; what was answered before stays."""
    told = content.model_copy(update={"direct": True}).answering(BELONGS).answering(DOUBT)
    for step in OPTIONAL:
        told = told.answering(step)
    if DAYS not in told.answered:
        told = told.answering(DAYS, starts_on=context.relative_to, ends_on=context.relative_to)
    told = apply_text.retell(context, told, text)
    return apply_text.noted(context, told, (apply_text.part(context, text),))


def _begin_apart(context: TurnContext, draft: Draft, text: str, attached: Attachment | None) -> None:
    """Begin a card for a report, and ask the open question again below it.

    Where any words are an answer, a button takes the text as the answer after all.
    """
    new_card.begin(context, text, attached)
    incoming = context.incoming
    card = draft_rows.of_message(context.session, incoming.chat_id, incoming.message_id or 0)
    extra = []
    if card is not None and attached is None and draft.step in drafts.flow_of(context, draft).words:
        draft.content = {**draft.content, "aside": text, "aside_draft": card.id}
        extra.append(button(texts.IS_ANSWER, DraftButton(draft.id, draft.revision, ASIDE)))
    drafts.ask_again(context, draft, texts.apart(text), extra)


def _understood(context: TurnContext, text: str) -> Understood:
    """Return what the text says with every line that the person may register."""
    return apply_text.understood(context, ActivityForm(direct=True), text)


def _take_file(context: TurnContext, draft: Draft, attached: Attachment | None) -> None:
    if attached is not None:
        joining.take_file(context, draft, attached)
