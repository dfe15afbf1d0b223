"""Every line of the log, and every text of `/estado`, that the guides quote is in the program."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "handlers", "models")
GUIDES = ("docs/operating.md", "docs/first-hour.md")
_LOG_TABLES = re.compile(r"^\|[^\n]*in the log[^\n]*\n|^\| line \|[^\n]*\n", re.MULTILINE)
LEAST = 8  # characters of a text that other texts are put into, to say anything
_VALUE = re.compile(r"…|[\w./-]*\.db(?:-wal)?\b|\b\d[\d.:]*\d\b|\b\d+\b|https?://")


def literals(tree: ast.AST) -> list[str]:
    """Return every text in the code; what is put into it at run time is a zero byte."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.append(re.sub(r"%[-\d.]*[sdf]|\{[^}]*\}", "\0", node.value))
        elif isinstance(node, ast.JoinedStr):
            parts = (each.value if isinstance(each, ast.Constant) else "\0" for each in node.values)
            found.append("".join(map(str, parts)))
    return found


@cache
def said() -> tuple[str, ...]:
    texts: list[str] = []
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*.py")):
            texts += literals(ast.parse(file.read_text(encoding="utf-8")))
    return tuple(each.lower() for each in texts)


def fragments(quoted: str) -> list[str]:
    """Return the parts of a quoted line that do not depend on the case."""
    plain = quoted.removeprefix("error: ").removeprefix("audit: ")
    parts = (each.strip(" :;,()") for each in _VALUE.split(plain))
    return [each for each in parts if len(each) > 3]


def is_said(quoted: str) -> bool:
    """Whether one text of the program has every fixed part of the line, or several that are put together."""
    quoted = quoted.lower()
    fixed = fragments(quoted)
    if not fixed:
        return False
    if any(all(part in text for part in fixed) for text in said()):
        return True
    return any(is_composed(quoted, text) for text in said() if "\0" in text)


def is_composed(quoted: str, text: str) -> bool:
    """Whether the line is this text, with other texts of the program put into it."""
    pieces = [each for each in text.split("\0") if re.search(r"[a-z]{2}", each)]
    if sum(map(len, pieces)) < LEAST:
        return False
    rest = quoted
    for piece in pieces:
        shown = piece.strip(" …")
        while len(shown) >= LEAST and shown not in rest:  # the guide may leave out the end of it
            shown = shown[:-1]
        if shown not in rest:
            return False
        rest = rest.replace(shown, "…", 1)
    return all(any(part in other for other in said()) for part in fragments(rest))


def quoted_lines(guide: str) -> list[str]:
    """Return what is quoted in the tables of lines: the log's as code, `/estado`'s in «»."""
    text = (ROOT / guide).read_text(encoding="utf-8")
    found = []
    for table in _LOG_TABLES.finditer(text):
        rows = text[table.end() :].partition("\n\n")[0].splitlines()[1:]
        column = next(n for n, head in enumerate(table.group().split("|")) if "line" in head or "log" in head)
        for row in rows:
            cell = row.split("|")[column]
            found += re.findall(r"`([^`]+)`", cell) + re.findall(r"«([^»]+)»", cell)
    return [each for each in found if each not in ("/estado", "/avance")]


@pytest.mark.parametrize("guide", GUIDES)
def test_every_line_that_a_guide_quotes_is_in_the_program(guide: str) -> None:
    quoted = quoted_lines(guide)
    assert len(quoted) > 20
    assert [line for line in quoted if not is_said(line)] == []


@pytest.mark.parametrize(
    "line", ["Telegram has gone; again in 5 s", "Row 45 to chat 678 was eaten: …", "Último desastre", "…"]
)
def test_a_line_that_the_program_does_not_say_is_found(line: str) -> None:
    assert not is_said(line)
