"""The first quarter of 2024 as rows, for tests that do not register it over the chat."""

from datetime import UTC, datetime

from sqlmodel import Session

from bot.demo.first_quarter import first_quarter
from models.programme.view import programmes
from models.tables.activity import Activity, Entry


def store_first_quarter(session: Session) -> None:
    """Store every activity up to 31 March as if it had been confirmed when it was sent."""
    programme = programmes(session).years[2024]
    units = {unit.key: unit for unit in programme.units}
    for told in first_quarter().activities:
        line = units[told.unit].line(told.line)
        assert line is not None
        sent = told.sent.astimezone(UTC)
        activity = Activity(
            unit_id=line.unit_id,
            line_id=line.id,
            starts_on=told.starts_on,
            ends_on=told.ends_on,
            narrative=told.narrative,
            registered_at=sent,
            said_at=sent,
        )
        session.add(activity)
        session.flush()
        targets = {target.measure: target.id for target in line.targets}
        for measure, (quantity, pending) in told.entries.items():
            session.add(
                Entry(
                    activity_id=activity.id or 0,
                    target_id=targets[measure],
                    quantity=quantity,
                    pending=pending,
                )
            )


def noon(day: str) -> datetime:
    """Return noon in Chiapas."""
    return datetime.fromisoformat(f"{day}T18:00").replace(tzinfo=UTC)
