"""The first step of a text that may tell nothing done: a question, a plan, a favour, a call for help."""

from handlers.activity_form import apply_text, awaited
from handlers.activity_form.steps import DOUBT
from handlers.chat.context import TurnContext
from handlers.chat.flows import Choice, NotAnAnswer, StepQuestion
from handlers.reading import questions
from handlers.texts.activities import acts as texts
from handlers.texts.activities import capture
from models.errors import Rejected
from models.evidence import attachment
from models.storage import draft as draft_rows
from models.storage.forms import ActivityForm
from spanish.reading.acts import Act
from spanish.writing.folding import fold

_YES = ("si", "si se hizo", "ya se hizo", "es algo que se hizo", "registrar", "registralo")
_NEW = ("es algo nuevo", "es nuevo", "es nueva", "algo nuevo")
_NO = ("no", "no es una actividad", "es un plan", "es una pregunta", "todavia no", "aun no")


def ask(context: TurnContext, content: ActivityForm) -> StepQuestion:
    """Return the question whether the text tells something done."""
    if (pending := awaited.find(context, content)) is not None:
        return awaited.ask(context, content, pending)
    act = _act(context, content)
    if act is None:
        return questions.ask_whether(content)
    files = attachment.gathered(context.session, draft_id=content.draft_id)
    choices = [Choice(texts.yes(act), questions.TOLD), Choice(texts.no(act), act.name)]
    return StepQuestion(capture.about(content, files) + texts.which(act), choices)


def choose(context: TurnContext, content: ActivityForm, value: str) -> ActivityForm | None:
    """Continue with the report, or end the draft; its files stay and are asked about.

    A question is answered.
    """
    if value in (questions.TOLD, awaited.NEW):
        return content.answering(DOUBT)
    if value.startswith(awaited.ENTRY):
        _settle(context, content, value.removeprefix(awaited.ENTRY))
        return None
    if value == questions.ASKED:
        return questions.choose(context, content, value, DOUBT)
    if value not in Act.__members__:
        raise Rejected("stale_button")
    return _leave(context, content, Act[value])


def write(context: TurnContext, content: ActivityForm, text: str) -> ActivityForm | NotAnAnswer | None:
    """Handle a text after the question: yes, no, or something else."""
    said = fold(text).strip(" .!,")
    if (pending := awaited.find(context, content)) is not None:
        return _write_pending(context, content, pending, said)
    if said in _YES:
        return content.answering(DOUBT)
    if said in _NO:
        act = _act(context, content)
        return choose(context, content, questions.ASKED if act is None else act.name)
    return NotAnAnswer(Rejected("doubt_unclear"), however_short=True)


def _write_pending(
    context: TurnContext, content: ActivityForm, pending: awaited.Awaited, said: str
) -> ActivityForm | NotAnAnswer | None:
    if said in _NO or said in _NEW:
        return content.answering(DOUBT)
    if said in _YES and len(pending.entries) == 1:
        awaited.settle(context, content, pending, pending.entries[0][1].id)
        return None
    return NotAnAnswer(Rejected("pending_unclear"), however_short=True)


def _settle(context: TurnContext, content: ActivityForm, number: str) -> None:
    pending = awaited.find(context, content)
    if pending is None or not number.isdecimal():
        raise Rejected("stale_button")
    awaited.settle(context, content, pending, int(number))


def is_answered_by_file(context: TurnContext, content: ActivityForm) -> bool:
    """Return whether a file settles that the text is a report: one that reads as done may be a question."""
    return apply_text.act_of(context, content) is Act.TOLD and awaited.find(context, content) is None


def _act(context: TurnContext, content: ActivityForm) -> Act | None:
    """Return what the text does; None if it may be a question that the bot answers."""
    act = apply_text.act_of(context, content)
    files = attachment.gathered(context.session, draft_id=content.draft_id)
    if not files and questions.read(context, content.narrative or "") is not None:
        return None
    return act


def _leave(context: TurnContext, content: ActivityForm, act: Act) -> ActivityForm | None:
    draft = draft_rows.find(context.session, content.draft_id)
    if draft is None:
        raise Rejected("stale_button")
    text = content.narrative or ""
    if attachment.gathered(context.session, draft_id=draft.id):
        context.say(texts.left(text, act))
        return apply_text.begin_with_file(context)
    draft.cancelled_at = context.now
    draft_rows.save(context.session, draft)
    if act is Act.QUESTION:
        questions.say_not_answerable(context)
    else:
        context.edit(texts.left(text, act), [])
    return None
