"""`/ayuda` and `/help`: what the person can ask for, with buttons that try it; and unknown commands."""

from dataclasses import dataclass
from difflib import get_close_matches

from telegram.constants import ChatAction

from handlers.chat.command_buttons import RunCommand
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Command, Conversation
from handlers.chat.examples import examples
from handlers.chat.keyboards import Keyboard, button
from handlers.chat.running_bot import RunningBot
from handlers.texts import help as texts
from handlers.texts.progress.progress import short
from handlers.updates.callback_data import CallbackData
from models.programme.view import unit_name
from models.rights import Action
from models.storage.unit_of_work import work_of
from spanish.writing.folding import fold

NEAR = 0.6  # how alike (of 1) a command must be to the one that is taken for it
SYNONYMS = {
    "menu": "ayuda", "inicio": "ayuda", "comandos": "ayuda", "progreso": "avance", "progress": "avance",
    "porcentaje": "avance", "reporte": "informe", "report": "informe", "salir": "cancelar",
    "cancel": "cancelar", "stop": "cancelar", "capturar": "registrar", "nueva": "registrar",
    "nuevo": "registrar", "agregar": "registrar", "faltantes": "pendientes", "fechas": "calendario",
    "cierre": "calendario", "historial": "actividades", "registros": "actividades", "usuarios": "personas",
    "configuracion": "ajustes", "preferencias": "ajustes", "avisos": "recordatorios",
    "titulares": "contactos",
    "guia": "manual", "instructivo": "manual", "clave": "pin", "contrasena": "pin",
}  # fmt: skip


@dataclass(frozen=True)
class Practice(CallbackData, verb="try"):
    """Show an example as a card that registers nothing."""


def show(context: TurnContext) -> None:
    """`/ayuda`: the gesture that matters, then the person's commands, then the manual."""
    captures = context.member.may(Action.CAPTURE)
    text = texts.page(context.conversations.menu(context.member), captures, examples(context))
    context.say(text, [*_tries(context), [_run(texts.MANUAL, "manual")]])


def show_briefly(context: TurnContext) -> None:
    """`/help`, «ayuda», «menú»: the same in four lines, with a button for the rest."""
    text = texts.first_step(context.member.may(Action.CAPTURE), examples(context))
    context.say(text, [*_tries(context), [_run(texts.EVERYTHING, "ayuda"), _run(texts.MANUAL, "manual")]])


def send_manual(context: TurnContext) -> None:
    """`/manual`: its address, where a setting names one, else the file."""
    address = work_of(context.session).part(RunningBot).manual_url
    if address:
        context.say(texts.MANUAL_THERE, [[{"text": texts.MANUAL, "url": address}]])
        return
    context.show_action(ChatAction.UPLOAD_DOCUMENT)
    file = {"manual": "pdf", "name": texts.MANUAL_FILE}
    context.tell(
        "sendDocument", {"document": file, "caption": texts.MANUAL_HERE}, [[_run(texts.HELP, "ayuda")]]
    )


def _tries(context: TurnContext) -> Keyboard:
    """Return three buttons, each of which shows at once what happens."""
    unit_ids = context.member.unit_ids
    name = unit_name(context.session, unit_ids[0]) if len(unit_ids) == 1 else None
    progress = _run(texts.how_goes(short(name) if name else None), "avance")
    if context.member.may(Action.CAPTURE):
        return [[button(texts.TRY, Practice())], [progress], [_run(texts.DUTIES, "pendientes")]]
    return [[progress], [_run(texts.ALL_DUTIES, "pendientes")], [_run(texts.CALENDAR, "calendario")]]


def _run(label: str, command: str) -> dict[str, str]:
    return button(label, RunCommand(command))


def tell_unknown(context: TurnContext) -> None:
    """Name the command that an unknown one probably means, among those that the person may use."""
    given = context.incoming.command or ""
    names = {name for name, each in context.conversations.commands.items() if context.member.may(each.action)}
    names -= {"start", "help", "settings"}
    said = fold(given).replace("_", "")
    near = get_close_matches(said, sorted(names | SYNONYMS.keys()), 1, NEAR)
    meant = SYNONYMS.get(near[0], near[0]) if near else None
    keys = [_run(f"/{meant}", meant)] if meant in names else []
    shown = meant if keys else None
    context.say(texts.unknown(given, shown), [[*keys, _run(texts.HELP, "ayuda")]])


CONVERSATION = Conversation(
    commands=(
        Command("ayuda", Action.GET_HELP, show, texts.MENU),
        Command("help", Action.GET_HELP, show_briefly),
        Command("manual", Action.GET_HELP, send_manual),
    )
)
