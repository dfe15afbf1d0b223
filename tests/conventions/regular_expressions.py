"""Every regular expression of the program, and texts that would make a careless one slow."""

import ast
import dataclasses
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator, Sequence
from re import _constants as kinds  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any, NamedTuple

ROOMS = ("models", "spanish", "reports", "handlers", "bot")
# Characters of every class that an expression may name, and short pieces that alternate between classes.
RUNS = (
    *" \n\t\xa01aAáñ.,-/:;()_#º$\"!%'<&=|•0\u2028\u200b",
    *("y ", "1 ", "a ", "1,", "a, ", "1.", "a/", "1/", ". ", "\r\n", ",111", "1 a ", "un ", "no ", "se "),
)
_CANDIDATES = "a1 .,-/:;()_#oAá\nºª$%*!x2@I'\"<&=|?•+\x00"
_ANCHORED = ({"match"}, {"fullmatch"}, {"match", "fullmatch"})
_USES = frozenset(("compile", "search", "match", "fullmatch", "sub", "split", "findall", "finditer"))


class Attack(NamedTuple):
    """A text of any length: `pump` repeated between `before` and `after`."""

    before: str
    pump: str
    after: str

    def text(self, length: int) -> str:
        return self.before + (self.pump * (length // len(self.pump) + 1))[:length] + self.after


class Expression(NamedTuple):
    """A regular expression, where it is defined, and whether it is used only anchored."""

    place: str
    pattern: str
    flags: int
    anchored: bool


def expressions() -> list[Expression]:
    """Return every regular expression of the program, each pattern once."""
    found: dict[tuple[str, int], Expression] = {}
    for module in _modules():
        source = inspect.getsource(module)
        for name, value in vars(module).items():
            for each in _compiled(value):
                anchored = set(re.findall(rf"\b{name}\.(\w+)\(", source)) in _ANCHORED
                new = Expression(f"{module.__name__}.{name}", *_as_text(each), anchored)
                found.setdefault((new.pattern, new.flags), new)
        for line, method, each in _inline(module, source):
            new = Expression(f"{module.__name__}:{line}", *_as_text(each), {method} in _ANCHORED)
            found.setdefault((new.pattern, new.flags), new)
    return list(found.values())


def _as_text(expression: re.Pattern[Any]) -> tuple[str, int]:
    """Return pattern and flags; those of a bytes pattern as a text pattern that matches the same."""
    if isinstance(expression.pattern, bytes):
        return expression.pattern.decode("latin-1"), expression.flags | re.ASCII
    return expression.pattern, expression.flags


def attacks(pattern: str, flags: int) -> Iterator[Attack]:
    """Yield long runs of what the pattern repeats, after what precedes it, and of each character class."""
    repeated: list[tuple[str, str]] = []
    _sample(parser.parse(pattern, flags), "", repeated, {})
    for before, pump in dict.fromkeys(repeated):
        yield from (Attack(before, pump, after) for after in ("", "!"))
    yield from (Attack("2", run, "actas") for run in RUNS)


def _modules() -> Iterator[ModuleType]:
    for room in ROOMS:
        package = importlib.import_module(room)
        for each in pkgutil.walk_packages(package.__path__, f"{room}."):
            if "migrations" not in each.name and not each.name.endswith("__main__"):
                yield importlib.import_module(each.name)


def _compiled(value: Any, depth: int = 0) -> Iterator[re.Pattern[str]]:
    """Yield the regular expressions in a module's value, also in its collections and dataclasses."""
    if isinstance(value, re.Pattern):
        yield value
    elif depth > 4 or isinstance(value, (ModuleType, type)):
        return
    elif isinstance(value, dict):
        yield from _compiled((*value, *value.values()), depth + 1)
    elif isinstance(value, (tuple, list, set, frozenset)):
        for each in value:
            yield from _compiled(each, depth + 1)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _compiled(getattr(value, field.name, None), depth + 1)


def _inline(module: ModuleType, source: str) -> Iterator[tuple[int, str, re.Pattern[str]]]:
    """Yield the expressions written in calls of `re`, except those built from a function's own values."""
    if not re.search(r"\bre\.", source):
        return
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if node.func.attr not in _USES or ast.unparse(node.func.value) != "re":
            continue
        given = map(ast.unparse, (*node.args[1:], *(word.value for word in node.keywords)))
        named = [each for each in given if each.startswith("re.")]
        try:
            pattern = eval(ast.unparse(node.args[0]), vars(module))
        except NameError:
            continue
        yield node.lineno, node.func.attr, re.compile(pattern, eval("|".join(named) or "0", vars(module)))


def _sample(
    sequence: Sequence[Any], before: str, repeated: list[tuple[str, str]], groups: dict[int, str]
) -> str:
    """Return a short text that the sequence matches.

    Add to `repeated` what precedes a repetition, and its item.
    """
    text = ""
    for kind, value in sequence:
        if kind is kinds.LITERAL:
            text += chr(value)
        elif kind is kinds.NOT_LITERAL:
            text += "b" if chr(value) == "a" else "a"
        elif kind is kinds.ANY:
            text += "a"
        elif kind is kinds.IN:
            text += next((each for each in _CANDIDATES if _is_in(value, each)), "a")
        elif kind is kinds.BRANCH:
            branches = [_sample(each, before + text, repeated, groups) for each in value[1]]
            text += branches[0]
        elif kind is kinds.SUBPATTERN:
            groups[value[0]] = _sample(value[3], before + text, repeated, groups)
            text += groups[value[0]]
        elif kind is kinds.ATOMIC_GROUP:
            text += _sample(value, before + text, repeated, groups)
        elif kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT):
            least, most, what = value
            once = _sample(what, before + text, repeated, groups)
            if most > 3 and once:
                repeated.append((before + text, once))
            text += once * least
        elif kind is kinds.ASSERT and value[0] > 0:
            _sample(value[1], before + text, repeated, groups)
        elif kind is kinds.GROUPREF:
            text += groups.get(value, "")
    return text


def _is_in(items: Sequence[tuple[Any, Any]], character: str) -> bool:
    r"""Return whether a set such as `[^\\W\\d_]` contains the character."""
    classes = {
        kinds.CATEGORY_DIGIT: character.isdigit(),
        kinds.CATEGORY_NOT_DIGIT: not character.isdigit(),
        kinds.CATEGORY_SPACE: character.isspace(),
        kinds.CATEGORY_NOT_SPACE: not character.isspace(),
        kinds.CATEGORY_WORD: character.isalnum() or character == "_",
        kinds.CATEGORY_NOT_WORD: not (character.isalnum() or character == "_"),
    }
    negated = any(kind is kinds.NEGATE for kind, _ in items)
    found = any(
        (kind is kinds.LITERAL and chr(value) == character)
        or (kind is kinds.RANGE and value[0] <= ord(character) <= value[1])
        or (kind is kinds.CATEGORY and classes[value])
        for kind, value in items
    )
    return found != negated
