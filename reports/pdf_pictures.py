"""Writes the pictures of a PDF into a folder for typst, scaled so that all together are small enough.

Typst keeps every picture decoded in memory, three bytes per pixel, and a file over 50 MB cannot be sent. So
pictures are smaller in a report with many: 120 photographs are 550 pixels wide, 175 per inch if two are side
by side.
"""

import io
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

MOST_PIXELS = 28_000_000  # of all pictures: 84 MB in typst
MOST_BYTES = 40_000_000  # of all pictures
LONGEST_SIDE = 1600  # pixels, for a picture of the institution
QUALITY = 85
THREADS = 2  # Pillow releases the GIL while it decodes


@dataclass(frozen=True)
class Laid:
    """A picture in the folder."""

    path: str  # for the template
    width: int
    height: int

    @property
    def upright(self) -> bool:
        return self.height > self.width


def lay(copies: Iterable[str], pictures: Callable[[str], Path], folder: Path) -> dict[str, Laid]:
    """Write the copies that can be read into the folder; return them by SHA-256. Others are left out."""
    found = {sha256: size for sha256 in dict.fromkeys(copies) if (size := _size(pictures(sha256)))}
    scale = _scale(list(found.values()))

    def put(sha256: str) -> Laid | None:
        return _put(pictures(sha256), folder / sha256, scale)

    with ThreadPoolExecutor(THREADS) as pool:
        return {sha256: laid for sha256, laid in zip(found, pool.map(put, found), strict=True) if laid}


def lay_content(content: bytes | None, name: str, folder: Path) -> dict[str, Laid]:
    """Write a picture of the institution as PNG under that name; return nothing if it is no picture."""
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
    """Return the size by the file's header; None if it is missing or no JPEG."""
    from PIL import Image

    try:
        with Image.open(path, formats=("JPEG",)) as picture:
            return _Size(*picture.size, path.stat().st_size)
    except (OSError, Image.DecompressionBombError):
        return None


def _scale(sizes: list[_Size]) -> float:
    """Return the factor for the sides of all pictures so that they fit together; 1 if they fit unchanged."""
    pixels = sum(each.width * each.height for each in sizes)
    weight = sum(each.bytes for each in sizes)
    return min(1.0, sqrt(MOST_PIXELS / max(pixels, 1)), sqrt(MOST_BYTES / max(weight, 1)))


def _put(source: Path, target: Path, scale: float) -> Laid | None:
    """Write the picture, scaled by that factor, or unchanged for 1; None if it cannot be read."""
    from PIL import Image

    try:
        with Image.open(source, formats=("JPEG",)) as picture:
            if scale == 1 and picture.mode == "RGB":
                picture.load()  # raises for a truncated file
                target.symlink_to(source.resolve())
                return Laid(target.name, *picture.size)
            size = (max(1, int(picture.width * scale)), max(1, int(picture.height * scale)))
            picture.draft("RGB", size)  # decodes at a half or a quarter of the size, in a third of the time
            smaller = picture.convert("RGB").resize(size, Image.Resampling.BILINEAR)
        smaller.save(target, "JPEG", quality=QUALITY)
        return Laid(target.name, *smaller.size)
    except OSError:
        return None
