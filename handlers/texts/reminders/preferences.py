"""Texts of `/recordatorios`: how a person wants to be reminded."""

from datetime import date

from handlers.texts.escaping import Html
from models.reminders.preferences import Loudness, Wishes
from models.tables.notice import NoticeKind
from spanish.writing import days

MENU = "Elegir a qué horas y cómo le aviso; hacer una pausa"
HOURS = "🕘 Horario"
PAUSE = "⏸ Pausa"
RESUME = "▶️ Quitar la pausa"
BACK = "« Recordatorios"
SAVED = "Guardado."
KINDS = {
    NoticeKind.MORNING: "Pendientes de la mañana",
    NoticeKind.WEEKLY: "Resumen de la semana",
    NoticeKind.OVERDUE: "Atrasos después del cierre",
    NoticeKind.SUMMARY: "Resumen al cierre",
    NoticeKind.MOVED: "Cambios del cierre",
}
LOUDNESS = {Loudness.LOUD: "🔔", Loudness.SILENT: "🔕", Loudness.OFF: "✖️"}
MEANING = {Loudness.LOUD: "con sonido", Loudness.SILENT: "sin sonido", Loudness.OFF: "no se envía"}
FROM = "🕘 ¿Desde qué hora le puedo escribir?"
PAUSE_UNTIL = (
    "⏸ ¿Hasta qué día hago la pausa? Ese día vuelvo a escribirle. "
    "También puede escribirlo: /recordatorios hasta 15 de abril"
)


def card(wishes: Wishes, kinds: list[NoticeKind], today: date) -> Html:
    """Return the current preferences; `kinds` are those that the person's roles receive."""
    paused = wishes.paused_until is not None and wishes.paused_until > today
    pause = (
        Html("hasta el {}").format(days.weekday(wishes.paused_until))
        if paused and wishes.paused_until
        else "ninguna"
    )
    lines = [
        Html("🔔 <b>Recordatorios</b>"),
        Html("Horario: de {}:00 a {}:00, solo en días hábiles").format(wishes.from_hour, wishes.to_hour),
        Html("Pausa: {}").format(pause),
        "",
        *(
            Html("{} {}: {}").format(LOUDNESS[wishes.of(kind)], KINDS[kind], MEANING[wishes.of(kind)])
            for kind in kinds
        ),
        "",
        "Toque un aviso para cambiarlo: con sonido, sin sonido o nada.",
    ]
    return Html("\n").join(lines)


def kind_button(kind: NoticeKind, loudness: Loudness) -> str:
    return f"{LOUDNESS[loudness]} {KINDS[kind]}"


def day_button(day: date) -> str:
    return days.weekday(day).capitalize()


def until(from_hour: int) -> str:
    return f"🕘 Desde las {from_hour}:00. ¿Hasta qué hora?"


def hour(each: int) -> str:
    return f"{each}:00"
