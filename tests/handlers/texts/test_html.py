"""Every formatted value is escaped, and only literals are taken as HTML."""

import ast
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from handlers.texts.escaping import Html, escape, joined, sentence

ROOT = Path(__file__).parents[3]
MARKED_UP = re.compile(r"</?(?:[biusa]|code|pre|blockquote|tg-)\b|&(?:lt|gt|amp|quot|#\d+);")
MODULES = sorted(each for each in (ROOT / "handlers").rglob("*.py") if each.name != "escaping.py")


def unescaped(source: str) -> Iterator[str]:
    """Return what makes HTML without `Html`, or takes no literal as HTML, with its line."""
    tree = ast.parse(source)
    prose = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}  # docstrings
    taken = [each for each in ast.walk(tree) if isinstance(each, ast.Call) and _named(each) == "Html"]
    literals = {id(argument) for call in taken for argument in call.args}
    for call in taken:
        if any(not isinstance(each, ast.Constant) for each in call.args):
            yield f"{call.lineno}: {ast.unparse(call)}"
    for each in ast.walk(tree):
        if not isinstance(each, ast.Constant) or id(each) in prose | literals:
            continue
        if isinstance(each.value, str) and MARKED_UP.search(each.value):
            yield f"{each.lineno}: {each.value}"


def _named(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


@pytest.mark.parametrize("module", MODULES, ids=lambda each: str(each.relative_to(ROOT)))
def test_html_is_made_of_literals_and_escaped_values(module: Path) -> None:
    assert not list(unescaped(module.read_text()))


@pytest.mark.parametrize(
    "line",
    [
        'f"<b>{name}</b>"',
        '"<b>" + name + "</b>"',
        '"<b>{}</b>".format(name)',
        "Html(name)",
        'Html(f"{name}")',
        'Html("<b>" + name)',
    ],
)
def test_unescaped_html_is_found(line: str) -> None:
    assert list(unescaped(f'"""Says <b>."""\nsaid = {line}\n'))
    assert not list(unescaped('"""Says <b>."""\nsaid = Html("<b>{}</b>").format(name)\n'))


def test_values_are_escaped_and_html_is_kept() -> None:
    said = Html("<b>{}</b> {who} {}").format("A & <i>B</i>", Html("<i>C</i>"), who='"D"')
    assert said == "<b>A &amp; &lt;i&gt;B&lt;/i&gt;</b> &#34;D&#34; <i>C</i>"
    assert Html(", ").join(["<", Html("<i>C</i>")]) == "&lt;, <i>C</i>"
    assert Html("<b>A</b>") + "\n<" == "<b>A</b>\n&lt;"
    assert joined(["<", Html("<i>C</i>"), ">"]) == "&lt;, <i>C</i> y &gt;"
    assert isinstance(said, Html) and isinstance(joined([]), Html)


def test_numbers_and_moments_are_formatted_as_the_template_says() -> None:
    assert Html("{:,} a las {:%H:%M}").format(12345, datetime(2024, 3, 20, 9, 5)) == "12,345 a las 09:05"  # noqa: DTZ001


def test_lines_with_letters_from_right_to_left_are_isolated() -> None:
    assert Html("<b>{}</b>").format("21\n\u202eאבג") == "<b>21\n\u2068אבג\u2069</b>"
    assert escape(escape("אבג")) == "\u2068אבג\u2069"
    assert sentence("«\u2068אבג\u2069» & más") == "«\u2068אבג\u2069» &amp; más"
