"""`python -m tests.tools.word_lists [FILE …]`: which words of the reading's lists no message needs.

Of every list of words and every alternative of a pattern in `spanish.reading` it counts in how many messages
the entry occurs: all that `tests/data` has, and those of the files given (their column `text`). It prints the
lists and, below each, the entries that occur in fewer than `FEW`. Lists are found in the modules: none is
named here.
"""

import ast
import inspect
import pkgutil
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import spanish.reading
from spanish.reading.clauses.conjugation import forms
from spanish.reading.closed_words import mend
from spanish.reading.numbers.digits import in_digits
from spanish.reading.phrases import read_rows
from spanish.reading.spoken import Spoken
from spanish.reading.wording import heard, root
from spanish.writing.folding import fold

DATA = Path(__file__).parents[1] / "data"
FEW = 2
_NOT_READ = ("spanish.reading.__main__", "spanish.reading.evaluation", "spanish.reading.phrases")
_WORD = re.compile(r"[^\W\d_]+")
_PLAIN = re.compile(r"[\w ]+")
_VERB = re.compile(r"[a-z]\w*[aei]r(?:[/!~]\w+)+|[a-z]\w*[aei]r")
_ENDINGS = ("_ENDS", "_ENDINGS")  # of the names of lists of ends of words
_LETTERS = re.compile(r"[^\W\d_]{2}")
_SIGNS = re.compile(r"[|\\()?\[\]]")  # of a piece of a pattern


@dataclass(frozen=True)
class WordList:
    """A list of words, or the alternatives of a pattern. `by_root`: its module compares by roots of words."""

    name: str  # of the module within `spanish.reading`, and of the variable
    entries: tuple[str, ...]
    by_root: bool = False


