"""Texts after the bot was not running for a while."""

from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.texts.escaping import Html
from spanish.writing.days import day

AWAY = "📌 Estuve un momento fuera de línea."
STILL_OPEN = Html(
    "📌 Estuve un momento fuera de línea. Su captura está a salvo y <b>sigue sin registrarse</b>."
)


def messages_lost(since: datetime, until: datetime, zone: ZoneInfo) -> str:
    return (
        "⚠️ Estuve fuera de línea y Telegram no conservó los mensajes enviados entre el "
        f"{_moment(since, zone)} y el {_moment(until, zone)}. Si escribió en ese tiempo, envíelo otra vez, "
        "por favor."
    )


def _moment(moment: datetime, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    return f"{day(local)} a las {local.hour}:{local:%M}"
