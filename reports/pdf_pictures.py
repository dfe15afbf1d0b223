"""The pictures of a PDF, laid in a folder where typst finds them and small enough all together.

Typst holds every picture decoded, three bytes a pixel, and a file over 50 MB cannot be sent. So a report with
many pictures gets smaller ones: half as wide, 800 pixels, is still 240 an inch where two stand side by side.
"""

import io
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from pathlib import Path

MOST_PIXELS = 60_000_000  # of all together: 180 MB in typst
MOST_BYTES = 40_000_000  # of all together
LONGEST_SIDE = 1600  # pixels, of a picture of the institution
QUALITY = 85
THREADS = 2  # Pillow decodes outside Python's lock


@dataclass(frozen=True)
class Laid:
    """A picture in the folder."""

    path: str  # as a template names it
    width: int
    height: int

    @property
    def upright(self) -> bool:
        return self.height > self.width


def lay(copies: Iterable[str], pictures: Callable[[str], Path], folder: Path) -> dict[str, Laid]:
    """Those of the copies that can be read, by their SHA-256. Others are left out, without an error."""
    found = {sha256: size for sha256 in dict.fromkeys(copies) if (size := _size(pictures(sha256)))}
    by = _shrinking(list(found.values()))

    def put(sha256: str) -> Laid | None:
        return _put(pictures(sha256), folder / sha256, by)

    with ThreadPoolExecutor(THREADS) as pool:
        return {sha256: laid for sha256, laid in zip(found, pool.map(put, found), strict=True) if laid}


def lay_content(content: bytes | None, name: str, folder: Path) -> dict[str, Laid]:
    """A picture of the institution as PNG under that name; nothing if it is no picture."""
    from PIL import Image

    if content is None:
        return {}
    try:
        with Image.open(io.BytesIO(content)) as opened:
            picture = opened.convert("RGBA" if opened.has_transparency_data else "RGB")
    except (OSError, Image.DecompressionBombError):
        return {}
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    picture.save(folder / name, "PNG")
    return {name: Laid(name, *picture.size)}


@dataclass(frozen=True)
class _Size:
    width: int
    height: int
    bytes: int


def _size(path: Path) -> _Size | None:
    """By its header; None if it is not there or no JPEG."""
    from PIL import Image

    try:
        with Image.open(path, formats=("JPEG",)) as picture:
            return _Size(*picture.size, path.stat().st_size)
    except (OSError, Image.DecompressionBombError):
        return None


def _shrinking(sizes: list[_Size]) -> int:
    """By how much each side is divided so that all of them fit: 1, 2, 4…, as a JPEG is quickly read."""
    pixels = sum(each.width * each.height for each in sizes)
    weight = sum(each.bytes for each in sizes)
    powers = (2**power for power in count())
    return next(by for by in powers if pixels <= MOST_PIXELS * by**2 and weight <= MOST_BYTES * by**2)


def _put(source: Path, target: Path, by: int) -> Laid | None:
    """The picture, smaller by that much; as it is where it need not be smaller."""
    from PIL import Image

    try:
        with Image.open(source, formats=("JPEG",)) as picture:
            if by > 1:
                smaller = (max(1, picture.width // by), max(1, picture.height // by))
                picture.draft("RGB", smaller)
                picture.thumbnail(smaller)
                picture.save(target, "JPEG", quality=QUALITY)
            else:
                target.symlink_to(source.resolve())
            return Laid(target.name, *picture.size)
    except OSError:
        return None
