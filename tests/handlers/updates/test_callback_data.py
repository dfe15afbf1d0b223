"""Callback data: a frozen dataclass packed into at most 64 bytes, and unpacked."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import pytest

from handlers.activity_form.buttons import Correct, Undo
from handlers.chat.conversations import Callback, Command, Conversation, Conversations
from handlers.chat.flows import DraftButton
from handlers.people.buttons import ChangePair
from handlers.progress.buttons import ProgressData, SameProgress, UnitProgress
from handlers.quarter_end.buttons import RemoveDayOff, Sign
from handlers.updates.callback_data import LARGEST_NUMBER, LONGEST, CallbackData, verb_of
from models.errors import Rejected
from models.quarter import Quarter
from models.rights import Action
from models.tables.people import Role

T1 = Quarter(2024, 1)


@pytest.mark.parametrize(
    "data, text",
    [
        (Undo(12), "undo:12"),
        (Correct(12), "fix:12"),
        (Correct(12, "days"), "fix:12:days"),
        (UnitProgress(7, T1), "p:u:7:2024-T1"),
        (SameProgress(), "p:="),
        (Sign(7, None), "sign:7:"),
        (Sign(7, T1), "sign:7:2024-T1"),
        (RemoveDayOff(date(2024, 5, 10)), "calr:2024-05-10"),
        (ChangePair(3, Role.STAFF, 0), "ppl:w:3:staff:0"),
        (DraftButton(3, 1, "p"), "d:3:1:p"),
        (DraftButton(3, 1, "v", "a:b"), "d:3:1:v:a:b"),
    ],
)
def test_each_type_of_field(data: CallbackData, text: str) -> None:
    assert data.pack() == text
    base = ProgressData if text.startswith("p:") else type(data)
    assert base.unpack(text) == data


@pytest.mark.parametrize(
    "data, text",
    [
        *((Undo, f"undo{rest}") for rest in ("", ":", ":x", ":01", ":-1", ":1:2", ":٣", " :1")),
        (Undo, f"undo:{LARGEST_NUMBER + 1}"),
        (Undo, "redo:1"),
        *((ProgressData, f"p:{rest}") for rest in ("", "u:7", "u:7:2024-T5", "z:7:2024-T1", "u:7:2024-T1:1")),
        (RemoveDayOff, "calr:2024-02-30"),
        (ChangePair, "ppl:w:3:king:0"),
        (DraftButton, "d:3:1:v:" + "ñ" * 32),
    ],
)
def test_unknown_data_is_refused(data: type[CallbackData], text: str) -> None:
    with pytest.raises(Rejected, match="stale_button"):
        data.unpack(text)


def test_data_is_found_by_its_form() -> None:
    assert DraftButton.find("d:3:1:p") == DraftButton(3, 1, "p")
    assert (
        DraftButton.find("undo:3") is None
        and DraftButton.find("d:x") is None
        and DraftButton.find("") is None
    )
    assert verb_of("d:3:1:p") == "d" and verb_of("") == ""


def test_no_button_is_longer_than_telegram_takes() -> None:
    text = "x" * (LONGEST - len("d:3:1:v:"))
    assert len(DraftButton(3, 1, "v", text).pack()) == LONGEST
    with pytest.raises(ValueError, match="64 bytes"):
        DraftButton(3, 1, "v", text + "x").pack()
    with pytest.raises(ValueError, match="64 bytes"):
        DraftButton(3, 1, "v", "ñ" * 32).pack()


@dataclass(frozen=True)
class _Same(CallbackData, verb="p"):
    word: Literal["again"]


def _pressed(context: Any, data: CallbackData) -> None:
    """Never called."""


def test_a_verb_and_a_command_are_declared_once() -> None:
    one = Conversation(callbacks=(Callback(UnitProgress, Action.READ_PROGRESS, _pressed),))
    other = Conversation(callbacks=(Callback(_Same, Action.READ_PROGRESS, _pressed),))
    with pytest.raises(ValueError, match="declared twice: p"):
        Conversations.of(one, other)
    command = Conversation(commands=(Command("avance", Action.READ_PROGRESS, lambda _: None),))
    with pytest.raises(ValueError, match="declared twice: avance"):
        Conversations.of(command, command)
