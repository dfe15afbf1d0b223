"""The Bot API over HTTP: `/bot{token}/{method}`, with parameters in any of the four ways Telegram accepts.

Every answer has the header `X-Avance-Now`, the demo's time as ISO 8601 in UTC. This is a plain ASGI endpoint
without a framework, since a test makes thousands of calls.
"""

import asyncio
import json
import unicodedata
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from local_telegram.bot_api.methods import METHODS
from local_telegram.bot_api.parameters import MethodSignature, read_parameters, signature_of
from local_telegram.refusal import ApiError, bad_request
from local_telegram.world.bell import wait_until
from local_telegram.world.files import Upload
from local_telegram.world.traffic import Call
from local_telegram.world.updates import Json
from local_telegram.world.world import World

LONGEST_POLL = 50
_TERMINATED = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)
_WEBHOOK_SET = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


class HangUp(Exception):
    """Raised to close the connection without an answer."""


class Nonsense(Exception):
    """Raised to answer with these bytes and that status, as a planned fault wants."""

    def __init__(self, status: int, body: bytes) -> None:
        super().__init__()
        self.status, self.body = status, body


class BotApi:
    def __init__(self, world: World) -> None:
        self.world = world

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path_params"]
        given: Json = {}
        description = ""
        try:
            given = await _read(scope, receive)
            result = await self._call(path["token"], path["method"], given)
            status, content = 200, _as_json({"ok": True, "result": result})
        except ApiError as refused:
            status, content, description = refused.status, _as_json(refused.body()), refused.description
        except Nonsense as nonsense:
            status, content = nonsense.status, nonsense.body
        except HangUp:
            self.world.calls.append(Call(path["method"], given.get("chat_id"), 0))
            await _hang_up(scope, receive)
            return
        self.world.calls.append(Call(path["method"], given.get("chat_id"), status, description))
        await self._answer(send, status, content)

    async def _call(self, token: str, method: str, given: Json) -> Any:
        if token != self.world.token:
            raise ApiError(401, "Unauthorized")
        signature = signature_of(method)
        self.world.begun[signature.name] += 1
        if self.world.delay:
            await asyncio.sleep(self.world.delay)
        with self.world.lock:
            fault = self.world.faults.next_for(signature.name, given.get("chat_id"))
        if fault and fault.body is not None:
            raise Nonsense(fault.status, fault.body)
        if fault and fault.drop is None:
            raise fault.refusal()
        if fault and fault.drop == "before":
            raise HangUp
        result = await self._effect(signature, given)
        if fault:
            raise HangUp
        return result

    async def _effect(self, signature: MethodSignature, given: Json) -> Any:
        read = read_parameters(signature, given)
        if signature.name == "getUpdates":
            return await get_updates(self.world, read)
        with self.world.lock:
            return METHODS[signature.name](self.world, read)

    async def _answer(self, send: Send, status: int, content: bytes) -> None:
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(content)).encode()),
            (b"x-avance-now", self.world.now().isoformat(timespec="microseconds").encode()),
        ]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": content})


async def get_updates(world: World, given: Json) -> list[Json]:
    """Return the next updates, waiting for them up to `timeout` seconds (at most 50).

    Returns an empty list at once when the clock is moved, or was moved since the last answer, so that the
    bot learns the new time. Raises `ApiError` 409 when another poll begins, as Telegram does.
    """
    limit = min(max(given.get("limit", 100), 1), 100)
    with world.lock:
        if world.webhook.get("url"):
            raise ApiError(409, _WEBHOOK_SET)
        offset = given.get("offset", 0)
        world.updates.confirm(offset)
        world.updates.allow(given.get("allowed_updates"))
        reader = world.updates.new_reader()

    def look() -> list[Json] | None:
        with world.lock:
            if world.updates.reader != reader:
                raise ApiError(409, _TERMINATED)
            updates = world.updates.take(limit, world.now(), offset)
            if not updates and world.clock.moves == world.updates.moves_told:
                return None
            world.updates.moves_told = world.clock.moves
            return updates

    timeout = min(max(given.get("timeout", 0), 0), LONGEST_POLL)
    return await wait_until([world.updates.bell], look, timeout) or []


async def _read(scope: Scope, receive: Receive) -> Json:
    """Return the parameters of query string and body together."""
    given: Json = {}
    if query := scope["query_string"]:
        given.update(parse_qsl(query.decode(), keep_blank_values=True))
    kind = next((value for name, value in scope["headers"] if name == b"content-type"), b"").decode()
    if kind.startswith("multipart/form-data"):
        return given | await _multipart(Request(scope, receive))
    body = await _body(receive)
    if kind.startswith("application/json") and body:
        try:
            sent = json.loads(body)
        except ValueError:
            sent = None
        if not isinstance(sent, dict):
            raise bad_request("can't parse JSON object")
        return given | sent
    given.update(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    return given


async def _body(receive: Receive) -> bytes:
    body = b""
    while True:
        message = await receive()
        piece: bytes = message.get("body", b"")
        body += piece
        if not message.get("more_body"):
            return body


async def _multipart(request: Request) -> Json:
    """Return fields and files; `attach://name` in a field or an album's `media` is replaced by that file."""
    given: Json = {}
    files: dict[str, Upload] = {}
    async with request.form() as form:
        for name, value in form.multi_items():
            if isinstance(value, str):
                given[name] = value
            else:
                filename = value.filename or name
                if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in filename):
                    raise bad_request("can't parse the name of an uploaded file")
                files[name] = Upload(filename, await value.read())
    attached: set[str] = set()

    def resolved(value: Any) -> Any:
        if not isinstance(value, str) or not value.startswith("attach://"):
            return value
        name = value.removeprefix("attach://")
        if name not in files:
            raise bad_request(f'file "{name}" is not attached')
        attached.add(name)
        return files[name]

    given = {name: resolved(value) for name, value in given.items()}
    if isinstance(given.get("media"), str):
        given["media"] = [
            {name: resolved(value) for name, value in item.items()} for item in _items(given["media"])
        ]
    return given | {name: file for name, file in files.items() if name not in attached}


def _items(media: str) -> list[Json]:
    try:
        items = json.loads(media)
    except ValueError:
        items = None
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise bad_request("can't parse media JSON object")
    return items


def _as_json(body: Json) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


async def _hang_up(scope: Scope, receive: Receive) -> None:
    """Close the connection without an answer, by the transport that `server.Protocol` puts into the state."""
    scope["state"]["transport"].abort()
    while (await receive())["type"] != "http.disconnect":
        pass
