"""What a picture looks like: dark and small ones are unfit, nearly equal ones alike."""

from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageEnhance

from models.evidence.look import LeftOutPicture, PictureLook, alike, unfit
from reports.picture_look import look
from tests.reports.samples.large_report import _scene


def of(picture: Image.Image, quality: int = 85) -> PictureLook:
    written = BytesIO()
    picture.save(written, "JPEG", quality=quality)
    return look(written.getvalue())


@pytest.fixture(scope="module")
def scene() -> Image.Image:
    return _scene().resize((1600, 1200))


def document(text: str) -> Image.Image:
    page = Image.new("RGB", (1200, 1600), "white")
    pen = ImageDraw.Draw(page)
    for row in range(36):
        pen.text((120, 100 + 40 * row), f"{text} " * (3 + (row * len(text)) % 5), "black", font_size=28)
    return page


def judged(seen: PictureLook) -> LeftOutPicture | None:
    return unfit(seen.width, seen.height, seen.brightness)


@pytest.mark.parametrize("factor", [0.0, 0.05, 0.15])
def test_a_dark_picture_is_unfit(scene: Image.Image, factor: float) -> None:
    assert judged(of(ImageEnhance.Brightness(scene).enhance(factor))) is LeftOutPicture.DARK


def test_a_bright_screen_in_a_dark_room_is_fit() -> None:
    room = Image.new("RGB", (1600, 1200), (8, 8, 10))
    room.paste((230, 230, 220), (500, 300, 1100, 700))
    assert judged(of(room)) is None


@pytest.mark.parametrize(
    ("size", "reason"), [((399, 300), LeftOutPicture.SMALL), ((300, 400), None), ((1600, 1200), None)]
)
def test_a_small_picture_is_unfit(
    scene: Image.Image, size: tuple[int, int], reason: LeftOutPicture | None
) -> None:
    assert judged(of(scene.resize(size))) is reason


def test_the_same_picture_again_is_alike(scene: Image.Image) -> None:
    first = of(scene).likeness
    again = {
        "compressed": of(scene, quality=30),
        "smaller": of(scene.resize((800, 600))),
        "brighter": of(ImageEnhance.Brightness(scene).enhance(1.1)),
        "cropped": of(scene.crop((16, 12, 1584, 1188))),
        "moved": of(ImageChops.offset(scene, 6, 4)),
    }
    assert [name for name, seen in again.items() if not alike(first, seen.likeness)] == []


def test_other_pictures_are_not_alike(scene: Image.Image) -> None:
    others = [of(ImageChops.offset(scene, 331 * n, 197 * n)).likeness for n in range(1, 8)]
    others += [of(Image.new("RGB", (800, 600), colour)).likeness for colour in ("teal", "white", "tan")]
    pairs = [(one, other) for at, one in enumerate(others) for other in others[at + 1 :]]
    assert [pair for pair in pairs if alike(*pair)] == []


def test_two_documents_are_not_alike_and_one_scanned_again_is() -> None:
    one, other = of(document("Acta de la primera sesión")), of(document("Oficio de solicitud"))
    assert not alike(one.likeness, other.likeness, scans=True)
    assert alike(one.likeness, of(document("Acta de la primera sesión"), quality=40).likeness, scans=True)


def test_what_was_not_measured_is_fit_and_like_nothing() -> None:
    assert unfit(None, None, None) is None
    assert not alike(None, None) and not alike("0" * 70, None)
