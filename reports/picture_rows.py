"""How a group of pictures may be laid out: in rows of equal height, within the width of the text."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.design import TEXT_WIDTH, Design

POINT = 72 / 25.4  # points in a millimetre
GAP = 4.0  # millimetres between two pictures
LOWEST, LOWEST_OF_MANY = 34.0, 28.0  # millimetres of a row of two, and of one of more
HIGHER = 1.35  # of the usual height: how high a row may become to fill a page
ALONE = 1.4  # of the usual height, for a picture that stands alone
_ABREAST = {1: (1,), 2: (2,), 3: (3, 2), 4: (2, 4), 5: (3,), 6: (3,)}  # pictures in a row, best first


@dataclass(frozen=True)
class RowArrangement:
    """An arrangement of a group: so many in a row; heights of a row in millimetres."""

    abreast: int
    count: int
    lowest: float
    usual: float
    highest: float

    def height(self, of_row: float) -> float:
        """Return the height of all rows, without the caption."""
        return self.count * of_row + (self.count - 1) * GAP

    def fitting(self, room: float) -> float | None:
        """Return the height of a row with which all fit into so many millimetres; None if they do not."""
        each = (room - (self.count - 1) * GAP) / self.count
        return min(each, self.usual) if each >= self.lowest else None


def arrangements(aspects: Sequence[float], design: Design, width: float = TEXT_WIDTH) -> list[RowArrangement]:
    """Return the ways in which a group can be arranged, the best first; `aspects` are widths by heights."""
    found = []
    for abreast in _ABREAST.get(len(aspects), (3,)):
        rows = [aspects[at : at + abreast] for at in range(0, len(aspects), abreast)]
        widest = min((width - (len(row) - 1) * GAP) / sum(row) for row in rows)
        usual = min(widest, design.picture_height * (ALONE if len(aspects) == 1 else 1))
        highest = min(widest, usual * HIGHER)
        lowest = min(usual, LOWEST if abreast <= 2 else LOWEST_OF_MANY)
        found.append(RowArrangement(abreast, len(rows), lowest, usual, highest))
    return found
