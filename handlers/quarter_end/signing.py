"""`/firmar`: the director sees what would be signed, completes what blocks it, and signs with one tap."""

from collections.abc import Mapping
from typing import Any

from handlers.chat import drafts, paging
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Command, Conversation
from handlers.chat.flows import Choice, StepQuestion
from handlers.chat.keyboards import button
from handlers.progress.buttons import UnitProgress
from handlers.quarter_end import duty_buttons, in_place, report, unit_news, wording
from handlers.quarter_end.buttons import Sign
from handlers.texts.quarter_end import signing as texts
from handlers.texts.quarter_end import statements as statement_texts
from models.errors import Rejected
from models.people import roster
from models.programme.view import UnitView
from models.progress.snapshot_reading import read, restore
from models.quarter import Quarter
from models.quarter_end import signing, statements
from models.quarter_end.duties import Duty
from models.quarter_end.signing import Signing
from models.quarter_end.snapshot import digest, snapshot
from models.rights import Action
from models.storage import draft as draft_rows
from models.storage.draft import Draft
from models.tables.chat.draft import DraftKind
from spanish.reading.progress_query import find_units, read_words

BLOCKING = 10  # duties per page
REPORT = "report"  # value of the button that shows the report
WORDS = "words"  # value of the button that shows the whole presentation


def ask(context: TurnContext) -> None:
    """`/firmar [unidad] [trimestre] [año]`, in any order."""
    query = read_words(context.incoming.arguments)
    units = _units(context)
    found = find_units(query.words, units)
    named = list(found.units) or units
    year = query.year or context.today.year
    quarter = Quarter(year, query.quarter) if query.quarter else None
    if len(named) == 1 and not found.unknown:
        _show(context, named[0].id, quarter)
    else:
        choices = [button(each.name, Sign(each.id, quarter)) for each in named]
        paging.choose(context, texts.WHICH_UNIT, choices)


def press(context: TurnContext, data: Sign) -> None:
    """Show the quarter of the chosen unit, or show it again after something was completed."""
    _show(context, data.unit_id, data.quarter)


def _units(context: TurnContext) -> list[UnitView]:
    """Return the units of every year's programme whose quarters the person may sign."""
    known = {unit.id: unit for _, each in sorted(context.programmes.years.items()) for unit in each.units}
    return [unit for unit in known.values() if context.member.may(Action.SIGN, unit.id)]


def _show(context: TurnContext, unit_id: int, quarter: Quarter | None) -> None:
    session = context.session
    quarter = quarter or next(signing.signable(session, unit_id, context.today), None)
    if quarter is None:
        context.member.require(Action.SIGN, unit_id)
        context.edit(texts.nothing_to_sign(*signing.next_signable(session, unit_id, context.today)))
        return
    programme, unit = signing.find_unit(session, unit_id, quarter, context.member)
    signing.check_signable(session, unit.id, quarter, context.today)
    if blocking := signing.blocking_duties(session, unit, quarter, context.now):
        _show_blocking(context, unit, quarter, blocking)
        return
    wording.fill(context, unit, quarter)
    wanted = signing.shown(session, programme, unit, quarter)
    draft = _open(context, wanted)
    if draft is None:
        drafts.open_new(context, DraftKind.SIGNATURE, wanted)
    else:
        _renew(context, draft, wanted, edit=False)


def _show_blocking(context: TurnContext, unit: UnitView, quarter: Quarter, blocking: list[Duty]) -> None:
    """Show what must be completed first, each with its buttons."""
    paging.show(
        context,
        list(enumerate(blocking, 1)),
        lambda found: texts.blocked(unit, quarter, len(blocking), found),
        lambda found: [
            row for place, each in found if (row := duty_buttons.buttons(context, unit, each, place))
        ],
        below=[[button(texts.LOOK_AGAIN, Sign(unit.id, quarter))]],
        most=BLOCKING,
    )


def _open(context: TurnContext, wanted: Signing) -> Draft | None:
    """Return the open draft of a signature of the same quarter, or None."""
    draft = drafts.newest_open(context)
    if draft is None or draft.kind is not DraftKind.SIGNATURE:
        return None
    content: Signing = drafts.read(context, draft)
    same = (content.unit_id, content.quarter) == (wanted.unit_id, wanted.quarter)
    return draft if same else None


def _renew(context: TurnContext, draft: Draft, content: Signing, edit: bool) -> None:
    """Update the draft to the quarter as it is now and show it, so that ✅ signs what is shown."""
    drafts.keep(context, draft, content)
    draft_rows.save(context.session, draft)
    drafts.show(context, draft, edit=edit)


class SigningFlow:
    """The steps of a signature; see `flows.Flow`. It has only the card."""

    accept = texts.ACCEPT
    cancelled = texts.CANCELLED
    optional: tuple[str, ...] = ()
    words: Mapping[str, int] = {}

    def read(self, stored: dict[str, Any]) -> Signing:
        return Signing.model_validate(stored)

    def steps(self, context: TurnContext, content: Signing) -> list[str]:
        return []

    def question(self, context: TurnContext, content: Signing, step: str) -> StepQuestion:
        programme, unit = signing.find_unit(context.session, content.unit_id, content.when, context.member)
        text = snapshot(context.session, programme, unit, content.when)
        replaced = signing.replaced(context.session, context.member, unit.id, context.today)
        shown = read(text)
        findings = report.to_review(context, programme, content.when, unit)
        page = texts.page(restore(text), content.when, shown, _name(context, replaced), findings)
        whole = [] if texts.fits(shown["presentation"] or "") else [Choice(texts.READ_WHOLE, WORDS)]
        return StepQuestion(page, [*whole, Choice(texts.REPORT, REPORT)])

    def choose(self, context: TurnContext, content: Signing, step: str, value: str) -> None:
        """Send the whole presentation, or the report, in a new message; the card stays as it is."""
        programme, unit = signing.find_unit(context.session, content.unit_id, content.when, context.member)
        if value == REPORT:
            context.say(*report.page(context, programme, content.when, unit))
            return
        if value != WORDS:
            raise Rejected("stale_button")
        stands = statements.presentation(context.session, unit.id, content.when)
        for each in statement_texts.pages(stands.text) if stands else ():
            context.say(each)

    def write(self, context: TurnContext, content: Signing, step: str, text: str) -> Signing:
        raise Rejected("card_awaits_tap")

    def finish(self, context: TurnContext, draft: Draft, content: Signing) -> None:
        programme, unit = signing.find_unit(context.session, content.unit_id, content.when, context.member)
        now = snapshot(context.session, programme, unit, content.when, salt=content.salt)
        if digest(now) != content.sha256:
            context.answer(texts.CHANGED, alert=True)
            _renew(context, draft, content.model_copy(update={"sha256": digest(now)}), edit=True)
            return
        signature = signing.sign(context.session, draft, content, context.member, context.now)
        text = texts.signed(signature, unit, context.zone, _name(context, signature.in_place_of))
        see = [button(texts.SEE, UnitProgress(unit.id, content.when))]
        context.edit(text, [[unit_news.pdf_button(unit, content.when)], see], draft.id)
        unit_news.tell_signed(context, programme, unit, signature)
        if signature.in_place_of is not None:
            in_place.tell_signed(context, unit, signature)


def _name(context: TurnContext, person_id: int | None) -> str | None:
    return roster.person_name(context.session, person_id)


CONVERSATION = Conversation(
    commands=(Command("firmar", Action.SIGN, ask, texts.MENU, paged=True),),
    callbacks=(Callback(Sign, Action.SIGN, press),),
    flows={DraftKind.SIGNATURE: SigningFlow()},
)
