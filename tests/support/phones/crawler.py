"""Walks through everything that a person can reach: commands, and every kind of button in the answers."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.support.phones.direct_bot import Direct
from tests.support.phones.screen import Message

ALIKE = 2  # buttons pressed per kind
BATCH = 20  # taps per batch
LEFT_ALONE = ("rep:m", "pic:")  # making a file takes seconds


@dataclass
class Crawl:
    """What was done, and what of it had no answer."""

    done: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    waiting: list[tuple[str, int]] = field(default_factory=list)


def crawl(bot: Direct, user_id: int, said: Iterable[str], most: int) -> Crawl:
    """Send each text of `said`, then press the buttons that come, breadth first, `most` steps at most."""
    walk = Crawl()
    _take_in(walk, bot.said.get(user_id, []))
    for each in said:
        shown = bot.write(user_id, each)
        walk.done.append(each)
        walk.silent += [] if shown else [each]
        _take_in(walk, shown)
    while walk.waiting and len(walk.done) < most:
        batch = _next(walk.waiting)
        seen = len(bot.said[user_id])
        tapped = bot.tap(user_id, batch)
        walk.done += [data for data, _ in batch]
        walk.silent += [data for tap, (data, _) in zip(tapped, batch, strict=True) if tap not in bot.answers]
        _take_in(walk, bot.said[user_id][seen:])
    return walk


def _next(waiting: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return one button of a draft, since it changes the draft; else many buttons."""
    alone = waiting[0][0].startswith("d:")
    count = 1 if alone else BATCH
    batch = [each for each in waiting[:count] if alone or not each[0].startswith("d:")]
    waiting[:] = [each for each in waiting if each not in batch]
    return batch


def _take_in(walk: Crawl, shown: Iterable[Message]) -> None:
    for message in shown:
        head = re.sub(r"\d+", "#", message.text[:30])
        for button in message.buttons():
            data = button.data or ""
            kind = re.sub(r"\d+", "#", data) + (head if data.startswith("d:") else "")
            if data and not data.startswith(LEFT_ALONE) and walk.kinds[kind] < ALIKE:
                walk.kinds[kind] += 1
                walk.waiting.append((data, message.id))
