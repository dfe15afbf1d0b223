"""Findings of checks as Spanish sentences in plain text, for the chat, the command line and the annex.

The facts of each kind are those of `reports.checks.finding.FindingKind`.
"""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from models.quarter import Quarter
from reports.checks.finding import Finding, FindingKind
from reports.quarterly.content import Series
from reports.texts.headings import SERIES
from reports.texts.pictures import LEFT_OUT
from reports.texts.wording import left
from spanish.rewording.sentence import Remainder
from spanish.writing import formats
from spanish.writing.days import day, written
from spanish.writing.measures import named
from spanish.writing.people import SEXES

Facts = dict[str, Any]
NAME_LENGTH = 60  # characters of a file's name
_FILES = {
    "photo": "una fotografía",
    "document": "un documento",
    "voice": "una nota de voz",
    "video": "un video",
    "location": "una ubicación",
}
_WHO = {**SEXES, "participants": ("persona", "personas")}
_PARTS = {"sex": "mujeres y hombres suman", "sector": "los sectores suman"}
_STATEMENTS = {"presentation": "la presentación", "observation": "la observación", "standstill": "el motivo"}


def sentences(findings: Sequence[Finding], whole: bool = True) -> list[str]:
    """Return a sentence for each finding, in order; without the unit's name if `whole` is False."""
    return [sentence(each, whole) for each in findings]


def sentence(finding: Finding, whole: bool = True) -> str:
    """Return «Dirección Jurídica, línea 2: se narran 3 documentos y cuenta 1.», always on one line."""
    place = _place(finding.unit_name if whole else None, finding.line, finding.on)
    said = ": ".join(filter(None, (place, f"{_SAID[finding.kind](finding.facts)}.")))
    said = said[:1].upper() + said[1:]
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in said)


def _place(unit: str | None, line: int | None, on: date | None) -> str:
    said = [unit] if unit else []
    if line is not None:
        said.append(f"línea {line}")
    if on is not None:
        said.append(f"actividad del {day(on)}")
    return ", ".join(said)


def _other(facts: Facts) -> str:
    other = facts["other"]
    return _place(other["unit_name"], other["line"], date.fromisoformat(other["on"]))


def _counted(amount: str, measure: str) -> str:
    """Return «3 documentos», «1 acta»."""
    value = Decimal(amount)
    return f"{formats.number(value)} {named(measure, 1 if value == 1 else 2)}"


def _quote(facts: Facts) -> str:
    return f"«{facts['quote']}» no dice el mismo número en cifras y en letras"


def _wording(facts: Facts) -> str:
    return (
        f"en el texto del informe {left({Remainder(kind): words for kind, words in facts['left'].items()})}"
    )


def _enumeration(facts: Facts) -> str:
    return (
        f"el texto enumera {facts['listed']}; lo registrado: {_counted(facts['quantity'], facts['measure'])}"
    )


def _amount(facts: Facts) -> str:
    told = _counted(facts["told"], facts["measure"])
    if "statement" in facts:
        return f"{_STATEMENTS[facts['statement']]} dice {told}, y lo registrado no da ese número"
    return f"el texto dice {told}; lo registrado: {formats.number(Decimal(facts['quantity']))}"


def _unfinished(facts: Facts) -> str:
    told, counted = Decimal(facts["told"]), Decimal(facts["counted"])
    verb = "se narra" if told == 1 else "se narran"
    counts = (
        f"{'cuenta' if counted == 1 else 'cuentan'} {formats.number(counted)}"
        if counted
        else "no cuenta nada"
    )
    return f"{verb} {_counted(facts['told'], facts['measure'])} y {counts}"


def _percentage(facts: Facts) -> str:
    return f"el texto dice {facts['told']} % de avance y la cifra es {facts['shown']} %"


def _people_told(facts: Facts) -> str:
    one, many = _WHO[facts["who"]]
    told = facts["told"]
    return (
        f"el texto dice {formats.number(told)} {one if told == 1 else many}; "
        f"lo registrado: {formats.number(facts['registered'])}"
    )


def _people_differ(facts: Facts) -> str:
    total = formats.number(facts["total"])
    return f"{_PARTS[facts['by']]} {formats.number(facts['sum'])}, y los participantes son {total}"


def _silent(facts: Facts) -> str:
    if facts["measure"] is None:
        return "tiene una observación y ninguna actividad"
    return (
        "hay meta programada en el trimestre y ninguna actividad; "
        "falta registrarla o decir por qué no hubo movimiento"
    )


def _span(first: str, last: str) -> str:
    """Return «el 13 de marzo de 2024», «del 4 de marzo de 2024 al 6 de marzo de 2024»."""
    return f"el {written(first)}" if first == last else f"del {written(first)} al {written(last)}"


def _line_dates(facts: Facts) -> str:
    return f"va {_span(facts['starts'], facts['ends'])}, fuera del ejercicio {facts['year']}"


def _activity_dates(facts: Facts) -> str:
    quarter = formats.quarter(Quarter.parse(facts["quarter"]))
    return f"fue {_span(facts['starts'], facts['ends'])}, fuera del {quarter}"


def _figure_missing(facts: Facts) -> str:
    one, _ = SERIES[Series(facts["series"])]
    if facts["number"] is None:
        return f"el texto remite a una {one.lower()} y no hay ninguna"
    return f"el texto nombra la {one} {facts['number']}, que no está entre las suyas"


