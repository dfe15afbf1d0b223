"""Builds the image of the `Dockerfile` in unpacked folders, and starts it without a Docker engine.

Every instruction is executed as written: `FROM` by debootstrap, `RUN` by chroot, `COPY` with `.dockerignore`.
What a container adds is done by namespaces: a read-only root, a volume, a user, processes of its own.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[3]
DEBIAN = "http://deb.debian.org/debian"
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
# How this machine reaches its package registries; an image that is built elsewhere needs none of it.
_OF_THE_MACHINE = re.compile(r"(?i)(https?|no)_proxy|PIP_.*|UV_(?!PROJECT).*|SSL_CERT_FILE")


@dataclass
class Image:
    """An unpacked root and what a container is started with."""

    root: Path
    environment: dict[str, str] = field(default_factory=dict)
    folder: str = "/"
    user: str = "0:0"
    shell: list[str] = field(default_factory=lambda: ["/bin/sh", "-c"])
    volumes: list[str] = field(default_factory=list)
    entrypoint: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)
    health: list[str] = field(default_factory=list)


def instructions(text: str) -> Iterator[tuple[str, str]]:
    """Yield each instruction of a Dockerfile with its arguments."""
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    for line in "\n".join(lines).replace("\\\n", " ").splitlines():
        name, _, rest = line.strip().partition(" ")
        yield name.upper(), rest.strip()


def build(base: Path, into: Path) -> Image:
    """Execute the Dockerfile on copies of the unpacked base; return the last stage.

    With the umask of a Docker engine: another one, as earlier tests of this process may have set it, would
    leave folders that the image's user cannot enter.
    """
    before = os.umask(0o022)
    try:
        return _build(base, into)
    finally:
        os.umask(before)


def _build(base: Path, into: Path) -> Image:
    stages: dict[str, Image] = {}
    image = Image(base)
    for name, rest in instructions((ROOT / "Dockerfile").read_text(encoding="utf-8")):
        if name == "FROM":
            source, _, called = rest.partition(" AS ")
            assert source == "debian:bookworm-slim", source
            image = Image(into / (called or "last"))
            subprocess.run(["cp", "-a", "--reflink=auto", str(base), str(image.root)], check=True)
            stages[called] = image
        else:
            _execute(image, name, rest, stages)
    return image


def _execute(image: Image, name: str, rest: str, stages: Mapping[str, Image]) -> None:
    if name == "RUN":
        _run(image, [*image.shell, rest])
    elif name == "COPY":
        _copy(image, rest.split(), stages)
    elif name == "ENV":
        image.environment |= dict(word.split("=", 1) for word in shlex.split(rest))
    elif name == "WORKDIR":
        image.folder = rest
        (image.root / rest.lstrip("/")).mkdir(parents=True, exist_ok=True)
    elif name == "USER":
        image.user = rest
    elif name == "HEALTHCHECK":
        image.health = json.loads(rest[rest.index("[") :])
    elif name in ("SHELL", "ENTRYPOINT", "CMD", "VOLUME"):
        kept = {"SHELL": "shell", "ENTRYPOINT": "entrypoint", "CMD": "command", "VOLUME": "volumes"}[name]
        setattr(image, kept, json.loads(rest))
    else:
        assert name in ("EXPOSE", "STOPSIGNAL"), f"{name} is not known here"


def _run(image: Image, words: Sequence[str]) -> None:
    """Run a command in the root, as a build does: as root, with this machine's way to the registries."""
    assert image.user == "0:0", "a build runs as root here"
    given = {name: value for name, value in os.environ.items() if _OF_THE_MACHINE.fullmatch(name)}
    for file in (CERTIFICATES, Path("/etc/resolv.conf"), Path("/etc/pip.conf")):
        if file.is_file():
            there = image.root / str(file).lstrip("/")
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, there)
    inside = ["chroot", str(image.root), "/bin/sh", "-c", 'cd "$0" && exec "$@"', image.folder, *words]
    environment = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", **given}
    environment |= {"DEBIAN_FRONTEND": "noninteractive", **image.environment}
    mounts = f'mount -t proc proc "{image.root}/proc" && exec "$@"'
    done = subprocess.run(
        ["unshare", "--mount", "/bin/sh", "-c", mounts, "sh", *inside],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{words}: {done.stdout[-2000:]}{done.stderr[-2000:]}"


def _copy(image: Image, words: list[str], stages: Mapping[str, Image]) -> None:
    stage = words.pop(0).removeprefix("--from=") if words[0].startswith("--from=") else None
    *sources, to = words
    for source in sources:
        there = image.root / (to if to.startswith("/") else f"{image.folder}/{to}").lstrip("/")
        if stage is not None:
            subprocess.run(["cp", "-a", str(stages[stage].root / source.lstrip("/")), str(there)], check=True)
            continue
        for file in _of_the_context(source):
            inside = file.relative_to(ROOT / source)
            target = there / source if to in (".", "./") and inside == Path() else there / inside
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, target)


