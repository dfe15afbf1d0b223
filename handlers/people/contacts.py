"""`/contactos`: the directors of each unit, for everybody who is linked."""

from collections import defaultdict

from handlers.chat import paging
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Command, Conversation
from handlers.progress import quarter_query
from handlers.texts.people import contacts as texts
from models.people import appointing
from models.rights import Action


def ask(context: TurnContext) -> None:
    """`/contactos [unidad]`; without a unit, all of them."""
    asked = quarter_query.read(context)
    if asked is None:
        return
    units = asked.units if asked.named else asked.programme.units
    names: dict[int, list[str]] = defaultdict(list)
    for person, unit_id in appointing.directors(context.session, [unit.id for unit in units]):
        names[unit_id].append(person.name)
    found = [(unit, names[unit.id]) for unit in units]
    paging.show(context, found, texts.contacts, lambda _: [])


CONVERSATION = Conversation(
    commands=(Command("contactos", Action.GET_HELP, ask, texts.MENU, paged=True),),
)
