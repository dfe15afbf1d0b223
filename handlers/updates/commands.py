"""Everything that can be asked of the bot, and the right it needs: one ordered table.

`/ayuda`, the command menu and the tests' matrix derive from it; `handlers.routes` says what is behind each
door. What is not here is not heard, and what `models.rights` does not grant is denied.
"""

from dataclasses import dataclass

from models.rights import Action, Member


@dataclass(frozen=True)
class Endpoint:
    """A command (typed after a slash) or a verb (the head of a button's data)."""

    name: str
    action: Action
    in_groups: bool = False
    in_menu: bool = True
    numbered: bool = False  # «/actividad_12» is «/actividad 12», and can be tapped in any text
    paged: bool = False  # a command whose list a button may turn to another page


COMMANDS = {
    door.name: door
    for door in (
        Endpoint("registrar", Action.CAPTURE),
        Endpoint("avance", Action.READ_PROGRESS, in_groups=True, paged=True),
        Endpoint("actividades", Action.READ_ACTIVITIES, paged=True),
        Endpoint("actividad", Action.READ_ACTIVITIES, in_menu=False, numbered=True),
        Endpoint("pendientes", Action.READ_PROGRESS, in_groups=True, paged=True),
        Endpoint("calendario", Action.READ_PROGRESS, in_groups=True),
        Endpoint("observacion", Action.STATE, paged=True),
        Endpoint("presentacion", Action.STATE, paged=True),
        Endpoint("firmar", Action.SIGN, paged=True),
        Endpoint("informe", Action.REPORT, paged=True),
        Endpoint("reabrir", Action.REOPEN),
        Endpoint("ausencia", Action.MARK_ABSENT, paged=True),
        Endpoint("programa", Action.CHANGE_PROGRAMME, paged=True),
        Endpoint("invitar", Action.INVITE, paged=True),
        Endpoint("personas", Action.MANAGE_PEOPLE),
        Endpoint("estado", Action.WATCH),
        Endpoint("recordatorios", Action.GET_HELP),
        Endpoint("pin", Action.KEEP_PIN),
        Endpoint("cancelar", Action.GET_HELP),
        Endpoint("ayuda", Action.GET_HELP),
        Endpoint("start", Action.GET_HELP, in_menu=False),
    )
}
VERBS = {
    door.name: door
    for door in (
        Endpoint("d", Action.CAPTURE),  # a step of an open draft
        Endpoint("new", Action.CAPTURE),  # another draft beside the open one
        Endpoint("open", Action.CAPTURE),  # all that one has open
        Endpoint("all", Action.CAPTURE),  # every card that one message became
        Endpoint("undo", Action.CAPTURE),
        Endpoint("settle", Action.CAPTURE),  # «ya cuenta»
        Endpoint("reask", Action.CAPTURE),  # planning is asked to reopen a closed quarter
        Endpoint("p", Action.READ_PROGRESS, in_groups=True),
        Endpoint("pic", Action.READ_PROGRESS, in_groups=True),  # the same as a picture
        Endpoint("acts", Action.READ_ACTIVITIES),
        Endpoint("act", Action.READ_ACTIVITIES),  # one activity
        Endpoint("hist", Action.READ_ACTIVITIES),
        Endpoint("ev", Action.READ_ACTIVITIES),  # its evidence, sent into the chat
        Endpoint("evr", Action.CAPTURE),  # what of it is missing, fetched again
        Endpoint("fix", Action.CORRECT),
        Endpoint("void", Action.CORRECT),
        Endpoint("unsets", Action.CORRECT),  # what came to count, to be taken back
        Endpoint("unset", Action.CORRECT),
        Endpoint("ret", Action.REVIEW),  # an activity is given back to its author
        Endpoint("unret", Action.REVIEW),
        Endpoint("still", Action.CAPTURE),  # «sin movimiento»
        Endpoint("obs", Action.STATE),
        Endpoint("obsu", Action.STATE),  # the lines of a unit, one to be chosen
        Endpoint("pres", Action.STATE),
        Endpoint("rev", Action.REVIEW),  # planning lets a director's own stand
        Endpoint("due", Action.READ_PROGRESS, in_groups=True),  # what is missing for a quarter
        Endpoint("reg", Action.CAPTURE),  # a capture on a given line
        Endpoint("cal", Action.READ_PROGRESS, in_groups=True),
        Endpoint("calm", Action.KEEP_CALENDAR),  # a close is moved
        Endpoint("cala", Action.KEEP_CALENDAR),  # days off are added
        Endpoint("calr", Action.KEEP_CALENDAR),  # one is taken away
        Endpoint("sign", Action.SIGN),  # what would be signed
        Endpoint("rep", Action.REPORT),  # the report: its page, its files
        Endpoint("reopen", Action.REOPEN),
        Endpoint("abs", Action.MARK_ABSENT),
        Endpoint("ack", Action.ATTEND),  # «Lo atiendo»
        Endpoint("rem", Action.GET_HELP),  # how one is reminded
        Endpoint("prog", Action.CHANGE_PROGRAMME),
        Endpoint("adj", Action.CHANGE_PROGRAMME),  # a target is adjusted
        Endpoint("inv", Action.INVITE),
        Endpoint("ppl", Action.MANAGE_PEOPLE),
        Endpoint("pinq", Action.GET_HELP),  # the question for a PIN is left
        Endpoint("st", Action.WATCH),
    )
}


def named(command: str) -> Endpoint | None:
    """The door that was asked for, «/actividad_12» too."""
    name, _, number = command.partition("_")
    door = COMMANDS.get(name)
    return COMMANDS.get(command) or (door if door and door.numbered and number.isdecimal() else None)


def menu(member: Member) -> list[str]:
    """The commands that this person may use, in the table's order."""
    return [door.name for door in COMMANDS.values() if door.in_menu and member.may(door.action)]
