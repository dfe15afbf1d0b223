"""What is public: quarters of which a unit's signature is in force, and these units alone.

A reopened quarter is no longer public until it is signed again. Everything is read from signed snapshots.
"""

import asyncio
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Engine, func
from sqlmodel import Session, select

from bot.clock import Clock
from bot.reports.make import images_in
from bot.reports.making import fingerprint, printed
from bot.reports.pictures import PictureFaults
from bot.storage.store import Store
from models.calendar.closing import signed_units
from models.operations import report_order
from models.programme.view import Programmes, ProgrammeView, programmes
from models.quarter import Quarter
from models.storage.database import reading, transaction
from models.tables.report import MadeReport, ReportFormat
from models.tables.signature import Reopening, Signature
from reports import picture
from reports.public_page import PublicQuarter
from reports.quarterly import Report
from reports.quarterly.making import make

Version = tuple[int, int]


class NotPublic(LookupError):
    """There is no such quarter or unit, or it is not signed."""


class Publication:
    """Reads what is public, and makes its documents. All but `document` blocks: run it in a thread."""

    def __init__(self, engine: Engine, clock: Clock, store: Store, folder: Path) -> None:
        self._engine, self._clock, self._store, self._folder = engine, clock, store, folder
        self._making = asyncio.Lock()

    def version(self) -> Version:
        """Return a value that changes with every signature and reopening."""
        with reading(self._engine) as session:
            newest = (session.exec(select(func.max(each))).one() for each in (Signature.id, Reopening.id))
            signature, reopening = (each or 0 for each in newest)
            return signature, reopening

    def institution(self) -> str:
        """Return the name in the newest programme; empty if there is none."""
        with reading(self._engine) as session:
            years = programmes(session).years
            return str(years[max(years)].institution["name"]) if years else ""

    def quarters(self) -> list[PublicQuarter]:
        with reading(self._engine) as session:
            return [
                PublicQuarter(quarter, len(signed))
                for quarter, programme in _all_quarters(programmes(session))
                if (signed := _signed(session, programme, quarter))
            ]

    def report(self, key: str, unit_key: str | None = None) -> tuple[Report, bool]:
        """Return the report of the signed units, or of one, and whether it has all of the programme's.

        Raises `NotPublic`.
        """
        try:
            quarter = Quarter.parse(key)
        except ValueError as error:
            raise NotPublic from error
        with reading(self._engine) as session:
            known = programmes(session)
            programme = known.years.get(quarter.year)
            signed = _signed(session, programme, quarter) if programme else set()
            if programme is None or not signed:
                raise NotPublic
            unit = None
            if unit_key is not None:
                unit = next((each for each in programme.units if each.key == unit_key), None)
                if unit is None or unit.id not in signed:
                    raise NotPublic
            today = self._clock.now().astimezone(known.zone).date()
            images = partial(images_in, self._folder / "images")
            report = make(session, programme, quarter, today, unit, images, signed_only=True)
            everything = make(session, programme, quarter, today, unit, lambda name: None)
        if not report.units:  # signed for a quarter that is not over by the bot's clock
            raise NotPublic
        return report, not everything.draft

    def chart(self, key: str) -> bytes:
        """Return the picture of the signed units. Raises `NotPublic`."""
        return picture.draw(picture.chart_of_report(self.report(key)[0]))

    async def document(self, key: str, unit_key: str | None) -> bytes:
        """Return the PDF of a unit, or of all if all signed; it is made once, and kept with the evidence.

        Raises `NotPublic`, and `NotRendered` if it cannot be made.
        """
        report, complete = await asyncio.to_thread(self.report, key, unit_key)
        if not complete:
            raise NotPublic
        async with self._making:
            return await self._kept(report)

    async def _kept(self, report: Report) -> bytes:
        print_of, kind, now = fingerprint(report), ReportFormat.PDF, self._clock.now()
        known = await asyncio.to_thread(self._known, print_of, kind)
        if known is not None:
            return known
        _, sha256 = await printed(self._store, report, kind, None, PictureFaults(), now)
        await asyncio.to_thread(self._note, report, print_of, kind, sha256, now)
        return await asyncio.to_thread(self._content, sha256)

    def _known(self, print_of: str, kind: ReportFormat) -> bytes | None:
        with reading(self._engine) as session:
            found = report_order.made(session, print_of, kind)
        if found is None or not self._store.matches(found.sha256):
            return None
        return self._content(found.sha256)

    def _content(self, sha256: str) -> bytes:
        with self._store.open(sha256) as file:
            return file.read()

    def _note(self, report: Report, print_of: str, kind: ReportFormat, sha256: str, now: datetime) -> None:
        with transaction(self._engine) as session:
            row = report_order.made(session, print_of, kind) or MadeReport(
                fingerprint=print_of,
                format=kind,
                year=report.quarter.year,
                quarter=report.quarter.number,
                unit_id=None if report.whole else _unit_id(session, report),
                signed=True,
                sha256=sha256,
                bytes=0,
                made_at=now,
            )
            row.sha256, row.bytes = sha256, self._store.size(sha256)
            session.add(row)


def _all_quarters(known: Programmes) -> Iterator[tuple[Quarter, ProgrammeView]]:
    for year, programme in known.years.items():
        for quarter in Quarter.all_of(year):
            yield quarter, programme


def _signed(session: Session, programme: ProgrammeView, quarter: Quarter) -> set[int]:
    """Return the units of the programme that signed, without reading what they signed."""
    return signed_units(session, quarter) & {each.id for each in programme.units}


def _unit_id(session: Session, report: Report) -> int | None:
    units = programmes(session).years[report.quarter.year].units
    return next((each.id for each in units if each.key == report.units[0].key), None)
