"""Makes a signed report again from the database: as it was signed, also if its quarter was reopened since."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, select

from models.programme.view import programmes
from models.quarter import Quarter
from models.quarter_end import report_code
from models.tables.signature import Signature
from reports.quarterly.content import Report
from reports.quarterly.institution_part import Images
from reports.quarterly.making import of_basis
from reports.quarterly.sources import gather


def signed_report(
    session: Session, code: str | None, hashes: Sequence[str], today: date, images: Images
) -> Report | None:
    """Return the report with that code, else the one that rests on signatures with these hashes, or None."""
    known = report_code.find(session, code) if code else None
    if known is not None:
        hashes = [each.sha256 for each in known.signatures]
    rows = session.exec(select(Signature).where(col(Signature.sha256).in_(hashes))).all()
    if not rows or len(rows) < len(set(hashes)):
        return None
    quarter = Quarter(rows[0].year, rows[0].quarter)
    programme = programmes(session).years.get(quarter.year)
    if programme is None or any((each.year, each.quarter) != (quarter.year, quarter.number) for each in rows):
        return None
    of_unit = known.unit if known is not None else rows[0].unit_id if len(rows) == 1 else None
    unit = programme.unit(of_unit) if of_unit is not None else None
    signatures = {each.unit_id: each for each in rows}
    basis = gather(session, programme, quarter, today, unit, False, signatures)
    return of_basis(basis, quarter.last_day, images)
