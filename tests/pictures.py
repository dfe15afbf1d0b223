"""Pictures for tests, each number another one."""

from io import BytesIO

from PIL import Image


def photo(number: int, size: tuple[int, int] = (640, 480)) -> bytes:
    """A JPEG; the same number gives the same bytes."""
    colour = (number * 53 % 256, number * 97 % 256, number * 193 % 256)
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()
