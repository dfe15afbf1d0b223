"""What is said while a programme file is brought in."""

from collections.abc import Sequence
from datetime import date

from handlers.texts.escaping import escape
from handlers.texts.programme.problems import listed, sentence
from models.programme_changes.drafts import AdjustmentTerms, Importing
from models.programme_file.problem import Problem, ProblemSeverity
from models.programme_file.sentences import Sentence
from spanish.writing import days

PROGRAMME = "📘 Es el programa anual"
EVIDENCE = "📎 Es evidencia de una actividad"
APPLY = "✅ Aplicar"
CANCELLED = "✖️ No se cambió nada: el programa sigue igual."
NO_LETTER = "Sin oficio"
WHOLE_YEAR = "Todo el año"
EDITS = {"since": "Desde cuándo", "reason": "Motivo", "letter": "Oficio"}
WHY = "¿Por qué se ajusta? Escríbalo como debe constar, por ejemplo, «Acuerdo 4 de la segunda sesión»."
WHICH_LETTER = "¿Con qué oficio se autoriza? Escriba su número, o toque «Sin oficio»."
CHANGED_MEANWHILE = "⚠️ El programa cambió mientras tanto. Esto es lo que cambiaría ahora:"
CHANGES_FILE, PROBLEMS_FILE = "cambios.txt", "observaciones.txt"
ALL_CHANGES = "Todos los cambios"
ALL_PROBLEMS = "Todas las observaciones"
CHANGES_SHOWN, PROBLEMS_SHOWN, WARNINGS_SHOWN = 12, 12, 4
LINE = 220  # characters of one change on the card


def which(name: str) -> str:
    return f"📄 «{escape(name)}»\n\n¿Es el programa anual o evidencia?"


def being_read(name: str) -> str:
    return f"⏳ Estoy leyendo «{escape(name)}». En un momento le digo qué cambiaría; nada se escribe todavía."


def wrong(name: str, problems: Sequence[Problem]) -> str:
    """The file cannot be taken: everything that is wrong with it, each with its place."""
    errors = sum(each.severity is ProblemSeverity.ERROR for each in problems)
    head = "un error" if errors == 1 else f"{errors:,} errores"
    return "\n".join(
        [
            f"❌ «{escape(name)}» no puede importarse: tiene {head}.",
            "",
            *listed(problems, PROBLEMS_SHOWN),
            "",
            "Corríjalo y envíelo otra vez. El programa sigue igual.",
        ]
    )


def nothing(name: str) -> str:
    return f"👌 «{escape(name)}» dice lo mismo que el programa: nada cambiaría."


def refused(name: str, sentences: Sequence[Sentence]) -> str:
    said = "\n".join(f"• {escape(sentence(each))}." for each in sentences[:PROBLEMS_SHOWN])
    return f"❌ «{escape(name)}» no puede importarse así:\n\n{said}\n\nEl programa sigue igual."


def since_when(name: str, adjusts: bool) -> str:
    what = "los ajustes y las líneas que se agregan o terminan" if adjusts else "las líneas"
    return (
        f"📘 «{escape(name)}»\n\n¿Desde qué día valen {what}? Los días anteriores siguen respondiendo como "
        "hasta ahora. También puede escribirlo: «1 de julio»."
    )


def card(year: int, changes: Sequence[str], warnings: Sequence[Problem], content: Importing) -> str:
    """What would change, and with which reason."""
    cut = [each if len(each) <= LINE else each[: LINE - 1] + "…" for each in changes[:CHANGES_SHOWN]]
    shown = [escape(each) for each in cut]
    if len(changes) > CHANGES_SHOWN:
        shown.append(f"… y {len(changes) - CHANGES_SHOWN:,} más, en el archivo adjunto")
    parts = [f"📘 <b>Programa {year}</b> · «{escape(content.name)}»", "Esto cambiaría:", "", *shown]
    if said := terms(content):
        parts += ["", *said]
    if warnings:
        parts += ["", "Avisos, que no impiden importarlo:", *listed(warnings, WARNINGS_SHOWN)]
    return "\n".join([*parts, "", "Nada se escribe antes de ✅ Aplicar."])


def terms(content: AdjustmentTerms) -> list[str]:
    """«Desde», «Motivo» and «Oficio», those that were answered."""
    lines = [f"<b>Desde:</b> {_since(content.since)}"] if "since" in content.answered else []
    if content.reason:
        lines.append(f"<b>Motivo:</b> {escape(content.reason)}")
        lines.append(f"<b>Oficio:</b> {escape(content.letter or 'sin oficio')}")
    return lines


def _since(day: date | None) -> str:
    return "hoy" if day is None else days.day(day, 0)


def applied(year: int, count: int) -> str:
    what = "un cambio" if count == 1 else f"{count:,} cambios"
    return f"✅ <b>Aplicado</b>: {what} en el programa de {year}. Queda constancia en la bitácora."


def today_choice(today: date) -> str:
    return f"Desde hoy, {days.day(today)}"
