"""Updates that arrive out of order: who waits for whom, and how long."""

import asyncio
import itertools
from typing import Any

import pytest

from bot.telegram.incoming.arrivals import ANEW, HOLD, Arrivals


def update(number: int) -> dict[str, Any]:
    return {"update_id": number, "message": {}}


def taken(arrivals: Arrivals, at: float, limit: int = 100) -> list[Any]:
    """Take what is due, and return the numbers."""
    due = arrivals.due(at, limit)
    arrivals.taken(due)
    return [each.raw.get("update_id") for each in due]


@pytest.mark.parametrize("order", list(itertools.permutations((11, 12, 13))))
async def test_any_order_of_arrival_is_taken_in_order(order: tuple[int, ...]) -> None:
    arrivals, found = Arrivals(10), []
    for number in order:
        arrivals.add(update(number), at=0)
        found += taken(arrivals, at=0)
    assert found == [11, 12, 13]
    assert not len(arrivals)


async def test_a_gap_is_waited_for_and_then_passed_over() -> None:
    arrivals = Arrivals(10)
    arrivals.add(update(12), at=100)
    arrivals.add(update(13), at=101)
    assert taken(arrivals, at=100 + HOLD - 0.1) == []
    assert arrivals.next_at() == 100 + HOLD
    assert taken(arrivals, at=100 + HOLD) == [12, 13]
    arrivals.add(update(14), at=110)
    assert taken(arrivals, at=110) == [14], "the gap is past"
    arrivals.add(update(11), at=111)
    assert taken(arrivals, at=111) == [11], "late, but at once"


async def test_numbers_that_begin_anew_wait_only_at_first() -> None:
    arrivals = Arrivals(5 * ANEW)
    for number in (100, 101, 102):
        arrivals.add(update(number), at=0)
        assert taken(arrivals, at=0) == [number]
    arrivals.add(update(104), at=0)
    assert taken(arrivals, at=0) == [], "the order of the new sequence is kept"
    arrivals.add(update(103), at=0)
    assert taken(arrivals, at=0) == [103, 104]


async def test_an_update_that_comes_twice_is_one_arrival() -> None:
    arrivals = Arrivals(0)
    first, second = arrivals.add(update(1), at=0), arrivals.add(update(1), at=1)
    assert first is second
    assert taken(arrivals, at=1) == [1]
    assert first.committed.result() is True


async def test_what_has_no_number_waits_for_nothing() -> None:
    arrivals = Arrivals(10)
    arrivals.add({"update_id": "x"}, at=0)
    arrivals.add({"update_id": "x"}, at=0)
    arrivals.add(update(12), at=0)
    assert taken(arrivals, at=0) == ["x", "x"]
    assert len(arrivals) == 1


async def test_a_batch_has_a_limit_and_keeps_the_order() -> None:
    arrivals = Arrivals(0)
    for number in range(7, 0, -1):
        arrivals.add(update(number), at=0)
    assert [taken(arrivals, at=0, limit=3) for _ in range(3)] == [[1, 2, 3], [4, 5, 6], [7]]


async def test_who_waits_at_the_end_is_told() -> None:
    arrivals = Arrivals(0)
    arrival = arrivals.add(update(1), at=0)
    arrivals.give_up()
    assert await asyncio.wait_for(arrival.committed, 1) is False
