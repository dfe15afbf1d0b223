"""Numbers photographs, images and tables through the document, each in its own series."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from models.tables.evidence import EvidenceKind
from reports.quarterly import wording
from reports.quarterly.content import Figure, FigureGroup, FilePart, Series, Table
from reports.texts import quarterly as texts


class Numbering:
    """Gives the next number of each series; call it in the order of the document."""

    def __init__(self) -> None:
        self._given: Counter[Series] = Counter()

    def next(self, series: Series) -> int:
        self._given[series] += 1
        return self._given[series]

    def groups(
        self,
        files: list[tuple[FilePart, str | None, str | None]],
        narrative: str,
        span: tuple[date, date],
    ) -> tuple[FigureGroup, ...]:
        """Return an activity's pictures by series. `files` are (file, hash of its copy, own caption)."""
        found = []
        for series in (Series.PHOTOGRAPH, Series.IMAGE):
            shown = [each for each in files if each[1] and series_of(each[0]) is series]
            if not shown:
                continue
            for about, together in wording.by_caption(narrative, shown):
                figures = tuple(
                    self._figure(series, file.sha256 or "", copy or "", about, span)
                    for file, copy, _ in together
                )
                numbers = [each.number for each in figures]
                found.append(FigureGroup(figures, texts.figures(series, numbers, about)))
        return tuple(found)

    def table(self, table: Table, caption: Callable[[int], str]) -> Table:
        number = self.next(Series.TABLE)
        return replace(table, number=number, caption=caption(number))

    def _figure(self, series: Series, sha256: str, copy: str, about: str, span: tuple[date, date]) -> Figure:
        number = self.next(series)
        return Figure(series, number, sha256, copy, texts.alternative(series, number, about, *span))


def series_of(file: FilePart) -> Series | None:
    """Return the series in which a piece of evidence is shown, or None if it is not."""
    if file.kind == EvidenceKind.PHOTO:
        return Series.PHOTOGRAPH
    picture = file.kind == EvidenceKind.DOCUMENT and (file.media_type or "").startswith("image/")
    return Series.IMAGE if picture else None