class Messages:
    """Texts, and in which of them a word, a verb or a pattern occurs."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = [_as_read(text) for text in texts]
        self._sounds: dict[str, set[int]] = defaultdict(set)
        self._roots: dict[str, set[int]] = defaultdict(set)
        for place, text in enumerate(self.texts):
            for word in _WORD.findall(text):
                self._sounds[heard(word)].add(place)
                self._roots[root(word)].add(place)

    def count(self, entry: str, by_root: bool = False) -> int:
        """In how many texts the entry occurs."""
        plain = fold(entry)
        if _VERB.fullmatch(plain) and plain not in self._sounds:
            said = {heard(form) for form, _ in forms(plain)}
            return len(set().union(*(self._sounds.get(each, set()) for each in said)))
        if _WORD.fullmatch(plain):
            found = self._sounds.get(heard(plain), set())
            if by_root:
                found = found | self._roots.get(root(plain), set()) | self._roots.get(plain, set())
            return len(found)
        pattern = _compiled(plain if _PLAIN.fullmatch(plain) else entry)
        return sum(bool(pattern.search(text)) for text in self.texts) if pattern else len(self.texts)


def find_lists(package: ModuleType) -> list[WordList]:
    """The lists of every module of the package, in order of their names.

    Where a list is part of others, its entries are its own only: plain words come before patterns.
    """
    found: list[WordList] = []
    seen: set[frozenset[str]] = set()
    values = [
        (module, name, vars(module).get(name)) for module in _modules(package) for name in _assigned(module)
    ]
    for module, name, value in sorted(values, key=lambda each: isinstance(each[2], re.Pattern)):
        given = _entries(value)
        if name.endswith(_ENDINGS):
            given = (tuple(f"…{entry}" for entry in group) for group in given)
        groups = [group for group in given if frozenset(group) not in seen]
        seen.update(map(frozenset, groups))
        entries = tuple(dict.fromkeys(entry for group in groups for entry in group))
        if len(entries) > 2 and not name.startswith("__"):
            by_root = bool({"root", "roots", "find_roots"} & vars(module).keys())
            where = f"{module.__name__.removeprefix(package.__name__ + '.')}.{name}"
            found.append(WordList(where, entries, by_root))
    return sorted(found, key=lambda each: each.name)


def report(lists: Iterable[WordList], messages: Messages) -> Iterator[str]:
    """Of each list how many entries it has and how many are rare; the rare ones with their counts."""
    total = rare_total = 0
    for each in lists:
        counts = {entry: messages.count(entry, each.by_root) for entry in each.entries}
        rare = {entry: count for entry, count in counts.items() if count < FEW}
        total, rare_total = total + len(counts), rare_total + len(rare)
        yield f"{each.name}: {len(counts)} entries, {len(rare)} in fewer than {FEW} messages"
        yield from (f"    {count}  {entry}" for entry, count in rare.items())
    yield f"{total} entries, {rare_total} in fewer than {FEW} of {len(messages.texts)} messages"


def main(files: list[str]) -> int:
    paths = [path for path in sorted(DATA.rglob("*.csv")) if "text" in _header(path)]
    texts = [row["text"] for path in [*paths, *map(Path, files)] for _, row in read_rows(path)]
    for line in report(find_lists(spanish.reading), Messages(texts)):
        sys.stdout.write(f"{line}\n")
    return 0


def _header(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").partition("\n")[0].split(",")


def _as_read(text: str) -> str:
    """The text folded, and once more with numbers in digits and misspelt words mended."""
    spoken = Spoken.of(text)
    return f"{spoken.text} ; {in_digits(mend(spoken)).text}"


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not found.name.startswith(_NOT_READ):
            yield import_module(found.name)


def _assigned(module: ModuleType) -> Iterator[str]:
    """Names that the module itself gives a value, in order."""
    for node in ast.parse(inspect.getsource(module)).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        for target in targets:
            names = target.elts if isinstance(target, ast.Tuple) else [target]
            yield from (each.id for each in names if isinstance(each, ast.Name))


def _entries(value: Any) -> Iterator[tuple[str, ...]]:
    """The groups of words of a value: of a pattern each choice between alternatives, else all words."""
    if isinstance(value, re.Pattern):
        yield from _choices(str(value.pattern))
    elif isinstance(value, str) and _SIGNS.search(value):
        yield from _choices(value)
    elif isinstance(value, str):
        words = tuple(_words_of(value))
        if len(words) > 2:
            yield words
    else:
        words = tuple(dict.fromkeys(_listed(value)))
        yield words if isinstance(value, (tuple, list, Mapping)) else tuple(sorted(words))


def _listed(value: Any) -> Iterator[str]:
    """The words of a list, of its items and of their fields."""
    if isinstance(value, re.Pattern):
        yield from (entry for group in _choices(str(value.pattern)) for entry in group)
    elif isinstance(value, str) and not isinstance(value, Enum) and "\n" not in value and value[:1] != "/":
        if _SIGNS.search(value):
            yield from (entry for group in _choices(value) for entry in group)
        else:
            yield from _words_of(value)
    elif isinstance(value, Mapping):
        yield from (word for pair in value.items() for each in pair for word in _listed(each))
    elif isinstance(value, (tuple, list, set, frozenset)):
        yield from (word for each in value for word in _listed(each))
    elif is_dataclass(value) and not isinstance(value, type):
        yield from (word for each in fields(value) for word in _listed(getattr(value, each.name)))


def _words_of(text: str) -> Iterator[str]:
    yield from (each.replace("_", " ") for each in text.split() if _LETTERS.search(each))


def _choices(pattern: str) -> Iterator[tuple[str, ...]]:
    """Of each group of alternatives those that have none inside, as they are written.

    Where the group goes on within a word there stands «…».
    """
    for before, group, after in _groups(pattern):
        parts = _split(group)
        if len(parts) > 1:
            start = "…" if _goes_on_before(before, after) else ""
            end = "…" if _goes_on_after(after) else ""
            yield tuple(
                f"{start}{part}{end}" for part in parts if "|" not in part and _LETTERS.search(_literal(part))
            )


def _goes_on_before(before: str, after: str) -> bool:
    """Whether a word may begin before the group: letters stand there, or it is the end of a word."""
    ending = not before and after.startswith("$")
    return ending or (not before.endswith(r"\b") and bool(re.search(r"(?:\\w|[a-z\])}+*])$", before)))


def _goes_on_after(after: str) -> bool:
    """Whether a word may go on after the group: letters may follow, or nothing says that it ends."""
    after = after.lstrip(")?")
    while after.startswith("|"):
        after = _after_group(after).lstrip(")?")
    return not after or bool(re.match(r"\\w|[a-z(\[]", after))


def _after_group(pattern: str) -> str:
    """What follows the group in which the pattern begins."""
    depth = 0
    for at in _signs(pattern):
        depth += {"(": 1, ")": -1}.get(pattern[at], 0)
        if depth < 0:
            return pattern[at:]
    return ""


def _literal(part: str) -> str:
    return re.sub(r"\\\w|\(\?[<!=:P]+\w*>?|\[[^\]]*\]|\{[^}]*\}", " ", part)


def _groups(pattern: str) -> Iterator[tuple[str, str, str]]:
    """The pattern and the inside of each of its groups, with what stands before and after it."""
    yield "", pattern, ""
    opened: list[int] = []
    for at in _signs(pattern):
        if pattern[at] == "(":
            opened.append(at)
        elif pattern[at] == ")" and opened:
            start = opened.pop()
            inside = re.sub(r"^\?(?:P<\w+>|<?[=!]|[:>])", "", pattern[start + 1 : at])
            yield pattern[:start], inside, pattern[at + 1 :]


def _split(group: str) -> list[str]:
    """The alternatives of a group, without those of groups in it."""
    parts, depth, start = [], 0, 0
    for at in _signs(group):
        if group[at] in "()":
            depth += 1 if group[at] == "(" else -1
        elif depth == 0:
            parts.append(group[start:at])
            start = at + 1
    return [*parts, group[start:]]


def _signs(pattern: str) -> Iterator[int]:
    """Where «(», «)» and «|» stand that are not escaped and in no set of characters."""
    for found in re.finditer(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]", pattern, re.DOTALL):
        if len(found[0]) == 1:
            yield found.start()


def _compiled(alternative: str) -> re.Pattern[str] | None:
    """The alternative as whole words, but where it has «…»; None where it is no pattern by itself."""
    start = "" if alternative.startswith("…") else r"(?<![^\W\d_])"
    end = "" if alternative.endswith("…") else r"(?![^\W\d_])"
    inside = re.sub(r"(?<!\\)\$", r"(?![^\\W\\d_])", alternative.strip("…"))
    try:
        return re.compile(f"{start}(?:{inside}){end}")
    except re.error:
        return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
