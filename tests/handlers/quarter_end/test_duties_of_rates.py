"""What a unit owes for a target whose amounts do not add up."""

from datetime import date, datetime

from tests.handlers.progress.test_rates import VERO, ZONE, ask, office, store
from tests.support.phones.stage import Stage

__all__ = ["office"]  # a fixture


def unsaid(owed: str) -> str:
    """The lines of the programme of which nothing is registered."""
    return "\n".join(line for line in owed.splitlines() if "nada registrado" in line)


async def test_a_quarter_without_a_value_is_owed_though_the_last_one_stands(office: Stage) -> None:
    vero = await office.enter(VERO)
    store(office, 1, date(2024, 3, 15), 925)
    await office.move_to(datetime(2024, 5, 20, 12, tzinfo=ZONE))
    assert "Línea 1" in unsaid(await ask(vero, "/pendientes"))
    store(office, 1, date(2024, 5, 15), 930)
    assert "Línea 1" not in unsaid(await ask(vero, "/pendientes"))


async def test_a_rate_above_its_target_does_not_end_below_it(office: Stage) -> None:
    vero = await office.enter(VERO)
    store(office, 1, date(2024, 12, 10), 925)
    store(office, 2, date(2024, 12, 10), 700)
    await office.move_to(datetime(2024, 12, 20, 12, tzinfo=ZONE))
    owed = await ask(vero, "/pendientes")
    ending = [line for line in owed.splitlines() if "termina el 31 de diciembre" in line]
    assert not any("Línea 1" in line for line in ending)
    assert any("Línea 2" in line and "78 % 🟡" in line for line in ending)
