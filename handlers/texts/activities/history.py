"""What happened to one activity, the latest first."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from handlers.texts.activities import facts, fields
from handlers.texts.activities.activity import deed
from handlers.texts.activities.evidence import counted as pieces
from handlers.texts.activities.review import returned
from handlers.texts.escaping import escape
from models.activities.detail import Deed
from models.activities.history import Event, HistoryEvent
from models.programme.view import Programmes, TargetView
from models.tables.evidence import EvidenceKind
from spanish.writing import days
from spanish.writing.formats import joined
from spanish.writing.measures import counted

BACK = "⬅️ A la actividad"
EARLIER = "Antes ➡️"
LATER = "⬅️ Después"
_REGISTERED = tuple(each.label for each in (fields.LINE, fields.QUANTITIES, fields.DAYS))


def page(activity_id: int, events: Sequence[Event], known: Programmes, zone: ZoneInfo) -> str:
    """One block for each thing that happened: what, by whom, when."""
    blocks = [f"🕘 <b>Historia de la n.º {activity_id}</b>"]
    for event in events:
        head, *details = _told(event, known)
        blocks.append("\n".join([head, f"{deed(Deed(event.name, event.at), zone)}", *details]))
    return "\n\n".join(blocks)


def _told(event: Event, known: Programmes) -> list[str]:
    """What happened, then its details."""
    match event.what:
        case HistoryEvent.REGISTERED:
            assert event.after is not None
            said = facts.fields(known, event.after)
            return ["📝 <b>Registrada</b>", *(said[label] for label in _REGISTERED if label in said)]
        case HistoryEvent.CORRECTED:
            assert event.before is not None and event.after is not None
            changes = facts.differences(known, event.before, event.after)
            return [f"✏️ <b>Versión {event.version}</b>", *(changes or ["Cambió la evidencia."])]
        case HistoryEvent.SETTLED:
            return [f"☑️ <b>Ya cuenta:</b> {_settled(event, known)}"]
        case HistoryEvent.TAKEN_BACK:
            return [f"↩️ <b>Se quitó:</b> {_settled(event, known)}"]
        case HistoryEvent.ADDED:
            return [f"📎 <b>Evidencia nueva:</b> {_pieces(event)}"]
        case HistoryEvent.REMOVED:
            return [f"📎 <b>Evidencia quitada:</b> {_pieces(event)}"]
        case HistoryEvent.REVIEWED:
            return [f"👌 <b>Revisada la versión {event.version}</b>"]
        case HistoryEvent.RETURNED:
            return [f"↩️ <b>Devuelta:</b> {returned(event.reason or '', event.step)}"]
        case HistoryEvent.KEPT:
            return ["↩️ <b>Se retiró la devolución</b>"]
        case HistoryEvent.WITHDRAWN:
            return [f"🗑 <b>Retirada:</b> {escape(event.reason)}" if event.reason else "↩️ <b>Deshecha</b>"]


def _settled(event: Event, known: Programmes) -> str:
    assert event.settlement is not None
    target = _target(known, event.target_id)
    quantity = counted(event.settlement.quantity, target) if target else str(event.settlement.quantity)
    return f"{escape(quantity)}, desde el {days.day(event.settlement.counts_on)}"


def _target(known: Programmes, target_id: int | None) -> TargetView | None:
    return next(
        (
            target
            for programme in known.years.values()
            for _, line in programme.lines()
            for target in line.targets
            if target.id == target_id
        ),
        None,
    )


def _pieces(event: Event) -> str:
    return joined([pieces(kind, event.pieces[kind]) for kind in EvidenceKind if event.pieces[kind]])
