"""`doctor --upgrade BACKUP`: would this version take over what an earlier one stored?"""

from pathlib import Path

from bot.doctor.check import Check, unseen
from bot.storage.rehearsal import Rehearsal, reason, rehearse
from bot.terminal import counted

NAMES = ("tables", "evidence", "audit", "signatures", "figures")
STAY = "stay with the version that runs, and tell whoever keeps Avance"


def rehearse_upgrade(file: Path, identity: Path | None, scratch_url: str | None, beside: Path) -> list[Check]:
    """Restore the backup into a scratch database, migrate it, and compare what it held before and after."""
    try:
        found = rehearse(file, identity, beside, scratch_url)
    except Exception as error:  # a fault of a migration, too, is what is looked for
        return [Check("backup", False, reason(error)), *(unseen(name, "see above") for name in NAMES)]
    manifest = found.manifest
    made = f"{file}, as of {manifest.made_at:%Y-%m-%d %H:%M} UTC, {manifest.engine}"
    return [Check("backup", True, made), _tables(found), _evidence(found), *_compared(found)]


def _tables(found: Rehearsal) -> Check:
    if found.manifest.version == found.version:
        return Check("tables", None, f"of version {found.version} already; there is nothing to migrate")
    return Check("tables", True, f"brought from version {found.manifest.version} to {found.version}")


def _evidence(found: Rehearsal) -> Check:
    manifest = found.manifest
    said = f"{counted(manifest.files, 'file')}, each as its hash says"
    if manifest.holes:
        return Check("evidence", False, f"{said}; {len(manifest.holes)} were missing when it was made")
    return Check("evidence", True, said)


def _compared(found: Rehearsal) -> list[Check]:
    differing = found.before.differences(found.after)
    signed = [each for each in differing if each.startswith("signature ")]
    signed += [f"signature {number}" for number in found.altered if f"signature {number}" not in signed]
    units = [each for each in differing if not each.startswith("signature ")]
    count = len({key for key, _ in found.after.units})
    return [
        _chain(found),
        _same("signatures", counted(len(found.after.signatures), "signature"), signed),
        _same("figures", f"{counted(count, 'unit')}, {counted(found.shown, 'figure')} computed", units),
    ]


def _chain(found: Rehearsal) -> Check:
    said = (
        f"{counted(found.manifest.audit.entries, 'entry', 'entries')} before, {found.verdict.entries} after"
    )
    if found.verdict.broken_at is not None:
        return Check("audit", False, f"{said}; broken at entry {found.verdict.broken_at}", STAY)
    if found.head_at is None:
        return Check("audit", False, f"{said}; the head of before is not in it any more", STAY)
    return Check("audit", True, f"{said}; the head of before is entry {found.head_at}")


def _same(name: str, what: str, differing: list[str]) -> Check:
    if differing:
        return Check(name, False, f"{what}; not as before: {', '.join(differing)}", STAY)
    return Check(name, True, f"{what}, as before")
