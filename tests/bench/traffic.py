"""The updates that the stub feeds: as Telegram writes them, without their number."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

Update = dict[str, Any]
SAID_AT = datetime(2024, 3, 20, 15, 0, tzinfo=UTC)  # a Wednesday in the first quarter that is bundled
DONE = "Ayer se celebró la primera sesión del Órgano de Gobierno: 1 acta y 4 acuerdos, 4 por publicar"
_numbers = count(1)


def message(user_id: int, text: str) -> Update:
    """Return a text in the private chat of that user; a command if it begins with a slash."""
    written: Update = {
        "message_id": next(_numbers),
        "date": int(SAID_AT.timestamp()),
        "chat": _chat(user_id),
        "from": _user(user_id),
        "text": text,
    }
    if text.startswith("/"):
        length = len(text.split()[0])
        written["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
    return {"message": written}


def tap(user_id: int, data: str, message_id: int) -> Update:
    """Return a press of the button with that data, under that message."""
    return {
        "callback_query": {
            "id": str(next(_numbers)),
            "from": _user(user_id),
            "chat_instance": "1",
            "data": data,
            "message": {
                "message_id": message_id,
                "date": int(SAID_AT.timestamp()),
                "chat": _chat(user_id),
                "text": "Por registrar",
            },
        }
    }


def album(user_id: int, caption: str, size: int) -> list[Update]:
    """Return so many photographs sent together, the caption on the first."""
    name = f"album-{next(_numbers)}"
    photographs = []
    for place in range(size):
        photograph = message(user_id, caption)
        said = photograph["message"]
        text = said.pop("text")
        said |= {"media_group_id": name, "photo": [_photo(f"{name}-{place}")]}
        if place == 0:
            said["caption"] = text
        photographs.append(photograph)
    return photographs


def photograph(user_id: int) -> Update:
    """Return a photograph without words."""
    said = message(user_id, "")
    del said["message"]["text"]
    said["message"]["photo"] = [_photo(f"photo-{next(_numbers)}")]
    return said


def chatter(trios: range) -> list[Update]:
    """Return a plain message from each of three times so many people, for (a) and (b)."""
    people = range(3 * trios.start, 3 * trios.stop)
    return [message(1_000_000 + person, f"Buenos días, {person}") for person in people]


def _chat(user_id: int) -> Update:
    return {"id": user_id, "type": "private", "first_name": "Ana"}


def _user(user_id: int) -> Update:
    return {"id": user_id, "is_bot": False, "first_name": "Ana", "language_code": "es"}


def _photo(name: str) -> Update:
    return {"file_id": name, "file_unique_id": name, "width": 1280, "height": 960, "file_size": 150_000}
