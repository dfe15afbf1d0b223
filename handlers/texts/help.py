"""Texts of `/ayuda`, `/help` and `/settings`, and of commands that there are not."""

from collections.abc import Mapping

from handlers.texts.escaping import Html
from handlers.texts.examples import Examples

MENU = "Ver esta ayuda"
DESCRIPTION = (
    "Asistente de uso interno para el programa anual de trabajo.\n\n"
    "Escriba qué se hizo, envíe la foto y toque ✅ Registrar. El avance de cada área y el informe "
    "trimestral salen "
    "de ahí; pregunte «¿cómo vamos?».\n\n"
    "Se entra con una invitación de Planeación."
)  # at most 512 characters
SHORT_DESCRIPTION = (
    "Registra actividades con un mensaje y dice cómo va el programa. Se entra con invitación."  # at most 120
)
EVERYTHING = "📜 Todo lo que puedo hacer"
MANUAL = "📖 Manual"
MANUAL_THERE = "📖 El manual está en esta dirección:"
MANUAL_HERE = "📖 El manual completo. Lo más usado está en su primera página."
MANUAL_FILE = "Manual-de-Avance.pdf"
HELP = "❓ Ayuda"
TRY = "🧪 Probar con un ejemplo"
CAPTURE = "📝 Registrar paso a paso"
DUTIES = "📋 ¿Qué me falta?"
ALL_DUTIES = "📋 ¿Quién falta de reportar?"
CALENDAR = "📅 ¿Cuándo cierra?"
REMINDERS = "🔔 Recordatorios"
PIN = "🔑 PIN"
HIDE_KEYS = "⌨️ Quitar los botones de abajo"
SHOW_KEYS = "⌨️ Poner los botones de abajo"
KEYS_SHOWN = "⌨️ Listo: los tres botones quedan debajo de donde se escribe. Se quitan en /ajustes."
KEYS_HIDDEN = "⌨️ Listo: quité los botones de abajo. Vuelven con /ajustes."

_CAPTURES = Html(
    "<b>Escríbame qué se hizo</b>, como a un colega: «{report}».\n"
    "📎 Envíe la <b>foto</b> con ese texto al pie, o después.\n"
    "Toque <b>✅ Registrar</b>. Nada se registra hasta ese toque.\n"
    "Pruébelo con estos botones:"
)
_READS = Html(
    "<b>Pregúnteme con sus palabras</b>: «¿cómo va {unit}?», «¿quién falta de reportar?».\n"
    "Le contesto con las cifras registradas y de dónde sale cada una.\n"
    "Pruébelo con estos botones:"
)
_PLAINLY = Html(
    "También puede preguntarme con sus palabras: «¿cómo va {unit}?», «qué le falta a {other}», «cuántas "
    "{measure} llevamos», «quién no ha reportado»."
)


def first_step(captures: bool, examples: Examples) -> Html:
    """Return the one gesture that matters, in at most four lines."""
    return (_CAPTURES if captures else _READS).format(report=examples.report, unit=examples.unit)


def page(commands: Mapping[str, str], captures: bool, examples: Examples) -> Html:
    """Return the gesture, then each command with its purpose, then how to ask plainly."""
    lines = [Html("/{} · {}").format(command, sentence) for command, sentence in commands.items()]
    return Html("{}\n\n<b>Esto puedo hacer por usted:</b>\n\n{}\n\n{}").format(
        first_step(captures, examples), Html("\n").join(lines), plainly(examples)
    )


def plainly(examples: Examples) -> Html:
    return _PLAINLY.format(unit=examples.unit, other=examples.other, measure=examples.measure)


def how_goes(unit: str | None) -> str:
    """Return the label of the button that asks how one's unit, or the institution, is doing."""
    return f"📊 ¿Cómo va {unit}?" if unit else "📊 ¿Cómo vamos?"


def unknown(name: str, near: str | None) -> Html:
    """Return that there is no such command; `near` is the one that is probably meant."""
    if near is None:
        return Html("No conozco la orden /{}. Escríbame qué necesita, o toque <b>❓ Ayuda</b>.").format(name)
    return Html("No conozco la orden /{}. ¿Quiso decir <b>/{}</b>?").format(name, near)


def settings(from_hour: int, to_hour: int) -> Html:
    return Html(
        "⚙️ <b>Sus ajustes</b>\nLe aviso de {} a {} h; en <b>🔔 Recordatorios</b> cambia el horario, la "
        "pausa y el sonido."
    ).format(from_hour, to_hour)
