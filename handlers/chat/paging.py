"""Pages of long lists, turned by editing the message.

The data of a page's button is the data that shows the list, then «~» and the page: «p:w:2024-T1~2», or
«/avance direccion~2» for a command. `handlers.updates.parsing` parses it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, Self, TypeVar

from handlers.chat.context import TurnContext
from handlers.chat.fitting import TEXT, fits
from handlers.chat.keyboards import DATA, Keyboard, button_of
from handlers.texts import pages as texts
from handlers.updates.parsing import PAGE_MARK

T = TypeVar("T")

MOST = 20  # entries on a page
LINES = 12  # entries on a unit's page, where each takes several lines
TEXT_LIMIT = TEXT - 40  # characters per page, without «Página 2 de 4»
_PLACES = 4  # bytes of «~999»


@dataclass(frozen=True)
class Page(Generic[T]):
    """The entries of one page; `first` is the index of its first entry in the list."""

    items: Sequence[T]
    first: int = 0
    number: int = 1
    of: int = 1

    def beside(self, parts: int, number: int) -> Self:
        """Return the same entries as page `number` of as many as the text has parts, if those are more."""
        if parts <= self.of:
            return self
        return replace(self, number=min(max(number, 1), parts), of=parts)


def page(
    items: Sequence[T],
    number: int,
    most: int = MOST,
    text: Callable[[Sequence[T]], str] = lambda _: "",
) -> Page[T]:
    """Return that page, or the last: as many entries as fit with `text`, at most `most`.

    An entry that does not fit with others gets a page of its own.
    """
    if not items:
        return Page(items)
    starts = [0]
    while True:
        start = starts[-1]
        taken = min(most, len(items) - start)
        while taken > 1 and not fits(text(items[start : start + taken]), TEXT_LIMIT):
            taken -= max(1, taken // 4)
        if start + taken >= len(items):
            break
        starts.append(start + taken)
    place = min(max(number, 1), len(starts)) - 1
    end = starts[place + 1] if place + 1 < len(starts) else len(items)
    return Page(items[starts[place] : end], starts[place], place + 1, len(starts))


def page_buttons(shown: Page[T], here: str) -> Keyboard:
    """Return the buttons to the previous and the next page. `here` is the data that shows the list."""
    found = [
        button_of(label, f"{here}{PAGE_MARK}{number}")
        for label, number in ((texts.PREVIOUS, shown.number - 1), (texts.NEXT, shown.number + 1))
        if 1 <= number <= shown.of
    ]
    return [found] if found else []


def show(
    context: TurnContext,
    items: Sequence[T],
    text: Callable[[Sequence[T]], str],
    keys: Callable[[Sequence[T]], Keyboard],
    above: Keyboard | None = None,
    below: Keyboard | None = None,
    most: int = MOST,
    here: str | None = None,
) -> None:
    """Show the requested page, editing the pressed message or as a new one.

    `keys` are the button rows of the entries, between the rows `above` and `below` of every page. `here` is
    the data that shows the list, if not the button's own.
    """
    here = here or context.here
    if len(here.encode()) + _PLACES > DATA:  # a question too long for one message
        context.edit(text(items), [*(above or []), *keys(items), *(below or [])])
        return
    shown = page(items, context.incoming.page, most, text)
    keyboard = [*(above or []), *keys(shown.items), *page_buttons(shown, here), *(below or [])]
    context.edit(text(shown.items) + texts.mark(shown.number, shown.of), keyboard)


def choose(
    context: TurnContext,
    question: str,
    choices: Sequence[dict[str, str]],
    below: Keyboard | None = None,
) -> None:
    """Ask one question, with one button per row."""
    show(context, choices, lambda _: question, lambda found: [[each] for each in found], below=below)
