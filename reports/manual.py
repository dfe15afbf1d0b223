"""The manual as PDF: its Markdown, set by typst. As a program: `python -m reports.manual MARKDOWN TARGET`.

Of Markdown it takes what CommonMark has, with tables and strikethrough; HTML is printed as text. Text goes
into typst as string literals, so that nothing in it is typst's markup.
"""

import json
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from reports import typesetting
from reports.texts.manual import SHAPES
from spanish.writing.folding import fold

TEMPLATE = "manual.typ"
# A sign that has its shape beside it already is drawn once.
_SIGN = re.compile(f"([{''.join(SHAPES)}])[{''.join(shape for shape, _ in SHAPES.values())}]?")
_MEASURE = re.compile(r"[^\w\s-]")


def render(markdown: Path) -> bytes:
    """Return the PDF of a Markdown file, with the pictures that it names beside it; equal for equal files."""
    import typst

    with TemporaryDirectory(prefix="avance-manual-") as name:
        folder = Path(name)
        body = _Manual(markdown.parent, folder).typeset(markdown.read_text(encoding="utf-8"))
        head = typesetting.template(TEMPLATE).decode()
        (folder / TEMPLATE).write_text(f"{head}\n{body}\n", encoding="utf-8")
        return typst.compile(
            folder / TEMPLATE,
            root=folder,
            font_paths=typesetting.fonts(),
            timestamp=datetime(2024, 1, 1, tzinfo=UTC),
        )


class _Manual:
    """Writes one document; its pictures are copied into the folder in which it is set."""

    def __init__(self, beside: Path, folder: Path) -> None:
        self._beside, self._folder = beside, folder
        self._labels: set[str] = set()
        self._break = " "  # what a line's end becomes

    def typeset(self, text: str) -> str:
        tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
        tree = SyntaxTreeNode(tokens)
        self._labels = {_slug(_words(node)) for node in tree.walk() if node.type == "heading"}
        return "\n\n".join(self._block(node) for node in tree.children)

    def _block(self, node: SyntaxTreeNode) -> str:
        match node.type:
            case "heading":
                label = _slug(_words(node))
                return f"#heading(level: {node.tag[1:]})[{self._inside(node)}] <{label}>"
            case "paragraph":
                return self._inside(node)
            case "blockquote":  # a message as it is shown: its lines stay lines
                self._break = "#linebreak()"
                within, self._break = self._blocks(node), " "
                return f"#said[{within}]"
            case "bullet_list" | "ordered_list":
                items = ", ".join(f"[{self._blocks(item)}]" for item in node.children)
                return f"#{'list' if node.type == 'bullet_list' else 'enum'}({items})"
            case "fence" | "code_block":
                return f"#raw(block: true, {_literal(node.content.rstrip())})"
            case "table":
                return self._table(node)
            case "hr":
                return "#line(length: 100%)"
            case _:
                return f"#{_literal(node.content)}"

    def _blocks(self, node: SyntaxTreeNode) -> str:
        return "\n\n".join(self._block(each) for each in node.children)

    def _table(self, node: SyntaxTreeNode) -> str:
        rows = [row for part in node.children for row in part.children]
        head, *cells = [", ".join(f"[{self._inside(cell)}]" for cell in row.children) for row in rows]
        return f"#grid-of({len(rows[0].children)}, table.header({head}), {', '.join(cells)})"

    def _inside(self, node: SyntaxTreeNode) -> str:
        """Return the inline content of a block."""
        inline = [
            each
            for child in node.children
            for each in (child.children if child.type == "inline" else [child])
        ]
        return "".join(map(self._inline, inline))

    def _inline(self, node: SyntaxTreeNode) -> str:
        within = "".join(map(self._inline, node.children))
        match node.type:
            case "text":
                return _text(node.content)
            case "softbreak":
                return self._break
            case "hardbreak":
                return "#linebreak()"
            case "code_inline":
                return f"#raw({_literal(node.content)})"
            case "strong":
                return f"#strong[{within}]"
            case "em":
                return f"#emph[{within}]"
            case "s":
                return f"#strike[{within}]"
            case "image":
                return self._picture(str(node.attrs.get("src", "")), _words(node))
            case "link":
                return self._link(str(node.attrs.get("href", "")), within)
            case _:
                return _text(node.content)

    def _link(self, href: str, within: str) -> str:
        """Return a link within the manual or to the web; other files are not at hand, so only their words."""
        if href.startswith("#"):
            label = _slug(unquote(href[1:]))
            return f"#link(<{label}>)[{within}]" if label in self._labels else within
        return f"#link({_literal(href)})[{within}]" if href.startswith("http") else within

    def _picture(self, source: str, words: str) -> str:
        file = self._beside / source
        if not file.is_file():
            return f"#emph[{_text(words)}]"
        (self._folder / file.name).write_bytes(file.read_bytes())
        return f"#picture({_literal(file.name)}, {_literal(words)})"


def _words(node: SyntaxTreeNode) -> str:
    return "".join(each.content for each in node.walk() if each.type in ("text", "code_inline"))


def _slug(title: str) -> str:
    """Return the name of a heading's place, as links within the manual write it."""
    return "s-" + "-".join(_MEASURE.sub("", fold(title)).replace("-", " ").split())


def _text(text: str) -> str:
    """Return the text as typst content; the coloured signs as the report draws them."""
    found = []
    for part in _SIGN.split(text):
        if part in SHAPES:
            shape, colour = SHAPES[part]
            found.append(f'#text(fill: rgb("{colour}"), {_literal(shape)})')
        elif part:
            found.append(f"#{_literal(part)};")
    return "".join(found)


def _literal(text: str) -> str:
    """Return the text as a string of typst, without variation selectors, which no bundled font has."""
    return json.dumps(typesetting.printable(text.replace("\ufe0f", "")), ensure_ascii=False)


if __name__ == "__main__":
    Path(sys.argv[2]).write_bytes(render(Path(sys.argv[1])))
