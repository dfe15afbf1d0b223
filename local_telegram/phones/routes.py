"""The HTTP interface of the phones, `/phone/…` and `/clock`, for the web page and the tests.

Errors are `{"error": …}`: 404 for an unknown person, chat or button, 400 for an invalid value.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from local_telegram.phones import deeds
from local_telegram.phones.view import view
from local_telegram.world.bell import wait_until
from local_telegram.world.files import Upload
from local_telegram.world.updates import Json
from local_telegram.world.world import World

MEXICO_CITY = ZoneInfo("America/Mexico_City")
LONGEST_WAIT = 50.0
Endpoint = Callable[[Request], Awaitable[Response]]


def answered(endpoint: Endpoint) -> Endpoint:
    """Wrap an endpoint so that LookupError becomes a 404 and ValueError or TypeError a 400."""

    async def guarded(request: Request) -> Response:
        try:
            return await endpoint(request)
        except LookupError as error:
            return JSONResponse({"error": str(error.args[0])}, 404)
        except (ValueError, TypeError) as error:
            return JSONResponse({"error": str(error)}, 400)

    return guarded


class Phones:
    """The endpoints. `shown` are the phones on the page, each `{"user_id", "label", "note"}`; `buttons` are
    the demo's buttons in the page's bar, each `{"label", "path"}`, whose press is a POST to the path."""

    def __init__(self, world: World, shown: list[Json], buttons: list[Json]) -> None:
        self.world = world
        self.shown = shown
        self.buttons = buttons

    def routes(self) -> list[Route]:
        return [
            Route("/clock", answered(self.read_clock), methods=["GET"]),
            Route("/clock", answered(self.move_clock), methods=["POST"]),
            Route("/phone/shown", answered(self.list_shown), methods=["GET"]),
            Route("/phone/shown/events", answered(self.shown_events), methods=["GET"]),
            Route("/phone/users", answered(self.add_person), methods=["POST"]),
            Route("/phone/groups", answered(self.add_group), methods=["POST"]),
            Route("/phone/files/{file_id}", answered(self.file), methods=["GET"]),
            Route("/phone/{user:int}/send", answered(self.send), methods=["POST"]),
            Route("/phone/{user:int}/location", answered(self.location), methods=["POST"]),
            Route("/phone/{user:int}/edit", answered(self.edit), methods=["POST"]),
            Route("/phone/{user:int}/forward", answered(self.forward), methods=["POST"]),
            Route("/phone/{user:int}/arrive", answered(self.arrive), methods=["POST"]),
            Route("/phone/{user:int}/tap", answered(self.tap), methods=["POST"]),
            Route("/phone/{user:int}/block", answered(self.block), methods=["POST"]),
            Route("/phone/{user:int}/unblock", answered(self.unblock), methods=["POST"]),
            Route("/phone/{user:int}/messages", answered(self.messages), methods=["GET"]),
            Route("/phone/{user:int}/events", answered(self.events), methods=["GET"]),
            Route("/phone/{user:int}/commands", answered(self.commands), methods=["GET"]),
        ]

    async def read_clock(self, request: Request) -> Response:
        return JSONResponse({"now": self.world.now().isoformat()})

    async def move_clock(self, request: Request) -> Response:
        """Move the clock to `now` (ISO 8601; without a zone, Mexico City's) or by `advance_seconds`."""
        wanted = await request.json()
        if "now" in wanted:
            instant = datetime.fromisoformat(wanted["now"])
            self.world.move_to(instant if instant.tzinfo else instant.replace(tzinfo=MEXICO_CITY))
        else:
            self.world.advance(float(wanted["advance_seconds"]))
        return await self.read_clock(request)

    async def list_shown(self, request: Request) -> Response:
        bot = self.world.bot
        phones = [phone | {"user": self.world.person(phone["user_id"]).user} for phone in self.shown]
        return JSONResponse({"bot": bot, "phones": phones, "buttons": self.buttons})

    async def add_person(self, request: Request) -> Response:
        wanted = await request.json()
        names = {key: wanted.get(key) for key in ("first_name", "last_name", "username")}
        person = self.world.add_person(int(wanted["id"]), **names)
        return JSONResponse(person.user, 201)

    async def add_group(self, request: Request) -> Response:
        wanted = await request.json()
        chat = self.world.add_group(int(wanted["id"]), wanted["title"], wanted["members"])
        return JSONResponse(chat.face | {"members": chat.members}, 201)

    async def file(self, request: Request) -> Response:
        """Answer with a file's content, or with `?download=1` as a download under its name."""
        file = self.world.files.find(request.path_params["file_id"])
        if file is None:
            raise LookupError("There is no such file.")
        # Scripts in an HTML or SVG file that somebody sent must not run with the page's origin.
        headers = {"Content-Security-Policy": "sandbox", "X-Content-Type-Options": "nosniff"}
        if request.query_params.get("download"):
            name = quote(file.name or file.path.rpartition("/")[2])
            headers["Content-Disposition"] = f"attachment; filename*=utf-8''{name}"
        return Response(file.content, headers=headers, media_type=file.mime)

    async def send(self, request: Request) -> Response:
        """Send files from a form (see `_send_files`), or a text from JSON.

        Answers a text with its message; with the last one, if the text had to be split.
        """
        if request.headers.get("content-type", "").startswith("multipart/form-data"):
            return await self._send_files(request)
        wanted = await request.json()
        user = request.path_params["user"]
        where = wanted.get("chat"), wanted.get("reply_to"), wanted.get("thread")
        whispered = bool(wanted.get("ephemeral"))
        sent = deeds.write(self.world, user, str(wanted["text"]), *where, ephemeral=whispered)
        return JSONResponse(view(self.world, sent[-1]))

    async def _send_files(self, request: Request) -> Response:
        """Send one `file`, or several as an album, with the arguments of `deeds.send_files` as fields.

        `as` is the kind of all files. The bot gets the first `arrive` of them now, the others by `arrive`.
        """
        async with request.form() as form:
            given = {name: value for name, value in form.items() if isinstance(value, str) and value}
            files = [file for file in form.getlist("file") if isinstance(file, UploadFile)]
            uploads = [Upload(file.filename or "file", await file.read()) for file in files]
        numbers = {
            name: int(given[field]) if field in given else None
            for name, field in (("chat_id", "chat"), ("reply_to", "reply_to"), ("arrive", "arrive"))
        }
        # In a thread: scaling pictures takes a while, and the bot may run in this event loop.
        sent = await asyncio.to_thread(
            deeds.send_files,
            self.world,
            request.path_params["user"],
            uploads,
            kind=given.get("as"),
            caption=given.get("caption", ""),
            duration=round(float(given.get("duration", 0))),
            **numbers,
        )
        return self._views(sent)

    async def location(self, request: Request) -> Response:
        """Send `latitude` and `longitude`; with a `title`, and perhaps an `address`, as a venue."""
        wanted = await request.json()
        sent = deeds.send_location(
            self.world,
            request.path_params["user"],
            float(wanted["latitude"]),
            float(wanted["longitude"]),
            title=wanted.get("title") or "",
            address=wanted.get("address") or "",
            chat_id=wanted.get("chat"),
            reply_to=wanted.get("reply_to"),
        )
        return JSONResponse(view(self.world, sent))

    async def edit(self, request: Request) -> Response:
        wanted = await request.json()
        user, number = request.path_params["user"], int(wanted["message_id"])
        edited = deeds.edit(self.world, user, number, str(wanted["text"]), wanted.get("chat"))
        return JSONResponse(view(self.world, edited))

    async def forward(self, request: Request) -> Response:
        wanted = await request.json()
        user, numbers = request.path_params["user"], [int(number) for number in wanted["message_ids"]]
        return self._views(
            deeds.forward(self.world, user, int(wanted["from_chat"]), numbers, wanted.get("chat"))
        )

    async def arrive(self, request: Request) -> Response:
        """Deliver the next `count` held-back files, or all, to the bot; answers how many are `left`."""
        count = (await request.json()).get("count")
        left = deeds.arrive(self.world, request.path_params["user"], count)
        return JSONResponse({"left": left})

    def _views(self, messages: list[Json]) -> Response:
        return JSONResponse({"messages": [view(self.world, message) for message in messages]})

    async def tap(self, request: Request) -> Response:
        wanted = await request.json()
        callback_id = deeds.tap(
            self.world,
            request.path_params["user"],
            int(wanted["message_id"]),
            str(wanted["data"]),
            wanted.get("chat"),
            forged=bool(wanted.get("forged")),
        )
        return JSONResponse({"callback_id": callback_id})

    async def block(self, request: Request) -> Response:
        self.world.block(request.path_params["user"])
        return JSONResponse({})

    async def unblock(self, request: Request) -> Response:
        self.world.unblock(request.path_params["user"])
        return JSONResponse({})

    async def messages(self, request: Request) -> Response:
        """Answer with all messages, oldest first, `last`, the newest event's number, and the `keys` below
        the chat."""
        user = request.path_params["user"]
        with self.world.lock:
            chat = self.world.chat_of(user, _number(request, "chat"))
            shown = [view(self.world, message) for message in chat.messages.values()]
            last = len(self.world.person(user).events)
        return JSONResponse({"messages": shown, "last": last, "keys": chat.keys})

    async def events(self, request: Request) -> Response:
        """Answer with the events after number `after`, waiting up to `timeout` seconds for the first.

        `pending` is how many of the person's updates the bot has not confirmed yet.
        """
        user = request.path_params["user"]
        person = self.world.person(user)
        after = _number(request, "after") or 0
        timeout = min(float(request.query_params.get("timeout", 0)), LONGEST_WAIT)
        happened = await wait_until([person.bell], lambda: person.events[after:] or None, timeout)
        events = [self._event(event) for event in happened or []]
        with self.world.lock:
            pending = self.world.updates.count(user)
        return JSONResponse({"events": events, "pending": pending})

    async def shown_events(self, request: Request) -> Response:
        """Wait for events of several phones at once, `?after=11:4,12:0`: browsers limit connections."""
        pairs = (pair.partition(":") for pair in request.query_params["after"].split(","))
        after = {int(user): int(last) for user, _, last in pairs}
        people = {user: self.world.person(user) for user in after}
        timeout = min(float(request.query_params.get("timeout", 0)), LONGEST_WAIT)

        def look() -> dict[int, list[Json]] | None:
            news = {user: person.events[after[user] :] for user, person in people.items()}
            return news if any(news.values()) else None

        happened = await wait_until([person.bell for person in people.values()], look, timeout) or {}
        return JSONResponse(
            {str(user): [self._event(event) for event in events] for user, events in happened.items()}
        )

    def _event(self, event: Json) -> Json:
        if "message" in event:
            return event | {"message": view(self.world, event["message"])}
        return event

    async def commands(self, request: Request) -> Response:
        user = request.path_params["user"]
        return JSONResponse({"commands": self.world.menu_of(user, _number(request, "chat"))})


def _number(request: Request, name: str) -> int | None:
    value = request.query_params.get(name)
    return None if value is None else int(value)
