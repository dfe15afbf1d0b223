"""What a phone shows: messages with their keyboards and files, and answers over the chat."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Button:
    text: str
    data: str | None
    url: str | None


@dataclass(frozen=True)
class Media:
    """A message's file; `url` is its path on the server. None is what nobody told."""

    kind: str
    url: str
    name: str | None
    mime: str
    size: int
    width: int | None
    height: int | None
    duration: int | None


@dataclass(frozen=True)
class Location:
    latitude: float
    longitude: float
    title: str | None
    address: str | None


@dataclass(frozen=True)
class Message:
    """One message. `photo` is the picture's path on the server, `album` is the same for all of one album.

    `reply_to` is the number of the message that it replies to, `thread` that of its topic.
    """

    id: int
    chat: int
    text: str
    html: str
    from_bot: bool
    date: int
    edit_date: int | None
    photo: str | None
    rows: tuple[tuple[Button, ...], ...]
    media: Media | None = None
    location: Location | None = None
    album: str | None = None
    forwarded_from: str | None = None
    reply_to: int | None = None
    thread: int | None = None
    silent: bool = False

    def keyboard(self) -> list[list[str]]:
        return [[button.text for button in row] for row in self.rows]

    def buttons(self) -> Iterable[Button]:
        return (button for row in self.rows for button in row)

    def __str__(self) -> str:
        keys = "".join("\n    " + " ".join(f"[{text}]" for text in row) for row in self.keyboard())
        file = f"<{self.media.kind}> " if self.media else "<location> " if self.location else ""
        return f"{'bot' if self.from_bot else 'person'} #{self.id}: {file}{self.text}{keys}"


@dataclass(frozen=True)
class Answer:
    """What a tap showed over the chat; an empty text only ends the button's progress bar."""

    text: str
    show_alert: bool


def words(event: dict[str, Any]) -> str:
    """Return the text of the event."""
    if event["kind"] == "answer":
        return str(event["text"])
    if event["kind"] in ("message", "edited") and event["message"]["from_bot"]:
        return str(event["message"]["text"])
    return ""


def button_on(message: Message, label: str) -> Button | None:
    exact = (button for button in message.buttons() if button.text == label)
    begins = (button for button in message.buttons() if button.text.startswith(label))
    return next(exact, None) or next(begins, None)


def read(view: dict[str, Any]) -> Message:
    rows = tuple(
        tuple(Button(key["text"], key.get("callback_data"), key.get("url")) for key in row)
        for row in view["keyboard"]
    )
    plain = {key: view[key] for key in ("chat", "text", "html", "from_bot", "date", "edit_date", "photo")}
    plain |= {key: view[key] for key in ("album", "forwarded_from", "reply_to", "thread", "silent")}
    media = Media(**view["media"]) if view["media"] else None
    location = Location(**view["location"]) if view["location"] else None
    return Message(id=view["message_id"], rows=rows, media=media, location=location, **plain)
