"""Tells a unit's people, and planning, that its quarter was signed or reopened, or a target changed.

People of the unit who have an open card of that quarter get a button to it.
"""

from collections.abc import Collection
from datetime import date

from handlers.chat import broadcast
from handlers.chat.context import TurnContext
from handlers.chat.flows import OpenCards
from handlers.chat.keyboards import Keyboard, button
from handlers.progress.buttons import LineProgress, UnitProgress
from handlers.quarter_end.buttons import SendReport
from handlers.texts.progress.progress import excerpt
from handlers.texts.quarter_end import signing as signing_texts
from handlers.texts.quarter_end import unit_news as texts
from models.bounds import OPEN_CARDS
from models.calendar import closing
from models.people import reach
from models.programme.view import LineView, ProgrammeView, UnitView
from models.quarter import Quarter
from models.storage import draft as draft_rows
from models.storage.draft import Draft
from models.tables.chat.draft import DraftKind
from models.tables.people import Role
from models.tables.report import ReportFormat
from models.tables.signature import Signature

CARDS = 5  # waiting cards with a button of their own


def tell_signed(context: TurnContext, programme: ProgrammeView, unit: UnitView, signature: Signature) -> None:
    """Tell planning, with the signed PDF, and everybody of the unit who did not sign."""
    session, quarter = context.session, Quarter(signature.year, signature.quarter)
    signed = len(closing.signed_units(session, quarter) & {each.id for each in programme.units})
    text = texts.signed(unit, quarter, context.member.name, signed, len(programme.units))
    in_unit = reach.reachable_in(session, unit.id)
    planning = set(reach.reachable(session, Role.PLANNING)) - set(in_unit.values())
    mine = {context.member.telegram_id}
    keyboard = [[pdf_button(unit, quarter)], [button(signing_texts.SEE, UnitProgress(unit.id, quarter))]]
    broadcast.tell(session, sorted(planning - mine), text, context.now, keyboard)
    for person_id, chat_id in in_unit.items():
        if person_id not in (context.member.person_id, signature.in_place_of):
            cards = waiting_cards(context, person_id, chat_id, unit, quarter)
            said = texts.signed_in_unit(unit, quarter, context.member.name, len(cards))
            see = [button(signing_texts.SEE, UnitProgress(unit.id, quarter))]
            broadcast.tell(session, [chat_id], said, context.now, [*card_buttons(cards), see])


def tell_reopened(
    context: TurnContext, unit: UnitView, quarter: Quarter, text: str, told: Collection[int]
) -> None:
    """Tell the unit's staff, and those of `told` who asked for it, with their waiting cards."""
    session = context.session
    chats = reach.reachable_in(session, unit.id, (Role.STAFF,))
    for person_id in told:
        chat_id = reach.reachable_chat(session, person_id)
        if chat_id is not None:
            chats[person_id] = chat_id
    chats.pop(context.member.person_id, None)
    for person_id, chat_id in chats.items():
        cards = waiting_cards(context, person_id, chat_id, unit, quarter)
        said = f"{text}{texts.waiting(len(cards))}"
        broadcast.tell(session, [chat_id], said, context.now, card_buttons(cards))


def tell_target(context: TurnContext, unit: UnitView, line: LineView, text: str) -> None:
    """Tell the unit's people that a target of the line changed."""
    see = button(signing_texts.SEE, LineProgress(line.id, Quarter.of(context.today)))
    tell_unit(context, unit, text, [[see]])


def tell_unit(context: TurnContext, unit: UnitView, text: str, keyboard: Keyboard | None = None) -> None:
    """Tell the unit's people, except who did it."""
    chats = reach.reachable_in(context.session, unit.id)
    chats.pop(context.member.person_id, None)
    broadcast.tell(context.session, chats.values(), text, context.now, keyboard)


def pdf_button(unit: UnitView, quarter: Quarter) -> dict[str, str]:
    """Return the button that sends the unit's report as PDF in a message of its own."""
    return button(texts.PDF, SendReport(unit.id, quarter, ReportFormat.PDF))


def waiting_cards(
    context: TurnContext, person_id: int, chat_id: int, unit: UnitView, quarter: Quarter
) -> list[Draft]:
    """Return the person's open cards of the unit's quarter, latest first."""
    found = draft_rows.newest_open(context.session, person_id, chat_id, 2 * OPEN_CARDS)
    return [each for each in found if _is_of(each, unit, quarter)]


def _is_of(draft: Draft, unit: UnitView, quarter: Quarter) -> bool:
    content = draft.content
    if draft.kind not in (DraftKind.ACTIVITY, DraftKind.CORRECTION) or not content.get("ends_on"):
        return False
    return content.get("unit_id") == unit.id and Quarter.of(date.fromisoformat(content["ends_on"])) == quarter


def card_buttons(cards: Collection[Draft]) -> Keyboard:
    """Return a button for each of the first cards, which shows it again."""
    named = [(each, excerpt(str(each.content.get("narrative") or ""), 30)) for each in cards]
    return [[button(texts.card_button(name), OpenCards(each.id))] for each, name in named[:CARDS]]
