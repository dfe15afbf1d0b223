"""The names that the program's modules define, and their docstrings, read with `ast`."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "handlers", "local_telegram", "models", "reports", "spanish")
Definition = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


class Class(NamedTuple):
    name: str
    bases: tuple[str, ...]
    names: frozenset[str]


class Module(NamedTuple):
    """What of a module the tests ask for. Its tree is not kept: those of all modules fill the memory."""

    path: Path
    names: frozenset[str]
    classes: tuple[Class, ...]
    imported: frozenset[str]  # names, of modules of anybody
    libraries: frozenset[str]  # packages from which something is imported
    docstrings: tuple[tuple[str, str], ...]


@cache
def modules() -> tuple[Module, ...]:
    """Return every module of the program, its path counted from the project's folder."""
    return tuple(_module(path.relative_to(ROOT), ast.parse(text)) for path, text in _sources(*ROOMS))


def _sources(*rooms: str) -> Iterator[tuple[Path, str]]:
    for room in rooms:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield path, path.read_text(encoding="utf-8")


def _module(path: Path, tree: ast.Module) -> Module:
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    return Module(
        path,
        frozenset(names_of(tree)),
        tuple(_class(node) for node in definitions(tree) if isinstance(node, ast.ClassDef)),
        frozenset(alias.asname or alias.name for node in imports for alias in node.names),
        frozenset((node.module or "").partition(".")[0] for node in imports),
        tuple(_docstrings(path, tree)),
    )


def _class(node: ast.ClassDef) -> Class:
    bases = tuple(base.id for base in node.bases if isinstance(base, ast.Name))
    return Class(node.name, bases, frozenset(names_of(node)))


def _docstrings(path: Path, tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in definitions(tree):
        if text := ast.get_docstring(node):
            yield f"{path}:{getattr(node, 'lineno', 1)}", text


def definitions(tree: ast.Module) -> Iterator[Definition]:
    """Return the module itself, and every class and function in it; expressions are passed over."""
    left: list[ast.AST] = [tree]
    while left:
        node = left.pop()
        if isinstance(node, Definition):
            yield node
        if not isinstance(node, ast.expr):
            left += ast.iter_child_nodes(node)


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


def public_classes() -> dict[str, list[str]]:
    """The modules that define each public class."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for module in modules():
        for each in module.classes:
            if not each.name.startswith("_"):
                found[each.name].append(str(module.path))
    return found


@cache
def defined_names() -> frozenset[str]:
    parts = {part.removesuffix(".py") for module in modules() for part in module.path.parts}
    return frozenset(name for module in modules() for name in module.names) | parts


@cache
def members() -> dict[str, frozenset[str]]:
    """Return what every module and class of the program defines, by its last name: `closing`, `ActivityForm`.

    If several modules have one name, what any of them defines.
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    for module in modules():
        path = module.path
        found[path.parent.name if path.stem == "__init__" else path.stem] |= module.names | module.imported
        for each in module.classes:
            found[each.name] |= each.names.union(*(found[base] for base in each.bases))
    return {name: frozenset(names) for name, names in found.items()}


@cache
def libraries() -> frozenset[str]:
    """Return the third-party packages that the program imports."""
    return frozenset(name for module in modules() for name in module.libraries) - {*ROOMS, "tests"}


@cache
def docstrings() -> tuple[tuple[str, str], ...]:
    """Yield every docstring of the program and its tests, with its position."""
    tests = [
        each
        for path, text in _sources("tests")
        for each in _docstrings(path.relative_to(ROOT), ast.parse(text))
    ]
    return (*(each for module in modules() for each in module.docstrings), *tests)
