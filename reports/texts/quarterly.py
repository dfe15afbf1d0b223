"""The sentences of the quarterly report, in the wording of the agency's own report."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from models.combine import Combine
from models.programme.format import PLACEHOLDERS
from models.progress.status import LineStatus, ProgressStatus, TargetStatus, UnitStatus
from models.quarter import Quarter
from models.tables.activity import AttendanceFacts
from reports.quarterly.content import Series
from reports.texts.headings import SERIES
from spanish.writing import days, formats
from spanish.writing.folding import fold
from spanish.writing.measures import amount, awaited, counted, named, reached
from spanish.writing.nouns import of
from spanish.writing.people import SECTORS, SEXES

ORDINALS = {1: "primer", 2: "segundo", 3: "tercer", 4: "cuarto"}
_QUARTER = re.compile(r"\{trimestre\}(?: (?P<noun>trimestre\b))?", re.IGNORECASE)
PERCENT = "\u00a0%"  # never broken from its number
MONTHLY_HEAD = ("Meses", "Programados", "Ejecutados")
QUARTERLY_HEAD = ("Concepto", "I", "II", "III", "IV", "Meta")
TOTAL = "Total"
CLOSE = "Trimestre"  # of what does not add up
NOT_YET = "–"
_DOCUMENTS = tuple(
    (re.compile(rf"\b(?:{kind})\b"), names)
    for kind, names in (
        ("oficios?|ofi", ("Oficio", "Oficios")),
        (r"memor[ae]nd\w*|memos?", ("Memorándum", "Memorándums")),
        ("circular(?:es)?", ("Circular", "Circulares")),
        ("tarjetas? informativas?", ("Tarjeta informativa", "Tarjetas informativas")),
        ("resolucion(?:es)?", ("Resolución", "Resoluciones")),
        ("dictamen(?:es)?", ("Dictamen", "Dictámenes")),
        ("expedientes?", ("Expediente", "Expedientes")),
    )
)
NOTHING_YET = f"Del 100{PERCENT} de la meta programada, todavía no hay avance que cuente."
_ANY_DOCUMENT = ("Documento", "Documentos")
FIGURES_DONE = {
    Combine.SUM: "realizado",
    Combine.LATEST: "último valor",
    Combine.AVERAGE: "promedio",
}


def title(institution: str, given: str | None, quarter: Quarter, unit: str | None) -> str:
    """«Primer Informe Trimestral del Desempeño de las Actividades de la SESAECH».

    One that says itself where the quarter goes begins with no ordinal: «Informe {trimestre} del IMDUS» is
    «Informe Primer Trimestre del IMDUS».
    """
    whole = given or f"Informe Trimestral de Actividades {of(institution)}"
    ordinal = ORDINALS[quarter.number].capitalize()
    if _QUARTER.search(whole):
        whole = _QUARTER.sub(lambda found: f"{ordinal} {found['noun'] or 'Trimestre'}", whole)
        numbered = _filled(whole, quarter)
    else:
        numbered = f"{ordinal} {_filled(whole, quarter)}"
    return f"{numbered}: {unit}" if unit else numbered


def heading(quarter: Quarter) -> str:
    """Return «Informe del Primer Trimestre 2024 (Enero - Marzo)»."""
    return f"Informe del {ORDINALS[quarter.number].capitalize()} Trimestre {quarter.year} ({months(quarter)})"


def months(quarter: Quarter) -> str:
    """Return «Enero - Marzo»."""
    first, _, last = (days.MONTHS[each - 1].capitalize() for each in quarter.months)
    return f"{first} - {last}"


def opening(given: str | None, institution: str, quarter: Quarter) -> str:
    """Return the institution's own opening with its placeholders filled, or a plain one if it has none."""
    text = given or (
        f"Se presentan los avances de las metas y acciones programadas por cada órgano administrativo "
        f"{of(institution)} en el {{trimestre}} trimestre ({{meses}}) del ejercicio {{ejercicio}}, "
        "conforme a lo siguiente:"
    )
    return _filled(text, quarter)


def _filled(text: str, quarter: Quarter) -> str:
    """The text with its `PLACEHOLDERS` filled."""
    values = ORDINALS[quarter.number], months(quarter).replace(" - ", " – "), str(quarter.year)
    for name, value in zip(PLACEHOLDERS, values, strict=True):
        text = text.replace(f"{{{name}}}", value)
    return text


def goal(targets: Sequence[TargetStatus]) -> str:
    """Return «4 Documentos», or for several targets «16 actas y 12 acuerdos en el año»."""
    if len(targets) == 1:
        only = targets[0]
        one = only.amount == 10**only.target.decimals
        measure = named(only.target.measure, 1 if one else 2)
        written = measure[:1].upper() + measure[1:] if only.target.measure[:1].isupper() else measure
        return f"{amount(only.amount, only.target)} {written}"
    return f"{formats.joined([counted(each.amount, each.target) for each in targets])} en el año"


def closing(stood: LineStatus, planned_in: tuple[int, ...], quarter: Quarter, narrated: bool) -> str | None:
    """Return the sentence on a line's progress, in the report's wording.

    None for a line with only informative targets, and for one with nothing planned or told so far.
    """
    if not stood.counting:
        return None
    if stood.met and stood.exact == 1:
        return f"Dicha meta para este trimestre se cumplió al 100{PERCENT}."
    if not (stood.exact or narrated) and planned_in and min(planned_in) > quarter.number:
        return f"Meta programada en el {formats.quarters(planned_in)}."
    if not stood.exact:
        return NOTHING_YET if narrated or stood.planned else None
    return f"Del 100{PERCENT} de la meta programada, se tiene un avance {advance(stood)}{_rates(stood)}."


