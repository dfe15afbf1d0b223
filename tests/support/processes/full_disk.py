"""A real full disk: a small file system in memory, mounted where files are to be written."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass
class Disk:
    folder: Path

    def widen(self, megabytes: int = 64) -> None:
        """Room again."""
        _run("mount", "-o", f"remount,size={megabytes}m", str(self.folder))


@contextmanager
def full_disk(folder: Path, kilobytes: int = 256) -> Iterator[Disk]:
    """Limit the room in that folder. Skips the test if mounting is not permitted."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        _run("mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder))
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("only root may mount a file system")
    try:
        yield Disk(folder)
    finally:
        _run("umount", "-l", str(folder))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
