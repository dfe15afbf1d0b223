"""A report whose every text is one that some program would execute, cannot store, or cannot wrap."""

from dataclasses import dataclass, replace

from reports.quarterly.content import ActivityPart, LinePart, Report, Table, UnitPart


@dataclass(frozen=True)
class Hostile:
    """A text that other programs would execute, and how it is printed if that differs."""

    typed: str
    printed: str


LONG_WORD = "Constitucionalísimamente" * 209  # 5,016 characters
HOSTILE = tuple(
    Hostile(typed, printed or typed)
    for typed, printed in (
        ("<b>negrita</b> & \"comillas\" 'simples' &amp; ]]> <!-- -->", ""),
        ("{{7*7}} {% raw %} {{r x}} {%p if y %} {#c#} {_{ }_} {_% %_}", ""),
        ("#panic() $x$ \\begin{x} *_`~ =1+1 @here %s %(a)s ${jndi}", ""),
        (
            "nulo \x00 campana \x07 salto \x0c vertical \x0b escape \x1b fin",
            "nulo � campana � salto � vertical � escape � fin",
        ),
        ("medio par \ud800 y no carácter \uffff", "medio par � y no carácter �"),
        ("¿Ñandú? «sí» — 😀 漢字 \u202evolteado\u202c", "¿Ñandú? «sí» — 😀 漢字 volteado"),
        (LONG_WORD, ""),
    )
)


def hostile(report: Report) -> Report:
    """Replace every text that a person may type by a hostile one; pictures, figures and hashes stay."""
    typed = "\n".join(each.typed for each in HOSTILE if each.typed != LONG_WORD)
    paragraphs = tuple(each.typed for each in HOSTILE)
    institution = replace(
        report.institution,
        name=typed.replace("\n", " "),
        short_name=HOSTILE[0].typed,
        motto=HOSTILE[1].typed,
        governing_body=HOSTILE[2].typed,
        mission=paragraphs,
        vision=paragraphs,
        structure=paragraphs,
        principles=tuple((each, each) for each in paragraphs),
        structure_caption=HOSTILE[1].typed,
        privacy_notice=paragraphs,
    )
    units = tuple(_hostile_unit(each, typed, paragraphs) for each in report.units)
    files = tuple(replace(each, unit=typed, name=LONG_WORD) for each in report.seal.files)
    return replace(
        report,
        title=LONG_WORD,
        heading=HOSTILE[1].typed,
        opening=paragraphs,
        draft_note=typed,
        institution=institution,
        units=units,
        seal=replace(report.seal, files=files),
    )


def _hostile_unit(unit: UnitPart, typed: str, paragraphs: tuple[str, ...]) -> UnitPart:
    signature = unit.signature and replace(unit.signature, signed_by=typed, in_place_of=LONG_WORD)
    return replace(
        unit,
        name=HOSTILE[1].typed,
        objective=typed,
        strategy=paragraphs,
        presentation=paragraphs,
        lines=tuple(_hostile_line(each, typed, paragraphs) for each in unit.lines[:2]),
        signature=signature,
    )


def _hostile_line(line: LinePart, typed: str, paragraphs: tuple[str, ...]) -> LinePart:
    table = Table(90, ("", *paragraphs[:2]), (paragraphs[4:7],), paragraphs[1:4], LONG_WORD)
    return replace(
        line,
        title=typed,
        description=LONG_WORD,
        goal=LONG_WORD,
        activities=tuple(_hostile_activity(each, paragraphs) for each in line.activities),
        tables=(table,),
        standstill=typed,
        closing=typed,
        observation=LONG_WORD,
    )


def _hostile_activity(activity: ActivityPart, paragraphs: tuple[str, ...]) -> ActivityPart:
    groups = tuple(
        replace(
            group,
            caption=paragraphs[1],
            figures=tuple(replace(figure, alternative=paragraphs[0]) for figure in group.figures),
        )
        for group in activity.groups
    )
    return replace(activity, narrative=paragraphs[0], paragraphs=paragraphs, groups=groups)
