"""The container: its files are linted, and its image is built and started without a Docker engine."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from sqlalchemy import make_url

from tests.support.phones.stage import ANA, Stage
from tests.support.processes.container import DEBIAN, ROOT, Container, Image, build, instructions, is_ignored
from tests.support.processes.forwarder import Forwarder
from tests.support.waiting import PATIENCE, until

ROOMS = ("bot", "handlers", "models", "reports", "spanish")
needs_root = pytest.mark.skipif(
    os.environ.get("CI") != "true" and (os.geteuid() != 0 or shutil.which("debootstrap") is None),
    reason="needs root and debootstrap",
)


def test_the_dockerfile_is_linted() -> None:
    hadolint = Path(sys.executable).with_name("hadolint")
    done = subprocess.run([hadolint, str(ROOT / "Dockerfile")], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_last_stage_has_a_user_a_volume_and_a_health_check() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    last = dict(instructions(text[text.rindex("FROM") :]))
    assert last["USER"] not in ("", "root", "0") and {"VOLUME", "HEALTHCHECK", "ENTRYPOINT"} <= set(last)


def test_only_what_the_program_needs_is_sent_to_the_build() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    sent = [path for path in listed.stdout.splitlines() if not is_ignored(path)]
    tops = {path.partition("/")[0] for path in sent}
    assert tops <= {"Makefile", "pyproject.toml", "uv.lock", *ROOMS}
    for secret in (
        ".env",
        "data/avance.db",
        "data/secret.key",
        ".git/config",
        "tests/support/phones/stage.py",
    ):
        assert is_ignored(secret)


def test_compose_runs_it_without_rights_beside_a_healthy_postgresql() -> None:
    services = YAML(typ="safe").load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]
    bot, database = services["avance"], services["database"]
    assert bot["read_only"] is True and bot["cap_drop"] == ["ALL"] and bot["build"] == "."
    assert bot["depends_on"]["database"]["condition"] == "service_healthy" and database["healthcheck"]["test"]
    named = database["environment"]
    url = make_url(bot["environment"]["DATABASE_URL"].replace(named["POSTGRES_PASSWORD"], "secret"))
    assert (url.username, url.database) == (named["POSTGRES_USER"], named["POSTGRES_DB"])
    assert (url.host, url.password) == ("database", "secret")
    assert f"data:{bot['environment']['DATA_DIR']}" in bot["volumes"]


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Image]:
    folder = tmp_path_factory.mktemp("image")
    for each in (folder, *folder.parents[:2]):
        each.chmod(0o755)  # the image's user passes through them
    base = folder / "debian"
    subprocess.run(
        ["debootstrap", "--variant=minbase", "bookworm", str(base), DEBIAN], check=True, capture_output=True
    )
    yield build(base, folder)
    shutil.rmtree(folder, ignore_errors=True)


@needs_root
@pytest.mark.long  # builds the image: minutes
@pytest.mark.timeout(1800)
async def test_what_is_in_the_image_works(image: Image, tmp_path: Path, postgres_url: str) -> None:
    volume = tmp_path / "volume"
    volume.mkdir()
    log = tmp_path / "container.log"
    url = make_url(postgres_url)
    async with (
        Stage(tmp_path / "stage", postgres_url) as stage,
        Forwarder(Path(str(url.query["host"])) / ".s.PGSQL.5432") as wire,
    ):
        ana = await stage.enter(ANA)
        await stage.settled()
        await stage.stop_bot()
        shutil.copy(tmp_path / "stage" / "secret.key", volume)
        os.chown(volume / "secret.key", *map(int, image.user.split(":")))
        settings = {
            "TELEGRAM_TOKEN": stage.world.token,
            "TELEGRAM_API_URL": stage.server.url,
            "DATABASE_URL": url.set(host="127.0.0.1", port=wire.port, query={}).render_as_string(False),
            "PORT": "0",
        }
        container = Container(image, volume, settings)
        for _ in range(2):  # the volume serves for a second start
            bot = container.start(log)
            try:
                await ana.send("/ayuda")
                await ana.wait_for("puedo hacer por usted")
                healthy = await asyncio.to_thread(container.health)
                assert healthy.returncode == 0, healthy.stdout + healthy.stderr
            finally:
                await _ended(bot, log)
    assert not any(each.stat().st_uid == 0 for each in volume.rglob("*"))
    looked = {
        "id -u": "10001\n",
        "touch /opt/avance/x 2>&1 || echo refused": "refused",
        "touch /var/lib/avance/x && echo written": "written\n",
        "ls /opt/avance/.venv/bin": "python",
        "ls /usr/share/zoneinfo/America/Mexico_City": "Mexico_City",
    }
    for command, wanted in looked.items():
        said = await asyncio.to_thread(container.run, "/bin/sh", "-c", command)
        assert wanted in said.stdout, (command, said)
        assert not {"pytest", "ruff", "mypy", "uvicorn-dev"} & set(said.stdout.split())


async def _ended(bot: "subprocess.Popen[bytes]", log: Path) -> None:
    """Stop it as `docker stop` does, and wait until it ended in order."""
    children = Path(f"/proc/{bot.pid}/task/{bot.pid}/children").read_text().split()
    for child in children:
        with suppress(ProcessLookupError):
            os.kill(int(child), signal.SIGTERM)
    await until(lambda: bot.poll() is not None, log.read_text, within=PATIENCE)
    assert "Traceback" not in log.read_text()
    assert bot.returncode == 0, log.read_text()[-2000:]
