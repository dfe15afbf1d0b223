"""Numbers of a text that the card asks about: a total, or a number that nothing explains."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.texts.activities.capture import excerpt, header
from handlers.texts.escaping import Html
from models.programme.view import LineView, TargetView, UnitView
from models.storage.forms import ActivityForm
from spanish.reading.activity import Understood
from spanish.reading.activity.facts import Doubt, DoubtKind
from spanish.writing import days
from spanish.writing.measures import amount, counted
from spanish.writing.nouns import lower

MOST = 3  # values offered
NOTHING_NEW = "Nada nuevo"


@dataclass(frozen=True)
class LikelyQuantity:
    """A quantity that may be meant, and the unexplained numbers that it includes."""

    quantity: int
    includes: tuple[Doubt, ...] = ()


def of_target(read: Understood | None, target: TargetView, kind: DoubtKind) -> tuple[Doubt, ...]:
    """Return the target's doubts of that kind."""
    found = read.doubts if read else ()
    return tuple(each for each in found if each.target_id == target.id and each.kind is kind)


def values(read: Understood, target: TargetView) -> list[LikelyQuantity]:
    """Return at most `MOST` quantities that may be meant, the likeliest first."""
    loose = of_target(read, target, DoubtKind.LOOSE)
    said = next((each.quantity for each in read.said if each.target_id == target.id), None)
    if not loose:
        weak = (each.quantity for each in of_target(read, target, DoubtKind.WEAK))
        likely = [*([] if said is None else [said]), *weak, 10**target.decimals, 0]
        return [LikelyQuantity(each) for each in dict.fromkeys(likely)][:MOST]
    each_alone = [LikelyQuantity(each.quantity, (each,)) for each in loose]
    everything = LikelyQuantity(sum(each.quantity for each in loose), loose)
    if not said or said == everything.quantity:
        found = [everything, *each_alone]
    elif any(each.quantity == said for each in loose):
        found = [LikelyQuantity(said, loose), *each_alone]
    else:
        found = [LikelyQuantity(said), LikelyQuantity(said + everything.quantity, loose), *each_alone]
    if read.unbalanced is None:
        found.append(LikelyQuantity(10**target.decimals))
    found.append(LikelyQuantity(0))
    distinct = {each.quantity: each for each in reversed(found)}
    return sorted(distinct.values(), key=found.index)[:MOST]


def how_many(
    unit: UnitView, line: LineView, target: TargetView, narrative: str, loose: Sequence[Doubt]
) -> Html:
    """Return «También leí 5 impresoras. ¿Cuánto cuenta?»."""
    return Html(
        "{}También leí {}. ¿Cuánto cuenta?\nToque o escriba la cantidad de <b>{}</b>; si fue un paso que "
        "todavía no cuenta para la meta, 0."
    ).format(header(unit, line), _quoted(narrative, loose), lower(target.measure))


def not_sure(
    unit: UnitView, line: LineView, target: TargetView, narrative: str, weak: Sequence[Doubt]
) -> Html:
    """Return «No me queda claro cuánto cuenta de «a tres áreas»»."""
    return Html(
        "{}Leí {} y no me queda claro cuánto cuenta.\nToque o escriba la cantidad de <b>{}</b>; si fue un "
        "paso que todavía no cuenta para la meta, 0."
    ).format(header(unit, line), _quoted(narrative, weak), target.measure.lower())


def new_or_total(
    unit: UnitView, line: LineView, target: TargetView, total: int, so_far: int, on: date
) -> Html:
    """Return «¿Son 18 nuevos, o es el total?», and what is registered up to that day."""
    none_new = ", así que con ese total no habría nada nuevo" if so_far >= total else ""
    return Html(
        "{}¿{} <b>{}</b> {}, o es el total?\nRegistrado hasta el {}: {}{}. También puede escribir la "
        "cantidad de <b>{}</b>."
    ).format(
        header(unit, line),
        "Es" if total == 10**target.decimals else "Son",
        amount(total, target),
        _new(total, target),
        days.day(on),
        counted(so_far, target),
        none_new,
        lower(target.measure),
    )


def all_new(total: int, target: TargetView) -> str:
    return f"{amount(total, target)} {_new(total, target)}"


def is_total(new: int, target: TargetView) -> str:
    return f"Es el total: {amount(new, target)} {_new(new, target)}"


def _new(quantity: int, target: TargetView) -> str:
    return "nuevo" if quantity == 10**target.decimals else "nuevos"


def left_out(line: LineView, content: ActivityForm, read: Understood | None) -> list[Html]:
    """Return one line for each target some of whose doubtful numbers are not in its quantity."""
    lines = []
    for target in line.targets:
        claim = content.claim(target.id)
        quantity = claim.quantity if claim else 0
        if read is not None and not read.unbalanced and (missing := _missing(read, target, quantity)):
            lines.append(Html("ℹ️ No se sumó: {}.").format(_quoted(content.narrative or "", missing)))
        total = [each for each in of_target(read, target, DoubtKind.TOTAL) if each.quantity != quantity]
        if total:
            words = _quoted(content.narrative or "", total)
            lines.append(Html("ℹ️ {} es el total; aquí cuenta lo nuevo.").format(words))
    return [Html(), *lines] if lines else []


def _missing(read: Understood, target: TargetView, quantity: int) -> tuple[Doubt, ...]:
    loose = of_target(read, target, DoubtKind.LOOSE)
    chosen = next((each for each in values(read, target) if each.quantity == quantity), None)
    if chosen is not None:
        return tuple(each for each in loose if each not in chosen.includes)
    return tuple(each for each in loose if each.quantity != quantity)


def _quoted(narrative: str, found: Sequence[Doubt]) -> Html:
    words = [excerpt(narrative[each.place[0] : each.place[1]], 60) for each in found]
    return Html(" y ").join(Html("<b>{}</b>").format(each) for each in dict.fromkeys(words))
