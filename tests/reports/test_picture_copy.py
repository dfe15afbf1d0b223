"""The copy of a picture for reports, made by a separate program that hostile pictures cannot harm."""

import re
import struct
import subprocess
import sys
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pillow_heif
import pytest
from PIL import Image, ImageCms

from reports.picture_copy import MOST_PIXELS
from tests.support.files import photographs
from tests.support.files.decompression_bombs import bomb

ROOT = Path(__file__).parents[2]
TEAL = (0, 128, 128)
MEASURED = """
import resource, subprocess, sys
print(subprocess.run([sys.executable, *sys.argv[1:]]).returncode)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def run(folder: Path, content: bytes) -> subprocess.CompletedProcess[str]:
    (folder / "in").write_bytes(content)
    command = [sys.executable, "-m", "reports.picture_copy", str(folder / "in"), str(folder / "out")]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def copied(folder: Path, content: bytes) -> Image.Image:
    done = run(folder, content)
    assert done.returncode == 0, done.stderr
    copy = Image.open(BytesIO((folder / "out").read_bytes()))
    assert (copy.format, copy.mode) == ("JPEG", "RGB")
    assert set(copy.info) <= {
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
        "progressive",
        "progression",
    }
    assert not copy.getexif()
    return copy


def near(seen: object, meant: tuple[int, int, int], by: int = 6) -> bool:
    assert isinstance(seen, tuple)
    return all(abs(one - other) <= by for one, other in zip(seen, meant, strict=True))


def heic(picture: Image.Image) -> bytes:
    written = BytesIO()
    pillow_heif.from_pillow(picture).save(written)
    return written.getvalue()


def written(picture: Image.Image, form: str, **given: object) -> bytes:
    out = BytesIO()
    picture.save(out, form, **given)
    return out.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "HEIC"])
def test_every_kind_is_scaled_to_a_jpeg(tmp_path: Path, form: str) -> None:
    picture = Image.new("RGB", (2400, 1200), TEAL)
    content = heic(picture) if form == "HEIC" else written(picture, form)
    copy = copied(tmp_path, content)
    assert copy.size == (1600, 800) and near(copy.getpixel((800, 400)), TEAL)


def test_a_small_picture_keeps_its_size(tmp_path: Path) -> None:
    assert copied(tmp_path, photographs.drawn(200, 100)).size == (200, 100)


def test_the_copy_is_upright_and_has_no_location(tmp_path: Path) -> None:
    content = photographs.taken(300, 200, turned=True)
    assert Image.open(BytesIO(content)).getexif().get_ifd(0x8825)
    assert copied(tmp_path, content).size == (200, 300)


def test_transparent_pixels_are_white(tmp_path: Path) -> None:
    picture = Image.new("RGBA", (40, 40), (255, 0, 0, 0))
    picture.paste((0, 0, 255, 255), (20, 0, 40, 40))
    copy = copied(tmp_path, written(picture, "PNG"))
    assert near(copy.getpixel((5, 20)), (255, 255, 255)) and near(copy.getpixel((35, 20)), (0, 0, 255))


def test_the_copy_of_an_animation_is_its_first_frame(tmp_path: Path) -> None:
    assert near(copied(tmp_path, photographs.moving()).getpixel((4, 4)), TEAL)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK", "I;16"])
def test_white_in_every_colour_mode_is_white(tmp_path: Path, mode: str) -> None:
    whites: dict[str, Any] = {"1": 1, "L": 255, "LA": (255, 255), "P": 0, "CMYK": (0, 0, 0, 0), "I;16": 65535}
    picture = Image.new(mode, (40, 30), whites[mode])
    if mode == "P":
        picture.putpalette([255, 255, 255])
    content = written(picture, "TIFF" if mode == "CMYK" else "PNG")
    assert near(copied(tmp_path, content).getpixel((20, 15)), (255, 255, 255))


def test_colours_are_converted_from_the_embedded_profile(tmp_path: Path) -> None:
    """XYZ numbers are not sRGB numbers; without the profile the colour would be wrong."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    lab = Image.new("LAB", (40, 30), (255, 128, 128))
    copy = copied(tmp_path, written(lab, "TIFF", icc_profile=profile))
    assert near(copy.getpixel((20, 15)), (255, 255, 255))


def test_an_invalid_colour_profile_is_ignored(tmp_path: Path) -> None:
    content = written(Image.new("RGB", (40, 30), TEAL), "PNG", icc_profile=b"not a profile")
    assert near(copied(tmp_path, content).getpixel((20, 15)), TEAL)


