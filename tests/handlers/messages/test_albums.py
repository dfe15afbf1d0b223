"""Albums: several messages in any order, with a caption on any of them, now or later.

Only a file without a caption joins an older card without a question. A caption on the album's last file once
joined the card before it, so that one activity became three.
"""

import json
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from models.operations import migrating
from models.storage import database
from models.tables.activity import Activity, Entry
from models.tables.chat.draft import DraftRow
from models.tables.evidence import Evidence
from models.tables.people import Role
from tests.support.phones.batch_handler import Desk, Raw

ANA = 101
OLDER = "Hoy 1 acta de la primera sesión del Órgano de Gobierno"
WORDS = "Hoy 2 actas de la sesión del Comité de Transparencia"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    engine = database.connect(f"sqlite:///{tmp_path / 'avance.db'}")
    migrating.migrate(engine)
    desk = Desk(engine)
    desk.link(ANA, Role.STAFF, "juridica")
    return desk


def album(desk: Desk, size: int = 3, words_on: int | None = None, key: str = "77") -> list[Raw]:
    return [
        desk.message(ANA, WORDS if number == words_on else "", file=f"{key}-{number}", media_group_id=key)
        for number in range(size)
    ]


def restarted(desk: Desk) -> Desk:
    """Return a desk on the same tables, as another process sees them."""
    url = desk.engine.url
    desk.engine.dispose()
    desk.engine = database.connect(str(url))
    return desk


def cards(desk: Desk) -> dict[str, list[str]]:
    """Return the file ids of each card that is not cancelled, by its narrative."""
    files: dict[int, list[str]] = {}
    for piece in desk.rows(Evidence):
        files.setdefault(piece.draft_id, []).append(piece.file_id)
    return {
        str(each.content.get("narrative")): sorted(files.get(each.id, []))
        for each in desk.rows(DraftRow)
        if each.cancelled_at is None
    }


def quantities(desk: Desk, words: str) -> list[int]:
    (found,) = [each for each in desk.rows(DraftRow) if each.content.get("narrative") == words]
    return [each["quantity"] for each in found.content["claims"]]


@pytest.mark.parametrize("words_on", [0, 1, 2])
@pytest.mark.parametrize("order", list(permutations(range(3))))
@pytest.mark.parametrize("apart", [False, True])
def test_an_album_with_a_caption_is_a_card_of_its_own(
    desk: Desk, words_on: int, order: tuple[int, ...], apart: bool
) -> None:
    """In any order, in one batch or in several with a restart between them."""
    desk.take(desk.message(ANA, OLDER))
    desk.wait(minutes=1)
    items = album(desk, words_on=words_on)
    arriving = [items[number] for number in order]
    for batch in [[each] for each in arriving] if apart else [arriving]:
        desk.take(*batch)
        restarted(desk)
    assert cards(desk) == {OLDER: [], WORDS: ["77-0", "77-1", "77-2"]}
    assert (quantities(desk, OLDER)[0], quantities(desk, WORDS)[0]) == (1, 2)


def test_an_album_without_a_caption_joins_the_only_card(desk: Desk) -> None:
    desk.take(desk.message(ANA, OLDER))
    desk.take(*album(desk))
    assert cards(desk) == {OLDER: ["77-0", "77-1", "77-2"]}


def test_two_interleaved_albums_become_two_cards(desk: Desk) -> None:
    desk.take(desk.message(ANA, OLDER))
    first, second = album(desk, words_on=2), album(desk, key="88")
    for pair in zip(first, second, strict=True):
        for each in pair:
            desk.take(each)
    found = cards(desk)
    assert found[WORDS] == ["77-0", "77-1", "77-2"]
    assert found[OLDER] == ["88-0", "88-1", "88-2"]


@pytest.mark.parametrize("edited", [0, 1, 2])
@pytest.mark.parametrize("joined", [True, False])
def test_a_caption_added_later_to_any_file_of_an_album_is_taken(
    desk: Desk, edited: int, joined: bool
) -> None:
    """Whether the album had joined an older card or waited for words."""
    if joined:
        desk.take(desk.message(ANA, OLDER))
    items = album(desk)
    desk.take(*items)
    desk.wait(hours=2)
    desk.take(desk.edit(items[edited], WORDS))
    found = cards(desk)
    assert found.pop(WORDS) == ["77-0", "77-1", "77-2"]
    assert found == ({OLDER: []} if joined else {})
    desk.take(desk.edit(items[edited], WORDS.replace("2 actas", "4 actas")))
    assert list(cards(desk)) == [*([OLDER] if joined else []), WORDS.replace("2 actas", "4 actas")]


