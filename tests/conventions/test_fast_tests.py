"""The selection of fast tests: it is not empty, follows imports, and is guarded at run time."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.fast_tests import is_pure_file

ROOT = Path(__file__).parents[2]
CONNECTS = """
import pytest, socket

@pytest.mark.fast
def test_connects():
    socket.socket().connect(("127.0.0.1", 9))
"""
STARTS = """
import pytest, subprocess

@pytest.mark.fast
def test_starts():
    subprocess.run(["true"])
"""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-n", "0", "-p", "no:cacheprovider", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_fast_tests_cover_the_packages_below_the_bot() -> None:
    tests = [line for line in run("-m", "fast", "--collect-only").stdout.splitlines() if "::" in line]
    files = {line.partition(":")[0] for line in tests}
    assert len(tests) > 2500
    assert {name.split("/")[1] for name in files} >= {"models", "reports", "spanish", "handlers"}
    assert len(files) > 30
    assert all(is_pure_file(ROOT / name) for name in files)
    assert "tests/conventions/test_expressions.py" not in files  # slow as a whole
    assert not any("test_any_programme_reads_back_the_same" in line for line in tests)  # slow


@pytest.mark.parametrize(
    ("name", "pure"),
    [
        ("spanish/test_counts.py", True),
        ("models/programme/test_plan.py", True),
        ("failures/test_turn.py", False),  # the running bot
        ("handlers/chat/test_status.py", False),  # the same, by way of other modules
        ("local_telegram/test_page.py", False),  # a browser
        ("models/test_timezones.py", False),  # a process
        ("models/people/test_roster.py", False),  # a database
    ],
)
def test_a_file_is_pure_if_its_imports_are(name: str, pure: bool) -> None:
    assert is_pure_file(ROOT / "tests" / name) is pure


@pytest.mark.parametrize(("code", "event"), [(CONNECTS, "socket.connect"), (STARTS, "subprocess.Popen")])
def test_a_fast_test_may_not_leave_the_process(tmp_path: Path, code: str, event: str) -> None:
    (tmp_path / "test_made_up.py").write_text(code)
    done = run(
        "-p", "tests.support.fast_tests", "--rootdir", str(tmp_path), "-o", "markers=fast", str(tmp_path)
    )
    assert f"is marked as fast, but it uses {event}" in done.stdout
