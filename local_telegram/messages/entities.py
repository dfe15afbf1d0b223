"""Formatting: HTML to text with entities, as Telegram parses it, and back to HTML for the page.

Source of the rules: https://core.telegram.org/bots/api#html-style and the messages of tdlib's parser.
Offsets and lengths are counted in UTF-16 code units.
"""

import re
from typing import Any

Entity = dict[str, Any]

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "blockquote": "blockquote",
}
_TAG_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE = re.compile(r"""\s{0,99}([^\s=>]++)\s{0,99}(?:=\s{0,99}(?:"([^"]*)"|'([^']*)'|([\w.-]+)))?""")
_CHARACTER = re.compile(r"&(?:(lt|gt|amp|quot)|#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6}));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}

_DETECTED = {
    "bot_command": re.compile(r"(?<![\w/<>])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\w/<>])"),
    "mention": re.compile(r"(?<![\w@])@[a-zA-Z][a-zA-Z0-9_]{3,31}(?!\w)"),
    "url": re.compile(r"https?://[^\s<>\"«»]+[^\s<>\"«».,;:!?)]"),
}
_LINK = re.compile(r"(?:(?:https?|tg|ton|mailto|tel):\S+)|(?:[\w-]{1,63}\.){1,20}[a-zA-Z]{2,63}(?:[/?#]\S*)?")
_OPAQUE = {"code", "pre", "text_link"}


class UnparsableEntities(ValueError):
    """Telegram's HTML mode does not accept the text; the message says why and at which byte."""


def utf16_length(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def utf16_slice(text: str, offset: int, length: int) -> str:
    return text.encode("utf-16-le")[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Return the plain text and its entities. Raises `UnparsableEntities`."""
    if "<" not in source and "&" not in source:
        return source, []
    return _HtmlReader(source).read()


class _HtmlReader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.pieces: list[str] = []
        self.length = 0
        self.open: list[tuple[str, int, int, Entity]] = []
        self.entities: list[tuple[int, Entity]] = []
        self.opened = 0

    def read(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.source):
            if self.source.startswith("</", self.at):
                self._end_tag()
            elif self.source[self.at] == "<":
                self._start_tag()
            else:
                self._plain()
        if self.open:
            raise UnparsableEntities(f'Can\'t find end tag corresponding to start tag "{self.open[-1][0]}"')
        # Of two entities around the same text, the one opened first comes first.
        self.entities.sort(key=lambda found: (found[1]["offset"], -found[1]["length"], found[0]))
        return "".join(self.pieces), [entity for _, entity in self.entities]

    def _plain(self) -> None:
        end = self.source.find("<", self.at)
        end = len(self.source) if end < 0 else end
        text = _decode(self.source[self.at : end])
        self.pieces.append(text)
        self.length += utf16_length(text)
        self.at = end

    def _where(self, position: int) -> str:
        return f"at byte offset {len(self.source[:position].encode())}"

    def _start_tag(self) -> None:
        begin = self.at
        name_match = _TAG_NAME.match(self.source, begin + 1)
        name = name_match.group().lower() if name_match else ""
        self.at = begin + 1 + len(name)
        if name not in _TAGS:
            raise UnparsableEntities(f'Unsupported start tag "{name}" {self._where(begin)}')
        attributes = self._attributes(name, begin)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise UnparsableEntities(f'Tag "span" must have class "tg-spoiler" {self._where(begin)}')
        entity: Entity = {"type": _TAGS[name], "offset": self.length}
        if name == "a":
            entity["url"] = attributes.get("href", "")
        if name == "blockquote" and "expandable" in attributes:
            entity["type"] = "expandable_blockquote"
        if name == "code" and attributes.get("class", "").startswith("language-"):
            entity["language"] = attributes["class"].removeprefix("language-")
        self.open.append((name, len(self.pieces), self.opened, entity))
        self.opened += 1

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            while self.source[self.at : self.at + 1].isspace():
                self.at += 1
            if self.at >= len(self.source):
                raise UnparsableEntities(f"Unclosed start tag {self._where(begin)}")
            if self.source[self.at] == ">":
                self.at += 1
                return found
            match = _ATTRIBUTE.match(self.source, self.at)
            if match is None:
                raise UnparsableEntities(f'Empty attribute name in the tag "{tag}" {self._where(begin)}')
            name, *values = match.groups()
            value = next((value for value in values if value is not None), None)
            if value is None and not (tag == "blockquote" and name.lower() == "expandable"):
                raise UnparsableEntities(
                    f'Expected equal sign in declaration of an attribute of the tag "{tag}" '
                    f"{self._where(begin)}"
                )
            found[name.lower()] = _decode(value or "")
            self.at = match.end()

    def _end_tag(self) -> None:
        begin = self.at
        end = self.source.find(">", begin)
        if end < 0:
            raise UnparsableEntities(f"Unclosed end tag {self._where(begin)}")
        if not self.open:
            raise UnparsableEntities(f"Unexpected end tag {self._where(begin)}")
        name = self.source[begin + 2 : end].strip().lower()
        expected, first_piece, number, entity = self.open.pop()
        if name not in ("", expected):
            raise UnparsableEntities(
                f'Unmatched end tag {self._where(begin)}, expected "</{expected}>", found "</{name}>"'
            )
        self.at = end + 1
        self._close(number, entity, "".join(self.pieces[first_piece:]))

    def _close(self, number: int, entity: Entity, inside: str) -> None:
        entity["length"] = self.length - entity["offset"]
        if entity["length"] == 0:
            return
        if entity["type"] == "text_link":
            entity["url"] = entity["url"] or inside
            if not is_link(entity["url"]):
                return
        if entity["type"] == "pre":
            self._take_language(entity)
        elif entity["type"] == "code" and not (self.open and self.open[-1][0] == "pre"):
            entity.pop("language", None)
        self.entities.append((number, entity))

    def _take_language(self, pre: Entity) -> None:
        """`<pre><code class="language-x">` is one entity, a `pre` with a language."""
        for found in self.entities:
            inner = found[1]
            same_place = inner["offset"] == pre["offset"] and inner["length"] == pre["length"]
            if inner["type"] == "code" and same_place:
                self.entities.remove(found)
                if "language" in inner:
                    pre["language"] = inner["language"]
                return


def is_link(url: str) -> bool:
    return _LINK.fullmatch(url) is not None


def _decode(text: str) -> str:
    """Decode character references; unknown names stay as they are, as with Telegram."""

    def character(match: re.Match[str]) -> str:
        name, decimal, hexadecimal = match.groups()
        if name:
            return _NAMED[name]
        code = int(decimal) if decimal else int(hexadecimal, 16)
        return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else match.group()

    return _CHARACTER.sub(character, text) if "&" in text else text


def trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Strip white space at both ends; entities are moved and cut accordingly."""
    shorter = text.lstrip()
    skipped = utf16_length(text) - utf16_length(shorter)
    shorter = shorter.rstrip()
    if shorter == text or not entities:
        return shorter, entities
    limit = utf16_length(shorter)
    kept = []
    for entity in entities:
        start = max(0, entity["offset"] - skipped)
        end = min(limit, entity["offset"] + entity["length"] - skipped)
        if start < end:
            kept.append({**entity, "offset": start, "length": end - start})
    return shorter, kept


def with_detected(text: str, entities: list[Entity]) -> list[Entity]:
    """Return the given entities with the commands, mentions and addresses that Telegram detects itself."""
    taken = [(e["offset"], e["offset"] + e["length"]) for e in entities if e["type"] in _OPAQUE]
    found = []
    for kind, pattern in _DETECTED.items():
        if ("/" if kind != "mention" else "@") not in text:
            continue
        for match in pattern.finditer(text):
            offset = utf16_length(text[: match.start()])
            end = offset + utf16_length(match.group())
            if all(end <= start or stop <= offset for start, stop in taken):
                found.append({"type": kind, "offset": offset, "length": end - offset})
                taken.append((offset, end))
    if not found:
        return entities
    return sorted([*entities, *found], key=lambda entity: (entity["offset"], -entity["length"]))
