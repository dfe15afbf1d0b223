"""A small report with a part of every kind, for tests of the formats."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from models.progress.signal import Signal
from models.quarter import Quarter
from models.tables.activity import AttendanceFacts, OptionalFacts
from reports.quarterly.content import (
    ActivityPart,
    EntryPart,
    Figure,
    FigureGroup,
    InstitutionPart,
    LinePart,
    Report,
    Seal,
    SealedFile,
    Series,
    SignaturePart,
    Table,
    UnitPart,
)

T1 = Quarter(2024, 1)
ZONE = ZoneInfo("America/Mexico_City")
QUARTER, HALF = Fraction(1, 4), Fraction(1, 2)


def sha(number: int) -> str:
    """Return a distinct hash for every number, without shared runs of digits."""
    return f"{number:02x}" * 32


def photographs(*numbers: int, about: str = "Asesorías") -> FigureGroup:
    figures = tuple(
        Figure(Series.PHOTOGRAPH, each, sha(each), sha(100 + each), f"Fotografía {each}: {about}, 6 de marzo")
        for each in numbers
    )
    return FigureGroup(figures, f"Fotografías {', '.join(map(str, numbers))}. {about}.")


def activity(*paragraphs: str, groups: tuple[FigureGroup, ...] = ()) -> ActivityPart:
    return ActivityPart(
        id=1,
        version=1,
        starts_on=date(2024, 3, 6),
        ends_on=date(2024, 3, 6),
        narrative=paragraphs[0],
        text=paragraphs[0],
        paragraphs=paragraphs,
        optional=OptionalFacts(),
        people=AttendanceFacts(),
        entries=(EntryPart("Actas", Decimal(1), Decimal(0)),),
        documents=(),
        evidence=(),
        groups=groups,
        registered_by="Ana Ruiz",
        registered_at=datetime(2024, 3, 6, 18, tzinfo=UTC),
    )


def line(number: int, title: str, **parts: Any) -> LinePart:
    plain = LinePart(
        number=number,
        title=title,
        description=f"Descripción de la línea {number}.",
        goal="16 actas y 12 acuerdos en el año",
        starts_on=date(2024, 1, 1),
        ends_on=date(2024, 12, 30 + number % 2),
        demand_driven=False,
        targets=(),
        exact=QUARTER,
        planned=HALF,
        due=HALF,
        shown="25",
        signal=Signal.RED,
        activities=(),
        tables=(),
        standstill=None,
        closing=None,
        observation=None,
        summary=None,
        indicator={},
    )
    return replace(plain, **parts)


TABLE = Table(
    number=1,
    head=("Meses", "Programados", "Ejecutados"),
    rows=(("Enero", "0", "0"), ("Febrero", "21", "21"), ("Marzo", "18", "17")),
    total=("Total", "39", "38"),
    caption="Tabla 1. Mantenimientos: programado y ejecutado por mes.",
)
SIGNED = SignaturePart("Roberto Culebro", "Elena Zenteno", datetime(2024, 4, 5, 16, 32, tzinfo=UTC), sha(200))


def units() -> tuple[UnitPart, ...]:
    documents = line(
        1,
        "Documentos para las sesiones",
        activities=(
            activity("6 de marzo. Sesionó el Órgano de Gobierno.", "Oficio SESAECH/DJ/012/2024."),
            activity("Asesorías a los órganos administrativos.", groups=(photographs(1, 2, 3),)),
            activity("Una asesoría más.", groups=(photographs(4),)),
        ),
        tables=(TABLE,),
        closing="Del 100\u00a0% de la meta programada, se tiene un avance del 25\u00a0%.",
        observation="Lo demás está programado para el segundo semestre.",
    )
    later = line(2, "Normatividad", closing="Meta programada en el 3er y 4to trimestre.")
    idle = line(3, "Convenios", standstill="Sin movimiento en este trimestre: no hubo solicitudes.")
    blank = line(1, "Espacio físico", description=None)
    of_unit: dict[str, Any] = {"exact": QUARTER, "planned": HALF, "shown": "25", "signal": Signal.RED}
    return (
        UnitPart(
            key="juridica",
            name="Dirección Jurídica",
            objective="Atender los asuntos jurídicos.",
            strategy=("Elaborar los documentos.", "Revisar los convenios."),
            strategy_listed=True,
            presentation=("Un trimestre de trabajo parejo.", "Segundo párrafo."),
            lines=(documents, later, idle),
            signature=SIGNED,
            **of_unit,
        ),
        UnitPart(
            key="archivo",
            name="Coordinación de Archivo",
            objective=None,
            strategy=(),
            strategy_listed=False,
            presentation=(),
            lines=(blank,),
            signature=None,
            **of_unit,
        ),
    )


INSTITUTION = InstitutionPart(
    name="Secretaría Ejecutiva del Sistema Anticorrupción",
    short_name="SESAECH",
    motto="Por un Chiapas sin corrupción",
    mission=("Fungir como órgano de apoyo técnico.",),
    vision=("Ser un organismo eficaz y eficiente.",),
    principles=(("Certeza", "Los actos están apegados a derecho."), ("Legalidad", "Se observa la ley.")),
    structure=("Cuenta con dos unidades.",),
    governing_body="Órgano de Gobierno de la Secretaría Ejecutiva",
    privacy_notice=("Los datos personales se protegen.",),
    logo=None,
    structure_image=None,
    structure_caption=None,
)
FILES = (
    SealedFile("Dirección Jurídica", 1, 7, "photo", None, 465_022, sha(1)),
    SealedFile("Dirección Jurídica", 1, 7, "document", "acta de la sesión.pdf", 12_345, sha(2)),
    SealedFile("Dirección Jurídica", 1, 8, "voice", None, None, None),
)


def report(**parts: Any) -> Report:
    """Return a draft of the first quarter; `parts` replace its own."""
    plain = Report(
        quarter=T1,
        whole=True,
        on=T1.last_day,
        institution=INSTITUTION,
        title="Primer Informe Trimestral del Desempeño de las Actividades de la SESAECH",
        heading="Informe del Primer Trimestre 2024 (Enero - Marzo)",
        opening=("Se presentan los avances de las metas.",),
        units=units(),
        exact=QUARTER,
        planned=HALF,
        shown="25",
        signal=Signal.RED,
        draft=True,
        draft_note="Borrador: falta la firma de la Coordinación de Archivo.",
        dated_at=datetime(2024, 4, 5, 10, 32, 7, 123, tzinfo=ZONE),
        seal=Seal(FILES, 114, sha(250)),
    )
    return replace(plain, **parts)


def saying(text: str) -> Report:
    """Return the report with that text wherever people can write."""
    whole = report()
    first, second = whole.units
    told = replace(
        first.lines[0],
        title=text,
        description=text,
        goal=text,
        activities=(activity(text, groups=(photographs(1, 2, about=text),)),),
        tables=(replace(TABLE, caption=text),),
        closing=text,
        observation=text,
        standstill=text,
    )
    institution = replace(INSTITUTION, name=text, motto=text, mission=(text,), principles=((text, text),))
    unit = replace(first, name=text, objective=text, strategy=(text,), presentation=(text,), lines=(told,))
    seal = replace(whole.seal, files=(replace(FILES[1], unit=text, name=text),))
    return replace(whole, institution=institution, units=(unit, second), seal=seal, draft_note=text)
