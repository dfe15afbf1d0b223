"""`python -m reports.picture_copy IN OUT`: the copy of a picture that reports show.

A JPEG with at most 1600 pixels on its longest side, upright, in sRGB, on white where the picture is
transparent, and with no metadata, so that nobody learns from a report where somebody stood with a telephone.

A picture may be made to hurt whoever opens it. So this is a program of its own: it limits its memory and
its time before it loads a decoder, it looks at the size that the header states before it decodes, and what
becomes of it harms nobody else. Exit codes: 0 the copy is made, 2 this picture cannot be copied (one line on
standard error says why), 3 the copy could not be written. Killed by a signal: as 2.
"""

import contextlib
import io
import os
import resource
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

LONGEST_SIDE = 1600  # pixels
MOST_PIXELS = 120_000_000  # width × height: beyond any telephone's full-size photograph
MEMORY = 1024**3  # bytes of address space: room for `MOST_PIXELS` in three channels, or half of them in four
SECONDS = 30  # of computing
QUALITY = 85
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "HEIF", "AVIF")
UNCOPYABLE, UNWRITABLE = 2, 3


def main(source: str, target: str) -> int:
    """Copy the picture; the program's exit code."""
    _limit()
    try:
        content = copy(Path(source))
    except MemoryError:
        return _fail(UNCOPYABLE, "it takes more memory than is allowed")
    except Exception as error:  # decoders raise whatever they like
        return _fail(UNCOPYABLE, f"{type(error).__name__}: {error}")
    try:
        with Path(target).open("wb") as file:
            file.write(content)
            os.fsync(file.fileno())
    except OSError as error:
        return _fail(UNWRITABLE, f"the copy cannot be written: {error.strerror}")
    return 0


def copy(source: Path) -> bytes:
    """The copy as JPEG. Raises whatever the decoder raises for a picture that cannot be read."""
    import pillow_heif
    from PIL import Image, ImageOps

    pillow_heif.register_heif_opener(thumbnails=False)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    with Image.open(source, formats=FORMATS) as picture:
        profile = picture.info.get("icc_profile")
        picture.draft(None, _fitting(picture.size))  # a JPEG is then decoded at a fraction of its size
        small = _scaled(picture)
        upright = ImageOps.exif_transpose(small)
    plain = _in_srgb(_on_white(upright), profile)
    written = io.BytesIO()
    # Not progressive: a report decodes a hundred of them, and that would take more than twice as long.
    plain.save(written, "JPEG", quality=QUALITY, optimize=True, exif=b"", icc_profile=None)
    return written.getvalue()


def _fitting(size: tuple[int, int]) -> tuple[int, int]:
    """The size of the copy of a picture of that size."""
    shrink = min(1, LONGEST_SIDE / max(size))
    return max(1, round(size[0] * shrink)), max(1, round(size[1] * shrink))


def _scaled(picture: "Image.Image") -> "Image.Image":
    """At most `LONGEST_SIDE`, in colours that scale smoothly, with its transparency."""
    if picture.mode.startswith("I"):  # sixteen bits of grey
        picture = picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    elif picture.mode in ("P", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
    elif picture.mode in ("1", "F"):
        picture = picture.convert("L")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return picture


def _on_white(picture: "Image.Image") -> "Image.Image":
    from PIL import Image

    if not picture.has_transparency_data:
        return picture
    layered = picture.convert("RGBA")
    ground = Image.new("RGB", picture.size, "white")
    ground.paste(layered, mask=layered.getchannel("A"))
    return ground


def _in_srgb(picture: "Image.Image", profile: bytes | None) -> "Image.Image":
    """The colours as a screen without profiles shows them right; nothing but the pixels is taken along."""
    from PIL import Image, ImageCms

    if profile:
        with contextlib.suppress(ImageCms.PyCMSError, OSError):  # a profile that does not fit is no profile
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(
                picture, given, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
            picture = converted or picture
    bare = Image.new("RGB", picture.size)
    bare.paste(picture.convert("RGB"))
    return bare


def _limit() -> None:
    """No more memory and time than a copy takes; the first to go where the machine runs short."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(10)
    with contextlib.suppress(OSError):  # only Linux has it
        Path("/proc/self/oom_score_adj").write_text("1000")


def _fail(code: int, reason: str) -> int:
    sys.stderr.write(reason.splitlines()[0][:200] + "\n" if reason else "\n")
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
