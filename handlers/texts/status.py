"""`/estado`: how the bot itself is doing, for planning."""

from datetime import datetime
from html import escape

from handlers.texts import days, formats
from models.condition import Condition

SHOWN = 5  # set-aside updates and names, so that it stays one screen
REFRESH = "🔄 Actualizar"
RETRYING = "De acuerdo, lo intento de nuevo."


def retry(update_id: int) -> str:
    return f"🔁 Reintentar n.º {update_id}"


def page(found: Condition, moment: datetime, heard_at: datetime | None) -> str:
    """`moment` is now and `heard_at` when Telegram was last heard, both in local time."""
    lines = [f"🩺 <b>Estado del asistente</b> · {_moment(moment)}", ""]
    heard = _moment(heard_at) if heard_at else "todavía no"
    lines.append(f"Última señal de Telegram: {heard}")
    lines.append(f"Mensajes por enviar: {formats.number(found.unsent)}")
    lines += _set_aside(found)
    if found.unreachable:
        names = ", ".join(escape(name) for name in found.unreachable[:SHOWN])
        more = len(found.unreachable) - SHOWN
        lines.append(f"📵 No les llegan mensajes: {names}" + (f" y {more} más" if more > 0 else ""))
    else:
        lines.append("Personas sin alcanzar: ninguna")
    head = f", termina en <code>{found.chain_head[:12]}</code>" if found.chain_head else ""
    lines.append(f"Bitácora: {formats.number(found.chain_length)} asientos{head}")
    return "\n".join(lines)


def _set_aside(found: Condition) -> list[str]:
    if not found.set_aside:
        return ["Mensajes apartados: ninguno"]
    lines = ["", f"⚠️ <b>Mensajes apartados: {len(found.set_aside)}</b>"]
    for row in found.set_aside[:SHOWN]:
        reason = (row.error or "").strip().rsplit("\n", 1)[-1][:80]
        lines.append(f"• n.º {row.update_id}: <code>{escape(reason)}</code>")
    return [*lines, ""]


def _moment(when: datetime) -> str:
    return f"{days.day(when.date())}, {when:%H:%M}"
