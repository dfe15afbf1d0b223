"""Texts of `/estado`: the state of the bot, for planning. What needs attention begins with ⚠️."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from handlers.texts.escaping import Html, escape
from handlers.texts.undelivered import A_GROUP
from models.operations import drill
from models.operations.backup import is_stale
from models.operations.condition import LITTLE_ROOM, SLOW, Condition
from models.people.signers import UnitWithoutSigner, Unsignable
from models.tables.operations.drill import RestoreDrill
from models.tables.operations.store_fault import FaultKind
from spanish.writing import days, formats

MENU = "Ver cómo está el asistente"
SHOWN = 5  # set-aside updates and names, so that it stays one screen
REFRESH = "🔄 Actualizar"
RETRYING = "De acuerdo, lo intento de nuevo."
_MEGABYTE = 1_000_000
_WHY = {
    Unsignable.NO_DIRECTOR: "no tiene titular",
    Unsignable.ABSENT: "su titular está ausente y nadie le suple",
    Unsignable.UNREACHABLE: "a su titular no le llegan los mensajes",
}


def retry(update_id: int) -> str:
    return f"🔁 Reintentar n.º {update_id}"


def send_again(row: int) -> str:
    return f"🔁 Volver a enviar n.º {row}"


def send_all_again(count: int) -> str:
    return f"🔁 Volver a enviar los {count}"


def page(found: Condition, moment: datetime, unsignable: Sequence[UnitWithoutSigner] = ()) -> Html:
    """Return the page; `moment` is now in local time."""
    incoming = _moment(found.heard_at, moment) if found.heard_at else "todavía no"
    lines = [
        Html("🩺 <b>Estado del asistente</b> · {}").format(_moment(moment, moment)),
        "",
        Html("Última señal de Telegram: {}").format(incoming),
        _unsent(found, moment),
        *_undelivered(found),
        *_set_aside(found),
        _unreachable(found),
        _evidence(found),
        *_faults(found),
        *without_signer(unsignable),
    ]
    if found.free_bytes is not None:
        lines.append(
            Html("{}Espacio libre: {}").format(
                _warning(found.free_bytes < LITTLE_ROOM), _size(found.free_bytes)
            )
        )
    lines.append(_backup(found, moment))
    if found.last_drill is not None:
        lines.append(_drill(found.last_drill, moment))
    lines += [Html("Capturas abiertas: {}").format(formats.number(found.open_drafts))]
    if found.signatures:
        signed, units = found.signatures.signed, found.signatures.units
        lines.append(
            Html("Firmas del {}: {} de {}").format(formats.quarter(found.signatures.quarter), signed, units)
        )
    head = Html(", termina en <code>{}</code>").format(found.chain_head[:12]) if found.chain_length else ""
    lines.append(Html("Bitácora: {} asientos{}").format(formats.number(found.chain_length), head))
    return Html("\n").join(lines)


def without_signer(found: Sequence[UnitWithoutSigner]) -> list[Html]:
    """Return a line for each unit that nobody can sign, with the reason."""
    return [Html("⚠️ Nadie puede firmar {}: {}").format(each.unit.name, _WHY[each.why]) for each in found]


def unsignable_news(found: Sequence[UnitWithoutSigner]) -> Html:
    """Return, for planning, which units nobody can sign, and what to do."""
    head = Html("✍️ <b>Unidades que nadie puede firmar</b>")
    ways = "Invite a su titular con /invitar, o anote quién suple con /ausencia."
    return Html("\n").join([head, *without_signer(found), "", ways])


def _unsent(found: Condition, moment: datetime) -> str:
    line = f"Mensajes por enviar: {formats.number(found.unsent)}"
    if found.unsent_since is None:
        return line
    waits = moment - found.unsent_since
    return f"{_warning(waits > SLOW)}{line}, el más antiguo de {_age(waits)}"


def _undelivered(found: Condition) -> list[Html]:
    if not found.undelivered:
        return []
    lines = [Html(), Html("⚠️ <b>Sin poder entregarse: {}</b>").format(len(found.undelivered))]
    for row in found.undelivered[:SHOWN]:
        whose = escape(row.name) if row.name else A_GROUP
        lines.append(Html("• n.º {}, para {}: <code>{}</code>").format(row.row, whose, row.error[:80]))
    return [*lines, Html()]


def _set_aside(found: Condition) -> list[Html]:
    if not found.set_aside:
        return [Html("Mensajes apartados: ninguno")]
    lines = [Html(), Html("⚠️ <b>Mensajes apartados: {}</b>").format(len(found.set_aside))]
    for row in found.set_aside[:SHOWN]:
        reason = (row.error or "").strip().rsplit("\n", 1)[-1][:80]
        lines.append(Html("• n.º {}: <code>{}</code>").format(row.update_id, reason))
    return [*lines, Html()]


def _unreachable(found: Condition) -> Html:
    if not found.unreachable:
        return Html("Personas sin alcanzar: ninguna")
    names = Html(", ").join(escape(name) for name in found.unreachable[:SHOWN])
    more = len(found.unreachable) - SHOWN
    return Html("📵 No les llegan mensajes: {}").format(names) + (
        Html(" y {} más").format(more) if more > 0 else ""
    )


def _evidence(found: Condition) -> str:
    """Return the counts of evidence; a missing file that is retried is counted as waiting too."""
    line = f"Archivos por llegar: {formats.number(found.waiting)}"
    return f"⚠️ {line} · {formats.number(found.missing)} con falla" if found.missing else line


def _faults(found: Condition) -> list[str]:
    """Return what is wrong with stored files, one line each."""
    said = {
        FaultKind.ALTERED: "cambiados en el servidor, no se envían",
        FaultKind.MISSING: "que faltan en el servidor",
        FaultKind.UNNAMED: "sin registro, demasiados para apartarlos",
    }
    return [f"⚠️ Archivos {said[kind]}: {formats.number(number)}" for kind, number in found.faults.items()]


def _backup(found: Condition, moment: datetime) -> str:
    last = found.last_backup
    if last is None:
        return "⚠️ Último respaldo: ninguno todavía"
    made = f"Último respaldo: {_moment(last.made_at, moment)} · {_size(last.bytes)}"
    if not is_stale(last, moment):
        return made
    return f"⚠️ {made}, {_age(moment - last.made_at)}"


def _drill(last: RestoreDrill, moment: datetime) -> str:
    """Return when a backup was last restored as a trial, and whether it could be."""
    said = f"Último simulacro de restauración: {_moment(last.done_at, moment)}"
    if last.failure is not None:
        return f"⚠️ {said} · falló. Quien administra el servidor tiene el motivo"
    if drill.is_stale(last, moment):
        return f"⚠️ {said}, {_age(moment - last.done_at)}"
    return f"{said} · bien"


def _warning(needed: bool) -> str:
    return "⚠️ " if needed else ""


def _size(size: int) -> str:
    """Return «52 MB» or «1.2 GB»."""
    if size < 1000 * _MEGABYTE:
        return f"{max(round(size / _MEGABYTE), 1)} MB"
    return f"{size / (1000 * _MEGABYTE):,.1f} GB"


def _age(since: timedelta) -> str:
    """Return «hace 9 días» or «hace 12 min»."""
    seconds = max(int(since.total_seconds()), 0)
    for length, one, many in ((86_400, "día", "días"), (3600, "h", "h"), (60, "min", "min")):
        if seconds >= length:
            count = seconds // length
            return f"hace {formats.number(count)} {one if count == 1 else many}"
    return f"hace {seconds} s"


def _moment(when: datetime, moment: datetime) -> str:
    local = when.astimezone(moment.tzinfo)
    return f"{days.day(local.date(), moment.year)}, {local:%H:%M}"
