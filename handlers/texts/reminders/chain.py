"""What is said where the stored data do not agree with the audit chain."""

from handlers.texts.escaping import escape
from models.chain.table_findings import Comparison, TableFinding

SHOWN = 5


def broken(found: Comparison) -> str:
    """What does not agree, the first few by name, and what to do."""
    lines = ["🚨 <b>Los datos guardados no coinciden con la bitácora</b>"]
    if found.verdict.broken_at is not None:
        lines.append(f"La bitácora está alterada en el registro {found.verdict.broken_at}.")
    lines += [f"• {_place(each)}" for each in found.findings[:SHOWN]]
    left = len(found.findings) + found.omitted - SHOWN
    if left > 0:
        lines.append(f"• y {left:,} más")
    lines.append(
        "Alguien los cambió fuera de este sistema. No firme ni publique hasta aclararlo; pida a quien "
        "administra el asistente el resultado de <code>python -m bot audit --tables</code>."
    )
    return "\n".join(lines)


def _place(finding: TableFinding) -> str:
    """Table, row and column as the database calls them, and the entry that says otherwise."""
    where = " ".join(filter(None, (finding.table, finding.key, finding.column)))
    entry = f" (registro {finding.entry})" if finding.entry is not None else ""
    return f"<code>{escape(where)}</code>{entry}"
