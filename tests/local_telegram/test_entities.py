"""HTML is parsed to entities and rendered back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local_telegram.messages.entities import (
    UnparsableEntities,
    parse_html,
    trim,
    utf16_length,
    with_detected,
)
from local_telegram.phones.rendering import render_html


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>a</b>", "a", [("bold", 0, 1)]),
        ("<strong>a</strong><em>b</em>", "ab", [("bold", 0, 1), ("italic", 1, 1)]),
        ("<ins>a</ins><u>b</u>", "ab", [("underline", 0, 1), ("underline", 1, 1)]),
        ("<s>a</s><strike>b</strike><del>c</del>", "abc", [("strikethrough", n, 1) for n in (0, 1, 2)]),
        ("<i>a<b>b</b></i>", "ab", [("italic", 0, 2), ("bold", 1, 1)]),
        ("<code>x</code> <pre>y</pre>", "x y", [("code", 0, 1), ("pre", 2, 1)]),
        ("<tg-spoiler>a</tg-spoiler>", "a", [("spoiler", 0, 1)]),
        ('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1)]),
        ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("📊 <b>é</b>", "📊 é", [("bold", 3, 1)]),
        ("<B>a</b>", "a", [("bold", 0, 1)]),
        ("&lt;b&gt; &amp;amp; &quot; &#225; &#xE1; &nbsp;", '<b> &amp; " á á &nbsp;', []),
        ("<b></b>a", "a", []),
        ('<a href="javascript:alert(1)">a</a>', "a", []),
    ],
)  # fmt: skip
def test_html_is_parsed(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    parsed, found = parse_html(source)
    assert parsed == text
    assert [(entity["type"], entity["offset"], entity["length"]) for entity in found] == entities


def test_links_and_languages_keep_their_attribute() -> None:
    assert parse_html("<a href='https://a.mx/?b=1&amp;c=2'>x</a>")[1][0]["url"] == "https://a.mx/?b=1&c=2"
    assert parse_html("<a>https://a.mx</a>")[1][0]["url"] == "https://a.mx"
    code = parse_html('<pre><code class="language-python">x</code></pre>')[1]
    assert code == [{"type": "pre", "offset": 0, "length": 1, "language": "python"}]


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("<p>a</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("á < b", 'Unsupported start tag "" at byte offset 3'),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</i>", 'expected "</b>", found "</i>"'),
        ("<span>a</span>", 'must have class "tg-spoiler"'),
        ("<b", "Unclosed start tag"),
        ("<b>a</b", "Unclosed end tag"),
        ("<b bold>a</b>", "Expected equal sign"),
        ("<b =x>a</b>", "Empty attribute name"),
    ],
)
def test_invalid_html_is_refused_with_the_reason(source: str, complaint: str) -> None:
    with pytest.raises(UnparsableEntities, match=complaint.replace("(", r"\(")):
        parse_html(source)


def test_commands_mentions_and_addresses_are_detected_but_not_in_code() -> None:
    text, entities = parse_html("/avance de @ana_luz: https://a.mx/b. <code>/no</code> 12/03/2024 a/b")
    found = [(entity["type"], entity["offset"], entity["length"]) for entity in with_detected(text, entities)]
    assert found == [("bot_command", 0, 7), ("mention", 11, 8), ("url", 21, 14), ("code", 37, 3)]


def test_trimming_moves_entities() -> None:
    text, entities = trim(*parse_html(" 📊\n<b> a </b> <i> </i> "))
    assert text == "📊\n a"
    assert entities == [{"type": "bold", "offset": 3, "length": 2}]


@given(
    st.text(alphabet="ab<>&\"'📊 \n", max_size=30),
    st.lists(st.sampled_from(["b", "i", "code", "blockquote"])),
)
def test_escaped_text_comes_back_and_renders_without_foreign_markup(text: str, tags: list[str]) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    opening, closing = "".join(f"<{tag}>" for tag in tags), "".join(f"</{tag}>" for tag in reversed(tags))
    parsed, entities = parse_html(f"x{opening}{escaped}{closing}y")
    assert parsed == f"x{text}y"
    assert all(entity["length"] == utf16_length(text) for entity in entities)
    rendered = render_html(parsed, entities)
    assert parse_html(rendered.replace("&#x27;", "'")) == (parsed, entities)


def test_overlapping_entities_render_as_well_formed_html() -> None:
    crossing = [{"type": "bold", "offset": 0, "length": 3}, {"type": "italic", "offset": 2, "length": 3}]
    assert render_html("abcdef", crossing) == "<b>ab<i>c</i></b>def"
