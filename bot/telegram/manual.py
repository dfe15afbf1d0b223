"""The manual as a PDF: made of `docs/manual.md` when somebody asks for it, and kept until that changes."""

import hashlib
import os
import tempfile
from pathlib import Path

from telegram.error import BadRequest

from bot.confinement import subprocesses

SOURCE = Path(__file__).parents[2] / "docs" / "manual.md"


class NoManual(BadRequest):
    """The manual cannot be made."""


async def pdf(folder: Path) -> Path:
    """Return the PDF of the manual as it is now, in `folder`. Raises `NoManual`."""
    target = folder / f"{_digest()}.pdf"
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=folder, suffix=".part")
        os.close(handle)
        made = Path(name)
        ended = await subprocesses.run(
            "reports.manual", str(SOURCE), name, reads=[SOURCE.parent], writes=[made]
        )
        if ended.code:
            made.unlink()
            raise NoManual(f"the manual could not be made: {ended.complaint or ended.code}")
        made.replace(target)
    return target


def _digest() -> str:
    """Return the hash of the manual's text and pictures. Raises `NoManual`."""
    if not SOURCE.is_file():
        raise NoManual(f"{SOURCE} is missing")
    found = hashlib.sha256(SOURCE.read_bytes())
    for picture in sorted((SOURCE.parent / "images").glob("*.png")):
        found.update(picture.read_bytes())
    return found.hexdigest()
