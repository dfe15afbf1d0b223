"""Programs that open files from others have no access to our files, network or environment."""

import asyncio
import json
import os
import socket
from pathlib import Path

import pytest

from bot.confinement import landlock, subprocesses
from tests.support.waiting import until

PROBE = """
import json, os, socket, subprocess, sys
from pathlib import Path

def tried(what):
    try:
        return repr(what())
    except OSError as error:
        return type(error).__name__

port = int(sys.argv[2])
print(json.dumps({
    "given": tried(lambda: Path(sys.argv[3]).read_text()),
    "secret": tried(lambda: Path(sys.argv[1]).read_text()),
    "list": tried(lambda: os.listdir(Path(sys.argv[1]).parent)),
    "parent": tried(lambda: Path(f"/proc/{os.getppid()}/environ").read_bytes()),
    "write": tried(lambda: Path(sys.argv[1] + "-new").write_text("x")),
    "given write": tried(lambda: Path(sys.argv[3]).write_text("x")),
    "scratch": tried(lambda: Path(os.environ["TMPDIR"], "a").write_text("x")),
    "port": tried(lambda: socket.create_connection(("127.0.0.1", port), 5)),
    "unix": tried(lambda: socket.socket(socket.AF_UNIX)),
    "program": tried(lambda: subprocess.run(["/bin/true"])),
    "kill": tried(lambda: os.kill(os.getppid(), 0)),
    "environment": sorted(os.environ),
}))
"""


async def probed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """Return what a program sees that is run as the decoders are."""
    monkeypatch.setenv("TELEGRAM_TOKEN", "1:secret")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "library"))
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / "probe_of_tests.py").write_text(PROBE)
    (tmp_path / "data").mkdir()
    secret, given = tmp_path / "data" / ".env", tmp_path / "given"
    secret.write_text("TELEGRAM_TOKEN=1:secret")
    given.write_text("what was sent")
    with socket.create_server(("127.0.0.1", 0)) as server:
        arguments = str(secret), str(server.getsockname()[1]), str(given)
        ended = await subprocesses.run("probe_of_tests", *arguments, reads=[given])
    assert ended.code == 0, ended.complaint
    return dict(json.loads(ended.said))


async def test_a_confined_program_reaches_no_files_network_or_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    isolation = await subprocesses.isolation()
    found = await probed(tmp_path, monkeypatch)
    assert "TELEGRAM_TOKEN" not in str(found["environment"])
    assert found["given"] == "'what was sent'" and found["scratch"] == "1"
    if isolation.files:
        for each in ("secret", "list", "parent", "write", "given write"):
            assert found[each] == "PermissionError", each
    if isolation.network:
        for each in ("port", "unix", "program", "kill"):
            assert found[each] == "PermissionError", each


@pytest.mark.skipif(os.geteuid() != 0, reason="only root becomes somebody else")
@pytest.mark.skipif(landlock.version() == 0, reason="this kernel has no Landlock")
def test_confinement_needs_no_privileges(tmp_path: Path) -> None:
    """In a process that gave up being root, like the bot's user."""
    (secret := tmp_path / "secret").write_text("x")
    secret.chmod(0o644)
    for each in (tmp_path, *tmp_path.parents):
        if each != Path("/tmp") and os.access(each, os.W_OK) and each.is_relative_to("/tmp"):
            each.chmod(0o755)
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        code = 1
        try:
            os.setgroups([])
            os.setresgid(65534, 65534, 65534)
            os.setresuid(65534, 65534, 65534)
            before = secret.read_text()
            restricted = landlock.restrict([], [], tmp_path)
            try:
                Path("/etc/passwd").read_text()
            except PermissionError:
                code = 0 if restricted and before == "x" else 2
        finally:
            os._exit(code)
    os.close(reading)
    os.close(writing)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_kernel_without_confinement_is_reported() -> None:
    assert "files and network" in str(subprocesses.Isolation(False, False))
    assert "from network of" in str(subprocesses.Isolation(True, False))
    assert "run without our files and the network" in str(subprocesses.Isolation(True, True))


async def test_exceeding_wall_time_is_not_the_files_fault() -> None:
    with pytest.raises(subprocesses.Unfinished):
        await subprocesses.run("timeit", "-n", "1", "import time; time.sleep(60)", seconds=0.3)


async def test_a_program_killed_from_outside_is_unfinished(tmp_path: Path) -> None:
    """As by a machine that runs short of memory."""
    running = asyncio.create_task(subprocesses.run("timeit", "-n", "1", "import time; time.sleep(60)"))

    def ours() -> list[str]:
        children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
        return [each for each in children if b"timeit" in Path(f"/proc/{each}/cmdline").read_bytes()]

    os.kill(int((await until(ours))[0]), 9)
    with pytest.raises(subprocesses.Unfinished):
        await running


async def test_a_program_that_computes_for_too_long_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 6))\nwhile True: pass"
    (tmp_path / "busy_of_tests.py").write_text(code)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert (await subprocesses.run("busy_of_tests")).code == -24
