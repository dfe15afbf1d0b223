"""The demo in an installation without its packages."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from bot.commands.cli import DEMO_PACKAGES

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("command", ["demo", "run"])
def test_the_demo_without_its_packages_says_what_to_install(command: str, tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['python_multipart'] = None;"
        f"from bot.__main__ import main; sys.argv = ['bot', '{command}']; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(ROOT), "DATA_DIR": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == (
        "error: the demo needs python_multipart; start it with make run, or set TELEGRAM_TOKEN for the bot\n"
    )


def test_the_demo_names_the_packages_of_its_group() -> None:
    group = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]["local-telegram"]
    assert {each.partition(">=")[0].replace("-", "_") for each in group} == set(DEMO_PACKAGES)
