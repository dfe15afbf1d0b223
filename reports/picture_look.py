"""Measures what a picture looks like."""

import io

from models.evidence.look import PictureLook

FIELDS = 16  # of the likeness, on each side
_BRIGHT = 0.9  # of a picture's points are darker than those that its brightness is measured by
_DECODED = 256  # pixels: at least so much of the longest side is decoded


def look(jpeg: bytes) -> PictureLook:
    """Return what the picture looks like. Raises like Pillow if it is no picture."""
    from PIL import Image

    with Image.open(io.BytesIO(jpeg)) as picture:
        width, height = picture.size
        picture.draft("RGB", (_DECODED, _DECODED))
        colours = picture.convert("RGB")
    small = colours.convert("L").resize((FIELDS + 1, FIELDS), Image.Resampling.BOX)
    grey = small.tobytes()
    bits = 0
    for row in range(FIELDS):
        for column in range(FIELDS):
            at = row * (FIELDS + 1) + column
            bits = bits << 1 | (grey[at] < grey[at + 1])
    mean = colours.resize((1, 1), Image.Resampling.BOX).tobytes()
    likeness = f"{bits:0{FIELDS * FIELDS // 4}x}{mean.hex()}"
    return PictureLook(width, height, _brightness(colours.convert("L").histogram()), likeness)


def _brightness(histogram: list[int]) -> int:
    """Return the brightness that nine tenths of the points do not exceed."""
    points, seen = sum(histogram), 0
    for value, count in enumerate(histogram):
        seen += count
        if seen >= _BRIGHT * points:
            return value
    return len(histogram) - 1
