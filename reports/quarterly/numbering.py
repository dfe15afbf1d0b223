"""Numbers photographs, images and tables through the document, each in its own series."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from reports.quarterly.captions import CaptionedPicture
from reports.quarterly.content import Figure, FigureGroup, Series, Table
from reports.texts import quarterly as texts


class Numbering:
    """Gives the next number of each series; call it in the order of the document."""

    def __init__(self) -> None:
        self._given: Counter[Series] = Counter()

    def next(self, series: Series) -> int:
        self._given[series] += 1
        return self._given[series]

    def group(self, pictures: tuple[CaptionedPicture, ...]) -> FigureGroup:
        """Return a group of pictures, numbered."""
        series, about = pictures[0].series, pictures[0].about
        figures = tuple(self._figure(each) for each in pictures)
        return FigureGroup(figures, texts.figures(series, [each.number for each in figures], about))

    def table(self, table: Table, caption: Callable[[int], str]) -> Table:
        number = self.next(Series.TABLE)
        return replace(table, number=number, caption=caption(number))

    def _figure(self, picture: CaptionedPicture) -> Figure:
        number = self.next(picture.series)
        alternative = texts.alternative(picture.series, number, picture.about, *picture.span)
        return Figure(picture.series, number, picture.sha256, picture.copy_sha256, alternative)
