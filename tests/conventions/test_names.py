"""Public class names are unique, and names in backticks in documents and docstrings exist."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.conventions.definitions import ROOMS, ROOT, docstrings, libraries, members, public_classes

_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`([^`\n]+)`")
_DOTTED = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)+")
_PATH = re.compile(rf"(?:(?:{'|'.join(ROOMS)}|tests|docs)/[\w./-]*|[\w-]+\.py)")
_SUFFIXES = ("py", "md", "yaml", "csv", "toml", "json", "docx", "pdf", "xlsx", "tar", "png")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def missing(text: str) -> Iterator[str]:
    """Return the modules, attributes and files that the text names in backticks and that do not exist."""
    for span in _SPAN.findall(_FENCE.sub("", text)):
        name = span.removesuffix("()")
        if _PATH.fullmatch(name):
            if not _file_exists(name):
                yield span
        elif _DOTTED.fullmatch(name) and name.rpartition(".")[2] not in _SUFFIXES and not _defined(name):
            yield span


def _file_exists(name: str) -> bool:
    if "/" in name:
        return (ROOT / name).exists() or (ROOT / f"{name}.py").exists()
    return name in file_names()


@cache
def file_names() -> frozenset[str]:
    return frozenset(path.name for room in (*ROOMS, "tests") for path in (ROOT / room).rglob("*.py"))


def _defined(name: str) -> bool:
    """Return whether a dotted name exists; one that does not begin with a name of ours counts as existing."""
    first, *rest = name.split(".")
    if first in (*ROOMS, "tests"):
        path = ROOT / first
        while rest and (path / rest[0]).is_dir():
            path /= rest.pop(0)
        if rest and (path / f"{rest[0]}.py").exists():
            first = rest.pop(0)
        elif rest:
            return rest[0] in members().get(path.name, ())
        if not rest:
            return True
    return first in libraries() or first not in members() or rest[0] in members()[first]


def test_no_two_public_classes_have_one_name() -> None:
    classes = public_classes()
    assert len(classes) > 200
    assert {name: modules for name, modules in classes.items() if len(modules) > 1} == {}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_names_in_backticks_in_documents_exist(document: Path) -> None:
    assert list(missing(document.read_text(encoding="utf-8"))) == []


def test_names_in_backticks_in_docstrings_exist() -> None:
    found = {where: names for where, text in docstrings() if (names := list(missing(text)))}
    assert found == {}


@pytest.mark.parametrize(
    "name",
    ["models/gone.py", "gone.py", "models.gone", "models.rights.gone", "handlers.turn.gone", "Member.gone"],
)
def test_names_that_do_not_exist_are_found(name: str) -> None:
    assert list(missing(f"See `{name}`.")) == [name]


@pytest.mark.parametrize(
    "name",
    [
        "models/rights.py",
        "rights.py",
        "models.rights",
        "models.rights.RIGHTS",
        "Member.may()",
        "closing.check_open",
        "datetime.now",
        "telegram.error",
    ],
)
def test_existing_names_and_names_of_others_are_not_found(name: str) -> None:
    assert list(missing(f"See `{name}`.")) == []


def test_nothing_refers_to_what_is_outside_the_repository() -> None:
    """Issue trackers and design papers may not exist when somebody reads the code; the rules are in docs/."""
    outside = re.compile(
        r"\bissue #?\d|\bissue \"|\bthe design's\b|\bthe design,|\.\./shared\b", re.IGNORECASE
    )
    texts = {path.name: path.read_text(encoding="utf-8") for path in DOCUMENTS} | dict(docstrings())
    assert {where for where, text in texts.items() if outside.search(text)} == set()
