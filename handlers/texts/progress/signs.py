"""The signal in texts: colour, shape and word, always together; the bar; and the legend."""

from collections.abc import Sequence
from fractions import Fraction

from handlers.texts.escaping import Html
from models.progress.signal import Signal
from models.progress.status import LineStatus, ProgressStatus, UnitStatus
from reports.texts.charts import SIGNS as SHAPES
from reports.texts.charts import WORDS as CHART_WORDS
from spanish.writing import formats

CELLS = 8  # a line with figure, sign and word still fits a phone
COLOURS = {
    Signal.GREEN: "🟢",
    Signal.RUNNING: "🔵",
    Signal.YELLOW: "🟡",
    Signal.RED: "🔴",
    Signal.NOT_YET: "⚪",
    Signal.DEMAND: "🔷",
}
# The shapes are those of the picture and the PDF; ✅ is a shape already, and 🔷 has that of ◆.
SIGNS = {
    **{signal: f"{colour}{SHAPES[signal]}" for signal, colour in COLOURS.items()},
    Signal.MET: "✅",
    Signal.DEMAND: "🔷",
}
WORDS = {signal: word[:1].lower() + word[1:] for signal, word in CHART_WORDS.items()}
MEANINGS = {
    Signal.MET: "Meta cumplida.",
    Signal.GREEN: "Va conforme al plan: lleva al menos 90 % de lo planeado.",
    Signal.RUNNING: "En curso: lo que ya debía estar, está; lo demás está planeado de aquí al cierre.",
    Signal.YELLOW: "Con retraso: lleva entre 70 % y 90 % de lo que ya debía estar.",
    Signal.RED: "Atrasada: lleva menos de 70 % de lo que ya debía estar.",
    Signal.NOT_YET: "Todavía no tiene nada planeado.",
    Signal.DEMAND: "Depende de terceros; por eso no lleva color.",
}
LEGEND = "🎨 Qué significa cada signo"
BEHIND = (Signal.RED, Signal.YELLOW)


def marked(signal: Signal) -> str:
    """Return «🟢● conforme al plan»."""
    return f"{SIGNS[signal]} {WORDS[signal]}"


def legend() -> Html:
    """Return what each sign means, one per line."""
    said = [Html("{} {}").format(SIGNS[signal], meaning) for signal, meaning in MEANINGS.items()]
    return Html("<b>Qué significa cada signo</b>\n\n{}").format(Html("\n").join(said))


def bar(exact: Fraction, cells: int = CELLS) -> str:
    """Return a bar that is full only from 100 %, and empty only at 0 %."""
    full = (exact * cells + Fraction(1, 2)).__floor__()
    full = min(max(full, 1 if exact > 0 else 0), cells if exact >= 1 else cells - 1)
    return "▓" * full + "░" * (cells - full)


def figure(part: LineStatus | UnitStatus, cells: int = CELLS) -> Html:
    """Return «57 % 🟢● conforme al plan ▓▓▓▓▓▓▓▓░░░░░░», which reads aloud up to the bar."""
    return Html("{} {} {}").format(formats.shown(part.exact), marked(part.signal), bar(part.exact, cells))


def judged(part: LineStatus | UnitStatus | ProgressStatus) -> str:
    """Return «conforme al plan (25 %)», «con retraso (plan: 25 %)», «meta cumplida»."""
    word = WORDS[part.signal]
    if part.signal in (Signal.MET, Signal.DEMAND, Signal.NOT_YET) or not part.planned:
        return word
    planned = formats.shown(part.planned)
    return f"{word} ({planned})" if part.signal is Signal.GREEN else f"{word} (plan: {planned})"


def headline(name: str, part: LineStatus | UnitStatus | ProgressStatus) -> Html:
    """Return «Dirección Jurídica: 40 %, conforme al plan (25 %) 🟢●.»."""
    return Html("<b>{}: {}</b>, {} {}.").format(
        name, formats.shown(part.exact), judged(part), SIGNS[part.signal]
    )


def behind(parts: Sequence[UnitStatus]) -> list[UnitStatus]:
    """Return those whose own signal is red or yellow."""
    return [each for each in parts if each.signal in BEHIND]
