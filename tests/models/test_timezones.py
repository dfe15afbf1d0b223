"""Time zones come from the package, whatever the machine has."""

import os
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

LATE_JUNE = (  # 23:32 in Mexico City on the quarter's last day
    "from datetime import UTC, datetime; from zoneinfo import ZoneInfo; import models.programme.view;"
    "print(datetime(2024, 7, 1, 5, 32, tzinfo=UTC).astimezone(ZoneInfo('America/Mexico_City')).date())"
)
WITHOUT_PACKAGE = "import sys; sys.modules['tzdata'] = None;"
DOCTOR = "from bot.__main__ import main; sys.argv = ['bot', 'doctor']; main()"
PROGRESS = "from bot.__main__ import main; sys.argv = ['bot', 'progress', '--on', '2024-07-01']; main()"


@pytest.fixture
def old_zones(tmp_path: Path) -> Path:
    """A folder of time zones in which Mexico City still has summer time, as Chicago does."""
    old = tmp_path / "zoneinfo" / "America" / "Mexico_City"
    old.parent.mkdir(parents=True)
    old.write_bytes(resources.files("tzdata").joinpath("zoneinfo/America/Chicago").read_bytes())
    return tmp_path / "zoneinfo"


def run(code: str, folder: Path | str, within: Path) -> subprocess.CompletedProcess[str]:
    surroundings = {
        **os.environ,
        "PYTHONTZPATH": str(folder),
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "DATA_DIR": str(within / "data"),
        "TELEGRAM_TOKEN": "",
    }
    command = [sys.executable, "-W", "ignore", "-c", code]
    return subprocess.run(command, env=surroundings, cwd=within, capture_output=True, text=True, check=False)


def test_packaged_time_zones_are_preferred_to_those_of_the_machine(old_zones: Path, tmp_path: Path) -> None:
    assert run(LATE_JUNE, old_zones, tmp_path).stdout.strip() == "2024-06-30"
    assert run(WITHOUT_PACKAGE + LATE_JUNE, old_zones, tmp_path).stdout.strip() == "2024-07-01"


def test_the_doctor_reports_outdated_time_zones(old_zones: Path, tmp_path: Path) -> None:
    assert "✓ zones" in run("import sys;" + DOCTOR, old_zones, tmp_path).stdout
    done = run(WITHOUT_PACKAGE + DOCTOR, old_zones, tmp_path)
    assert "✗ zones" in done.stdout and "is not UTC-6 → make setup" in done.stdout


def test_without_time_zones_the_doctor_reports_it_and_continues(tmp_path: Path) -> None:
    made = run("import sys;" + PROGRESS, "", tmp_path)
    assert made.returncode == 0, made.stderr
    done = run(WITHOUT_PACKAGE + DOCTOR, "", tmp_path)
    assert done.returncode == 1
    assert "✗ zones      there is no time zone data → make setup" in done.stdout
    assert "folder" in done.stdout and "Traceback" not in done.stderr
    done = run(WITHOUT_PACKAGE + PROGRESS, "", tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("error: there is no time zone data on this machine")
    assert len(done.stderr.splitlines()) == 1
