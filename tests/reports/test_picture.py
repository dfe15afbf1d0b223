"""The picture of progress: marks at the planned share, readable without colour, with alternative text."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageFont

from models.progress.signal import Signal
from models.progress.status import ProgressStatus, progress_status
from models.progress.tally import Tally
from models.quarter import Quarter
from reports import typesetting
from reports.design import Design
from reports.picture import Bar, Chart, alternative, chart_of, draw
from reports.texts import charts
from tests.support.database.published import published

T1 = Quarter(2024, 1)
MARGIN, TRACK = 28, 664  # pixels, of 720
INK, GROUND = (0x1F, 0x23, 0x28), (255, 255, 255)
RED = (0xB4, 0x23, 0x18)
SHARES = st.integers(3, 97).map(lambda percent: Fraction(percent, 100))


NAME = "Secretaría Ejecutiva"


def standing(unit: str | None = None) -> ProgressStatus:
    programme, counts = published()
    programme = replace(programme, institution={"name": NAME})
    units = tuple(each for each in programme.units if unit in (None, each.key))
    return progress_status(programme, units, counts, T1, T1.last_day)


def chart(*bars: Bar) -> Chart:
    return Chart("Archivo", "Primer trimestre", "Avance", T1.last_day, bars)


def drawn(of: Chart, dark: bool = False) -> Image.Image:
    return Image.open(BytesIO(draw(of, dark))).convert("RGB")


def columns_of(picture: Image.Image, colour: tuple[int, int, int], least: int) -> list[int]:
    """Return the columns in which that colour has at least so many adjacent pixels."""
    red, green, blue = ImageChops.difference(picture, Image.new("RGB", picture.size, colour)).split()
    other = ImageChops.lighter(ImageChops.lighter(red, green), blue)  # 0 where it is that colour
    height, turned = picture.height, other.transpose(Image.Transpose.TRANSPOSE).tobytes()
    columns = (turned[x * height : (x + 1) * height] for x in range(picture.width))
    return [x for x, column in enumerate(columns) if bytes(least) in column]


def test_the_picture_has_a_phones_width_and_the_height_of_its_bars() -> None:
    one, six = drawn(chart_of(standing("juridica"))), drawn(chart_of(standing()))
    assert one.width == six.width == 720
    assert one.height < six.height < 1280
    assert Image.open(BytesIO(draw(chart_of(standing()), width=1440))).width == 1440


def test_no_text_is_smaller_than_eleven_points_of_360() -> None:
    sizes = re.findall(r"text\((\d+)pt", typesetting.template("grafica.typ").decode())
    assert len(sizes) >= 6
    assert min(map(int, sizes)) >= 11


@settings(max_examples=25)
@given(planned=SHARES)
def test_the_mark_is_at_the_planned_share(planned: Fraction) -> None:
    bar = Bar("1. Actas", Fraction(0), planned, Signal.RUNNING)
    columns = [x for x in columns_of(drawn(chart(bar)), INK, 30) if x > MARGIN + 15]  # one more in the legend
    assert columns
    assert sum(columns) / len(columns) == pytest.approx(MARGIN + planned * TRACK, abs=1.5)


@settings(max_examples=25)
@given(exact=SHARES)
def test_a_bar_is_as_long_as_the_progress(exact: Fraction) -> None:
    columns = columns_of(drawn(chart(Bar("1. Actas", exact, Fraction(0), Signal.RED))), RED, 24)
    assert (columns[0], columns[-1]) == pytest.approx((MARGIN, MARGIN + exact * TRACK), abs=1.5)


def test_a_bar_is_full_from_100_percent_on() -> None:
    for exact in (Fraction(1), Fraction(5, 2)):
        columns = columns_of(drawn(chart(Bar("1. Actas", exact, Fraction(0), Signal.RED))), RED, 24)
        assert columns[-1] == pytest.approx(MARGIN + TRACK, abs=1.5)


def test_without_a_plan_there_is_no_mark() -> None:
    assert columns_of(drawn(chart(Bar("1. Actas", Fraction(1, 2), Fraction(0), Signal.RED))), INK, 30) == []


def test_the_font_has_every_sign_that_spanish_and_the_signals_need() -> None:
    font = ImageFont.truetype(typesetting.FONTS / "DejaVuSans.ttf", 24)
    missing = bytes(font.getmask("\uffff"))
    for sign in "áéíóúüñÁÉÍÓÚÜÑ¿¡«»…·–%" + "".join(charts.SIGNS.values()):
        assert bytes(font.getmask(sign)) != missing, sign
        assert typesetting.printable(sign) == sign


def test_an_accent_is_drawn() -> None:
    bars = [Bar(label, Fraction(1, 2), Fraction(1, 4), Signal.GREEN) for label in ("Año", "Ano", "A\uffffo")]
    assert len({draw(chart(bar)) for bar in bars}) == 3


@pytest.mark.parametrize(("dark", "ground"), [(False, GROUND), (True, (0x17, 0x21, 0x2B))])
def test_the_background_is_light_or_dark(dark: bool, ground: tuple[int, int, int]) -> None:
    picture = drawn(chart_of(standing()), dark)
    corners = ((0, 0), (719, 0), (0, picture.height - 1), (719, picture.height - 1))
    assert {picture.getpixel(corner) for corner in corners} == {ground}


def _palettes() -> Iterator[dict[str, str]]:
    template = typesetting.template("grafica.typ").decode()
    for block in re.findall(r"(?:light|dark): \((.*?)\n  \)", template, re.DOTALL):
        yield dict(re.findall(r'([\w-]+): rgb\("#(\w{6})"\)', block))


def _luminance(colour: str) -> float:
    """Return the relative luminance (WCAG 2.2)."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_text_and_bars_have_enough_contrast_on_both_backgrounds() -> None:
    palettes = list(_palettes())
    assert len(palettes) == 2
    for palette in palettes:
        assert palette.keys() == {"ground", "ink", "quiet", "track", *(each.value for each in Signal)}
        for name in palette.keys() - {"ground", "track"}:
            assert _contrast(palette[name], palette["ground"]) >= 4.5, name
            assert _contrast(palette[name], palette["track"]) >= 3, name


