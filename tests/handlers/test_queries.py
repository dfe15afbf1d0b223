"""Handlers contain no queries and add no rows or audit entries themselves."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

HANDLERS = Path(__file__).parents[2] / "handlers"
ALLOWED = {("sqlmodel", "Session"), ("sqlalchemy", "Engine")}  # types in their signatures
OF_SESSION = {
    "add", "add_all", "connection", "delete", "exec", "execute", "flush", "get", "get_one", "merge",
    "query", "refresh", "scalar", "scalars",
}  # fmt: skip


def queries(tree: ast.AST) -> Iterator[str]:
    """Return the imports of query builders and the calls that belong in the models."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names if each.name.startswith(("sqlmodel", "sqlalchemy")))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("sqlmodel", "sqlalchemy")):
            names = (each.name for each in node.names)
            yield from (name for name in names if (node.module, name) not in ALLOWED)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = ast.unparse(node.func.value).rpartition(".")[2]
            if (owner == "session" and node.func.attr in OF_SESSION) or (owner, node.func.attr) == (
                "audit",
                "record",
            ):
                yield ast.unparse(node.func)


@pytest.mark.parametrize("path", sorted(HANDLERS.rglob("*.py")), ids=lambda path: path.stem)
def test_no_handler_holds_a_query(path: Path) -> None:
    assert not list(queries(ast.parse(path.read_text(encoding="utf-8"))))


@pytest.mark.parametrize(
    "code",
    [
        "from sqlmodel import Session, select",
        "import sqlalchemy",
        "from sqlalchemy.dialects import sqlite",
        "context.session.get(Person, 1)",
        "session.exec(query).all()",
        "audit.record(context.session, now, 'person:1', 'import', 'programme:2024')",
    ],
)
def test_a_query_in_a_handler_is_found(code: str) -> None:
    assert list(queries(ast.parse(code)))
