"""Downloads for the bot: `/file/bot{token}/{file_path}`, with planned faults and delay as for the Bot API."""

import asyncio
import json

from starlette.types import Receive, Scope, Send

from local_telegram.refusal import ApiError
from local_telegram.world.world import World


class Downloads:
    """An ASGI endpoint. A `Fault(method="file")` refuses by its status, or cuts a download in the middle."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path_params"]
        if self.world.delay:
            await asyncio.sleep(self.world.delay)
        with self.world.lock:
            fault = self.world.faults.next_for("file", None)
            file = self.world.files.linked(path["path"], self.world.now())
        if path["token"] != self.world.token:
            await self._refuse(send, ApiError(401, "Unauthorized"))
        elif fault and fault.drop is None:
            await self._refuse(send, fault.refusal())
        elif file is None:
            await self._refuse(send, ApiError(404, "Not Found"))
        elif fault:
            await self._begin(send, 200, b"application/octet-stream", len(file.content))
            await send(_body(file.content[: len(file.content) // 2], more=True))
            await _break_off(scope, receive)
        else:
            await self._begin(send, 200, b"application/octet-stream", len(file.content))
            await send(_body(file.content))

    async def _refuse(self, send: Send, refused: ApiError) -> None:
        content = json.dumps(refused.body()).encode()
        await self._begin(send, refused.status, b"application/json", len(content))
        await send(_body(content))

    async def _begin(self, send: Send, status: int, kind: bytes, length: int) -> None:
        headers = [
            (b"content-type", kind),
            (b"content-length", str(length).encode()),
            (b"x-avance-now", self.world.now().isoformat(timespec="microseconds").encode()),
        ]
        await send({"type": "http.response.start", "status": status, "headers": headers})


def _body(content: bytes, *, more: bool = False) -> dict[str, object]:
    return {"type": "http.response.body", "body": content, "more_body": more}


async def _break_off(scope: Scope, receive: Receive) -> None:
    """Close the connection after what was sent, by the transport that `server.Protocol` puts in the state."""
    scope["state"]["transport"].close()
    while (await receive())["type"] != "http.disconnect":
        pass
