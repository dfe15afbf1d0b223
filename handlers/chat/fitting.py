"""Cuts texts, captions and keyboards to Telegram's limits.

Source: https://core.telegram.org/bots/api, `sendMessage`, `InlineKeyboardButton`, `answerCallbackQuery`.
Telegram measures a text in UTF-16 code units after parsing tags and entities.
"""

import json
import re
from dataclasses import replace
from html import unescape
from typing import Any

from sqlmodel import Session
from telegram.constants import CallbackQueryLimit, MessageLimit

from handlers.chat.keyboards import BUTTONS, BYTES, ROW, Keyboard
from handlers.texts import pages as texts
from models.storage import outbox
from models.storage.outbox import OutgoingCall

TEXT, CAPTION = MessageLimit.MAX_TEXT_LENGTH, MessageLimit.CAPTION_LENGTH
ANSWER = CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH
ENTITIES = MessageLimit.MESSAGE_ENTITIES  # per message; Telegram ignores the formatting of further ones
_FEW = 20  # so many buttons fit, however long they are
_WORD = 16  # longer words may be cut after so many characters
_ATOM = re.compile(rf"<[^<>]*+>|&[#\w]+;|[^<&\s]{{1,{_WORD}}}|.", re.DOTALL)
_TAG = re.compile(r"<(/?)([a-zA-Z-]++)[^<>]*+>")


def units(plain: str) -> int:
    """Return the number of UTF-16 code units."""
    return len(plain) if plain.isascii() else len(plain.encode("utf-16-le", "surrogatepass")) // 2


def length(html: str) -> int:
    """Return the length of the text as Telegram measures it."""
    return units(unescape(_TAG.sub("", html)))


def fits(html: str, limit: int = TEXT) -> bool:
    """Return whether a message, or a caption, can hold the text with its formatting."""
    if html.count("<") - html.count("</") > ENTITIES:
        return False
    return units(html) <= limit or length(html) <= limit


def pieces(html: str, limit: int = TEXT) -> list[str]:
    """Split the text into parts that fit: between lines, else between words, never inside a tag.

    A tag that is open at a cut is closed there and opened again in the next part.
    """
    if fits(html, limit):
        return [html]
    found: list[str] = []
    atoms = _ATOM.findall(html)
    while atoms:
        cut = _cut(atoms, limit)
        part, atoms = atoms[:cut], atoms[cut:]
        opened = _open_tags(part)
        closed = [f"</{_name(each)}>" for each in reversed(opened)]
        if said := "".join(part).strip():
            found.append(said + "".join(closed))
        while atoms and atoms[0].isspace():
            atoms.pop(0)
        atoms = [*opened, *atoms] if any(not _TAG.fullmatch(each) for each in atoms) else []
    return found


def shorten(html: str, limit: int) -> str:
    """Return the text, or its beginning with «…» if it does not fit."""
    if fits(html, limit):
        return html
    first = pieces(html, limit - 1)[0]
    end = re.search(r"(?<!>)(?:</[^<>]*+>)*+$", first)
    place = end.start() if end else len(first)
    return f"{first[:place].rstrip()}…{first[place:]}"


def shorten_plain(text: str, limit: int) -> str:
    """Like `shorten`, for a text without HTML: of a button, or shown over one."""
    if units(text) <= limit:
        return text
    kept = text[: limit - 1]
    while units(kept) > limit - 1:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def keyboards(keyboard: Keyboard) -> list[Keyboard]:
    """Split the rows into keyboards within the limit of buttons; at least one keyboard."""
    if (
        len(keyboard) <= _FEW
        and sum(map(len, keyboard)) <= _FEW
        and max(map(len, keyboard), default=0) <= ROW
    ):
        return [keyboard]
    narrow = [row[start : start + ROW] for row in keyboard for start in range(0, len(row), ROW)]
    found: list[Keyboard] = [[]]
    taken = 0
    for row in narrow:
        size = _bytes(row)
        if found[-1] and (sum(map(len, found[-1])) + len(row) > BUTTONS or taken + size > BYTES):
            found.append([])
            taken = 0
        found[-1].append(row)
        taken += size
    return found


def _bytes(row: list[dict[str, str]]) -> int:
    return len(json.dumps(row, ensure_ascii=False).encode()) + 2


def enqueue(session: Session, outgoing: OutgoingCall) -> None:
    """Add a call to the outbox; text that does not fit continues in further messages."""
    for each in split(outgoing):
        outbox.enqueue(session, each)


def split(outgoing: OutgoingCall) -> list[OutgoingCall]:
    """Return the call, or the calls it is split into; the buttons go with the last."""
    payload = outgoing.payload
    if "caption" in payload:
        return [replace(outgoing, payload={**payload, "caption": shorten(payload["caption"], CAPTION)})]
    if "text" not in payload:
        return [outgoing]
    keyboard = payload.get("reply_markup", {}).get("inline_keyboard", [])
    said, keys = pieces(payload["text"]), keyboards(keyboard)
    if len(said) == 1 and keys == [keyboard]:
        return [outgoing]
    said += [texts.MORE_BUTTONS] * (len(keys) - 1)
    shown: list[Keyboard] = [[] for _ in range(len(said) - len(keys))] + keys
    rest = {key: value for key, value in payload.items() if key not in ("message_id", "reply_markup")}
    found = []
    for place, (text, below) in enumerate(zip(said, shown, strict=True)):
        call: dict[str, Any] = {**(rest if place else payload), "text": text}
        if below or "reply_markup" in call:
            call["reply_markup"] = {"inline_keyboard": below}
        method = "sendMessage" if place else outgoing.method
        found.append(replace(outgoing, method=method, payload=call))
    return found


def _cut(atoms: list[str], limit: int) -> int:
    """Return how many atoms fit into the next part, at least one that is not a tag."""
    wide = tags = line = space = 0
    for place, atom in enumerate(atoms):
        tag = _TAG.fullmatch(atom)
        if tag:
            tags += not tag[1]
        else:
            wide += units(unescape(atom))
        if wide > limit or tags > ENTITIES:
            first = next(at for at, each in enumerate(atoms) if not _TAG.fullmatch(each))
            return max(line or space or place, first + 1)
        if atom == "\n" and wide > limit // 4:
            line = place
        elif atom.isspace() and wide > limit // 4:
            space = place
    return len(atoms)


def _open_tags(atoms: list[str]) -> list[str]:
    """Return the tags that are open, outermost first."""
    opened: list[str] = []
    for atom in atoms:
        if tag := _TAG.fullmatch(atom):
            if tag[1]:
                opened.pop()
            else:
                opened.append(atom)
    return opened


def _name(tag: str) -> str:
    found = _TAG.fullmatch(tag)
    return found[2] if found else ""
