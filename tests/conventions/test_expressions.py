"""No text makes a regular expression slow: the time grows no faster than the text."""

import re
import time
from itertools import pairwise

import pytest

from spanish.reading.budget import OutOfTime, budget
from tests.conventions.regular_expressions import Attack, Expression, attacks, expressions

pytestmark = pytest.mark.slow
EXPRESSIONS = expressions()
LENGTHS = (1_024, 4_096, 16_384, 100_000)  # characters; Telegram's longest message has 4,096
WORST = 2  # attacks on each expression that are tried at every length
TOLERATED = 2.5  # times what the growth in length explains; a quadratic one takes 4 times
NOTHING = 0.0005  # seconds; smaller costs are too noisy to compare
HOPELESS = 5.0  # seconds; more than any linear expression takes
ATTEMPTS = 4  # repeated, since the machine may be busy


def _cost(expression: Expression, text: str, limit: float = HOPELESS) -> float:
    """Return the CPU seconds of this thread to search the text; stop at about `limit`."""
    compiled = re.compile(expression.pattern, expression.flags)
    began = time.thread_time()
    try:
        with budget(limit):
            compiled.fullmatch(text)
            compiled.match(text)
            if not expression.anchored:
                for _ in compiled.finditer(text):
                    pass
    except OutOfTime:
        return limit
    return max(time.thread_time() - began, NOTHING)


def _grows_faster(expression: Expression, attack: Attack, limit: float = HOPELESS) -> bool:
    """Return whether the cost grows faster than the length in every measurement."""
    for shorter, longer in pairwise(LENGTHS):
        for _ in range(ATTEMPTS):
            costs = [_cost(expression, attack.text(length), limit) for length in (shorter, longer)]
            if costs[1] >= limit or costs[1] / costs[0] > TOLERATED * longer / shorter:
                continue
            break
        else:
            return True
    return False


def test_the_regular_expressions_are_found() -> None:
    places = {each.place for each in EXPRESSIONS}
    assert len(EXPRESSIONS) > 250
    assert {"spanish.reading.several._CUT", "models.quarter._KEY"} <= places
    assert any(place.startswith("spanish.reading.questions.frame.") for place in places)


@pytest.mark.parametrize(
    "slow", [r"\s*,?\s+y", r"(?:ya )*falta", r"\w+ron", r"(a|aa)+$", r"\d+ ?\(", r"(?: de| a)*fin"]
)
def test_a_slow_expression_is_noticed(slow: str) -> None:
    expression = Expression("", slow, 0, anchored=False)
    assert any(_grows_faster(expression, each, limit=0.1) for each in attacks(slow, 0))


@pytest.mark.parametrize("expression", EXPRESSIONS, ids=lambda each: each.place)
def test_no_text_makes_an_expression_slow(expression: Expression) -> None:
    found = list(attacks(expression.pattern, expression.flags))
    tried = sorted(found, key=lambda each: -_cost(expression, each.text(LENGTHS[0])))
    slow = [each for each in tried[:WORST] if _grows_faster(expression, each)]
    assert not slow