def _rates(stood: LineStatus) -> str:
    """«: promedio de 87.5 % (meta: 90 %)», of the targets that do not add up."""
    said = [
        reached(each.counted, each.amount, each.target, each.combine)
        for each in stood.counting
        if each.combine.is_rate
    ]
    return f": {formats.joined(said)}" if said else ""


def advance(stood: LineStatus) -> str:
    figure = formats.shown(stood.exact)
    return f"menor al 1{PERCENT}" if figure.startswith("menos") else f"del {percent(stood)}{PERCENT}"


def percent(stood: LineStatus | UnitStatus | ProgressStatus) -> str:
    """Return the figure without «%»: «12.5», «menos de 1»."""
    return formats.shown(stood.exact).removesuffix(" %")


def standstill(reason: str) -> str:
    return f"Sin movimiento en este trimestre: {_sentence(reason)}"


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def observation(text: str) -> str:
    return _sentence(text)


def lead_in(starts_on: date, ends_on: date, year: int) -> str:
    """Return «13 de marzo. », with the year if that is not `year`."""
    text = days.dates(starts_on, ends_on, year)
    return f"{text[:1].upper()}{text[1:]}. "


def participants(people: AttendanceFacts) -> str:
    """Return «Participaron 9 personas: 6 mujeres y 3 hombres; 4 de la academia y 5 del servicio público.»"""
    total = people.participants or 0
    verb, noun = ("Participó", "persona") if total == 1 else ("Participaron", "personas")
    said = [f"{verb} {formats.number(total)} {noun}"]
    sexes = [
        _counted(number, one, many)
        for name, (one, many) in SEXES.items()
        if (number := getattr(people, name))
    ]
    if sexes:
        said.append(f": {formats.joined(sexes)}")
    sectors = [
        f"{formats.number(number)} {of} {sector}"
        for name, (of, sector) in SECTORS.items()
        if (number := getattr(people, name))
    ]
    if sectors:
        said.append(f"{'; ' if sexes else ': '}{formats.joined(sectors)}")
    return f"{''.join(said)}."


def place(named: str) -> str:
    """Return «Lugar: sala de juntas.»"""
    return f"Lugar: {_sentence(named)}"


def documents(numbers: Sequence[str], narrative: str) -> str:
    """Return «Memorándum SESAECH/DJ/012/2024.», by the only kind of document that the narrative names."""
    named = [names for kind, names in _DOCUMENTS if kind.search(fold(narrative))]
    one, many = named[0] if len(named) == 1 else _ANY_DOCUMENT
    return f"{one if len(numbers) == 1 else many} {formats.joined(list(numbers))}."


def pending(quantity: Decimal, measure: str, counts_when: str | None) -> str:
    """Return «2 acuerdos por publicar.»"""
    return (
        f"{formats.number(quantity)} {named(measure, 1 if quantity == 1 else 2)} por {awaited(counts_when)}."
    )


def awaits(counts_when: str | None) -> str:
    """Return the stem by which to see whether a narrative mentions it: «publica»."""
    return awaited(counts_when)[:-1]


def figures(series: Series, numbers: Sequence[int], about: str) -> str:
    """Return «Fotografías 1, 2, 3 y 4. Asesorías.»"""
    one, many = SERIES[series]
    listed = formats.joined([str(each) for each in numbers])
    return f"{one if len(numbers) == 1 else many} {listed}. {_sentence(about)}"


def alternative(series: Series, number: int, about: str, starts_on: date, ends_on: date) -> str:
    when = days.dates(starts_on, ends_on)
    return f"{SERIES[series][0]} {number}: {about.rstrip('.')}, {when} de {ends_on.year}"


def structure(name: str, number: int) -> str:
    return f"{SERIES[Series.IMAGE][0]} {number}. Estructura Organizacional {of(name)}."


def monthly(number: int, measure: str) -> str:
    return f"{SERIES[Series.TABLE][0]} {number}. {measure}: programado y ejecutado por mes."


def quarterly(number: int, line: int) -> str:
    return (
        f"{SERIES[Series.TABLE][0]} {number}. Línea de Acción {line}: programación trimestral y lo realizado."
    )


def scheduled(measure: str) -> str:
    return f"{measure}: programado"


def done(measure: str, combine: Combine) -> str:
    """«Actas: realizado», «%: último valor»."""
    return f"{measure}: {FIGURES_DONE[combine]}"


def month(number: int) -> str:
    return days.MONTHS[number - 1].capitalize()


def draft(quarter: Quarter, on: date, unsigned: Sequence[str], whole: bool) -> str:
    """Return why the report is a draft."""
    if on < quarter.last_day:
        return f"Borrador con las cifras al {days.day(on)} de {on.year}; el trimestre no ha terminado."
    if whole and unsigned:
        verb, noun = ("falta", "la firma") if len(unsigned) == 1 else ("faltan", "las firmas")
        return f"Borrador: {verb} {noun} {formats.joined([of(each) for each in unsigned])}."
    return "Borrador: el trimestre todavía no está firmado."


def _counted(number: int, one: str, many: str) -> str:
    return f"{formats.number(number)} {one if number == 1 else many}"
