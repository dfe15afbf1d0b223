"""The evidence files in a snapshot: what a report shows of each, and what its annex lists."""

from collections.abc import Iterator
from typing import Any

from reports.quarterly.captions import is_shown
from reports.quarterly.content import COPY, FilePart, SealedFile

Said = dict[str, Any]


def file_part(said: Said) -> FilePart:
    given = {name: said[name] for name in ("kind", "sha256", "name", "media_type", "bytes")}
    file = FilePart(**given, latitude=said["latitude"], longitude=said["longitude"], shown=False)
    reason = said.get("in_report", {}).get("reason")  # earlier snapshots show every picture
    return FilePart(**{**vars(file), "shown": is_shown(said), "left_out": reason})


def sealed(unit: str, said: Said) -> Iterator[SealedFile]:
    """Yield the evidence files of a unit's snapshot; a printed picture is followed by its copy."""
    for line in said["lines"]:
        for activity in line["activities"]:
            place = unit, line["number"], activity["id"]
            for file in activity["evidence"]:
                if file["kind"] != "location":
                    about = {name: file[name] for name in ("kind", "name", "bytes", "sha256")}
                    yield SealedFile(*place, **about)
                if file_part(file).shown:
                    yield SealedFile(*place, COPY, None, None, file["copy_sha256"])
