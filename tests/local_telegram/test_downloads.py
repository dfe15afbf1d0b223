"""getFile and downloads: what the bot may fetch, for how long, and planned faults."""

import httpx
import pytest
from telegram import Bot
from telegram.error import BadRequest, InvalidToken, NetworkError

from local_telegram.world.traffic import Fault
from local_telegram.world.world import World
from tests.local_telegram.conftest import Call
from tests.support.phones.phone import Phone

MEGABYTE = 1024 * 1024


async def sent(bot: Bot, ana: Phone, content: bytes = b"0123456789") -> str:
    """Return the file_id of a document that Ana sends."""
    await ana.send_file("acta.pdf", content)
    message = (await bot.get_updates())[-1].message
    assert message is not None and message.document is not None
    return message.document.file_id


async def test_files_up_to_twenty_megabytes_can_be_fetched(bot: Bot, ana: Phone) -> None:
    largest = await sent(bot, ana, bytes(20 * MEGABYTE))
    assert len(await (await bot.get_file(largest)).download_as_bytearray()) == 20 * MEGABYTE
    larger = await sent(bot, ana, bytes(20 * MEGABYTE + 1))
    with pytest.raises(BadRequest, match=r"^File is too big$"):
        await bot.get_file(larger)


async def test_an_unknown_file_is_refused(bot: Bot) -> None:
    with pytest.raises(BadRequest, match=r"^Wrong file_id or the file is temporarily unavailable$"):
        await bot.get_file("unknown")


async def test_a_file_link_expires_after_an_hour(
    call: Call, http: httpx.AsyncClient, bot: Bot, ana: Phone, world: World
) -> None:
    file_id = await sent(bot, ana)
    file = (await call("getFile", file_id=file_id))["result"]
    assert (file["file_id"], file["file_size"]) == (file_id, 10)
    assert file["file_path"].startswith("documents/file_") and file["file_path"].endswith(".pdf")
    address = f"/file/bot{world.token}/{file['file_path']}"
    world.advance(3599)
    answer = await http.get(address)
    assert (answer.content, answer.headers["content-length"]) == (b"0123456789", "10")
    assert "x-avance-now" in answer.headers
    world.advance(2)
    gone = await http.get(address)
    assert gone.json() == {"ok": False, "error_code": 404, "description": "Not Found"}
    await call("getFile", file_id=file_id)
    assert (await http.get(address)).status_code == 200


async def test_paths_that_getfile_did_not_return_are_not_found(
    http: httpx.AsyncClient, bot: Bot, ana: Phone, world: World
) -> None:
    await sent(bot, ana)
    for path in ("documents/file_1.pdf", "documents/../x", "x"):
        assert (await http.get(f"/file/bot{world.token}/{path}")).status_code == 404


async def test_a_file_cannot_be_fetched_with_another_token(
    call: Call, http: httpx.AsyncClient, bot: Bot, ana: Phone, world: World
) -> None:
    path = (await call("getFile", file_id=await sent(bot, ana)))["result"]["file_path"]
    assert (await http.get(f"/file/bot1:x/{path}")).status_code == 401
    with pytest.raises(InvalidToken):
        await bot.request.retrieve(f"{http.base_url}/file/bot1:x/{path}")


async def test_faults_can_be_planned_for_getfile_and_for_the_file(bot: Bot, ana: Phone, world: World) -> None:
    file_id = await sent(bot, ana)
    world.faults.plan(Fault("getFile", 1, status=400, description="Bad Request: not now"))
    with pytest.raises(BadRequest, match="Not now"):
        await bot.get_file(file_id)
    world.faults.plan(Fault("file", 3, status=502, description="Bad Gateway"))
    file = await bot.get_file(file_id)
    for _ in range(3):
        with pytest.raises(NetworkError, match="Bad Gateway"):
            await file.download_as_bytearray()
    assert await file.download_as_bytearray() == b"0123456789"


async def test_a_download_can_be_interrupted(
    call: Call, http: httpx.AsyncClient, bot: Bot, ana: Phone, world: World
) -> None:
    path = (await call("getFile", file_id=await sent(bot, ana)))["result"]["file_path"]
    for drop in ("before", "after"):
        world.faults.plan(Fault("file", drop=drop))
        received = b""
        with pytest.raises(httpx.RemoteProtocolError):
            async with http.stream("GET", f"/file/bot{world.token}/{path}") as answer:
                assert answer.headers["content-length"] == "10"
                async for piece in answer.aiter_raw():
                    received += piece
        assert received == b"01234"
    assert (await http.get(f"/file/bot{world.token}/{path}")).content == b"0123456789"
