"""«Muéstrame las fotos de la sesión», «¿quién registró el acta de marzo?», «búscame el oficio…»."""

from collections.abc import Sequence

from handlers.activities import activity as activity_page
from handlers.activities import evidence
from handlers.activities.buttons import ShowActivity, ShowEvidence
from handlers.activities.listing import Listing
from handlers.answers.activities import readable
from handlers.answers.scope import Scope, scope_of
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Conversation, TopicAnswer
from handlers.chat.keyboards import button, rows
from handlers.texts.answers import activities as texts
from handlers.texts.answers.questions import period as period_name
from models.activities import reading, search
from models.activities.detail import names
from models.activities.reading import ActivityView, Wanted
from models.programme.view import LineView
from models.rights import Action
from spanish.reading.questions import Question, QuestionTopic, Slot, same_word
from spanish.reading.wording import words as words_of
from spanish.writing import days
from spanish.writing.folding import fold

MOST = 6  # activities that are offered


def find(context: TurnContext, asked: Question) -> None:
    """The activity that is looked for, or several to choose from."""
    found = _found(context, asked)
    if found is None:
        return
    listing = Listing.first(context)
    if len(found) == 1:
        activity_page.show(context, found[0].activity.id or 0, listing)
        return
    keys = [button(f"n.º {each.activity.id}", ShowActivity(each.activity.id or 0, listing)) for each in found]
    context.say(texts.found(found), rows(keys, 5))


def show_evidence(context: TurnContext, asked: Question) -> None:
    """The photographs of the activity that is meant, as below its page."""
    found = _found(context, asked)
    if found is None:
        return
    if len(found) == 1:
        evidence.show(context, ShowEvidence(found[0].activity.id or 0))
        return
    keys = [button(texts.label(each), ShowEvidence(each.activity.id or 0)) for each in found]
    context.say(texts.NO_EVIDENCE, rows(keys, 1))


def say_author(context: TurnContext, asked: Question) -> None:
    """Who registered it, and when."""
    found = _found(context, asked)
    if found is None:
        return
    known = names(context.session, [each.activity.registered_by for each in found])
    entries = [
        (
            each,
            known.get(each.activity.registered_by),
            days.day(each.activity.registered_at.astimezone(context.zone).date(), context.today.year),
        )
        for each in found
    ]
    listing = Listing.first(context)
    keys = [button(f"n.º {each.activity.id}", ShowActivity(each.activity.id or 0, listing)) for each in found]
    context.say(texts.authors(entries), rows(keys, 5))


def _found(context: TurnContext, asked: Question) -> list[ActivityView] | None:
    """The activities, never none; None where there is none, and the person was told so."""
    if asked.number is not None:
        return reading.with_entries(
            context.session, [reading.find(context.session, asked.number, context.member)]
        )
    if asked.documents:
        return _with_documents(context, asked)
    scope = scope_of(context, asked)
    if scope is None:
        return None
    units = readable(context, asked, scope)
    if not units:
        context.say(texts.not_yours([unit.name for unit in scope.units]))
        return None
    wanted = _wanted(context, asked, scope, tuple(unit.id for unit in units))
    found = list(search.best(context.session, wanted, lambda view: _score(context, asked, view), MOST))
    if not found:
        when = period_name(asked.period, context.today) if asked.period else ""
        context.say(texts.not_found(asked.words, (), when))
        return None
    return found


def _with_documents(context: TurnContext, asked: Question) -> list[ActivityView] | None:
    activities, others = search.with_documents(context.session, asked.documents, context.member)
    if not activities:
        context.say(texts.NOT_AMONG_YOURS if others else texts.not_found((), asked.documents))
        return None
    return reading.with_entries(context.session, activities[:MOST])


def _wanted(context: TurnContext, asked: Question, scope: Scope, unit_ids: tuple[int, ...]) -> Wanted:
    """Of those units and days, within what the person may read."""
    listing = Listing(scope.programme.year, unit_id=unit_ids[0] if len(unit_ids) == 1 else None)
    if asked.period is not None:
        listing = Listing(
            asked.period.last.year, unit_id=listing.unit_id, days=(asked.period.first, asked.period.last)
        )
    return listing.wanted(context)


def _score(context: TurnContext, asked: Question, view: ActivityView) -> int:
    """How many of the words are in the narrative, or in what its line counts; one where no word is said."""
    placed = context.programmes.line(view.activity.line_id)
    said = {*words_of(fold(view.activity.narrative))}
    counted = _counted(placed[2], view) if placed else set()
    hits = sum(2 * _has(said, word) + _has(counted, word) for word in asked.words)
    return hits if asked.words else 1


def _has(said: Sequence[str] | set[str], word: str) -> bool:
    return any(same_word(word, each) for each in said)


def _counted(line: LineView, view: ActivityView) -> set[str]:
    """The words of the measures that the activity claims some of."""
    claimed = {entry.target_id for entry in view.entries if entry.quantity}
    return {word for target in line.targets if target.id in claimed for word in fold(target.measure).split()}


_ALL = frozenset((Slot.UNIT, Slot.LINE, Slot.PERIOD, Slot.NAME))
CONVERSATION = Conversation(
    answers=(
        TopicAnswer(QuestionTopic.SEARCH, Action.READ_ACTIVITIES, find, _ALL),
        TopicAnswer(QuestionTopic.EVIDENCE, Action.READ_ACTIVITIES, show_evidence, _ALL),
        TopicAnswer(QuestionTopic.AUTHOR, Action.READ_ACTIVITIES, say_author, _ALL),
    )
)