def test_a_caption_moved_to_another_file_is_read_once(desk: Desk) -> None:
    items = album(desk, words_on=0)
    desk.take(*items)
    desk.take(desk.edit(items[0], ""))
    assert list(cards(desk)) == [WORDS], "an emptied caption leaves the card as it is"
    moved = WORDS.replace("2 actas", "3 actas")
    desk.take(desk.edit(items[1], moved))
    assert cards(desk) == {moved: ["77-0", "77-1", "77-2"]}
    assert quantities(desk, moved)[0] == 3


def test_the_same_caption_on_every_file_counts_once(desk: Desk) -> None:
    desk.take(*[desk.message(ANA, WORDS, file=f"f{n}", media_group_id="77") for n in range(3)])
    assert cards(desk) == {WORDS: ["f0", "f1", "f2"]}
    assert quantities(desk, WORDS)[0] == 2


def test_a_file_that_gets_a_caption_later_leaves_the_card_it_joined(desk: Desk) -> None:
    desk.take(desk.message(ANA, OLDER))
    photo = desk.message(ANA, file="one")
    desk.take(photo)
    assert cards(desk) == {OLDER: ["one"]}
    desk.take(desk.edit(photo, WORDS))
    assert cards(desk) == {OLDER: [], WORDS: ["one"]}


def test_a_caption_that_comes_after_registering_begins_a_card(desk: Desk) -> None:
    desk.take(desk.message(ANA, OLDER))
    register = desk.button("✅ Registrar")
    items = album(desk, words_on=2)
    desk.take(*items[:2])
    desk.take(desk.tap(ANA, register))
    desk.take(items[2])
    assert {each.activity_id for each in desk.rows(Evidence)} == {None}
    desk.take(desk.tap(ANA, desk.button("✅ Registrar")))
    assert [each.narrative for each in desk.rows(Activity)] == [OLDER, WORDS]
    assert {each.activity_id for each in desk.rows(Evidence)} == {2}
    assert [each.quantity for each in desk.rows(Entry) if each.quantity] == [1, 2]


def test_a_file_sent_as_a_reply_stays_with_its_card(desk: Desk) -> None:
    desk.take(desk.message(ANA, OLDER))
    card = desk.answering(data=desk.button("✅ Registrar"))
    items = [
        desk.message(
            ANA, "En la sala de juntas" if n == 2 else "", file=f"f{n}", media_group_id="77", reply=card
        )
        for n in range(3)
    ]
    for each in items:
        desk.take(each)
    assert list(cards(desk).values()) == [["f0", "f1", "f2"]]


def test_an_album_does_not_answer_the_question_of_an_older_card(desk: Desk) -> None:
    desk.take(desk.message(ANA, "Hoy hubo sesión del Órgano de Gobierno"))
    before: dict[str, Any] = desk.rows(DraftRow)[0].content
    desk.take(*album(desk, words_on=0))
    assert desk.rows(DraftRow)[0].content == before
    assert cards(desk)[WORDS] == ["77-0", "77-1", "77-2"]


def test_an_album_with_a_caption_of_a_cancelled_card_is_not_lost(desk: Desk) -> None:
    items = album(desk, words_on=0)
    items[2]["message"]["caption"] = "Hoy 5 acuerdos de la segunda sesión"
    desk.take(*items[:2])
    desk.take(desk.tap(ANA, desk.button("✖️ Cancelar")))
    desk.take(items[2])
    assert cards(desk) == {"Hoy 5 acuerdos de la segunda sesión": ["77-2"]}
    assert "Por registrar" in desk.said[-1].payload["text"] or desk.said[-1].payload["reply_markup"]


CASE = """[
 {"update_id": 901, "message": {"message_id": 21, "media_group_id": "77", "from": {"id": 101, "is_bot": false,
  "first_name": "Ana"}, "chat": {"id": 101, "type": "private"}, "date": 1710947160, "document":
  {"file_id": "A", "file_unique_id": "a", "file_name": "uno.pdf", "mime_type": "application/pdf",
  "file_size": 16}}},
 {"update_id": 902, "message": {"message_id": 22, "media_group_id": "77", "from": {"id": 101, "is_bot": false,
  "first_name": "Ana"}, "chat": {"id": 101, "type": "private"}, "date": 1710947160,
  "caption": "Hoy se elaboró 1 proyecto de reglamento interior y se envió a revisión", "document":
  {"file_id": "B", "file_unique_id": "b", "file_name": "dos.pdf", "mime_type": "application/pdf",
  "file_size": 16}}}]"""


def test_albums_of_documents_are_grouped_as_recorded_from_telegram(desk: Desk) -> None:
    desk.take(desk.message(ANA, OLDER))
    desk.take(*json.loads(CASE))
    assert cards(desk) == {
        OLDER: [],
        "Hoy se elaboró 1 proyecto de reglamento interior y se envió a revisión": ["A", "B"],
    }
