"""The picture of progress: a horizontal bar for each line, or each unit, and a mark at the plan.

Signals have a shape and a word, not only a colour. `alternative` is the same as text.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from models.progress.signal import Signal
from models.progress.status import ProgressStatus
from models.quarter import Quarter
from reports import typesetting
from reports.quarterly.content import Report
from reports.texts import charts
from spanish.writing import formats

FULL = Fraction(1)
WIDTH = 720  # pixels: 360 points of a phone's screen, two pixels each


@dataclass(frozen=True)
class Bar:
    """One line or unit. In shares 1 is the whole; from 1 on, a bar is full."""

    label: str
    exact: Fraction
    planned: Fraction  # to the end of the quarter
    signal: Signal

    @property
    def shown(self) -> str:
        return formats.shown(self.exact)


@dataclass(frozen=True)
class Chart:
    """The data of the picture."""

    title: str
    subtitle: str
    whole: str  # progress of all together
    on: date  # the day up to which the mark shows the plan
    bars: tuple[Bar, ...]


def chart_of(standing: ProgressStatus) -> Chart:
    """Return the chart of the lines, for one unit, or of the units, for several."""
    single = standing.units[0] if len(standing.units) == 1 else None
    title = single.unit.name if single else str(standing.programme.institution["name"])
    if single:
        bars = [
            Bar(charts.line(each.line.number, each.line.title), each.exact, each.planned, each.signal)
            for each in single.lines
        ]
    else:
        bars = [
            Bar(charts.shortened(each.unit.name), each.exact, each.planned, each.signal)
            for each in standing.units
        ]
    return _chart(title, standing.quarter, standing.on, standing.exact, standing.planned, bars)


def chart_of_report(report: Report) -> Chart:
    """Return the chart of a report: of its units, or of the lines of its only unit."""
    single = report.units[0] if len(report.units) == 1 else None
    title = single.name if single else report.institution.name
    if single:
        bars = [
            Bar(charts.line(each.number, each.title), each.exact, each.planned, each.signal)
            for each in single.lines
        ]
    else:
        bars = [
            Bar(charts.shortened(each.name), each.exact, each.planned, each.signal) for each in report.units
        ]
    return _chart(title, report.quarter, report.on, report.exact, report.planned, bars)


def _chart(
    title: str, quarter: Quarter, on: date, exact: Fraction, planned: Fraction, bars: list[Bar]
) -> Chart:
    subtitle, whole = charts.subtitle(quarter, on), charts.whole(exact, planned)
    return Chart(charts.shortened(title), subtitle, whole, quarter.last_day, tuple(bars))


def draw(chart: Chart, dark: bool = False, width: int = WIDTH) -> bytes:
    """Return the picture as PNG, `width` pixels wide and as high as its bars need."""
    import typst

    return typst.compile(
        typesetting.TEMPLATES / "imagen.typ",
        root=typesetting.TEMPLATES,
        format="png",
        ppi=width / 5,  # 360 points are five inches
        font_paths=typesetting.fonts(),
        sys_inputs={"palette": "dark" if dark else "light", "data": typesetting.as_json(data(chart))},
    )


def alternative(chart: Chart) -> str:
    """Return the content of the picture as text, for people who cannot see it."""
    bars = [(each.label, each.shown, charts.note(each.signal, each.planned)) for each in chart.bars]
    return charts.alternative((chart.title, chart.subtitle, chart.whole), bars)


def data(chart: Chart) -> dict[str, Any]:
    """Return the data of the template `grafica.typ`."""
    return {
        "title": chart.title,
        "subtitle": chart.subtitle,
        "whole": chart.whole,
        "nothing": charts.NOTHING,
        "key": charts.key(chart.on),
        "bars": [
            {
                "label": each.label,
                "shown": each.shown,
                "exact": float(min(each.exact, FULL)),
                "planned": float(min(each.planned, FULL)),
                "signal": each.signal.value,
                "sign": charts.SIGNS[each.signal],
                "note": charts.note(each.signal, each.planned),
            }
            for each in chart.bars
        ],
    }
