"""Texts of an activity's history, latest first."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from handlers.texts.activities import facts, fields
from handlers.texts.activities.activity import deed
from handlers.texts.activities.evidence import counted as pieces
from handlers.texts.activities.review import returned
from handlers.texts.escaping import Html
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


def page(activity_id: int, events: Sequence[Event], known: Programmes, zone: ZoneInfo) -> Html:
    """Return one block per event: what, by whom, when."""
    blocks = [Html("🕘 <b>Historia de la n.º {}</b>").format(activity_id)]
    for event in events:
        head, *details = _told(event, known)
        blocks.append(Html("\n").join([head, deed(Deed(event.name, event.at), zone), *details]))
    return Html("\n\n").join(blocks)


def _told(event: Event, known: Programmes) -> list[Html]:
    """Return what happened, then its details."""
    match event.what:
        case HistoryEvent.REGISTERED:
            assert event.after is not None
            said = facts.fields(known, event.after)
            return [Html("📝 <b>Registrada</b>"), *(said[label] for label in _REGISTERED if label in said)]
        case HistoryEvent.CORRECTED:
            assert event.before is not None and event.after is not None
            changes = facts.differences(known, event.before, event.after)
            return [
                Html("✏️ <b>Versión {}</b>").format(event.version),
                *(changes or [Html("Cambió la evidencia.")]),
            ]
        case HistoryEvent.SETTLED:
            return [Html("☑️ <b>Ya cuenta:</b> {}").format(_settled(event, known))]
        case HistoryEvent.TAKEN_BACK:
            return [Html("↩️ <b>Se quitó:</b> {}").format(_settled(event, known))]
        case HistoryEvent.ADDED:
            return [Html("📎 <b>Evidencia nueva:</b> {}").format(_pieces(event))]
        case HistoryEvent.REMOVED:
            return [Html("📎 <b>Evidencia quitada:</b> {}").format(_pieces(event))]
        case HistoryEvent.REVIEWED:
            return [Html("👌 <b>Revisada la versión {}</b>").format(event.version)]
        case HistoryEvent.RETURNED:
            return [Html("↩️ <b>Devuelta:</b> {}").format(returned(event.reason or "", event.step))]
        case HistoryEvent.KEPT:
            return [Html("↩️ <b>Se retiró la devolución</b>")]
        case HistoryEvent.WITHDRAWN:
            return [
                Html("🗑 <b>Retirada:</b> {}").format(event.reason)
                if event.reason
                else Html("↩️ <b>Deshecha</b>")
            ]


def _settled(event: Event, known: Programmes) -> Html:
    assert event.settlement is not None
    target = _target(known, event.target_id)
    quantity = counted(event.settlement.quantity, target) if target else str(event.settlement.quantity)
    return Html("{}, desde el {}").format(quantity, days.day(event.settlement.counts_on))


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
