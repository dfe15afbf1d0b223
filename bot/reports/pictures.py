"""Copies the pictures that a report prints into a folder, compared with their hashes.

A missing or altered copy is made again from the original. A picture that cannot be shown is left out, and the
report says so in its place.
"""

import asyncio
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.evidence import recopying
from bot.storage.store import Altered, Store
from models.tables.evidence import place
from models.tables.operations.store_fault import FaultKind
from models.tables.report import ReportFormat
from reports.quarterly import Report
from reports.quarterly.content import Figure

WITH_PICTURES = (ReportFormat.WORD, ReportFormat.PDF)

log = logging.getLogger(__name__)


@dataclass
class PictureFaults:
    """Problems found while copying pictures.

    `faults`: what was wrong with files. `renewed`: the new copy's hash by its original's. `others`: of these
    the copies whose hash changed, by their former hash.
    """

    faults: dict[str, FaultKind] = field(default_factory=dict)
    renewed: dict[str, str] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)


async def lay(store: Store, report: Report, folder: Path, now: datetime, laid: PictureFaults) -> None:
    """Copy the report's pictures into the folder, and collect problems in `laid`.

    Raises OSError and `Unfinished`.
    """
    originals = {figure.copy_sha256: figure.sha256 for figure in _figures(report)}
    for copy, original in originals.items():
        fault = await asyncio.to_thread(_lay, store, copy, folder)
        if fault is None:
            continue
        log.error("The copy %s is %s", copy, fault.value)
        laid.faults[copy] = fault
        renewed = await recopying.renew(store, original, now)
        if renewed is not None:
            await asyncio.to_thread(_lay, store, renewed, folder)
            laid.renewed[original] = renewed
            if renewed != copy:
                laid.others[copy] = renewed


def _figures(report: Report) -> Iterator[Figure]:
    for unit in report.units:
        for line in unit.lines:
            for activity in line.activities:
                for group in activity.groups:
                    yield from group.figures


def _lay(store: Store, sha256: str, folder: Path) -> FaultKind | None:
    """Copy one file; return what is wrong with it if that failed, else None."""
    target = place(folder, sha256)
    target.parent.mkdir(exist_ok=True, mode=0o700)
    try:
        store.lay(sha256, target)
    except Altered:
        return FaultKind.ALTERED
    except FileNotFoundError:
        return FaultKind.MISSING
    return None
