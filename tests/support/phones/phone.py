"""A telephone for tests: what a person writes, taps and sees, over the local server's HTTP.

`wait_for` and `answer` look at what came since the person last wrote or tapped, so that an older message
with the same words does not satisfy them.
"""

import time
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx

from local_telegram.server import LocalTelegram
from tests.support.phones import screen
from tests.support.phones.screen import Answer, Button, Message
from tests.support.waiting import PATIENCE

__all__ = ["Answer", "Button", "Message", "Phone"]

T = TypeVar("T")

QUIET = 0.06


Wanted = str | Callable[[Message], bool]


class Phone:
    """Use as `async with Phone(server, 11, "Ana") as ana`; the person is created if there is none yet.

    Failures are AssertionErrors that show what was on the screen.
    """

    def __init__(self, server: str | LocalTelegram, user_id: int, name: str) -> None:
        self.user_id = user_id
        self.name = name
        url = server if isinstance(server, str) else server.url
        # No certificates for localhost: loading them takes longer than most tests.
        self._client = httpx.AsyncClient(base_url=url, trust_env=False, verify=False, timeout=2 * PATIENCE)
        self._messages: dict[tuple[int, int], Message] = {}
        self._events: list[dict[str, Any]] = []
        self._mark = 0
        self._pending = 0

    @property
    def events(self) -> list[dict[str, Any]]:
        """Everything that happened on this phone so far, in order."""
        return self._events

    async def __aenter__(self) -> Self:
        person = {"id": self.user_id, "first_name": self.name}
        created = await self._client.post("/phone/users", json=person)
        assert created.status_code in (201, 400), created.text
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        await self._client.aclose()

    async def send(
        self,
        text: str,
        *,
        chat: int | None = None,
        reply_to: int | None = None,
        thread: int | None = None,
        ephemeral: bool = False,
    ) -> Message:
        """`ephemeral`: a command in a group that only the person and the bot see."""
        body = {"text": text, "chat": chat, "reply_to": reply_to, "thread": thread, "ephemeral": ephemeral}
        return screen.read(await self._act("send", body))

    async def send_photo(
        self,
        content: bytes,
        caption: str | None = None,
        *,
        reply_to: int | None = None,
        chat: int | None = None,
        arrive: bool = True,
    ) -> Message:
        """A picture in any format, sent as a photo. Without `arrive` the bot does not hear of it yet."""
        form = {"as": "photo", "caption": caption, "reply_to": reply_to, "chat": chat}
        form["arrive"] = None if arrive else 0
        return (await self._upload([("photo.jpg", content)], form))[0]

    async def send_album(
        self,
        files: Iterable[bytes | tuple[str, bytes]],
        caption: str | None = None,
        *,
        as_: str | None = None,
        reply_to: int | None = None,
        chat: int | None = None,
        arrive: int | None = None,
    ) -> list[Message]:
        """Pictures, or files with their names, as one album. The bot hears now of the first `arrive` of them
        (None: of all), and of the others after `self.arrive`."""
        named = [file if isinstance(file, tuple) else ("photo.jpg", file) for file in files]
        form = {"as": as_, "caption": caption, "reply_to": reply_to, "chat": chat, "arrive": arrive}
        return await self._upload(named, form)

    async def send_file(
        self,
        name: str,
        content: bytes,
        caption: str | None = None,
        *,
        as_: str | None = "document",
        duration: int | None = None,
        reply_to: int | None = None,
        chat: int | None = None,
        arrive: bool = True,
    ) -> Message:
        """A file as a document, or as what `as_` says; None leaves it to the telephone."""
        form = {"as": as_, "caption": caption, "duration": duration, "reply_to": reply_to, "chat": chat}
        form["arrive"] = None if arrive else 0
        return (await self._upload([(name, content)], form))[0]

    async def arrive(self, count: int | None = None) -> int:
        """Lets the next `count` messages that were held back reach the bot, or all; how many are left."""
        return int((await self._act("arrive", {"count": count}))["left"])

    async def send_location(
        self,
        latitude: float,
        longitude: float,
        title: str | None = None,
        address: str | None = None,
        *,
        reply_to: int | None = None,
        chat: int | None = None,
    ) -> Message:
        """With a title it is a venue."""
        body = {"latitude": latitude, "longitude": longitude, "title": title, "address": address}
        return screen.read(await self._act("location", body | {"reply_to": reply_to, "chat": chat}))

    async def edit(self, message: Message, text: str) -> Message:
        """Another text, or another caption, of the person's own message."""
        body = {"message_id": message.id, "text": text, "chat": message.chat}
        return screen.read(await self._act("edit", body))

    async def forward(self, messages: Iterable[Message], *, chat: int | None = None) -> list[Message]:
        """Messages of one chat, to the bot or to another chat."""
        given = list(messages)
        body = {"from_chat": given[0].chat, "message_ids": [message.id for message in given], "chat": chat}
        return [screen.read(view) for view in (await self._act("forward", body))["messages"]]

    async def fetch(self, message: Message) -> bytes:
        """The content of the message's file, as the phone would open it."""
        assert message.media is not None, f"There is no file in {message}."
        answer = await self._client.get(message.media.url)
        assert answer.is_success, answer.text
        return answer.content

    async def tap(self, label: str, message: Message | None = None) -> str:
        """Presses the button whose text is, or begins with, the label: on the given message or on the
        newest that has it. Returns the id of the callback query."""
        await self.look()
        for shown in [message] if message else reversed(self._in_order()):
            button = screen.button_on(shown, label)
            if button is not None:
                return await self._tap(shown, button)
        raise AssertionError(f"{self.name} finds no button {label!r}. {self.screen()}")

    async def _tap(self, message: Message, button: Button) -> str:
        assert button.data is not None, f"{button.text!r} is not a button that tells the bot anything."
        return await self.forge(button.data, message)

    async def forge(self, data: str, message: Message) -> str:
        """Sends the tap whether or not the button is still there: a second device may show an old
        keyboard, and a forged client anything."""
        body = {"message_id": message.id, "data": data, "chat": message.chat, "forged": True}
        return str((await self._act("tap", body))["callback_id"])

    async def block(self) -> None:
        await self._post("block", {})

    async def unblock(self) -> None:
        await self._post("unblock", {})

    async def look(self, timeout: float = 0.0) -> bool:
        """Takes in what happened; waits up to `timeout` seconds for something. False when nothing did."""
        answer = await self._client.get(
            f"/phone/{self.user_id}/events", params={"after": len(self._events), "timeout": timeout}
        )
        happened = _checked(answer)
        self._pending = happened["pending"]
        for event in happened["events"]:
            self._take_in(event)
        return bool(happened["events"])

    def _take_in(self, event: dict[str, Any]) -> None:
        self._events.append(event)
        if event["kind"] in ("message", "edited"):
            message = screen.read(event["message"])
            self._messages[message.chat, message.id] = message
        elif event["kind"] == "deleted":
            self._messages.pop((event["chat_id"], event["message_id"]), None)

    async def messages(self) -> list[Message]:
        """Everything in the person's chats now, oldest first."""
        await self.look()
        return self._in_order()

    def _in_order(self) -> list[Message]:
        return sorted(self._messages.values(), key=lambda message: (message.date, message.id))

    async def last(self) -> Message:
        """The bot's newest message."""
        await self.look()
        from_bot = [message for message in self._in_order() if message.from_bot]
        assert from_bot, f"The bot has not written to {self.name}. {self.screen()}"
        return from_bot[-1]

    async def keyboard(self) -> list[list[str]]:
        """The texts on the newest keyboard, row by row; empty when there is none."""
        with_keys = [message for message in await self.messages() if message.rows]
        return with_keys[-1].keyboard() if with_keys else []

    async def commands(self) -> dict[str, str]:
        """The menu behind “/”."""
        menu = _checked(await self._client.get(f"/phone/{self.user_id}/commands"))
        return {entry["command"]: entry["description"] for entry in menu["commands"]}

    async def wait_for(self, wanted: Wanted, timeout: float = PATIENCE) -> Message:
        """The bot's message, new or edited since the person last acted, that has the text or fits."""
        fits = (lambda message: wanted in message.text) if isinstance(wanted, str) else wanted
        seen = self._mark

        def found() -> Message | None:
            nonlocal seen
            news, seen = self._events[seen:], len(self._events)
            shown = (
                screen.read(event["message"]) for event in news if event["kind"] in ("message", "edited")
            )
            return next((message for message in shown if message.from_bot and fits(message)), None)

        return await self._until(found, timeout, repr(wanted))

    async def answer(self, timeout: float = PATIENCE) -> Answer:
        """What the bot answered to the last tap."""

        def found() -> Answer | None:
            answers = [event for event in self._events[self._mark :] if event["kind"] == "answer"]
            return Answer(answers[-1]["text"], answers[-1]["show_alert"]) if answers else None

        return await self._until(found, timeout, "an answer to the tap")

    def kinds(self) -> list[str]:
        """What came of the person's last action, event by event."""
        return [event["kind"] for event in self._events[self._mark :]]

    async def reaction(self, timeout: float) -> str | None:
        """What comes of the person's last action, be it a message, an edit, or words over the button; None
        when nothing comes in time."""

        def found() -> str | None:
            words = (screen.words(event) for event in self._events[self._mark :])
            return next((each for each in words if each), None)

        try:
            return await self._until(found, timeout, "any reaction")
        except AssertionError:
            return None

    async def _until(self, found: Callable[[], T | None], timeout: float, what: str) -> T:
        deadline = time.monotonic() + timeout
        while (result := found()) is None:
            left = deadline - time.monotonic()
            if not await self.look(max(0.0, left)) and left <= 0:
                raise AssertionError(f"{self.name} waited {timeout} s for {what}. {self.screen()}")
        return result

    async def settled(self, quiet: float = QUIET, timeout: float = PATIENCE) -> None:
        """Waits until the bot has confirmed all that the person did and nothing new came for a while."""
        deadline = time.monotonic() + timeout
        while await self.look(quiet) or self._pending:
            if time.monotonic() > deadline:
                raise AssertionError(
                    f"No rest within {timeout} s, {self._pending} updates not confirmed. {self.screen()}"
                )

    def screen(self) -> str:
        """What the person has before them: the last messages."""
        shown = "\n".join(f"  {message}" for message in self._in_order()[-6:])
        return f"On the screen of {self.name}:\n{shown or '  nothing'}"

    async def _act(self, action: str, body: dict[str, Any]) -> dict[str, Any]:
        """What comes from now on is what came of this."""
        await self.look()
        self._mark = len(self._events)
        return await self._post(action, body)

    async def _upload(self, files: Iterable[tuple[str, bytes]], form: dict[str, Any]) -> list[Message]:
        await self.look()
        self._mark = len(self._events)
        fields = {name: str(value) for name, value in form.items() if value is not None}
        parts = [("file", file) for file in files]
        sent = await self._client.post(f"/phone/{self.user_id}/send", data=fields, files=parts)
        return [screen.read(view) for view in _checked(sent)["messages"]]

    async def _post(self, action: str, body: dict[str, Any]) -> dict[str, Any]:
        return _checked(await self._client.post(f"/phone/{self.user_id}/{action}", json=body))


def _checked(answer: httpx.Response) -> dict[str, Any]:
    assert answer.is_success, f"{answer.request.url.path}: {answer.text}"
    body: dict[str, Any] = answer.json()
    return body
