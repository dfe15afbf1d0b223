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
    """Return every module of the program by its path from the project's folder."""
    return {
        path.relative_to(ROOT): ast.parse(path.read_text(encoding="utf-8"))
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
    }


def public_classes() -> dict[str, list[str]]:
    """Return the modules that define each public class."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for path, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(str(path))
    return found


def names_of(tree: ast.AST) -> Iterator[str]:
    """Yield the classes, functions, arguments, attributes, variables and constants of the module."""
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


@cache
def members() -> dict[str, frozenset[str]]:
    """Return what every module and class of the program defines, by its last name: `closing`, `ActivityForm`.

    If several modules have one name, what any of them defines.
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    for path, tree in trees().items():
        name = path.parent.name if path.stem == "__init__" else path.stem
        found[name] |= set(names_of(tree)) | set(_imported(tree))
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                found[node.name] |= set(names_of(node)) | {
                    each for base in node.bases if isinstance(base, ast.Name) for each in found[base.id]
                }
    return {name: frozenset(names) for name, names in found.items()}


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.ImportFrom):
            yield from (alias.asname or alias.name for alias in node.names)


@cache
def libraries() -> frozenset[str]:
    """Return the third-party packages that the program imports."""
    imports = {
        node.module or ""
        for tree in trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
    }
    return frozenset(module.partition(".")[0] for module in imports) - {*ROOMS, "tests"}


def docstrings() -> Iterator[tuple[str, str]]:
    """Yield every docstring of the program and its tests, with its position."""
    tests = {
        path.relative_to(ROOT): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted((ROOT / "tests").rglob("*.py"))
    }
    for path, tree in {**trees(), **tests}.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                text = ast.get_docstring(node)
                if text:
                    yield f"{path}:{getattr(node, 'lineno', 1)}", text
