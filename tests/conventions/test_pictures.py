"""The pictures of the documents show what the demo shows today: else `make pictures` takes them again."""

import json
import re
from pathlib import Path

from tests.tools.pictures import HASHES, IMAGES, PICTURES, ROOT, converse, demo

DOCUMENTS = (ROOT / "README.md", ROOT / "docs" / "manual.md")


async def test_no_picture_is_older_than_what_it_shows() -> None:
    async def shoot(name: str, of: str | None) -> None:
        """Without a browser only what would be shown is compared."""

    async with demo() as url:
        shown = await converse(url, shoot)
    taken = json.loads(HASHES.read_text(encoding="utf-8"))
    stale = sorted(name for name in shown if taken.get(name) != shown[name])
    assert not stale, f"Older than what they show: {', '.join(stale)}. `make pictures` takes them again."


def test_every_picture_is_taken_and_shown() -> None:
    named = {
        (document.parent / found).resolve()
        for document in DOCUMENTS
        for found in re.findall(r"\]\(([\w./-]+\.png)\)", document.read_text(encoding="utf-8"))
    }
    assert all(file.is_file() for file in named)
    assert {Path(file).stem for file in named} >= set(PICTURES)
    assert {file.stem for file in IMAGES.glob("*.png")} == {*PICTURES, "report"}
