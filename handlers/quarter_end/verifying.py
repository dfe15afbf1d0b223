"""`/verificar CÓDIGO`: whether a signed report is authentic, for anybody who has it in hand."""

from sqlmodel import Session

from handlers.chat.context import TurnContext
from handlers.chat.conversations import Command, Conversation
from handlers.texts.escaping import Html
from handlers.texts.quarter_end import verifying as texts
from models.activities.detail import names
from models.programme.view import programmes, unit_name
from models.quarter_end import report_code
from models.rights import Action

COMMAND = "verificar"


def ask(context: TurnContext) -> None:
    """`/verificar [código]`; without one, say where it is printed."""
    if context.incoming.arguments:
        context.say(answer(context.session, context.incoming.arguments))
    else:
        context.say(texts.WHERE)


def answer(session: Session, said: str) -> Html:
    """Return which report has that code and who signed it, or that none has; nothing else of it."""
    code = report_code.read(said)
    known = report_code.find(session, code) if code else None
    if known is None:
        return texts.UNKNOWN
    people = names(session, [who for each in known.signatures for who in (each.signed_by, each.in_place_of)])
    signers = [
        texts.signer(
            people.get(each.signed_by),
            people.get(each.in_place_of) if each.in_place_of else None,
            None if known.unit is not None else unit_name(session, each.unit_id),
        )
        for each in known.signatures
    ]
    of = unit_name(session, known.unit) if known.unit is not None else None
    programme = programmes(session).years.get(known.quarter.year)
    institution = programme.institution["short_name"] if programme else None
    return texts.authentic(known.quarter, of or institution, signers, known.in_force)


CONVERSATION = Conversation(commands=(Command(COMMAND, Action.GET_HELP, ask),))
