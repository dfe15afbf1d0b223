"""Which text of an activity the report prints, by what its snapshot has."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from reports.quarterly.wording import report_text
from spanish.rewording.sentence import IMPERSONAL

SPAN = date(2024, 3, 13), date(2024, 3, 13)
ZONE = ZoneInfo("America/Mexico_City")
SAID: dict[str, Any] = {"narrative": "ayer entregamos 2 actas", "registered_at": "2024-03-14T15:00:00+00:00"}


def printed(**more: Any) -> str:
    return report_text({**SAID, **more}, SPAN, ZONE, IMPERSONAL)


def test_a_snapshot_from_before_is_printed_as_it_was_signed() -> None:
    assert printed() == "ayer entregamos 2 actas"


def test_an_activity_without_a_text_is_reworded() -> None:
    assert printed(report_text=None) == "Se entregaron 2 actas."


def test_a_stored_text_is_printed_as_it_stands() -> None:
    assert printed(report_text="Se entregaron las actas 1 y 2.") == "Se entregaron las actas 1 y 2."
