"""An invalid response of the server is a network error for every method, never a traceback."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.telegram.answer import InvalidResponse, TooMuch, refusal, result_of
from bot.telegram.api import pause_of
from local_telegram.world.traffic import Fault
from models.tables.evidence import Evidence
from tests.bot.evidence.evidence_stage import rows as evidence
from tests.bot.evidence.evidence_stage import with_card
from tests.bot.telegram.outbox_stage import people, say, settled_rows, shown, text
from tests.support.phones.stage import ANA, Stage
from tests.support.waiting import until

NONE = {
    "null": b"null",
    "nothing": b"",
    "no result": b'{"ok": true}',
    "a result of null": b'{"ok": true, "result": null}',
    "half a JSON": b'{"ok": true, "resu',
    "a page": b"<html><body><h1>It works!</h1></body></html>",
    "a list": b'[{"ok": true, "result": {}}]',
    "words": b'"ok"',
    "a number": b"7",
    "not ok": b'{"ok": false}',
    "a strange reason": b'{"ok": false, "description": ["x"]}',
    "no UTF-8": b"\xff\xfe\x00",
    "very deep": b"[" * 100_000,
}


@pytest.mark.parametrize("kind", NONE)
@pytest.mark.parametrize("status", [200, 302, 401, 403, 404, 400, 500, 502])
def test_an_invalid_response_is_a_network_error(kind: str, status: int) -> None:
    with pytest.raises(InvalidResponse):
        result_of(status, NONE[kind])


def test_a_refusal_keeps_its_kind_of_error() -> None:
    def failure(status: int, words: bytes) -> TelegramError:
        with pytest.raises(TelegramError) as caught:
            result_of(status, words)
        return caught.value

    def said(code: int, parameters: str = "{}") -> bytes:
        return (
            f'{{"ok": false, "error_code": {code}, "description": "D", "parameters": {parameters}}}'.encode()
        )

    assert result_of(200, b'{"ok": true, "result": false}') is False
    assert type(failure(400, said(400))) is BadRequest
    assert type(failure(403, said(403))) is Forbidden
    assert type(failure(401, said(401))) is InvalidToken
    assert type(failure(200, said(403))) is Forbidden
    assert type(failure(418, said(418))) is BadRequest
    assert type(failure(503, said(503))) is NetworkError
    assert type(failure(413, NONE["a page"])) is TooMuch
    moved = failure(400, said(400, '{"migrate_to_chat_id": -1000222}'))
    assert isinstance(moved, ChatMigrated) and moved.new_chat_id == -1000222
    for given_pause, pause in [("3", 3), ("0", 5), ("-1", 5), ('"x"', 5), ("null", 5), ("1e300", 3600)]:
        error = failure(429, said(429, f'{{"retry_after": {given_pause}}}'))
        assert isinstance(error, RetryAfter) and pause_of(error) == pause
    assert isinstance(failure(429, NONE["a page"]), RetryAfter)
    assert type(failure(400, said(400, "[1]"))) is BadRequest


@given(
    st.integers(100, 599),
    st.binary() | st.recursive(st.none() | st.text(), st.lists).map(repr).map(str.encode),
)
def test_any_response_is_a_result_or_a_telegram_error(status: int, body: bytes) -> None:
    try:
        result_of(status, body)
    except TelegramError as error:
        error.message.encode()
    assert isinstance(refusal(status, body), TelegramError)


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize("kind", NONE)
async def test_the_bot_continues_after_invalid_responses(
    stage: Stage, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    (chat,) = people(stage, 1)
    for method in ("sendMessage", "getUpdates"):
        stage.world.faults.plan(Fault(method, times=2, status=200, body=NONE[kind]))
    say(stage, text(chat, "uno"), text(chat, "dos"))
    assert all(row.sent_at for row in await settled_rows(stage))
    assert shown(stage, chat) == ["uno", "dos"]
    stage.world.faults.clear()
    ana = await stage.enter(ANA)
    await ana.send("/ayuda")
    await ana.wait_for("Esto puedo hacer")
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("kind", ["null", "half a JSON", "a page", "a list", "words"])
async def test_a_file_is_fetched_after_invalid_responses(
    stage: Stage, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    ana, card = await with_card(stage)
    stage.world.faults.plan(Fault("getFile", status=200, body=NONE[kind]))
    await ana.send_file("acta.pdf", b"%PDF-1.4 x", reply_to=card.id)

    def failed_once() -> list[Evidence]:
        return [each for each in evidence(stage) if each.attempts]

    await until(failed_once)
    assert "Traceback" not in caplog.text
