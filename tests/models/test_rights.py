"""Who may correct and withdraw: the author while in the unit, its director, planning."""

import pytest

from models.rights import Action, Member
from models.tables.people import Role

MINE, OTHERS = 1, 2  # who registered it
HERE, THERE = 10, 20  # the activity's unit, and another

STAFF, DIRECTOR = (Role.STAFF, HERE), (Role.DIRECTOR, HERE)
PLANNING, OBSERVER = (Role.PLANNING, None), (Role.OBSERVER, None)


@pytest.mark.parametrize(
    ("pairs", "author", "may"),
    [
        ((STAFF,), MINE, True),
        ((STAFF,), OTHERS, False),
        ((STAFF,), None, False),
        (((Role.STAFF, THERE),), MINE, False),  # has left the unit
        ((OBSERVER,), MINE, False),
        ((), MINE, False),
        ((DIRECTOR,), OTHERS, True),
        (((Role.DIRECTOR, THERE),), OTHERS, False),
        (((Role.DIRECTOR, THERE), STAFF), OTHERS, False),
        (((Role.DIRECTOR, THERE), STAFF), MINE, True),
        ((PLANNING,), OTHERS, True),
        ((OBSERVER, PLANNING), OTHERS, True),
    ],
)
def test_only_author_director_and_planning_may_correct(
    pairs: tuple[tuple[Role, int | None], ...], author: int | None, may: bool
) -> None:
    assert Member(MINE, 1, "Ana", pairs).may(Action.CORRECT, HERE, author) is may
