"""The list of what was registered."""

from html import escape

from handlers.texts import days
from handlers.texts.measures import amount, awaited, counted
from models.activities import ActivityView, EntryView
from models.activity import Activity
from models.programme_view import LineView, TargetView, UnitView

NOTHING = "Todavía no hay actividades registradas. Con /registrar anota la primera."
NEWER = "⬅️ Más recientes"
OLDER = "Anteriores ➡️"
EXCERPT = 90  # characters of each narrative


def counts_now(activity: Activity, entry: EntryView, target: TargetView) -> str:
    return f"☑️ Ya cuenta: {counted(entry.pending, target)} (n.º {activity.id})"


def listing(
    shown: list[ActivityView],
    lines: dict[int, tuple[UnitView, LineView]],
    targets: dict[int, TargetView],
    offset: int,
    several: bool,
) -> str:
    """One block of two lines an activity; the unit is named where the person reads several."""
    if not shown:
        return NOTHING
    blocks = [f"🗂 <b>Actividades registradas</b> · {offset + 1}–{offset + len(shown)}"]
    for each in shown:
        activity = each.activity
        placed = lines.get(activity.line_id)
        where = f"Línea {placed[1].number}" if placed else ""
        if placed and several:
            where = f"{escape(placed[0].name)} · {where}"
        head = f"<b>n.º {activity.id}</b> · {days.dates(activity.starts_on, activity.ends_on)} · {where}"
        blocks.append(f"{head}\n{_quantities(each, targets)}\n«{escape(_excerpt(activity.narrative))}»")
    return "\n\n".join(blocks)


def _quantities(each: ActivityView, targets: dict[int, TargetView]) -> str:
    said = []
    for entry in each.entries:
        target = targets.get(entry.target_id)
        if target is None or not entry.quantity:
            continue
        waits = f"{amount(entry.pending, target)} por {awaited(target.counts_when)}"
        pending = f" (<b>{waits}</b>)" if entry.pending else ""
        said.append(escape(counted(entry.quantity, target)) + pending)
    return " · ".join(said) or "Un paso que todavía no cuenta"


def _excerpt(narrative: str) -> str:
    flat = " ".join(narrative.split())
    return flat if len(flat) <= EXCERPT else flat[:EXCERPT].rstrip() + "…"