def test_the_reports_colours_have_enough_contrast_on_white() -> None:
    design = Design()
    for colour in (design.accent, design.quiet, design.alarm):
        assert _contrast(colour, "ffffff") >= 4.5, colour
        assert _contrast(colour, design.tint) >= 4.5, colour


def test_signals_differ_without_colour() -> None:
    assert charts.SIGNS.keys() == charts.WORDS.keys() == set(Signal)
    assert len(set(charts.SIGNS.values())) == len(set(charts.WORDS.values())) == len(Signal)
    bar = Bar("1. Actas", Fraction(0), Fraction(0), Signal.RED)
    grey = [drawn(chart(replace(bar, signal=each))).convert("1").tobytes() for each in Signal]
    assert len(set(grey)) == len(Signal)


def test_the_chart_has_lines_for_one_unit_and_units_for_several() -> None:
    one, all_six = chart_of(standing("juridica")), chart_of(standing())
    assert [each.label[:2] for each in one.bars] == ["1.", "2.", "3."]
    assert one.title == "Dirección Jurídica"
    assert all_six.title == NAME
    assert [each.label for each in all_six.bars] == [each.unit.name for each in standing().units]


def test_the_alternative_text_says_the_same() -> None:
    told = alternative(chart_of(standing("juridica")))
    assert told.startswith(
        "Gráfica de barras. Dirección Jurídica. 1er trimestre 2024, al 31 de marzo. Avance 40 %"
    )
    assert "Documentos necesarios para las sesiones: 64 %, conforme al plan, planeado 25 %" in told
    assert alternative(chart()).endswith("Sin líneas de acción en este periodo.")


def test_a_unit_without_lines_is_drawn_too() -> None:
    assert drawn(chart()).height > 60


def test_a_very_long_word_stays_inside() -> None:
    bars = [Bar(charts.line(1, "W" * 5000), Fraction(1, 2), Fraction(1, 4), Signal.GREEN)]
    picture = drawn(chart(*bars))
    right = [picture.getpixel((x, y)) for x in range(720 - MARGIN, 720) for y in range(picture.height)]
    assert set(right) == {GROUND}
    assert 200 < picture.height < 500


def test_titles_are_cut_between_words() -> None:
    title = "Capacitaciones " * 20
    assert charts.shortened(title).endswith("Capacitaciones…")
    assert len(charts.shortened(title)) <= charts.LABEL
    assert charts.shortened("W" * 5000) == "W" * (charts.LABEL - 1) + "…"
    assert charts.shortened(" Actas \n y  acuerdos ") == "Actas y acuerdos"


def test_the_same_chart_is_the_same_picture() -> None:
    assert draw(chart_of(standing())) == draw(chart_of(standing()))
    assert all(
        one != other
        for one, other in pairwise([draw(chart_of(standing())), draw(chart()), draw(chart(), True)])
    )


@settings(max_examples=20)
@given(data=st.data(), today=st.dates(date(2024, 1, 1), date(2024, 12, 31)), number=st.integers(1, 4))
def test_any_progress_can_be_drawn(data: st.DataObject, today: date, number: int) -> None:
    programme = standing().programme
    targets = [target.id for unit in programme.units for line in unit.lines for target in line.targets]
    counted = data.draw(st.dictionaries(st.sampled_from(targets), st.integers(0, 10_000)))
    units = tuple(data.draw(st.lists(st.sampled_from(programme.units), min_size=1, max_size=6, unique=True)))
    stood = progress_status(programme, units, Tally(counted, {}, {}), Quarter(2024, number), today)
    shown = chart_of(stood)
    assert drawn(shown).width == 720
    assert all(bar.label in alternative(shown) for bar in shown.bars)
