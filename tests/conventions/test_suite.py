"""The suite itself: skipped browser tests are reported at the end, and are a failure in CI."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def collect(**environment: str) -> subprocess.CompletedProcess[str]:
    """Collect the tests of the page without a browser."""
    rest = {name: value for name, value in os.environ.items() if name not in ("CI", "PATH")}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "tests/local_telegram/test_page.py", "--collect-only"],
        cwd=ROOT,
        env={**rest, "PATH": "", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_a_browser_the_summary_lists_the_skipped_tests() -> None:
    done = collect()
    assert "browser tests were left out" in done.stdout.strip().splitlines()[-1]


def test_without_a_browser_the_suite_fails_in_ci() -> None:
    done = collect(CI="true")
    assert done.returncode != 0
    assert "chromium" in done.stdout + done.stderr
