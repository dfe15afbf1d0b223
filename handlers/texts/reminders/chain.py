"""Texts about stored data that disagree with the audit chain."""

from handlers.texts.escaping import Html
from models.chain.table_findings import Comparison, TableFinding

SHOWN = 5


def broken(found: Comparison) -> Html:
    """Return what disagrees, the first few findings by name, and what to do."""
    lines = [Html("🚨 <b>Los datos guardados no coinciden con la bitácora</b>")]
    if found.verdict.broken_at is not None:
        lines.append(Html("La bitácora está alterada en el registro {}.").format(found.verdict.broken_at))
    lines += [Html("• {}").format(_place(each)) for each in found.findings[:SHOWN]]
    left = len(found.findings) + found.omitted - SHOWN
    if left > 0:
        lines.append(Html("• y {:,} más").format(left))
    lines.append(
        Html(
            "Alguien los cambió fuera de este sistema. No firme ni publique hasta aclararlo; pida a quien "
            "administra el asistente el resultado de <code>python -m bot audit --tables</code>."
        )
    )
    return Html("\n").join(lines)


def _place(finding: TableFinding) -> Html:
    """Return table, row and column, and the audit entry that disagrees."""
    where = Html(" ").join(filter(None, (finding.table, finding.key, finding.column)))
    entry = Html(" (registro {})").format(finding.entry) if finding.entry is not None else ""
    return Html("<code>{}</code>{}").format(where, entry)
