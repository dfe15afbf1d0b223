"""The bot that gets its updates by webhook: settings for it, and requests as Telegram makes them."""

import socket
from io import BytesIO
from typing import Any

import aiohttp

SECRET = "a-secret_of-tests"


def free_port() -> int:
    """Return a port that nobody listens at now."""
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        return int(asking.getsockname()[1])


def hooked(port: int | None = None) -> dict[str, Any]:
    """Return the settings of a bot with a webhook on this machine."""
    port = port or free_port()
    return {"webhook_url": f"http://127.0.0.1:{port}/hook", "webhook_secret": SECRET, "port": port}


async def post(url: str, body: Any, secret: str | None = SECRET, **headers: str) -> int:
    """Return the status with which the webhook answers an update, or other content as bytes."""
    named = {**headers, **({"X-Telegram-Bot-Api-Secret-Token": secret} if secret is not None else {})}
    given = {"data": BytesIO(body)} if isinstance(body, bytes) else {"json": body}
    async with (
        aiohttp.ClientSession(trust_env=False) as session,
        session.post(url, headers=named, **given) as answer,
    ):
        return answer.status


def text_from(update_id: int, person: int, text: str, message_id: int | None = None) -> dict[str, Any]:
    """Return an update: a text that a person sent."""
    chat = {"id": person, "type": "private", "first_name": "Ana"}
    message = {"message_id": message_id or update_id, "date": 1710946800, "chat": chat, "text": text}
    return {"update_id": update_id, "message": message | {"from": {**chat, "is_bot": False, "type": None}}}
