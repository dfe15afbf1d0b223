"""Packs the finished file: equal bytes for equal content, and small enough to be sent."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from io import BytesIO
from math import sqrt
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from reports.picture_copy import LONGEST_SIDE, QUALITY

MOST = 45_000_000  # bytes of a file; bots can send at most 50 MB
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest date in a zip
_STEP = 0.85
_THREADS = 2
_SMALLEST_SIDE = 240.0  # pixels; only thousands of pictures would need less

Picture = Path | bytes


def pack(
    rendered: BytesIO,
    pictures: Mapping[str, Picture],
    pixels: Mapping[str, int] | None = None,
    most: int = MOST,
) -> bytes:
    """Return the rendered file with its pictures, by their names in the package, without the time of making.

    Pictures are scaled down to the `pixels` of their longest side that printing needs; if the file would
    still be larger than `most` bytes, all in the same proportion.
    """
    printed = _printed(pictures, pixels or {})
    fitting = _fitted(printed, most - rendered.getbuffer().nbytes)
    written = BytesIO()
    with ZipFile(rendered) as source, ZipFile(written, "w") as target:
        for name in source.namelist():
            picture = fitting.get(name)
            member = ZipInfo(name, _FIRST_DAY)
            member.create_system = 3  # Unix, on every system
            member.external_attr = 0o644 << 16
            member.compress_type = ZIP_DEFLATED if picture is None else ZIP_STORED
            target.writestr(member, source.read(name) if picture is None else _content(picture))
    return written.getvalue()


def _printed(pictures: Mapping[str, Picture], pixels: Mapping[str, int]) -> Mapping[str, Picture]:
    """Return the pictures, those that have more pixels than printing needs scaled down."""

    def put(name: str) -> Picture:
        return _scaled(pictures[name], pixels[name]) if name in pixels else pictures[name]

    with ThreadPoolExecutor(_THREADS) as pool:  # Pillow releases the GIL
        return dict(zip(pictures, pool.map(put, pictures), strict=True))


def _fitted(pictures: Mapping[str, Picture], room: int) -> Mapping[str, Picture]:
    total = sum(map(_size, pictures.values()))
    if total <= room:
        return pictures
    side = max(_SMALLEST_SIDE, _STEP * LONGEST_SIDE * sqrt(max(room, 0) / total))
    while True:
        with ThreadPoolExecutor(_THREADS) as pool:  # Pillow releases the GIL
            scaled = pool.map(partial(_scaled, side=round(side)), pictures.values())
            smaller = dict(zip(pictures, scaled, strict=True))
        if sum(map(len, smaller.values())) <= room or side <= _SMALLEST_SIDE:
            return smaller
        side = max(_SMALLEST_SIDE, side * _STEP)


def _scaled(picture: Picture, side: int) -> bytes:
    """Return a JPEG scaled to `side` pixels on its longest side; other, smaller or broken files unchanged."""
    from PIL import Image

    content = _content(picture)
    written = BytesIO()
    try:
        with Image.open(BytesIO(content)) as opened:
            if opened.format != "JPEG" or max(opened.size) <= side:
                return content
            opened.draft("RGB", (side, side))  # decodes at a fraction of its size
            opened.thumbnail((side, side), Image.Resampling.BILINEAR)
            opened.convert("RGB").save(written, "JPEG", quality=QUALITY)
    except OSError:
        return content
    return written.getvalue()


def _size(picture: Picture) -> int:
    return picture.stat().st_size if isinstance(picture, Path) else len(picture)


def _content(picture: Picture) -> bytes:
    return picture.read_bytes() if isinstance(picture, Path) else picture
