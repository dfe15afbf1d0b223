"""The texts in the picture of progress, and its description for people who cannot see it."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from models.progress.signal import Signal
from models.quarter import Quarter
from spanish.writing import days, formats

LABEL = 90  # characters of a title or a name in the picture: three lines at most
LAST_WORD = 25  # characters that may be cut off in addition, to end with a whole word
SIGNS = {
    Signal.MET: "✔",
    Signal.GREEN: "●",
    Signal.RUNNING: "▶",
    Signal.YELLOW: "▲",
    Signal.RED: "■",
    Signal.NOT_YET: "○",
    Signal.DEMAND: "◆",
}
WORDS = {
    Signal.MET: "Meta cumplida",
    Signal.GREEN: "Conforme al plan",
    Signal.RUNNING: "En curso",
    Signal.YELLOW: "Con retraso",
    Signal.RED: "Atrasada",
    Signal.NOT_YET: "Planeada para después",
    Signal.DEMAND: "Depende de terceros",
}
NOTHING = "Sin líneas de acción en este periodo."


def subtitle(quarter: Quarter, on: date) -> str:
    """Return «1er trimestre 2024, al 31 de marzo»."""
    return f"{formats.quarter(quarter)}, al {days.day(on, quarter.year)}"


def whole(exact: Fraction, planned: Fraction) -> str:
    """Return «Avance 40 % · planeado 25 %»."""
    return f"Avance {formats.shown(exact)}{_planned(planned)}"


def line(number: int, title: str) -> str:
    return shortened(f"{number}. {title}")


def shortened(text: str) -> str:
    """Return the text on one line with at most `LABEL` characters, cut between words if possible."""
    text = " ".join(text.split())
    if len(text) <= LABEL:
        return text
    head = text[: LABEL - 1]
    end = head.rfind(" ", LABEL - LAST_WORD)
    return f"{(head if end < 0 else head[:end]).rstrip(' ,;:.')}…"


def note(signal: Signal, planned: Fraction) -> str:
    """Return «Con retraso · planeado 25 %»; without the plan if nothing is planned yet."""
    return f"{WORDS[signal]}{_planned(planned)}"


def key(on: date) -> str:
    """Return the meaning of the mark."""
    return f"Lo planeado al {days.day(on)}, cierre del trimestre"


def alternative(head: Sequence[str], bars: Sequence[tuple[str, str, str]]) -> str:
    """Return the picture as text: «Gráfica de barras. Dirección Jurídica. … 1. Documentos: 64 %, conforme al
    plan».

    `bars` are (name, figure, note).
    """
    said = [f"{label}: {shown}, {about[:1].lower()}{about[1:]}" for label, shown, about in bars]
    text = f"Gráfica de barras. {'. '.join(head)}. {'; '.join(said) + '.' if said else NOTHING}"
    return text.replace(" · ", ", ")


def _planned(share: Fraction) -> str:
    return f" · planeado {formats.shown(share)}" if share else ""
