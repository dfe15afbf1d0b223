"""Reads YAML into a tree of plain values with their positions, and writes one.

It is read from the node graph, not by a constructor: so numbers stay exact, duplicate keys are found, and
nothing in the file can create an object. Anchors, aliases and tags are refused: a programme needs none, and a
few lines of nested aliases can fill a machine's memory.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, NodeEvent
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError
from ruamel.yaml.representer import RoundTripRepresenter
from ruamel.yaml.scalarstring import FoldedScalarString, LiteralScalarString

from models.programme_file.sentences import said
from models.programme_file.text import cut_or_quoted, decode
from models.programme_file.tree import FilePosition, Path, Tree, Unreadable

MAX_BYTES = 1_000_000  # the real programme has 25 thousand
_MAX_DEPTH = 20  # it has 9
_LINE_WIDTH = 100
_CORE = "tag:yaml.org,2002:"
# merge and value: a plain << or =, which have no meaning here and are texts
_SCALARS = {
    f"{_CORE}{kind}" for kind in ("null", "bool", "int", "float", "str", "timestamp", "merge", "value")
}


def parse(source: bytes | str) -> Tree:
    """Return the tree of a YAML text. Raises `Unreadable`; lesser faults (duplicate keys) are in the tree."""
    text = _decode(source)
    try:
        _refuse_tricks(text)
        root = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = FilePosition(mark.line + 1, mark.column + 1) if mark else FilePosition()
        problem = str(error.problem or error.context)
        sentence = said("yaml_tab") if "'\\t'" in problem else said("yaml_broken", problem=problem)
        raise Unreadable(sentence, place) from None
    except ReaderError as error:
        sentence = said("yaml_character", code=f"{error.character:04X}")
        raise Unreadable(sentence, _place_of(text, error.position)) from None
    except (YAMLError, ValueError) as error:
        raise Unreadable(said("yaml_broken", problem=str(error).splitlines()[0])) from None
    tree = Tree()
    if root is not None:
        tree.root = _plain(root, (), tree)
        tree.warnings += cut_or_quoted(root, text)
    return tree


def _decode(source: bytes | str) -> str:
    size = len(source) if isinstance(source, bytes) else len(source.encode(errors="surrogatepass"))
    if size > MAX_BYTES:
        raise Unreadable(said("too_large", size=size, largest=MAX_BYTES))
    text = decode(source) if isinstance(source, bytes) else source
    if not text.strip():
        raise Unreadable(said("empty_file"))
    return text


def _place_of(text: str, position: int) -> FilePosition:
    before = text[:position]
    return FilePosition(before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1)


def _refuse_tricks(text: str) -> None:
    depth = 0
    for event in YAML(typ="safe", pure=True).parse(text):
        place = FilePosition(event.start_mark.line + 1, event.start_mark.column + 1)
        if isinstance(event, CollectionStartEvent):
            depth += 1
        elif isinstance(event, CollectionEndEvent):
            depth -= 1
        if depth > _MAX_DEPTH:
            raise Unreadable(said("too_deep"), place)
        if isinstance(event, AliasEvent) or (isinstance(event, NodeEvent) and event.anchor is not None):
            raise Unreadable(said("anchor"), place)


def _plain(node: Node, path: Path, tree: Tree) -> Any:
    place = FilePosition(node.start_mark.line + 1, node.start_mark.column + 1)
    tree.values[path] = place
    kind = str(node.tag)
    if isinstance(node, MappingNode) and kind == f"{_CORE}map":
        return _plain_mapping(node, path, tree)
    if isinstance(node, SequenceNode) and kind == f"{_CORE}seq":
        return [_plain(child, (*path, index), tree) for index, child in enumerate(node.value)]
    if isinstance(node, ScalarNode) and kind in _SCALARS:
        return _scalar(kind.removeprefix(_CORE), node.value)
    tree.faults.append((path, place, said("tag", tag=kind.replace(_CORE, "!!"))))
    return None


def _plain_mapping(node: MappingNode, path: Path, tree: Tree) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for key_node, value_node in node.value:
        place = FilePosition(key_node.start_mark.line + 1, key_node.start_mark.column + 1)
        if not isinstance(key_node, ScalarNode):
            tree.faults.append((path, place, said("field_no_word")))
            continue
        key = str(key_node.value)
        if key in plain:
            first = tree.keys[(*path, key)].line
            tree.faults.append(((*path, key), place, said("field_twice", name=key, line=first)))
            continue
        tree.keys[(*path, key)] = place
        plain[key] = _plain(value_node, (*path, key), tree)
    return plain


def _scalar(kind: str, text: str) -> Any:
    """Return the value of a scalar; special forms (0x10, .inf, 2024-02-31) stay text."""
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() == "true"
    try:
        if kind == "int" and text.lstrip("+-").isdecimal() and len(text) <= 30:
            return int(text)
        if kind == "float" and text.lstrip("+-").replace(".", "", 1).isdecimal() and len(text) <= 40:
            return Decimal(text)
        if kind == "timestamp":
            return date.fromisoformat(text)
    except ValueError:
        pass
    return text


def dump(root: dict[str, Any]) -> str:
    """Return the YAML of a plain tree, in its order: long texts as blocks, short lists on one line."""
    writer = YAML(pure=True)
    writer.width = _LINE_WIDTH
    writer.allow_unicode = True
    writer.indent(mapping=2, sequence=4, offset=2)
    writer.Representer = _Representer
    stream = StringIO()
    writer.dump(_shaped(root), stream)
    return stream.getvalue()


class _Representer(RoundTripRepresenter):
    """Writes Decimals exactly, without an exponent."""


def _represent_decimal(representer: RoundTripRepresenter, value: Decimal) -> ScalarNode:
    node: ScalarNode = representer.represent_scalar(f"{_CORE}float", f"{value:f}")
    return node


_Representer.add_representer(Decimal, _represent_decimal)


def _shaped(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, dict):
        return CommentedMap((key, _shaped(each)) for key, each in value.items())
    if isinstance(value, list):
        shaped = CommentedSeq(_shaped(each) for each in value)
        if all(_fits_one_line(each) for each in value):
            shaped.fa.set_flow_style()
        return shaped
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else value
    return _block(value) if isinstance(value, str) else value


def _fits_one_line(value: Any) -> bool:
    """Return whether a value may be in a list on one line; a first `?` or `-` there would be YAML syntax."""
    return not isinstance(value, dict | list) and len(str(value)) <= 40 and str(value)[:1].isalnum()


def _block(text: str) -> str:
    """Return the text to be written as a block, if that keeps it exactly: printable, with single spaces."""
    lines = text.split("\n")
    regular = all(line == " ".join(line.split()) and line.isprintable() for line in lines) and lines[0]
    if not regular or "" in (lines[0], lines[-1]):
        return text
    if len(lines) > 1:
        text = LiteralScalarString(text)
    elif len(text) > _LINE_WIDTH - 20:
        text = FoldedScalarString(text)
    return text
