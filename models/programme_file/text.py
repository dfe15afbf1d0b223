"""The text of a YAML programme: its encoding, and values that YAML cuts at a # or that have curly quotes."""

import re
from collections.abc import Iterator

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from models.programme_file.sentences import said
from models.programme_file.tree import Fault, FilePosition, Path, Unreadable

_MARKED = {  # by byte order marks, longest first
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_COMMENT = re.compile(r"[ \t]+#|#")


def decode(source: bytes) -> str:
    """Decode UTF-8, or UTF-16 and UTF-32 as Windows writes them. Raises `Unreadable` for other encodings."""
    encoding = next((name for mark, name in _MARKED.items() if source.startswith(mark)), None)
    if encoding is None and b"\0" in source[:4]:
        encoding = "utf-16-le" if source[:1] != b"\0" else "utf-16-be"
    try:
        return source.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        line = source[: error.start].count(b"\n") + 1
        raise Unreadable(said("not_utf8"), FilePosition(line)) from None


def cut_or_quoted(root: Node, text: str) -> list[Fault]:
    """Return faults for texts that are cut by a comment, and those in curly quotes."""
    found: list[Fault] = []
    for path, node in _scalars(root, ()):
        place = FilePosition(node.start_mark.line + 1, node.start_mark.column + 1)
        value = str(node.value)
        if node.style is None and _is_word(node) and _COMMENT.match(text[node.end_mark.index :]):
            found.append((path, place, said("cut_at_hash", kept=value[:60])))
        if value[:1] in "“”‘’„" and value[:1] and value[-1:] in "“”‘’":
            found.append((path, place, said("curly_quotes")))
    return found


def _is_word(node: ScalarNode) -> bool:
    """Return whether the value is a text or empty; a comment behind a number or date cuts nothing off."""
    return str(node.tag).endswith((":str", ":null"))


def _scalars(node: Node, path: Path) -> Iterator[tuple[Path, ScalarNode]]:
    if isinstance(node, ScalarNode):
        yield path, node
    elif isinstance(node, SequenceNode):
        for index, child in enumerate(node.value):
            yield from _scalars(child, (*path, index))
    elif isinstance(node, MappingNode):
        for key, child in node.value:
            yield from _scalars(child, (*path, str(getattr(key, "value", ""))))