def _of_the_context(source: str) -> Iterator[Path]:
    """Yield the files that a build may copy from there."""
    place = ROOT / source
    for file in [place] if place.is_file() else sorted(place.rglob("*")):
        if file.is_file() and not is_ignored(str(file.relative_to(ROOT))):
            yield file


def is_ignored(path: str) -> bool:
    """Whether `.dockerignore` keeps a path out: the last line that fits it, or a folder above it, decides."""
    ignored = False
    above = [path, *(str(each) for each in Path(path).parents if str(each) != ".")]
    for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines():
        pattern = line.removeprefix("!")
        if line and not line.startswith("#") and any(map(_expression(pattern).fullmatch, above)):
            ignored = not line.startswith("!")
    return ignored


def _expression(pattern: str) -> re.Pattern[str]:
    escaped = re.escape(pattern).replace(r"\*\*/", "(?:.*/)?").replace(r"\*", "[^/]*")
    return re.compile(escaped)


class Container:
    """What is in an image, run with a read-only root as the image's user; `volume` is a folder outside."""

    def __init__(self, image: Image, volume: Path, environment: Mapping[str, str]) -> None:
        self._image, self._volume, self._environment = image, volume, environment
        user, group = image.user.split(":")
        os.chown(volume, int(user), int(group))

    def words(self, *command: str) -> list[str]:
        """Return the command line that runs a command inside."""
        image, root = self._image, self._image.root
        (data,) = image.volumes
        environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", **image.environment, **self._environment}
        mounts = (
            f'mount --bind "{root}" "{root}" && mount --bind "{self._volume}" "{root}{data}" '
            f'&& mount -o remount,ro,bind "{root}" && mount -t tmpfs none "{root}/tmp" '
            f'&& mount -t proc proc "{root}/proc" && mount --bind /dev "{root}/dev" '
            'exec env -i "$@"'
        ).replace('/dev" exec', '/dev" && exec')
        inside = ["chroot", f"--userspec={image.user}", str(root), "/bin/sh", "-c", 'cd "$0" && exec "$@"']
        given = [f"{name}={value}" for name, value in environment.items()]
        return [
            *("unshare", "--mount", "--pid", "--fork", "--kill-child", "/bin/sh", "-c", mounts, "sh"),
            *(*given, *inside, image.folder, *command),
        ]

    def start(self, log: Path) -> "subprocess.Popen[bytes]":
        """Start the image's own program."""
        with log.open("ab") as file:
            words = self.words(*self._image.entrypoint, *self._image.command)
            return subprocess.Popen(words, stdout=file, stderr=file)

    def run(self, *command: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(self.words(*command), capture_output=True, text=True, check=False)

    def health(self) -> "subprocess.CompletedProcess[str]":
        return self.run(*self._image.health)
