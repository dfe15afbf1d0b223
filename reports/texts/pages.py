"""Texts on the pages of a report besides its content: page numbers, remarks, the annex."""

from collections.abc import Iterator
from datetime import date, datetime

from reports.texts import headings
from spanish.writing import days, formats

PAGE = ("Página", "de")  # «Página 3 de 40»
PICTURE_MISSING = "(La imagen no está disponible en este momento.)"
LOGO = "Logotipo de"
ENTRY = "Línea / actividad"
FILE = "Archivo"
HASH = "SHA-256"
UNIT = "Órgano administrativo"
SIGNED_BY = "Firmó"
UNSIGNED = "Sin firma"
NAMELESS = "(nombre retirado)"
PRIVACY = "Aviso de privacidad"
KINDS = {
    "photo": "foto",
    "document": "documento",
    "voice": "nota de voz",
    "video": "video",
    "location": "ubicación",
    "copy": headings.PRINTED_COPY,
}
SEAL_MEANING = (
    "Cada archivo de evidencia en que se apoya este informe se identifica por su huella SHA-256: si un "
    "archivo cambia, su huella ya no es la misma."
)


def dated(on: date) -> str:
    """Return «31 de marzo de 2024»."""
    return f"{days.day(on)} de {on.year}"


def entry(line: int, activity: int) -> str:
    return f"Línea {line}, actividad {activity}"


def files_of(unit: str, number: int) -> str:
    """Return «Dirección Jurídica: 3 archivos»; never the name alone, which may equal another heading."""
    return f"{unit}: {formats.number(number)} {'archivo' if number == 1 else 'archivos'}"


def file(kind: str, name: str | None, size: int | None) -> str:
    """Return «acta.pdf (documento, 12,345 bytes)»."""
    about = [KINDS.get(kind, kind), *([f"{formats.number(size)} bytes"] if size is not None else [])]
    return f"{name} ({', '.join(about)})" if name else ", ".join(about)


def chain(entries: int) -> str:
    """Return the text before the hash of the audit chain's entry."""
    return (
        f"Huella del registro {formats.number(entries)}, el último de la cadena en que se apoya este informe:"
    )


def signed(by: str | None, in_place_of: str | None, at: datetime) -> Iterator[str]:
    """Yield «Roberto Culebro, en ausencia de Ana Ruiz» and «5 de abril de 2024, 10:32 h»."""
    name = by or NAMELESS
    yield f"{name}, en ausencia de {in_place_of}" if in_place_of else name
    yield f"{dated(at.date())}, {at:%H:%M} h"
