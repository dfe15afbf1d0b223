"""What the report says to the governing body: headings and sentences of its first pages."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from models.combine import Combine
from models.progress.signal import Signal
from models.quarter import Quarter
from reports.texts import charts, quarterly
from spanish.writing import formats
from spanish.writing.measures import awaited, named
from spanish.writing.nouns import of, with_article

SUMMARY = "Resumen para el órgano de gobierno"
BEST = "Mejores resultados"
BEHIND = "Con retraso, y por qué"
TO_DECIDE = "Por decidir"
LINES = "Avance de todas las líneas de acción"
PARTICIPANTS = "Personas que participaron"
COMPARISON = "Comparación con trimestres anteriores"
DEVIATIONS = "Desviaciones y sus causas"
LINES_HEAD = ("Línea de acción", "Meta", "Programado", "Realizado", "Acumulado", "Avance", "Señal")
PARTICIPANTS_HEAD = ("Órgano administrativo", "Personas", "Mujeres", "Hombres", "Sin especificar")
SECTORS_HEAD = {
    "private_sector": "Sector privado",
    "civil_society": "Sociedad civil",
    "academia": "Academia",
    "public_servants": "Servicio público",
}
DEVIATIONS_HEAD = ("Línea de acción", "Planeado", "Avance", "Causa")
ALL = "Total"
WHOLE = "Institución"
CUMULATIVE = "Avance acumulado en el año al cierre de cada trimestre."
NO_CAUSE = "Sin causa escrita"
NONE_BEHIND = "Ninguna línea de acción está atrasada."
QUARTER_ONLY = "Programado y realizado son del trimestre; acumulado, del año."


def percent(exact: Fraction) -> str:
    """Return «12.5 %», never broken from its number."""
    return formats.shown(exact).replace(" %", quarterly.PERCENT)


def standing(name: str, exact: Fraction, planned: Fraction, signal: Signal) -> str:
    """Return «El Instituto lleva 39 % de su programa anual; lo planeado … es 25 %: conforme al plan.»"""
    who = with_article(name)
    return (
        f"{who[:1].upper()}{who[1:]} lleva {percent(exact)} de su programa anual; lo planeado al cierre del "
        f"trimestre es {percent(planned)}: {charts.WORDS[signal].lower()}."
    )


def signed(signed_units: int, units: int) -> str:
    if signed_units == units:
        return "Todas las cifras están firmadas por quienes encabezan los órganos administrativos."
    return f"Cifras preliminares: {signed_units} de {units} órganos administrativos han firmado."


def reached(participants: int, women: int, men: int, activities: int) -> str:
    """Return «Se realizaron 31 actividades, con 210 personas participantes: 120 mujeres y 90 hombres.»"""
    noun = "actividad" if activities == 1 else "actividades"
    verb = "Se realizó" if activities == 1 else "Se realizaron"
    said = f"{verb} {formats.number(activities)} {noun}"
    if not participants:
        return f"{said}."
    sexes = [
        f"{formats.number(count)} {one if count == 1 else many}"
        for count, one, many in ((women, "mujer", "mujeres"), (men, "hombre", "hombres"))
        if count
    ]
    people = "persona" if participants == 1 else "personas"
    told = f": {formats.joined(sexes)}" if sexes else ""
    return f"{said}, con {formats.number(participants)} {people} participantes{told}."


def line(unit: str, number: int, title: str) -> str:
    """Return «Línea 3 de la Coordinación de Archivo, Bajas documentales»."""
    return f"Línea {number} {of(unit)}, {title}"


def best(named_line: str, exact: Fraction, planned: Fraction) -> str:
    return f"{named_line}: {percent(exact)} (planeado: {percent(planned)})."


def behind(named_line: str, exact: Fraction, planned: Fraction, cause: str | None) -> str:
    figures = f"{named_line}: {percent(exact)} (planeado: {percent(planned)})"
    return f"{figures}. {cause or f'{NO_CAUSE}.'}"


def without_cause(lines: int) -> str:
    if lines == 1:
        return "1 línea de acción está atrasada y nadie ha escrito la causa."
    return f"{lines} líneas de acción están atrasadas y nadie ha escrito la causa."


def first(items: Sequence[str], most: int) -> tuple[str, ...]:
    """Return the first items, and how many more there are."""
    more = len(items) - most
    rest = "Y 1 asunto más." if more == 1 else f"Y {more} asuntos más."
    return (*items[:most], *([rest] if more > 0 else []))


def pending(named_line: str, quantity: Decimal, measure: str, counts_when: str | None) -> str:
    said = f"{formats.number(quantity)} {named(measure, 1 if quantity == 1 else 2)}"
    return f"{named_line}: {said} por {awaited(counts_when)}."


def adjusted(named_line: str, amount: Decimal, measure: str, reason: str) -> str:
    said = f"{formats.number(amount)} {named(measure, 1 if amount == 1 else 2)}"
    return f"{named_line}: la meta se ajustó en el trimestre a {said}. Motivo: {reason.rstrip('.')}."


def signal(given: Signal) -> str:
    """Return «● Conforme al plan»: a shape and a word, not only a colour."""
    return f"{charts.SIGNS[given]} {charts.WORDS[given]}"


def amount(quantity: Fraction | int) -> str:
    return formats.number(round(Decimal(Fraction(quantity).numerator) / Fraction(quantity).denominator, 2))


def value(quantity: Fraction | None, combine: Combine) -> str:
    """Return a quantity as in the tables; «–» for a rate without a value."""
    return quarterly.NOT_YET if quantity is None or (combine.is_rate and not quantity) else amount(quantity)


def cells(each: Sequence[str]) -> str:
    """Return the amounts of a line's targets in one cell, in the order of its goal."""
    return " / ".join(each)


def figure(exact: Fraction | None) -> str:
    return quarterly.NOT_YET if exact is None else percent(exact)


def comparison_head(quarters: Sequence[Quarter]) -> tuple[str, ...]:
    return ("Órgano administrativo", *(formats.quarter(each) for each in quarters))
