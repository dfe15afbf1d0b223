"""Photographs, images and tables are numbered through the document, each series by itself."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from models.tables.evidence import EvidenceKind
from reports.quarterly import wording
from reports.quarterly.content import Figure, FigureGroup, FilePart, Series, Table
from reports.texts import quarterly as texts


class Numbering:
    """The next number of each series; asked in the order of the document."""

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
        """An activity's pictures by series. Each file comes with its copy's hash and its own caption."""
        found = []
        for series in (Series.PHOTOGRAPH, Series.IMAGE):
            shown = [each for each in files if each[1] and series_of(each[0]) is series]
            if not shown:
                continue
            about = wording.caption(narrative, [given for *_, given in shown])
            figures = tuple(
                self._figure(series, file.sha256 or "", copy or "", about, span) for file, copy, _ in shown
            )
            found.append(
                FigureGroup(figures, texts.figures(series, [each.number for each in figures], about))
            )
        return tuple(found)

    def table(self, table: Table, caption: Callable[[int], str]) -> Table:
        number = self.next(Series.TABLE)
        return replace(table, number=number, caption=caption(number))

    def _figure(self, series: Series, sha256: str, copy: str, about: str, span: tuple[date, date]) -> Figure:
        number = self.next(series)
        return Figure(series, number, sha256, copy, texts.alternative(series, number, about, *span))


def series_of(file: FilePart) -> Series | None:
    """What a piece of evidence is shown as, if at all."""
    if file.kind == EvidenceKind.PHOTO:
        return Series.PHOTOGRAPH
    picture = file.kind == EvidenceKind.DOCUMENT and (file.media_type or "").startswith("image/")
    return Series.IMAGE if picture else None
