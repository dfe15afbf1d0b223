"""Pictures as cameras write them, and malformed ones; made here so that none is stored."""

from functools import cache
from io import BytesIO

from PIL import Image

CHIAPAS = (16.75, 93.12)
_GPS = 0x8825
_ORIENTATION = 0x0112


def drawn(width: int = 40, height: int = 30, form: str = "JPEG", colour: str = "teal") -> bytes:
    """Return a picture of one colour; two equal calls give the same bytes."""
    written = BytesIO()
    Image.new("RGB", (width, height), colour).save(written, form)
    return written.getvalue()


def taken(width: int = 40, height: int = 30, *, turned: bool = False) -> bytes:
    """Return a JPEG as from a camera, with a location; `turned` if the camera was held upright."""
    picture = Image.new("RGB", (width, height), "teal")
    exif = Image.Exif()
    if turned:
        exif[_ORIENTATION] = 6
    latitude, longitude = CHIAPAS
    exif.get_ifd(_GPS).update({1: "N", 2: (latitude, 0, 0), 3: "W", 4: (longitude, 0, 0)})
    written = BytesIO()
    picture.save(written, "JPEG", exif=exif, comment=b"somebody's camera")
    return written.getvalue()


def moving() -> bytes:
    """Return a GIF of two frames."""
    written = BytesIO()
    first, second = (Image.new("RGB", (8, 8), colour) for colour in ("teal", "white"))
    first.save(written, "GIF", save_all=True, append_images=[second])
    return written.getvalue()


@cache
def vast(side: int) -> bytes:
    """Return a small file that unpacks to a square of millions of pixels."""
    written = BytesIO()
    Image.new("1", (side, side)).save(written, "PNG")
    return written.getvalue()
