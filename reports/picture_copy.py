"""A program that makes the copy of a picture for reports: `python -m reports.picture_copy IN OUT`.

The copy is a JPEG with at most 1600 pixels on its longest side, upright, in sRGB, on white if the picture is
transparent, and without metadata, since that may contain the place where it was taken.

A picture may be malicious, so it is decoded in a process of its own, which limits its memory and CPU time
before it loads a decoder, and checks the size in the header before it decodes. It writes a
`models.evidence.look.PictureLook` of the picture as JSON on standard output. Exit codes: 0 the copy is
made, 2 this picture cannot be copied (one line on standard error says why), 3 the copy could not be written.
Killed by a signal: as 2. If the picture is truncated and the rest of it was copied, a line on standard error
says so.
"""

import contextlib
import io
import json
import os
import resource
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from reports.picture_look import look

if TYPE_CHECKING:
    from PIL import Image

LONGEST_SIDE = 1600  # pixels
MOST_PIXELS = 120_000_000  # width × height
MOST_OF_TELEPHONES = 220_000_000  # for a JPEG, which is decoded at a fraction of its size, and a HEIC
MEMORY = 1024**3  # bytes of address space: room for `MOST_PIXELS` in three channels, or half of them in four
MEMORY_OF_HEIF = 2 * 1024**3  # seven bytes a pixel while it is decoded
SECONDS = 60  # of CPU time
LEAST_PART = 0.1  # of a truncated picture that must be there
LEAST_BYTES = 1 / 64  # of JPEG data per pixel, as for one colour all over
QUALITY = 85
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "HEIF", "AVIF")
UNCOPYABLE, UNWRITABLE = 2, 3
JPEG_END, JPEG_DATA, PROGRESSIVE = b"\xff\xd9", b"\xff\xda", b"\xff\xc2"


def main(source: str, target: str) -> int:
    """Copy the picture; return the exit code."""
    try:
        _limit(_memory(Path(source)))
        content, cut = whole_or_part(Path(source))
        seen = look(content)
    except MemoryError:
        return _fail(UNCOPYABLE, "it takes more memory than is allowed")
    except Exception as error:  # decoders raise many kinds of exceptions
        return _fail(UNCOPYABLE, f"{type(error).__name__}: {error}")
    try:
        with Path(target).open("wb") as file:
            file.write(content)
            os.fsync(file.fileno())
    except OSError as error:
        return _fail(UNWRITABLE, f"the copy cannot be written: {error.strerror}")
    sys.stdout.write(json.dumps(asdict(seen)))
    return _fail(0, "the picture breaks off") if cut else 0


def copy(source: Path) -> bytes:
    """Return the copy as JPEG. Raises any exception of the decoder if the picture cannot be read."""
    return whole_or_part(source)[0]


def whole_or_part(source: Path) -> tuple[bytes, bool]:
    """Return the copy as JPEG, and whether the picture is truncated. Raises like `copy`."""
    import pillow_heif

    pillow_heif.register_heif_opener(thumbnails=False)
    try:
        return _copy(source), False
    except OSError as error:
        if "truncated" not in str(error).lower():
            raise
        return _copy(_ended(source), partly=True), True


def _copy(source: Path | io.BytesIO, partly: bool = False) -> bytes:
    """Return the copy; if `partly`, of a truncated picture too, as long as there is some part of it."""
    from PIL import Image, ImageFile, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # `_measure` checks the size by kind of file
    ImageFile.LOAD_TRUNCATED_IMAGES = partly
    with Image.open(source, formats=FORMATS) as picture:
        _measure(picture)
        if isinstance(source, io.BytesIO) and picture.format in ("JPEG", "MPO"):
            _require_data(picture, source)
        profile = picture.info.get("icc_profile")
        picture.draft(None, _fitting(picture.size))  # a JPEG is then decoded at a fraction of its size
        small = _scaled(picture)
        if partly and picture.format not in ("JPEG", "MPO"):
            _require_part(small)
        upright = ImageOps.exif_transpose(small)
    plain = _in_srgb(_on_white(upright), profile)
    written = io.BytesIO()
    # Not progressive, since a report decodes a hundred of them, which would take more than twice as long.
    plain.save(written, "JPEG", quality=QUALITY, optimize=True, exif=b"", icc_profile=None)
    return written.getvalue()


def _measure(picture: "Image.Image") -> None:
    """Raise ValueError if the picture has too many pixels, before it is decoded."""
    reduced = picture.format in ("JPEG", "MPO", "HEIF")
    pixels, most = picture.width * picture.height, MOST_OF_TELEPHONES if reduced else MOST_PIXELS
    if pixels > most:
        raise ValueError(f"it has {pixels:,} pixels, which exceeds limit of {most:,}")


def _ended(source: Path) -> io.BytesIO:
    """Return the file's content; a progressive JPEG with an end marker, without which it is not decoded."""
    content = source.read_bytes()
    return io.BytesIO(content + JPEG_END if PROGRESSIVE in content else content)


def _require_data(picture: "Image.Image", content: io.BytesIO) -> None:
    """Raise ValueError if hardly any data of a JPEG are there; missing parts are decoded as grey."""
    data = len(content.getvalue().rpartition(JPEG_DATA)[2])
    if data < LEAST_PART * LEAST_BYTES * picture.width * picture.height:
        raise ValueError("the picture breaks off at its beginning")


def _require_part(picture: "Image.Image") -> None:
    """Like `_require_data` for other kinds of pictures, in which missing rows are black."""
    box = picture.convert("RGB").getbbox()
    if box is None or box[3] < LEAST_PART * picture.height:
        raise ValueError("the picture breaks off at its beginning")


def _fitting(size: tuple[int, int]) -> tuple[int, int]:
    """Return the size of the copy of a picture with that size."""
    shrink = min(1, LONGEST_SIDE / max(size))
    return max(1, round(size[0] * shrink)), max(1, round(size[1] * shrink))


def _scaled(picture: "Image.Image") -> "Image.Image":
    """Return the picture with at most `LONGEST_SIDE`, in a mode that scales smoothly, with transparency."""
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
    """Return the picture converted to sRGB, without its profile and other metadata."""
    from PIL import Image, ImageCms

    if profile:
        with contextlib.suppress(ImageCms.PyCMSError, OSError):  # an unusable profile is ignored
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(
                picture, given, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
            picture = converted or picture
    bare = Image.new("RGB", picture.size)
    bare.paste(picture.convert("RGB"))
    return bare


def _memory(source: Path) -> int:
    with source.open("rb") as file:
        return MEMORY_OF_HEIF if file.read(8)[4:] == b"ftyp" else MEMORY


def _limit(memory: int) -> None:
    """Limit this process's memory and CPU time; beyond that, SIGXCPU ends it."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))


def _fail(code: int, reason: str) -> int:
    sys.stderr.write(reason.splitlines()[0][:200] + "\n" if reason else "\n")
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
