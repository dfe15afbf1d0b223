"""Renders text with entities as safe HTML for the page: everything else is escaped."""

import html

from local_telegram.messages.entities import Entity, utf16_length

_MARKUP = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"),
    "code": ("<code>", "</code>"),
    "pre": ("<pre>", "</pre>"),
    "spoiler": ('<span class="spoiler">', "</span>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "expandable_blockquote": ('<blockquote class="expandable">', "</blockquote>"),
    "bot_command": ('<span class="command">', "</span>"),
    "mention": ('<span class="mention">', "</span>"),
}


def render_html(text: str, entities: list[Entity]) -> str:
    """Return the HTML. An entity that overlaps the end of the one around it is cut there."""
    units = text.encode("utf-16-le")

    def piece(start: int, end: int) -> str:
        return html.escape(units[2 * start : 2 * end].decode("utf-16-le", "replace"))

    pieces: list[str] = []
    closing: list[tuple[int, str]] = []
    at = 0
    for entity in sorted(entities, key=lambda entity: (entity["offset"], -entity["length"])):
        start, end = entity["offset"], entity["offset"] + entity["length"]
        while closing and closing[-1][0] <= start:
            stop, tag = closing.pop()
            pieces += [piece(at, stop), tag]
            at = stop
        pieces.append(piece(at, start))
        at = start
        opened, closed = _markup(entity, piece(start, end))
        pieces.append(opened)
        closing.append((min(end, closing[-1][0]) if closing else end, closed))
    while closing:
        stop, tag = closing.pop()
        pieces += [piece(at, stop), tag]
        at = stop
    pieces.append(piece(at, utf16_length(text)))
    return "".join(pieces)


def _markup(entity: Entity, inside: str) -> tuple[str, str]:
    if entity["type"] in ("text_link", "url"):
        address = html.escape(entity["url"]) if entity["type"] == "text_link" else inside
        if ":" not in address.split("/")[0]:
            address = f"https://{address}"
        return f'<a href="{address}" target="_blank" rel="noopener noreferrer">', "</a>"
    return _MARKUP.get(entity["type"], ("<span>", "</span>"))
