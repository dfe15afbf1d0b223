"""`/ausencia`: a director's absences, and the deputy for each."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from handlers.chat import broadcast, confirming, drafts, paging
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Command, Conversation, Conversations
from handlers.chat.flows import CARD, EDIT, Choice, StepQuestion
from handlers.chat.keyboards import button
from handlers.people import access
from handlers.people.buttons import AbsenceData, EndAbsence, NewAbsence
from handlers.texts.people import deputies as texts
from models.calendar.calendar import calendar
from models.errors import Rejected
from models.people import absences, appointing, deputies, pin, reach, roster
from models.people.absences import Absence
from models.programme.view import programmes, unit_name
from models.reminders import in_place, reminders
from models.rights import Action
from models.storage import draft as draft_rows
from models.storage.draft import Draft
from models.tables.chat.draft import DraftKind
from models.tables.notice import StandIn
from models.tables.people import Person
from spanish.reading.days import read_days

ABSENCES = 10  # per page
WHO, DAYS, DEPUTY = "who", "days", "deputy"


def ask(context: TurnContext) -> None:
    """`/ausencia`: list current and coming absences; if there are none, begin a new one."""
    known = [
        row
        for person, unit_id in _directors(context)
        if (row := absences.current(context.session, person.id or 0, unit_id, context.today)) is not None
    ]
    if not known:
        _begin(context)
        return
    named = [(row, *_names(context.session, row.person_id, row.unit_id, row.deputy_id)) for row in known]
    paging.show(
        context,
        named,
        texts.absences,
        lambda found: [
            [button(texts.end_button(name), EndAbsence(row.id or 0))] for row, name, _, _ in found
        ],
        below=[[button(texts.ANOTHER, NewAbsence())]],
        most=ABSENCES,
    )


def press(context: TurnContext, data: AbsenceData) -> None:
    """Begin another absence, or end one."""
    match data:
        case NewAbsence():
            _begin(context)
        case EndAbsence(absence_id):
            _end(context, absence_id)


def _end(context: TurnContext, absence_id: int) -> None:
    session = context.session
    row = absences.find(session, absence_id)
    if row is None:
        raise Rejected("stale_button")
    context.member.require(Action.MARK_ABSENT, row.unit_id)
    if not confirming.confirmed(context):
        return
    absences.end(session, row, context.member.person_id, context.now)
    name, unit, _ = _names(session, row.person_id, row.unit_id, row.deputy_id)
    context.edit(texts.ended(name, unit))
    _tell(context, row.deputy_id, texts.deputy_ended(name, unit))


def refresh_deputy_menus(session: Session, now: datetime, conversations: Conversations) -> bool:
    """Update the menu of one deputy whose absence began or ended; return False if there is none."""
    today = now.astimezone(programmes(session).zone).date()
    for person_id, key in deputies.turned(session, today):
        if reminders.claim(session, deputies.TURN, person_id, key, now):
            deputy = reach.reachable_member(session, person_id)
            if deputy is not None:
                access.refresh_menu(session, deputy.telegram_id, now, conversations)
                return True
    return False


def tell_ended(context: TurnContext, rows: Sequence[StandIn]) -> None:
    """Tell deputy and director about the absences of `rows` that ended with a role or an access."""
    for row in rows:
        if row.ended_at is not None:
            name, unit, deputy = _names(context.session, row.person_id, row.unit_id, row.deputy_id)
            _tell(context, row.deputy_id, texts.ended_with_post(name, unit))
            _tell(context, row.person_id, texts.your_deputy_ended(deputy, unit))


def _begin(context: TurnContext) -> None:
    directors = [each for each in _directors(context) if context.member.own.may(Action.MARK_ABSENT, each[1])]
    if not directors:
        raise Rejected("deputy_appoints" if context.member.lent else "no_directors")
    content = Absence()
    if len(directors) == 1:
        person, unit_id = directors[0]
        content = content.answering(WHO, person_id=person.id, unit_id=unit_id)
    drafts.open_new(context, DraftKind.ABSENCE, content)


class AbsenceFlow:
    """The steps of an absence; see `flows.Flow`."""

    accept = texts.SAVE
    cancelled = texts.CANCELLED
    optional: tuple[str, ...] = ()
    words: Mapping[str, int] = {}

    def read(self, stored: dict[str, Any]) -> Absence:
        return Absence.model_validate(stored)

    def steps(self, context: TurnContext, content: Absence) -> list[str]:
        return [WHO, DAYS, DEPUTY]

    def question(self, context: TurnContext, content: Absence, step: str) -> StepQuestion:
        session = context.session
        if step == WHO:
            choices = [
                Choice(texts.who_button(person.name, _unit(session, unit_id)), f"{person.id}-{unit_id}")
                for person, unit_id in _directors(context)
                if context.member.own.may(Action.MARK_ABSENT, unit_id)
            ]
            return StepQuestion(texts.WHO, choices)
        person_id, unit_id = content.director()
        name, unit, deputy = _names(session, person_id, unit_id, content.deputy_id or 0)
        if step == DAYS:
            spans = [Choice(texts.days_button(*span), _span(*span)) for span in _near(context)]
            return StepQuestion(texts.which_days(name, unit), spans, width=2)
        if step == DEPUTY:
            people = appointing.possible_deputies(session, person_id, unit_id)
            return StepQuestion(
                texts.which_deputy(name, unit), [Choice(each.name, str(each.id)) for each in people]
            )
        edits = [Choice(texts.EDITS[each], each, EDIT) for each in (DAYS, DEPUTY)]
        return StepQuestion(texts.card(name, unit, deputy, *content.days()), edits, width=2)

    def choose(self, context: TurnContext, content: Absence, step: str, value: str) -> Absence:
        if step == DAYS:
            return self.write(context, content, step, value)
        session = context.session
        if step == WHO:
            allowed = {f"{each.id}-{unit}": (each.id, unit) for each, unit in _directors(context)}
            if value not in allowed:
                raise Rejected("stale_button")
            person_id, unit_id = allowed[value]
            return content.forgetting(DEPUTY).answering(WHO, person_id=person_id, unit_id=unit_id)
        people = {
            str(each.id): each.id for each in appointing.possible_deputies(session, *content.director())
        }
        if step != DEPUTY or value not in people:
            raise Rejected("stale_button")
        return content.answering(DEPUTY, deputy_id=people[value])

    def write(self, context: TurnContext, content: Absence, step: str, text: str) -> Absence:
        if step != DAYS:
            raise Rejected("card_awaits_tap" if step == CARD else "choose_with_buttons")
        days = read_days(text, context.today)
        appointing.check_days(days, context.today)
        return content.answering(DAYS, first_day=days[0], last_day=days[1])

    def finish(self, context: TurnContext, draft: Draft, content: Absence) -> None:
        session = context.session
        row = absences.mark_absent(session, content, context.member, context.today, context.now)
        in_place.begin(session, row, context.now)
        draft.registered_at = context.now
        draft_rows.save(session, draft)
        name, unit, deputy = _names(session, row.person_id, row.unit_id, row.deputy_id)
        days = (row.from_day, row.to_day)
        context.edit(texts.saved(name, unit, deputy, *days), draft_id=draft.id)
        _tell(context, row.deputy_id, texts.to_deputy(name, unit, *days, pin.needed(session)))
        _tell(context, row.person_id, texts.to_director(unit, deputy, *days))


def _directors(context: TurnContext) -> list[tuple[Person, int]]:
    """Return the directors, with their unit, whom the person may mark absent; for a director, themselves."""
    return [
        (person, unit_id)
        for person, unit_id in appointing.directors(context.session)
        if context.member.may(Action.MARK_ABSENT, unit_id)
    ]


def _near(context: TurnContext) -> list[tuple[date, date]]:
    """Return the spans offered as buttons: today, the next working day, the rest of this week, next week."""
    following = calendar(context.session).next_working_day(context.today)
    monday = context.today - timedelta(days=context.today.weekday())
    friday, next_monday = monday + timedelta(days=4), monday + timedelta(days=7)
    spans = [(context.today, context.today), (following, following)]
    if following < friday:
        spans.append((context.today, friday))
    return [*spans, (next_monday, next_monday + timedelta(days=4))]


def _span(first: date, last: date) -> str:
    return f"{first.isoformat()} a {last.isoformat()}"


def _names(session: Session, person_id: int, unit_id: int, deputy_id: int) -> tuple[str, str, str]:
    """Return the names of the director, of the unit and of the deputy."""
    director, deputy = (roster.person_name(session, each) or "" for each in (person_id, deputy_id))
    return director, _unit(session, unit_id), deputy


def _unit(session: Session, unit_id: int) -> str:
    return unit_name(session, unit_id) or ""


def _tell(context: TurnContext, person_id: int, text: str) -> None:
    """Send the text to that person, unless they did it themselves, and update their command menu."""
    session = context.session
    chat_id = reach.reachable_chat(session, person_id)
    if chat_id is None:
        return
    if person_id != context.member.person_id:
        broadcast.tell(session, [chat_id], text, context.now)
    access.refresh_menu(session, chat_id, context.now, context.conversations)


CONVERSATION = Conversation(
    commands=(Command("ausencia", Action.MARK_ABSENT, ask, texts.MENU, paged=True),),
    callbacks=(Callback(AbsenceData, Action.MARK_ABSENT, press),),
    flows={DraftKind.ABSENCE: AbsenceFlow()},
)
