"""Sentences for people exist only in `handlers/texts` and `reports/texts`."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
TEXTS = {ROOT / "handlers" / "texts", ROOT / "reports" / "texts"}
WORKBOOK = ROOT / "models" / "programme_file" / "sheets.py"  # titles of sheets and columns are a file format
FILES = sorted(
    path for room in ("handlers", "models", "reports") for path in (ROOT / room).rglob("*.py")
    if not TEXTS & set(path.parents) and path != WORKBOOK
)  # fmt: skip
_SPANISH = re.compile(r"[áéíóúüñ¿¡]", re.IGNORECASE)
_SIGN = re.compile("[\u2300-\u2bff\U0001f000-\U0001ffff]")  # ticks and emoji


def literals(source: str) -> Iterator[tuple[int, str]]:
    """Return every string of a module that is not a docstring, with its line."""
    tree = ast.parse(source)
    docstrings = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value


def is_sentence(text: str) -> bool:
    """Return whether it is Spanish of several words, or a symbol. Single words are what people type."""
    return bool(_SIGN.search(text) or (" " in text.strip() and _SPANISH.search(text)))


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_sentence_is_outside_the_texts(file: Path) -> None:
    found = [each for each in literals(file.read_text(encoding="utf-8")) if is_sentence(each[1])]
    assert found == []


def test_a_sentence_outside_the_texts_is_found() -> None:
    found = [
        text
        for folder in TEXTS
        for file in folder.rglob("*.py")
        for _, text in literals(file.read_text(encoding="utf-8"))
    ]
    assert sum(map(is_sentence, found)) > 100