def test_a_photograph_of_a_hundred_megapixels_is_copied(tmp_path: Path) -> None:
    assert copied(tmp_path, photographs.drawn(12_000, 9_000)).size == (1600, 1200)


@pytest.mark.parametrize("progressive", [False, True])
def test_a_photograph_of_two_hundred_megapixels_is_copied(tmp_path: Path, progressive: bool) -> None:
    content = written(Image.new("RGB", (16_320, 12_240), TEAL), "JPEG", progressive=progressive)
    copy = copied(tmp_path, content)
    assert copy.size == (1600, 1200) and near(copy.getpixel((800, 600)), TEAL)


def test_more_pixels_than_any_phone_takes_are_refused(tmp_path: Path) -> None:
    content = bytearray(photographs.drawn(16, 16))
    at = content.index(b"\xff\xc0") + 5
    content[at : at + 4] = struct.pack(">HH", 60_000, 60_000)
    done = run(tmp_path, bytes(content))
    assert done.returncode == 2 and "exceeds limit" in done.stderr


def noise(width: int, height: int) -> Image.Image:
    return Image.effect_noise((width, height), 60).convert("RGB")


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("left", [0.5, 0.9, -2])
def test_a_truncated_jpeg_is_copied_and_reported(tmp_path: Path, progressive: bool, left: float) -> None:
    content = written(noise(900, 600), "JPEG", progressive=progressive)
    content = content[: int(len(content) * left)] if left > 0 else content[:-2]
    done = run(tmp_path, content)
    assert done.returncode == 0 and done.stderr == "the picture breaks off\n"
    copy = Image.open(BytesIO((tmp_path / "out").read_bytes()))
    assert copy.size == (900, 600) and len(copy.getcolors(10**6) or []) > 100


@pytest.mark.parametrize("form", ["PNG", "WEBP", "TIFF"])
def test_truncated_pictures_of_other_formats_do_not_crash(tmp_path: Path, form: str) -> None:
    content = written(noise(900, 600), form)
    assert run(tmp_path, content[: len(content) // 2]).returncode in (0, 2)


def test_the_copy_of_a_file_with_two_pictures_shows_the_first(tmp_path: Path) -> None:
    first, second = (Image.new("RGB", (60, 40), colour) for colour in (TEAL, "white"))
    content = written(first, "MPO", save_all=True, append_images=[second])
    assert near(copied(tmp_path, content).getpixel((30, 20)), TEAL)


def test_a_decompression_bomb_is_refused(tmp_path: Path) -> None:
    (tmp_path / "in").write_bytes(content := bomb(30_000))
    assert len(content) < 150_000
    command = ["-m", "reports.picture_copy", str(tmp_path / "in"), str(tmp_path / "out")]
    told = subprocess.run(
        [sys.executable, "-c", MEASURED, *command], cwd=ROOT, capture_output=True, text=True, check=True
    )
    code, kilobytes = map(int, told.stdout.split())
    assert code == 2 and "exceeds limit" in told.stderr
    assert kilobytes < 150_000 and not (tmp_path / "out").exists()


def test_a_picture_larger_than_its_header_says_is_stopped(tmp_path: Path) -> None:
    """The decoder reads no more than the header says."""
    content = bytearray(bomb(20_000))
    size = struct.pack(">II", 20, 20)
    content[16:24] = size
    content[29:33] = struct.pack(">I", zlib.crc32(bytes(content[12:29])))
    assert run(tmp_path, bytes(content)).returncode in (0, 2)


def test_a_picture_that_needs_too_much_memory_is_refused(tmp_path: Path) -> None:
    """Within the allowed pixels, but with four channels."""
    side = int(MOST_PIXELS**0.5) - 1
    done = run(tmp_path, bomb(side, channels=4, depth=8))
    assert done.returncode == 2 and "memory" in done.stderr


@pytest.mark.parametrize(
    "content", [b"", b"no picture", photographs.drawn(300, 300)[:700], b"\xff\xd8\xff\xe0" + bytes(90)]
)
def test_an_invalid_picture_is_reported_in_one_line(tmp_path: Path, content: bytes) -> None:
    done = run(tmp_path, content)
    assert done.returncode == 2
    assert re.fullmatch(r"[^\n]+\n", done.stderr) and "Traceback" not in done.stderr


def test_a_copy_that_cannot_be_written_is_not_reported_as_a_bad_picture(tmp_path: Path) -> None:
    (tmp_path / "in").write_bytes(photographs.drawn())
    command = [
        sys.executable,
        "-m",
        "reports.picture_copy",
        str(tmp_path / "in"),
        str(tmp_path / "no" / "out"),
    ]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 3
