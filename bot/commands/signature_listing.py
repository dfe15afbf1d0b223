"""The output of `signatures`: JSON for scripts, and the same as aligned text."""

from typing import Any

from sqlmodel import Session

from bot.commands.listing import aligned, as_text
from models.activities.detail import names
from models.calendar import closing
from models.chain import anchor
from models.chain.table_findings import compare
from models.quarter import Quarter
from models.quarter_end import signing
from models.quarter_end.snapshot import digest
from models.tables.programme import Unit
from reports.annex_reading import Annex

TABLES = ("signature", "reopening")
NAMED = 5  # altered rows named if the signatures cannot be listed


def shape(session: Session, unit_id: int | None, report: Annex | None = None) -> dict[str, Any]:
    """Return `{signatures: [{id, unit, quarter, sha256, signed_at, signed_by, in_place_of, holds, intact}],
    chain, findings}`, with `report` if they are compared with a report."""
    compared = compare(session, TABLES)
    broken = compared.verdict
    shape: dict[str, Any] = {
        "signatures": _listed(session, unit_id),
        "chain": {
            "entries": broken.entries,
            "head": broken.head,
            "broken_at": broken.broken_at,
            "reason": broken.reason,
        },
        "findings": [
            {"table": each.table, "key": each.key, "sentence": str(each)} for each in compared.findings
        ],
    }
    if report is not None:
        shape["report"] = _compared(session, report)
    return shape


def _compared(session: Session, report: Annex) -> dict[str, Any]:
    """Return each signature that the report prints, and its head of the chain, with what the database has."""
    stored = {each.sha256: each for each in signing.signatures(session)}
    return {
        "signatures": [
            {
                "sha256": sha256,
                "id": row.id if (row := stored.get(sha256)) is not None else None,
                "intact": row is not None and signing.verify(session, row),
            }
            for sha256 in report.signatures
        ],
        "chain_head": report.head,
        "chain_contains_it": anchor.look_up(session, anchor.Head(report.head)).entry is not None,
    }


def faults(shape: dict[str, Any]) -> list[str]:
    """Return one sentence for each kind of fault."""
    said = []
    altered = [str(each["id"]) for each in shape["signatures"] if not each["intact"]]
    if altered:
        said.append(f"signatures that were altered: {', '.join(altered)}")
    said += [
        each["sentence"]
        for each in shape["findings"]
        if each["table"] != "signature" or each["key"] not in altered
    ]
    chain = shape["chain"]
    if chain["broken_at"] is not None:
        said.append(f"the audit chain is broken at entry {chain['broken_at']}: {chain['reason']}")
    if (report := shape.get("report")) is not None:
        for each in report["signatures"]:
            if each["id"] is None:
                said.append(f"the report's signature {each['sha256']} is not in the database")
            elif not each["intact"]:
                said.append(f"the report's signature {each['sha256']} was altered in the database")
        if not report["chain_contains_it"]:
            said.append(f"the report's head {report['chain_head']} is not in the audit chain")
    return said


def unreadable(session: Session) -> str:
    """Return a sentence for signatures that cannot be listed, with the first altered rows."""
    named = [str(each) for each in compare(session).findings[:NAMED]]
    return "the signatures cannot be listed: " + ("; ".join(named) or "see python -m bot audit --tables")


def _listed(session: Session, unit_id: int | None) -> list[dict[str, Any]]:
    found = signing.signatures(session, unit_id)
    people = names(session, [number for each in found for number in (each.signed_by, each.in_place_of)])
    listed = []
    for each in found:
        quarter = Quarter(each.year, each.quarter)
        in_force = closing.signed(session, each.unit_id, quarter)
        listed.append(
            {
                "id": each.id,
                "unit": session.get_one(Unit, each.unit_id).key,
                "quarter": quarter.key,
                "sha256": each.sha256,
                "signed_at": each.signed_at.isoformat(timespec="seconds"),
                "signed_by": people.get(each.signed_by),
                "in_place_of": people.get(each.in_place_of),
                "holds": in_force is not None and in_force.id == each.id,
                "intact": signing.verify(session, each),
                **({"name_removed": True} if digest(each.snapshot) != each.sha256 else {}),
            }
        )
    return listed


def text(shape: dict[str, Any], as_json: bool) -> str:
    """Return one line for each signature, or JSON."""
    if as_json:
        return as_text(shape)
    rows = [
        (
            str(each["id"]),
            each["unit"],
            each["quarter"],
            each["signed_at"],
            each["signed_by"] or "",
            "in force" if each["holds"] else "reopened",
            _verdict(each),
            each["sha256"],
        )
        for each in shape["signatures"]
    ]
    lines = [aligned(rows) if rows else "No signatures."]
    lines += [
        f"report: {each['sha256']} {_state(each)}" for each in shape.get("report", {}).get("signatures", [])
    ]
    return "\n".join(lines)


def _verdict(each: dict[str, Any]) -> str:
    """Return the verdict; a forgotten person's name may have been taken out of what was signed."""
    if not each["intact"]:
        return "ALTERED"
    return "intact, a name removed" if each.get("name_removed") else "intact"


def _state(each: dict[str, Any]) -> str:
    if each["id"] is None:
        return "NOT IN THE DATABASE"
    return f"is signature {each['id']}, {'intact' if each['intact'] else 'ALTERED'}"
