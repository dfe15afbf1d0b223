"""Texts of importing a programme file."""

from collections.abc import Sequence
from datetime import date

from handlers.texts.escaping import Html, escape
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
LINE = 220  # characters per change on the card


def which(name: str) -> Html:
    return Html("📄 «{}»\n\n¿Es el programa anual o evidencia?").format(name)


def being_read(name: str) -> Html:
    return Html(
        "⏳ Estoy leyendo «{}». En un momento le digo qué cambiaría; nada se escribe todavía."
    ).format(name)


def wrong(name: str, problems: Sequence[Problem]) -> Html:
    """Return why the file cannot be imported: each error with its place."""
    errors = sum(each.severity is ProblemSeverity.ERROR for each in problems)
    head = "un error" if errors == 1 else Html("{:,} errores").format(errors)
    return Html("\n").join(
        [
            Html("❌ «{}» no puede importarse: tiene {}.").format(name, head),
            "",
            *listed(problems, PROBLEMS_SHOWN),
            "",
            "Corríjalo y envíelo otra vez. El programa sigue igual.",
        ]
    )


def nothing(name: str) -> Html:
    return Html("👌 «{}» dice lo mismo que el programa: nada cambiaría.").format(name)


def refused(name: str, sentences: Sequence[Sentence]) -> Html:
    said = Html("\n").join(Html("• {}.").format(sentence(each)) for each in sentences[:PROBLEMS_SHOWN])
    return Html("❌ «{}» no puede importarse así:\n\n{}\n\nEl programa sigue igual.").format(name, said)


def since_when(name: str, adjusts: bool) -> Html:
    what = "los ajustes y las líneas que se agregan o terminan" if adjusts else "las líneas"
    return Html(
        "📘 «{}»\n\n¿Desde qué día valen {}? Los días anteriores siguen respondiendo como "
        "hasta ahora. También puede escribirlo: «1 de julio»."
    ).format(name, what)


def card(year: int, changes: Sequence[str], warnings: Sequence[Problem], content: Importing) -> Html:
    """Return the changes, the warnings, and the terms."""
    cut = [each if len(each) <= LINE else each[: LINE - 1] + "…" for each in changes[:CHANGES_SHOWN]]
    shown = [escape(each) for each in cut]
    if len(changes) > CHANGES_SHOWN:
        shown.append(Html("… y {:,} más, en el archivo adjunto").format(len(changes) - CHANGES_SHOWN))
    parts = [Html("📘 <b>Programa {}</b> · «{}»").format(year, content.name), "Esto cambiaría:", "", *shown]
    if said := terms(content):
        parts += ["", *said]
    if warnings:
        parts += ["", "Avisos, que no impiden importarlo:", *listed(warnings, WARNINGS_SHOWN)]
    return Html("\n").join([*parts, "", "Nada se escribe antes de ✅ Aplicar."])


def terms(content: AdjustmentTerms) -> list[Html]:
    """Return «Desde», «Motivo» and «Oficio», as far as answered."""
    lines = [Html("<b>Desde:</b> {}").format(_since(content.since))] if "since" in content.answered else []
    if content.reason:
        lines.append(Html("<b>Motivo:</b> {}").format(content.reason))
        lines.append(Html("<b>Oficio:</b> {}").format(content.letter or "sin oficio"))
    return lines


def _since(day: date | None) -> str:
    return "hoy" if day is None else days.day(day, 0)


def applied(year: int, count: int) -> Html:
    what = "un cambio" if count == 1 else Html("{:,} cambios").format(count)
    return Html("✅ <b>Aplicado</b>: {} en el programa de {}. Queda constancia en la bitácora.").format(
        what, year
    )


def today_choice(today: date) -> str:
    return f"Desde hoy, {days.day(today)}"
