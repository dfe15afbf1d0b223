"""What is missing for the year's targets, in one sentence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handlers.texts.progress.signs import BEHIND
from models.programme.view import TargetView
from models.progress.signal import Signal
from models.progress.status import LineStatus, TargetStatus
from spanish.writing import formats
from spanish.writing.measures import amount, awaited, counted

NAMED = 3  # measures in the sentence


@dataclass
class _Lack:
    """What is missing of one measure, and how much of it is registered but does not count yet."""

    target: TargetView
    quantity: int = 0
    pending: int = 0


def missing(lines: Sequence[LineStatus]) -> str:
    """Return «Faltan 7 actas y 3 acuerdos, 2 por publicar.»; empty if nothing is missing.

    The measures of lines behind their plan come first. What depends on third parties is left out, and so are
    informative targets and rates, of which no amount is missing.
    """
    found = _lacks(lines)
    if not found:
        return ""
    shown = found[:NAMED] if len(found) > NAMED + 1 else found
    said = [counted(each.quantity, each.target) for each in shown]
    one = said[0].startswith("1 ") and len(found) == 1
    if rest := len(found) - len(shown):
        said.append(f"{rest} cosas más")
    waiting = [
        f"{amount(each.pending, each.target)} por {awaited(each.target.counts_when)}"
        for each in shown
        if each.pending
    ]
    pending = f", {formats.joined(waiting)}" if waiting else ""
    return f"{'Falta' if one else 'Faltan'} {formats.joined(said)}{pending}."


def _lacks(lines: Sequence[LineStatus]) -> list[_Lack]:
    found: dict[tuple[str, int, str | None], _Lack] = {}
    for line in sorted(lines, key=lambda each: each.signal not in BEHIND):
        for each in _unreached(line):
            target = each.target
            key = (target.measure.lower(), target.decimals, target.counts_when)
            lack = found.setdefault(key, _Lack(target))
            lack.quantity += each.amount - each.counted
            lack.pending += each.pending
    return list(found.values())


def _unreached(line: LineStatus) -> Iterable[TargetStatus]:
    if line.signal is Signal.DEMAND:
        return ()
    return (each for each in line.counting if not each.combine.is_rate and each.counted < each.amount)
