"""«¿Qué hicimos esta semana?», «¿qué hizo Ana ayer?», «¿qué se registró ayer?», «¿cuántas van?»."""

from dataclasses import replace

from handlers.activities import activities as pages
from handlers.activities import activity as activity_page
from handlers.activities.buttons import ShowActivities
from handlers.activities.listing import Listing, may_name
from handlers.answers import own_affairs
from handlers.answers.scope import Scope, scope_of, show
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Conversation, TopicAnswer
from handlers.texts.answers import activities as texts
from models.activities import reading
from models.people import roster
from models.people.roster import RosterEntry
from models.programme.view import UnitView
from models.rights import Action
from spanish.reading.questions import PeriodKind, Question, QuestionPeriod, QuestionTopic, Slot
from spanish.writing.folding import fold


def answer(context: TurnContext, asked: Question) -> None:
    """The list of what was done, by unit, line, person and days; first how many there are."""
    scope = scope_of(context, asked)
    if scope is None:
        return
    units = readable(context, asked, scope)
    if not units:
        names = [unit.name for unit in scope.units]
        context.say(texts.not_yours(names))
        return
    listing = _listing(context, asked, scope, units)
    if listing is None:
        return
    number = reading.count(context.session, listing.wanted(context))
    context.preface = "\n".join(filter(None, [context.preface, texts.how_many(number)]))
    data = ShowActivities(listing)
    pages.press(show(context, data), data)


def readable(context: TurnContext, asked: Question, scope: Scope) -> list[UnitView]:
    """The units in scope whose activities the person may read; all of theirs where no unit is named."""
    among = scope.units if scope.named else scope.within
    return [unit for unit in among if context.member.may(Action.READ_ACTIVITIES, unit.id, signed=True)]


def _listing(context: TurnContext, asked: Question, scope: Scope, units: list[UnitView]) -> Listing | None:
    """What the list shows; None where a name is nobody's, and the person was told so."""
    mine = asked.mine and not asked.own and not scope.named
    listing = Listing(scope.programme.year, mine=mine, unit_id=units[0].id if len(units) == 1 else None)
    lines = [
        line for unit in units for line in unit.lines if line.id in asked.lines or line.number == asked.line
    ]
    if len(lines) == 1:
        listing = replace(listing, line_id=lines[0].id)
    listing = _within(listing, asked.period, asked.registered)
    if not asked.unknown or mine:
        return listing
    people = named_people(context, asked.unknown, [unit.id for unit in units])
    if len(people) == 1:
        return replace(listing, author_id=people[0], unit_id=None if not scope.named else listing.unit_id)
    if not people:
        context.preface = texts.nobody(asked.unknown)
    return listing


def _within(listing: Listing, period: QuestionPeriod | None, registered: bool) -> Listing:
    """Of a day or a week what was registered then, if that is asked for; of longer ones what was done."""
    if period is None:
        return listing
    if period.kind is PeriodKind.YEAR:
        return replace(listing, year=period.first.year)
    if period.kind is PeriodKind.QUARTER:
        return replace(listing, year=period.quarter.year, quarter=period.quarter.number)
    short = period.kind in (PeriodKind.DAY, PeriodKind.WEEK)
    span = (period.first, period.last)
    return replace(listing, year=period.last.year, days=span, registered=registered and short)


def named_people(context: TurnContext, words: tuple[str, ...], unit_ids: list[int]) -> list[int]:
    """The people of those units, or of none, whose names have all the words that any name has."""
    known = [
        (each.person_id, set(fold(each.name).split()))
        for each in roster.everybody(context.session)
        if may_name(context, each) and _is_of(each, unit_ids)
    ]
    said = {word for word in words if any(word in names for _, names in known)}
    return [person_id for person_id, names in known if said and said <= names]


def _is_of(entry: RosterEntry, unit_ids: list[int]) -> bool:
    units = {pair.unit.id for pair in entry.pairs if pair.unit is not None}
    return not units or bool(units & set(unit_ids))


def last(context: TurnContext, asked: Question) -> None:
    """One's own last activity, or the one whose number is said, with its buttons."""
    if asked.number is not None:
        activity_page.show(context, asked.number, Listing.first(context))
    else:
        own_affairs.tell_last(context)


CONVERSATION = Conversation(
    answers=(
        TopicAnswer(
            QuestionTopic.ACTIVITIES,
            Action.READ_ACTIVITIES,
            answer,
            frozenset((Slot.UNIT, Slot.LINE, Slot.PERIOD, Slot.NAME)),
        ),
        TopicAnswer(QuestionTopic.LAST, Action.READ_ACTIVITIES, last, frozenset(Slot)),
    )
)
