"""What a picture looks like, in numbers, and whether a report should show it."""

from dataclasses import dataclass
from enum import StrEnum

LEAST_SIDE = 400  # pixels of the longer side: at half a page's width hardly more than 100 per inch
LEAST_BRIGHT = 64  # of 255, of the tenth brightest part: nothing is to be seen in a picture below it
ALIKE = 32  # of 256 bits that may differ between two photographs of the same
ALIKE_SCANS = 6  # between two scans or screenshots, which resemble each other
ALIKE_COLOURS = 24  # of 255, between the mean colours of the two
_BITS = 64  # hexadecimal digits of the differences; the mean colour follows


@dataclass(frozen=True)
class PictureLook:
    """The size of a picture's copy in pixels, its brightness, and what it resembles.

    `brightness`: that of the tenth brightest part, of 255. `likeness`: 256 bits, each of which says whether
    one of 16 × 16 fields is darker than the one to its right, and the mean colour; in hexadecimal.
    """

    width: int
    height: int
    brightness: int
    likeness: str


class LeftOutPicture(StrEnum):
    """Why a report does not show a picture."""

    DARK = "dark"
    SMALL = "small"
    REPEATED = "repeated"  # nearly the same as one before it
    CHOSEN = "chosen"  # somebody took it out


def unfit(width: int | None, height: int | None, brightness: int | None) -> LeftOutPicture | None:
    """Return why a picture is left out by itself; None if it is fit, or was not measured."""
    if width is not None and height is not None and max(width, height) < LEAST_SIDE:
        return LeftOutPicture.SMALL
    if brightness is not None and brightness < LEAST_BRIGHT:
        return LeftOutPicture.DARK
    return None


def alike(one: str | None, other: str | None, scans: bool = False) -> bool:
    """Return whether two pictures are nearly the same, by their `likeness`; False if one was not measured."""
    if not one or not other:
        return False
    differing = (int(one[:_BITS], 16) ^ int(other[:_BITS], 16)).bit_count()
    colours = zip(bytes.fromhex(one[_BITS:]), bytes.fromhex(other[_BITS:]), strict=True)
    return differing <= (ALIKE_SCANS if scans else ALIKE) and all(
        abs(first - second) <= ALIKE_COLOURS for first, second in colours
    )
