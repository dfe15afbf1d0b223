"""What only the person's own affairs answer: their lines, what is open, what they can sign, what to mend."""

from handlers.activities.buttons import ShowActivity, Withdraw
from handlers.activities.listing import Listing
from handlers.activity_form.buttons import Correct, Undo
from handlers.chat import drafts, help
from handlers.chat.command_buttons import RunCommand
from handlers.chat.context import TurnContext
from handlers.chat.examples import examples
from handlers.chat.keyboards import Keyboard, button, rows
from handlers.progress.buttons import LineProgress, UnitProgress
from handlers.quarter_end.buttons import Sign
from handlers.texts import help as page_texts
from handlers.texts.activities import activity as activity_texts
from handlers.texts.activities import capture as capture_texts
from handlers.texts.activities import opened as opened_texts
from handlers.texts.answers import activities as last_texts
from handlers.texts.answers import help as texts
from handlers.texts.progress import progress as progress_texts
from models.activities import reading
from models.activities.registration import UNDO_WITHIN
from models.calendar import closing
from models.programme.view import ProgrammeView, UnitView
from models.quarter import Quarter
from models.quarter_end import signing
from models.rights import Action
from models.storage.draft import Draft
from models.tables.activity import Activity

TITLE = 40  # characters of a line's title


def tell_lines(context: TurnContext) -> None:
    """«¿Cuáles son mis líneas?»: those of one's unit, each with its button; without a unit, the units."""
    programme = context.programmes.of(context.today) or context.programmes.newest()
    if programme is None:
        help.show_briefly(context)
        return
    own = [unit for unit in programme.units if unit.id in context.member.unit_ids]
    quarter = Quarter.of(context.today)
    if len(own) == 1:
        _say_lines(context, own[0], quarter)
        return
    units = own or list(programme.units)
    keys = [button(progress_texts.short(each.name), UnitProgress(each.id, quarter)) for each in units]
    context.say(texts.units(sum(len(each.lines) for each in units), len(units)), rows(keys, 2))


def _say_lines(context: TurnContext, unit: UnitView, quarter: Quarter) -> None:
    named = [(line.number, progress_texts.excerpt(line.title, TITLE)) for line in unit.lines]
    keys = [
        button(f"{line.number} · {progress_texts.excerpt(line.title, TITLE)}", LineProgress(line.id, quarter))
        for line in unit.lines
    ]
    context.say(texts.lines(unit.name, named), rows(keys, 1))


def tell_whether_to_sign(context: TurnContext) -> None:
    """«¿Ya puedo firmar?»: yes, or what is missing; to who signs nothing, who does."""
    found = _unit_to_sign(context)
    if found is None:
        context.say(texts.NOT_YOURS_TO_SIGN, _command(page_texts.DUTIES, "pendientes"))
        return
    programme, unit = found
    quarter = next(signing.signable(context.session, unit.id, context.today), None)
    if quarter is None:
        _tell_nothing_to_sign(context, programme, unit)
    elif blocking := signing.blocking_duties(context.session, unit, quarter, context.now):
        key = button(texts.WHAT_LACKS, Sign(unit.id, quarter))
        context.say(texts.lacking(quarter, len(blocking)), [[key]])
    else:
        context.say(texts.may_sign(quarter), [[button(texts.SIGN, Sign(unit.id, quarter))]])


def _unit_to_sign(context: TurnContext) -> tuple[ProgrammeView, UnitView] | None:
    """Return the first unit whose quarters the person may sign, with its newest programme."""
    for programme in sorted(context.programmes.years.values(), key=lambda each: -each.year):
        for unit in programme.units:
            if context.member.may(Action.SIGN, unit.id):
                return programme, unit
    return None


def _tell_nothing_to_sign(context: TurnContext, programme: ProgrammeView, unit: UnitView) -> None:
    """Say that the running quarter has not ended, or that the last one is signed."""
    running = Quarter.of(context.today)
    ended = running.last_day <= context.today
    if ended or closing.signed(context.session, unit.id, running) is not None:
        context.say(texts.signed_already(running), [[button(texts.SEE, UnitProgress(unit.id, running))]])
        return
    context.say(texts.nothing_to_sign(running), _command(page_texts.DUTIES, "pendientes"))


def tell_what_to_mend(context: TurnContext) -> None:
    """«Me equivoqué»: the open card, where there is one, else the last activity with what mends it."""
    draft = _open_draft(context)
    if draft is not None:
        drafts.show(context, draft, edit=False, preface=texts.OPEN_FIRST)
        return
    activity = _last(context)
    if activity is None:
        key = (
            (page_texts.CAPTURE, "registrar")
            if context.member.may(Action.CAPTURE)
            else (page_texts.HELP, "ayuda")
        )
        context.say(texts.NOTHING_WRONG, _command(*key))
        return
    context.say(texts.which_to_mend(activity.id or 0, activity.narrative), _mending(context, activity))


def tell_last(context: TurnContext) -> None:
    """«Borra mi última actividad»: it, with the buttons that undo, withdraw and correct it."""
    if not context.member.may(Action.CAPTURE):
        context.say(
            texts.filled(texts.READS_ONLY, examples(context)), _command(page_texts.how_goes(None), "avance")
        )
        return
    activity = _last(context)
    opened = [[button(opened_texts.SEE, RunCommand("registrar"))]] if _open_draft(context) else []
    if activity is None:
        context.say(last_texts.NONE_OF_YOURS, opened or _command(page_texts.CAPTURE, "registrar"))
        return
    text = last_texts.your_last(activity.id or 0, activity.narrative)
    context.say(text, [*_mending(context, activity), *opened])


def tell_what_is_registered(context: TurnContext) -> None:
    """«¿Ya quedó?»: the open card is not; else the last activity is."""
    draft = _open_draft(context)
    if draft is not None:
        drafts.show(context, draft, edit=False, preface=texts.STILL_OPEN)
        return
    activity = _last(context)
    if activity is None:
        context.say(last_texts.NONE_OF_YOURS, _command(page_texts.CAPTURE, "registrar"))
        return
    at = activity.registered_at.astimezone(context.zone)
    context.say(texts.registered(activity.id or 0, activity.narrative, at), _mending(context, activity))


def _open_draft(context: TurnContext) -> Draft | None:
    """Return the newest card that waits for its tap or for an answer."""
    draft = drafts.newest_open(context) if context.member.may(Action.CAPTURE) else None
    return draft if draft is not None and draft.waits_since is None else None


def _last(context: TurnContext) -> Activity | None:
    member = context.member
    if not member.may(Action.CAPTURE):
        return None
    newest = reading.newest_of(context.session, member.person_id, member.unit_ids)
    return reading.find(context.session, newest, member) if newest is not None else None


def _mending(context: TurnContext, activity: Activity) -> Keyboard:
    """Return what undoes or corrects the activity now, and the button that shows it whole."""
    number = activity.id or 0
    fresh = context.now - activity.registered_at <= UNDO_WITHIN
    ends = (
        button(capture_texts.UNDO, Undo(number))
        if fresh
        else button(activity_texts.WITHDRAW, Withdraw(number))
    )
    whole = button(texts.WHOLE, ShowActivity(number, Listing.first(context)))
    return [[button(capture_texts.CORRECT, Correct(number)), ends], [whole]]


def _command(label: str, name: str) -> Keyboard:
    return [[button(label, RunCommand(name))]]
