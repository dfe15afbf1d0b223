"""Texts and keyboards are cut to Telegram's limits, as the local Telegram measures them."""

from datetime import UTC, datetime
from html import escape

from hypothesis import given
from hypothesis import strategies as st

from handlers.activity_form.buttons import Undo
from handlers.chat import fitting, paging
from handlers.chat.keyboards import Keyboard, button
from local_telegram.messages import rules
from local_telegram.messages.entities import parse_html, utf16_length
from models.storage.outbox import OutgoingCall

WORDS = st.text(alphabet="ab &<>\"'\n👩🇲🇽ñ«—", max_size=120)
TAGS = st.sampled_from(["", "b", "i", "code", "s"])
HTML = st.lists(st.tuples(TAGS, WORDS), max_size=30)


def written(parts: list[tuple[str, str]]) -> str:
    return "".join(f"<{tag}>{escape(said)}</{tag}>" if tag else escape(said) for tag, said in parts)


def bare(plain: str) -> str:
    """Return the text without what a cut may remove."""
    return "".join(plain.split())


@given(HTML, st.integers(min_value=40, max_value=400))
def test_pieces_fit_and_joined_give_the_whole_text(parts: list[tuple[str, str]], limit: int) -> None:
    html = written(parts)
    found = [parse_html(each) for each in fitting.pieces(html, limit)]
    assert all(utf16_length(text) <= limit for text, _ in found)
    assert all(len(entities) <= rules.ENTITY_LIMIT for _, entities in found)
    assert bare("".join(text for text, _ in found)) == bare(parse_html(html)[0])


@given(HTML, st.integers(min_value=40, max_value=400))
def test_shortened_text_fits_and_ends_with_an_ellipsis(parts: list[tuple[str, str]], limit: int) -> None:
    html = written(parts)
    text, _ = parse_html(fitting.shorten(html, limit))
    assert utf16_length(text) <= limit
    assert text == parse_html(html)[0] or text.endswith("…")


@given(HTML)
def test_a_text_is_measured_as_telegram_measures_it(parts: list[tuple[str, str]]) -> None:
    assert fitting.length(written(parts)) == utf16_length(parse_html(written(parts))[0])


def test_more_than_a_hundred_formatted_parts_are_two_messages() -> None:
    assert len(fitting.pieces("<b>a</b>\n" * 101)) == 2


def test_a_nested_tag_is_closed_at_a_cut_and_opened_again() -> None:
    first, second = fitting.pieces("<b>uno <i>dos\ntres</i></b>", 8)
    assert (first, second) == ("<b>uno <i>dos</i></b>", "<b><i>tres</i></b>")


def call(text: str, keyboard: Keyboard, **more: object) -> list[OutgoingCall]:
    payload = {"chat_id": 1, "text": text, "reply_markup": {"inline_keyboard": keyboard}, **more}
    method = "editMessageText" if "message_id" in more else "sendMessage"
    return fitting.split(OutgoingCall(1, method, payload, at=datetime(2024, 3, 20, tzinfo=UTC)))


def test_buttons_are_below_the_last_part_of_a_long_text() -> None:
    first, last = call("palabra " * 700, [[button("Sí", Undo(1))]], message_id=7)
    assert (first.method, first.payload["message_id"]) == ("editMessageText", 7)
    assert first.payload["reply_markup"] == {"inline_keyboard": []}
    assert last.method == "sendMessage" and "message_id" not in last.payload
    assert last.payload["reply_markup"]["inline_keyboard"][0][0]["text"] == "Sí"


def test_more_than_a_hundred_buttons_go_on_in_another_message() -> None:
    said = call("¿Cuál?", [[button(str(place), Undo(place))] for place in range(150)])
    keyboards = [each.payload["reply_markup"] for each in said]
    assert [rules.keyboard(each) is not None for each in keyboards] == [True, True]
    assert sum(len(each["inline_keyboard"]) for each in keyboards) == 150


def test_ten_thousand_bytes_of_buttons_go_on_in_another_message() -> None:
    said = call("¿Cuál?", [[button("👩‍⚖️" * 16, Undo(place))] for place in range(60)])
    assert len(said) > 1
    assert all(rules.keyboard(each.payload["reply_markup"]) for each in said)


def test_a_row_of_too_many_buttons_is_split() -> None:
    (said,) = call("¿Cuál?", [[button(str(place), Undo(place)) for place in range(30)]])
    assert max(map(len, said.payload["reply_markup"]["inline_keyboard"])) == 8


def test_a_page_has_the_entries_that_fit() -> None:
    found = paging.page(list(range(10)), 2, 10, lambda items: "x" * 1000 * len(items))
    assert (list(found.items), found.first, found.number, found.of) == ([4, 5, 6, 7], 4, 2, 3)
    assert paging.page(list(range(10)), 99, 4).number == 3
    assert paging.page([], 1).of == 1
