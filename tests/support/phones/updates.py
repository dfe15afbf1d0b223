"""Updates of every kind that the Bot API describes, and malformed variants of them."""

from copy import deepcopy
from random import Random
from typing import Any

Json = dict[str, Any]

_SERVICES: Json = {  # service messages
    "pinned_message": {"message_id": 9, "date": 1710946700, "text": "x"},
    "message_auto_delete_timer_changed": {"message_auto_delete_time": 86400},
    "chat_background_set": {"type": {"type": "chat_theme", "theme_name": "x"}},
    "gift": {"gift": {"id": "1", "star_count": 15}},
    "unique_gift": {"gift": {"base_name": "x"}},
    "boost_added": {"boost_count": 2},
    "forum_topic_created": {"name": "Actas", "icon_color": 7322096},
    "forum_topic_closed": {},
    "video_chat_started": {},
    "video_chat_ended": {"duration": 60},
    "proximity_alert_triggered": {"distance": 5},
    "new_chat_members": [{"id": 7, "is_bot": False, "first_name": "Eva"}],
    "left_chat_member": {"id": 7, "is_bot": False, "first_name": "Eva"},
    "new_chat_title": "Coordinación",
    "group_chat_created": True,
    "migrate_to_chat_id": -1000222,
    "users_shared": {"request_id": 1, "users": []},
    "write_access_allowed": {},
    "giveaway_created": {},
    "successful_payment": {"currency": "MXN", "total_amount": 100},
    "web_app_data": {"data": "x", "button_text": "y"},
    "something_that_is_new_in_2031": {"of": "any form"},
}
_FILE = {"file_id": "BQACAgEAAx", "file_unique_id": "AgAD", "file_size": 60}
_OF_NO_USE: Json = {
    "sticker": {**_FILE, "width": 512, "height": 512, "type": "regular"},
    "poll": {"id": "1", "question": "¿Sí?", "options": []},
    "contact": {"phone_number": "961", "first_name": "Eva"},
    "dice": {"emoji": "🎲", "value": 3},
    "story": {"chat": {"id": 5, "type": "private"}, "id": 3},
    "checklist": {"title": "x", "tasks": []},
    "paid_media": {"star_count": 3, "paid_media": []},
}
_CONTENTS: list[Json] = [
    {"text": "Hoy 1 acta de la primera sesión"},
    {"text": "/ayuda", "entities": [{"type": "bot_command", "offset": 0, "length": 6}]},
    {"text": "/avance@otro_bot juridica"},
    {"text": "¿Cómo va jurídica?"},
    {"photo": [{**_FILE, "width": 90, "height": 60}, {**_FILE, "width": 900, "height": 600}]},
    {"document": {**_FILE, "file_name": "Oficio 12.pdf", "mime_type": "application/pdf"}, "caption": "Hoy"},
    {"location": {"latitude": 16.75, "longitude": -93.12}, "venue": {"title": "Palacio", "address": "x"}},
    {"video": {**_FILE, "width": 9, "height": 9, "duration": 3}, "caption": "1 acta", "media_group_id": "77"},
    {"voice": {**_FILE, "duration": 3}},
    {"audio": {**_FILE, "duration": 3, "file_name": "a.mp3"}},
    {"video_note": {**_FILE, "length": 9, "duration": 3}},
    {"animation": {**_FILE}, "document": {**_FILE}},
    {
        "text": "sí",
        "reply_to_message": {
            "message_id": 5,
            "from": {"id": 1, "is_bot": True, "first_name": "Avance"},
            "text": "Por registrar",
            "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "d:1:1:ok"}]]},
        },
    },
    {"text": "Ayer 2 actas", "forward_origin": {"type": "user", "date": 1710860000}},
]


def message(person: int, content: Json, chat: int | None = None) -> Json:
    """Return a message of that person, in their private chat unless another is named."""
    kind = "private" if chat is None else "supergroup"
    sender = {"id": person, "is_bot": False, "first_name": "Ana", "last_name": "Juárez"}
    place = {"id": person if chat is None else chat, "type": kind}
    return {"message_id": 11, "from": sender, "chat": place, "date": 1710946800, **deepcopy(content)}


def services() -> list[Json]:
    return [{name: content} for name, content in _SERVICES.items()]


def of_no_use() -> list[Json]:
    return [{name: content} for name, content in _OF_NO_USE.items()]


def every_kind(person: int) -> list[Json]:
    """Return one update of each kind, without numbers; a message of each content, private and in a group."""
    found = []
    for content in (*_CONTENTS, *services(), *of_no_use()):
        found += [{"message": message(person, content)}, {"message": message(person, content, -1001)}]
        found.append({"edited_message": {**message(person, content), "edit_date": 1710946900}})
    sender, chat = message(person, {})["from"], message(person, {})["chat"]
    for data in ("d:1:1:ok", "act:v:1:u:0:0:2024:0", "rem:v", "act:no", "p:w:2024-T1"):
        shown = {"message_id": 5, "chat": chat, "date": 0}
        found.append({"callback_query": {"id": "77", "from": sender, "message": shown, "data": data}})
    change = {"chat": chat, "from": sender, "date": 1710946800, "new_chat_member": {"status": "member"}}
    found += [{"my_chat_member": change}, {"channel_post": message(person, _CONTENTS[0])}]
    return [
        *found,
        {"inline_query": {"id": "1", "from": sender, "query": "x"}},
        {"of_2031": {"any": "form"}},
        {},
    ]


_ODD: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1.5, 2**31, 2**63, 2**64, -(2**63) - 1, 10**40, float("nan"), float("inf")),
    *("", " ", "\x00", "Ana\x00Juárez", "\ud800", "x\udfff", "\u202e", "\ufeff", "٣", "👩‍👩‍👧", "a" * 5000),
    *("2" + " " * 3000, "/" * 200, "\n" * 500, "1,5.2" * 300),
    *([], {}, [[]], [None], {"id": None}, {"": ""}),
)


def spoil(update: Json, random: Random) -> Json:
    """Return the update with one to three of its parts dropped, retyped, nested deeper or made odd."""
    spoilt = deepcopy(update)
    for _ in range(random.randint(1, 3)):
        places = list(_places(spoilt))
        if not places:
            break
        holder, key = places[random.randrange(len(places))]
        what = random.randrange(5)
        if what == 0:
            del holder[key]
        elif what == 1:
            holder[key] = _deep(holder[key], random.randint(1, 60))
        elif what == 2:
            other, place = places[random.randrange(len(places))]
            holder[key] = deepcopy(other[place])
        else:
            holder[key] = deepcopy(_ODD[random.randrange(len(_ODD))])
    return spoilt


def _places(value: Any) -> Any:
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from _places(value[key])


def _deep(value: Any, levels: int) -> Any:
    for level in range(levels):
        value = [value] if level % 2 else {"text": value}
    return value
