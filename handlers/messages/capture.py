"""`/registrar`: the guided capture of an activity, with words after it what they say; and «Deshacer»."""

from handlers.activities import review_news
from handlers.chat import drafts
from handlers.chat.keyboards import button
from handlers.chat.talk import Talk
from handlers.messages import message, open_cards, room
from handlers.reading.units import capturable_units
from handlers.texts.activities import capture as texts
from handlers.texts.activities import opened
from models.activities import registration, returning
from models.errors import Rejected
from models.storage.filled import Filled
from models.tables.draft import DraftKind
from spanish.reading.courtesy import is_courtesy


def begin(talk: Talk) -> None:
    """Ask the first question; a capture that is still open is shown instead, with a way to begin another.

    `/registrar 2 asesorías ayer` is the same as writing it.
    """
    if not is_courtesy(talk.heard.arguments):
        message.tell(talk, talk.heard.arguments)
        return
    draft = drafts.newest_open(talk)
    if draft is None:
        begin_another(talk)
        return
    extra = [button(texts.ANOTHER, "new")]
    if len(open_cards.held(talk)) > 1:
        extra.append(button(opened.SEE, room.VERB))
    drafts.show(talk, draft, edit=False, preface=texts.STILL_OPEN, extra=extra)


def begin_another(talk: Talk) -> None:
    """A new draft beside those that are open."""
    units = capturable_units(talk)
    if not units:
        raise Rejected("no_programme", year=talk.today.year)
    drafts.open_new(talk, DraftKind.ACTIVITY, Filled(unit_id=units[0].id if len(units) == 1 else None))


def undo(talk: Talk) -> None:
    """«Deshacer»: within ten minutes, by its author."""
    activity_id = talk.argument(1)
    given = returning.open_return(talk.session, activity_id)
    activity = registration.undo(talk.session, activity_id, talk.member, talk.now)
    review_news.tell_withdrawn(talk, activity, given)
    talk.edit(texts.undone(activity_id))
