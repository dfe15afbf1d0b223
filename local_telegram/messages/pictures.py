"""Photos as Telegram stores them: JPEG in several sizes, upright, without the camera's metadata."""

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

SIDES = (90, 320, 800, 1280)
PIXELS = 80_000_000  # larger pictures are refused, as by a phone
RATIO = 20
SENT_AS_PHOTOS = ("image/jpeg", "image/png", "image/webp", "image/gif")


class NotAPhoto(ValueError):
    """Not a still picture, or not one of a size and shape that can be sent as a photo."""


@dataclass(frozen=True)
class PhotoSize:
    """One size of a photo; `content` is JPEG."""

    width: int
    height: int
    content: bytes


def measure(content: bytes) -> tuple[int, int]:
    """Return width and height in pixels, without decoding the picture. Raises `NotAPhoto`."""
    from PIL import Image  # here, since importing it takes a tenth of the server's start

    bombs = Image.DecompressionBombError, Image.DecompressionBombWarning
    try:
        with Image.open(BytesIO(content)) as picture:
            moves, size = getattr(picture, "n_frames", 1) > 1, picture.size
    except (*bombs, OSError, SyntaxError, ValueError) as error:
        raise NotAPhoto("This is no readable image.") from error
    if moves:
        raise NotAPhoto("An image that moves cannot be sent as a photo.")
    return size


def scaled(content: bytes) -> list[PhotoSize]:
    """Return the sizes of a photo, smallest first. Raises `NotAPhoto`."""
    from PIL import Image, ImageOps

    width, height = measure(content)
    if width * height > PIXELS or max(width, height) > RATIO * min(width, height):
        raise NotAPhoto("An image that is too large or too narrow cannot be sent as a photo.")
    try:
        with Image.open(BytesIO(content)) as opened:
            opened.draft("RGB", (SIDES[-1], SIDES[-1]))
            picture = _on_white(ImageOps.exif_transpose(opened))
    except (OSError, SyntaxError, ValueError) as error:
        raise NotAPhoto("This is no readable image.") from error
    longest = min(max(picture.size), SIDES[-1])
    return [_jpeg(picture, side) for side in (*(side for side in SIDES if side < longest), longest)]


def _on_white(picture: "Image") -> "Image":
    from PIL import Image

    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
    picture = picture.convert("RGB")
    picture.info.clear()
    return picture


def _jpeg(picture: "Image", side: int) -> PhotoSize:
    smaller = picture.copy()
    smaller.thumbnail((side, side))
    written = BytesIO()
    smaller.save(written, "JPEG", quality=87)
    return PhotoSize(*smaller.size, written.getvalue())
