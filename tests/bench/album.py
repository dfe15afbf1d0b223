"""Ten photographs with a caption on the first: the time from the first update until the card has all.

They come in one batch, as what waited at Telegram, or one after the other, as a phone uploads them; the card
is shown at the first and edited once, when no more come (`handlers.chat.drafts.QUIET`). The files, some
hundred kilobytes each, are fetched meanwhile.
"""

import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from handlers.chat.drafts import QUIET
from tests.bench import table
from tests.bench.avance_world import ASKER
from tests.bench.contestants import Contestant
from tests.bench.process import Run
from tests.bench.traffic import DONE, album

SIZE, WHOLE = 10, "10 fotos"
UPLOADS = 10.0  # photographs a second
AFTER = 2 * QUIET.total_seconds()  # seconds in which a superfluous edit would come


@dataclass(frozen=True)
class Shown:
    """Seconds until the whole album was on the card, and what the bot sent until some time after."""

    seconds: float
    messages: int
    edits: int


def print_album(avance: Contestant, folder: Path, albums: int) -> None:
    print(f"\nTen photographs as one album, from its first update to the card with all ten, {albums} of each")
    with avance.running(folder) as run:
        people = iter(range(ASKER, ASKER + 2 * albums + 1))
        _show(run, next(people), None)  # modules needed for the first file are imported
        at_once = [_show(run, next(people), None) for _ in range(albums)]
        in_turn = [_show(run, next(people), UPLOADS) for _ in range(albums)]
    table.print_cells(["", "seconds  (min–max)", "messages", "edits"])
    _print("in one batch", at_once)
    _print(f"one every {1000 / UPLOADS:.0f} ms", in_turn)
    arriving, quiet = (SIZE - 1) / UPLOADS, QUIET.total_seconds()
    work = median(each.seconds for each in in_turn) - arriving - quiet
    print(
        f"  of the latter {arriving:.2f} s until the tenth was there, {quiet:.2f} s of waiting for another,"
    )
    print(f"  {work * 1000:.0f} ms the bot's own; in one batch it waits for none.")
    said = at_once + in_turn
    table.judge("Messages for an album", max(each.messages for each in said), at_most=1, form=".0f")
    table.judge("Edits for an album", max(each.edits for each in said), at_most=1, form=".0f")


def _show(run: Run, person: int, per_second: float | None) -> Shown:
    run.stub.feed(album(person, DONE, SIZE), per_second, awaited=WHOLE)
    seconds = run.wait_for_answers()["seconds"]
    time.sleep(AFTER)
    calls = run.stub.control("state")["calls"]
    return Shown(seconds, calls.get("sendMessage", 0), calls.get("editMessageText", 0))


def _print(name: str, shown: list[Shown]) -> None:
    seconds = table.spread([each.seconds for each in shown], ".2f")
    most = (max(each.messages for each in shown), max(each.edits for each in shown))
    table.print_cells([name, seconds, *map(str, most)])
