"""The names that the program's modules define, read with `ast`."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOMS = ("bot", "handlers", "local_telegram", "models", "reports", "spanish")


@cache
def trees() -> dict[Path, ast.Module]:
    """Every module of the program by its path from the project's folder."""
    return {
        path.relative_to(ROOT): ast.parse(path.read_text(encoding="utf-8"))
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
    }


def public_classes() -> dict[str, list[str]]:
    """The modules that define each public class."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for path, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(str(path))
    return found


def names_of(tree: ast.AST) -> Iterator[str]:
    """The classes, functions, arguments, attributes, variables and constants that the module defines."""
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()):
                yield name
            case ast.Attribute(attr=name, ctx=ast.Store()):
                yield name


@cache
def defined_names() -> frozenset[str]:
    modules = {part.removesuffix(".py") for path in trees() for part in path.parts}
    return frozenset(name for tree in trees().values() for name in names_of(tree)) | modules
