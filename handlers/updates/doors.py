"""Everything that can be asked of the bot, and the right it needs: one ordered table.

`/ayuda`, the command menu and the tests' matrix derive from it; `handlers.routes` says what is behind each
door. What is not here is not heard, and what `models.rights` does not grant is denied.
"""

from dataclasses import dataclass

from models.rights import Action, Member


@dataclass(frozen=True)
class Door:
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
        Door("registrar", Action.CAPTURE),
        Door("avance", Action.READ_PROGRESS, in_groups=True, paged=True),
        Door("actividades", Action.READ_ACTIVITIES, paged=True),
        Door("actividad", Action.READ_ACTIVITIES, in_menu=False, numbered=True),
        Door("pendientes", Action.READ_PROGRESS, in_groups=True, paged=True),
        Door("calendario", Action.READ_PROGRESS, in_groups=True),
        Door("observacion", Action.STATE, paged=True),
        Door("presentacion", Action.STATE, paged=True),
        Door("firmar", Action.SIGN, paged=True),
        Door("informe", Action.REPORT, paged=True),
        Door("reabrir", Action.REOPEN),
        Door("ausencia", Action.MARK_ABSENT, paged=True),
        Door("programa", Action.CHANGE_PROGRAMME, paged=True),
        Door("invitar", Action.INVITE, paged=True),
        Door("personas", Action.MANAGE_PEOPLE),
        Door("estado", Action.WATCH),
        Door("recordatorios", Action.GET_HELP),
        Door("pin", Action.KEEP_PIN),
        Door("cancelar", Action.GET_HELP),
        Door("ayuda", Action.GET_HELP),
        Door("start", Action.GET_HELP, in_menu=False),
    )
}
VERBS = {
    door.name: door
    for door in (
        Door("d", Action.CAPTURE),  # a step of an open draft
        Door("new", Action.CAPTURE),  # another draft beside the open one
        Door("open", Action.CAPTURE),  # all that one has open
        Door("all", Action.CAPTURE),  # every card that one message became
        Door("undo", Action.CAPTURE),
        Door("settle", Action.CAPTURE),  # «ya cuenta»
        Door("reask", Action.CAPTURE),  # planning is asked to reopen a closed quarter
        Door("p", Action.READ_PROGRESS, in_groups=True),
        Door("pic", Action.READ_PROGRESS, in_groups=True),  # the same as a picture
        Door("acts", Action.READ_ACTIVITIES),
        Door("act", Action.READ_ACTIVITIES),  # one activity
        Door("hist", Action.READ_ACTIVITIES),
        Door("ev", Action.READ_ACTIVITIES),  # its evidence, sent into the chat
        Door("evr", Action.CAPTURE),  # what of it is missing, fetched again
        Door("fix", Action.CORRECT),
        Door("void", Action.CORRECT),
        Door("unsets", Action.CORRECT),  # what came to count, to be taken back
        Door("unset", Action.CORRECT),
        Door("ret", Action.REVIEW),  # an activity is given back to its author
        Door("unret", Action.REVIEW),
        Door("still", Action.CAPTURE),  # «sin movimiento»
        Door("obs", Action.STATE),
        Door("obsu", Action.STATE),  # the lines of a unit, one to be chosen
        Door("pres", Action.STATE),
        Door("rev", Action.REVIEW),  # planning lets a director's own stand
        Door("due", Action.READ_PROGRESS, in_groups=True),  # what is missing for a quarter
        Door("reg", Action.CAPTURE),  # a capture on a given line
        Door("cal", Action.READ_PROGRESS, in_groups=True),
        Door("calm", Action.KEEP_CALENDAR),  # a close is moved
        Door("cala", Action.KEEP_CALENDAR),  # days off are added
        Door("calr", Action.KEEP_CALENDAR),  # one is taken away
        Door("sign", Action.SIGN),  # what would be signed
        Door("rep", Action.REPORT),  # the report: its page, its files
        Door("reopen", Action.REOPEN),
        Door("abs", Action.MARK_ABSENT),
        Door("ack", Action.ATTEND),  # «Lo atiendo»
        Door("rem", Action.GET_HELP),  # how one is reminded
        Door("prog", Action.CHANGE_PROGRAMME),
        Door("adj", Action.CHANGE_PROGRAMME),  # a target is adjusted
        Door("inv", Action.INVITE),
        Door("ppl", Action.MANAGE_PEOPLE),
        Door("pinq", Action.GET_HELP),  # the question for a PIN is left
        Door("st", Action.WATCH),
    )
}


def named(command: str) -> Door | None:
    """The door that was asked for, «/actividad_12» too."""
    name, _, number = command.partition("_")
    door = COMMANDS.get(name)
    return COMMANDS.get(command) or (door if door and door.numbered and number.isdecimal() else None)


def menu(member: Member) -> list[str]:
    """The commands that this person may use, in the table's order."""
    return [door.name for door in COMMANDS.values() if door.in_menu and member.may(door.action)]
