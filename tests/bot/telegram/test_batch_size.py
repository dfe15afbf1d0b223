"""Batches are as large as can be handled while three messages wait for Telegram's cap."""

from bot.telegram.api import BATCH
from bot.telegram.incoming.batch_size import FEWEST, LONGEST, BatchSize
from handlers.chat import fairness


def after(*seconds_each: float) -> int:
    size = BatchSize()
    for each in seconds_each:
        size.note(50, 50 * each)
    return size.updates


def test_a_batch_is_what_telegram_gives_at_most_unless_updates_take_long() -> None:
    assert BatchSize().updates == BATCH
    assert after(*[0.0009] * 50) == BATCH


def test_slow_updates_are_handled_in_smaller_batches() -> None:
    assert after(*[0.002] * 50) == int(LONGEST / 0.002)
    assert after(*[1.0] * 50) == FEWEST


def test_one_slow_batch_is_forgotten() -> None:
    assert after(0.05) == FEWEST
    assert after(0.05, *[0.0005] * 20) == BATCH


def test_an_empty_batch_says_nothing() -> None:
    size = BatchSize()
    size.note(0, 5.0)
    assert size.updates == BATCH


def test_a_flooding_person_never_fills_a_batch() -> None:
    assert fairness.AT_ONCE < FEWEST