def _without_text(facts: Facts) -> str:
    number = facts["figures"]
    return f"tiene {number} {'imagen' if number == 1 else 'imágenes'} y ningún texto"


def _file(facts: Facts) -> str:
    name = facts["file"]
    said = _FILES.get(facts["kind"], "un archivo")
    if not name:
        return said
    return f"{said} («{name if len(name) <= NAME_LENGTH else name[:NAME_LENGTH] + '…'}»)"


def _not_shown(facts: Facts) -> str:
    return f"hay {_file(facts)} que el informe no puede mostrar"


def _left_out(facts: Facts) -> str:
    count, (one, many) = facts["pictures"], LEFT_OUT[facts["reason"]]
    said = f"1 imagen {one}" if count == 1 else f"{count} imágenes {many}"
    return f"no se imprime{'' if count == 1 else 'n'} {said}; puede incluirse en «Fotos»"


def _missing(facts: Facts) -> str:
    return f"falta {_file(facts)} de la evidencia: no se ha podido guardar"


def _evidence_twice(facts: Facts) -> str:
    return f"tiene como evidencia {_file(facts)} que está también en {_other(facts)}"


def _document_twice(facts: Facts) -> str:
    as_written = "" if facts["document"] == facts["other_document"] else f" (como {facts['other_document']})"
    return f"el oficio {facts['document']} está también en {_other(facts)}{as_written}"


def _prefix(facts: Facts) -> str:
    return (
        f"el oficio {facts['document']} tiene el número de {facts['other_document']} con otro prefijo "
        f"({_other(facts)})"
    )


def _listed(amounts: list[list[str]]) -> str:
    return formats.joined([_of_list(amount, measure) for amount, measure in amounts])


def _of_list(amount: str, measure: str) -> str:
    return _counted(amount.replace(",", ""), measure) if measure else amount


def _standing(facts: Facts) -> str:
    """Return «12.5 % (5 de 40 solicitudes)»."""
    pairs = zip(facts["counted"], facts["amounts"], strict=True)
    parts = [f"{counted} de {_of_list(*amount)}" for (counted, _), amount in pairs]
    return f"{facts['shown']} % ({formats.joined(parts)})" if parts else f"{facts['shown']} %"


def _published(facts: Facts) -> str:
    published = facts["published"] or "menos de 1"
    return f"se publicó {published} % y el avance es {_standing(facts)}"


def _published_without(facts: Facts) -> str:
    return f"se publicó sin porcentaje y el avance es {_standing(facts)}"


def _published_counted(facts: Facts) -> str:
    return f"se publicó {_listed(facts['published'])}; lo que cuenta: {_listed(facts['counted'])}"


def _published_targets(facts: Facts) -> str:
    return f"se publicó la meta de {_listed(facts['published'])}; es de {_listed(facts['amounts'])}"


def _published_dates(facts: Facts) -> str:
    said = _span(facts["published_starts"], facts["published_ends"])
    return f"se publicó {said}; va {_span(facts['starts'], facts['ends'])}"


def _published_outside(facts: Facts) -> str:
    said = _span(facts["published_starts"], facts["published_ends"])
    return f"se publicó {said}, fuera del ejercicio {facts['year']}"


def _published_twice(facts: Facts) -> str:
    return f"está dos veces en la tabla publicada, en los renglones {facts['first']} y {facts['row']}"


def _only_published(facts: Facts) -> str:
    return f"está en el renglón {facts['row']} de la tabla publicada y no en el programa"


def _not_published(facts: Facts) -> str:
    return "no está en la tabla publicada"


_SAID: dict[FindingKind, Callable[[Facts], str]] = {
    FindingKind.WORDS_DIFFER: _quote,
    FindingKind.WORDING: _wording,
    FindingKind.ENUMERATION: _enumeration,
    FindingKind.AMOUNT_TOLD: _amount,
    FindingKind.TOLD_NOT_COUNTED: _unfinished,
    FindingKind.PERCENTAGE_TOLD: _percentage,
    FindingKind.PEOPLE_TOLD: _people_told,
    FindingKind.PEOPLE_DIFFER: _people_differ,
    FindingKind.NO_ACTIVITY: _silent,
    FindingKind.LINE_DATES: _line_dates,
    FindingKind.ACTIVITY_DATES: _activity_dates,
    FindingKind.FIGURE_MISSING: _figure_missing,
    FindingKind.FIGURE_WITHOUT_TEXT: _without_text,
    FindingKind.PICTURE_NOT_SHOWN: _not_shown,
    FindingKind.PICTURE_LEFT_OUT: _left_out,
    FindingKind.EVIDENCE_MISSING: _missing,
    FindingKind.EVIDENCE_TWICE: _evidence_twice,
    FindingKind.DOCUMENT_TWICE: _document_twice,
    FindingKind.PREFIX_MIXED: _prefix,
    FindingKind.PUBLISHED_PERCENTAGE: _published,
    FindingKind.PUBLISHED_WITHOUT: _published_without,
    FindingKind.PUBLISHED_COUNTED: _published_counted,
    FindingKind.PUBLISHED_TARGETS: _published_targets,
    FindingKind.PUBLISHED_DATES: _published_dates,
    FindingKind.PUBLISHED_OUTSIDE: _published_outside,
    FindingKind.PUBLISHED_TWICE: _published_twice,
    FindingKind.ONLY_PUBLISHED: _only_published,
    FindingKind.NOT_PUBLISHED: _not_published,
}
