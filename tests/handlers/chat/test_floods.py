"""Floods: what one person sends in excess is limited, stored, and answered once."""

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert
from sqlmodel import SQLModel, select

from handlers.chat import fairness
from handlers.chat.taps import Taps
from handlers.reminders import absence
from handlers.routes import CONVERSATIONS
from models import bounds
from models.operations import migrating
from models.people import stranger
from models.storage import database
from models.storage.unit_of_work import work_of
from models.tables.chat.draft import DraftKind, DraftRow
from models.tables.chat.inbox import Inbox
from models.tables.chat.outbox import Outbox
from models.tables.evidence import Evidence
from models.tables.people import Person, Role, Stranger
from tests.support.phones.batch_handler import Desk, Raw, counted

ANA, DIEGO, OUTSIDER = 101, 102, 500
GROUP = -77
MINUTES = 4  # later texts are not parts of the card before


def told(number: int) -> str:
    return f"Hoy se presentó la propuesta número {number} de lineamientos internos"


@pytest.fixture
def desk(engine: Engine) -> Desk:
    return opened(engine)


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Desk:
    engine = database.connect(f"sqlite:///{tmp_path / 'avance.db'}")
    migrating.migrate(engine)
    return opened(engine)


def opened(engine: Engine) -> Desk:
    desk = Desk(engine)
    desk.running.taps = Taps()
    desk.link(ANA, Role.STAFF, "juridica")
    desk.link(DIEGO, Role.DIRECTOR, "juridica")
    return desk


def flood(desk: Desk, number: int, start: int = 0) -> list[str]:
    """Send messages in batches of Telegram's size and return every answer."""
    said: list[str] = []
    for first in range(start, start + number, 100):
        batch = []
        for each in range(first, min(first + 100, start + number)):
            batch.append(desk.message(ANA, told(each)))
            desk.wait(seconds=0.05)
        said += desk.take(*batch)
    return said


def shown_and_waiting(desk: Desk) -> tuple[int, int]:
    open_ones = [
        each
        for each in desk.rows(DraftRow)
        if each.cancelled_at is None and each.registered_at is None and each.expired_at is None
    ]
    waiting = sum(each.waits_since is not None for each in open_ones)
    return len(open_ones) - waiting, waiting


def test_a_thousand_messages_make_twenty_cards_and_store_the_rest(desk: Desk) -> None:
    """Twenty cards, two hundred that wait, two sentences; all are shown in the order of sending."""
    said = flood(desk, 1_000)
    assert shown_and_waiting(desk) == (bounds.OPEN_CARDS, bounds.WAITING_CARDS)
    assert len(said) == bounds.OPEN_CARDS + 2
    assert sum("queda guardado" in each for each in said) == 1
    assert sum("envíelo otra vez" in each for each in said) == 1
    assert len(desk.rows(Inbox)) == 1_000, "each was handled"
    desk.wait(minutes=11)
    again = flood(desk, 3, start=2_000)
    assert ["envíelo otra vez" in each for each in again] == [True], "nor is a later burst met by silence"


def test_waiting_cards_are_shown_as_others_are_finished(desk: Desk) -> None:
    flood(desk, bounds.OPEN_CARDS + 3)
    newest = max(each.id for each in desk.rows(DraftRow) if each.waits_since is None)
    assert shown_and_waiting(desk) == (bounds.OPEN_CARDS, 3)
    for number in range(3):
        (*_, card) = desk.take(desk.message(ANA, "/cancelar"))
        assert f"«{told(bounds.OPEN_CARDS + number)}" in card or told(bounds.OPEN_CARDS + number) in card
        assert "en espera" in card
    assert shown_and_waiting(desk) == (bounds.OPEN_CARDS, 0)
    said = desk.take(desk.message(ANA, "/cancelar"))
    assert len(said) == 2 and all("Captura cancelada" in each for each in said), "no further card is shown"
    assert f"Siguen abiertas otras {bounds.OPEN_CARDS - 1}." in said[1]
    assert newest


def test_a_waiting_card_follows_edits_of_its_message(desk: Desk) -> None:
    flood(desk, bounds.OPEN_CARDS)
    late = desk.message(ANA, told(77))
    desk.take(late)
    assert desk.take(desk.edit(late, told(78))) == []
    narratives = [each.content["narrative"] for each in desk.rows(DraftRow) if each.waits_since is not None]
    assert narratives == [told(78)]


def test_a_thousand_files_join_one_card(desk: Desk) -> None:
    desk.take(desk.message(ANA, told(1)))
    card = desk.answering(data=f"d:{desk.rows(DraftRow)[0].id}:1:ok:")
    said: list[str] = []
    for first in range(0, 1_000, 100):
        said += desk.take(
            *[desk.message(ANA, file=f"f{number}", reply=card) for number in range(first, first + 100)]
        )
    assert len(desk.rows(Evidence)) == bounds.FILES
    (refusal,) = [each for each in said if each]
    assert f"caben {bounds.FILES} archivos" in refusal
    assert said.count("") == bounds.FILES, "each file that joined gets a reaction"


def test_a_thousand_files_of_an_album_join_one_card(desk: Desk) -> None:
    said: list[str] = []
    for first in range(0, 1_000, 100):
        said += desk.take(
            *[
                desk.message(ANA, told(1) if number == 0 else "", file=f"f{number}", media_group_id="7")
                for number in range(first, first + 100)
            ]
        )
    assert len(desk.rows(Evidence)) == bounds.FILES
    assert len(desk.rows(DraftRow)) == 1
    assert len(said) == 2 and f"caben {bounds.FILES} archivos" in said[1]


def test_repeated_taps_are_answered_but_handled_a_few_times(desk: Desk) -> None:
    """Regardless of where batches end; afterwards the next button is handled again."""
    said, answers = 0, 0
    for size in [1] * 20 + [98] * 10:
        said += len(desk.take(*[desk.tap(ANA, "new") for _ in range(size)]))
        answers += len(desk.answers)
    assert answers == 1_000
    assert said == len(desk.rows(DraftRow)) == bounds.SAME_TAPS
    assert desk.take(desk.tap(ANA, "p:t")) or desk.answers


def test_a_batch_handled_again_accepts_the_same_taps(desk: Desk) -> None:
    batch = [desk.tap(ANA, "new") for _ in range(9)]
    desk.take(*batch)
    with database.transaction(desk.engine) as session:
        for row in session.exec(select(Inbox)).all():
            session.delete(row)  # as after a rollback of that transaction
    desk.take(*batch)
    assert len(desk.rows(DraftRow)) == 2 * bounds.SAME_TAPS


def test_a_thousand_edits_change_the_card_once(desk: Desk) -> None:
    """A refused edit is reported once."""
    message = desk.message(ANA, told(1))
    desk.take(message)
    for first in range(0, 1_000, 100):
        assert desk.take(*[desk.edit(message, told(number)) for number in range(first, first + 100)]) == []
    (draft,) = desk.rows(DraftRow)
    assert draft.content["narrative"] == told(999)
    assert draft.card_due_at is not None
    said = [text for _ in range(5) for text in desk.take(desk.edit(message, "x" * 4_000))]
    assert len(said) == 1 and "caben" in said[0]


def test_edits_of_a_registered_message_open_one_correction(desk: Desk) -> None:
    message = desk.message(ANA, "Hoy 1 acta de la primera sesión del Órgano de Gobierno")
    desk.take(message)
    desk.take(desk.tap(ANA, desk.button("✅ Registrar")))
    for number in range(2, 12):
        desk.take(desk.edit(message, f"Hoy {number} actas de la primera sesión del Órgano de Gobierno"))
    assert sum(each.kind is DraftKind.CORRECTION for each in desk.rows(DraftRow)) == 1


def fill(desk: Desk, number: int) -> None:
    """Insert so many open cards of Ana's into the table."""
    if not number:
        return
    with database.transaction(desk.engine) as session:
        person = session.exec(select(Person.id).where(Person.telegram_id == ANA)).one()
        row = {
            "person_id": person,
            "chat_id": ANA,
            "kind": DraftKind.ACTIVITY,
            "step": "card",
            "content": {"direct": True, "narrative": "Algo", "answered": ["belongs", "narrative"]},
            "revision": 1,
            "said_at": desk.now,
            "touched_at": desk.now,
            "told_at": desk.now,
        }
        session.connection().execute(insert(SQLModel.metadata.tables["draft"]), [row] * number)


@pytest.mark.parametrize("sent", ["text", "file", "edit", "reply", "tap", "command"])
def test_the_cost_of_a_message_does_not_depend_on_open_cards(
    tmp_path: Path, sent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The number of statements, and of drafts they return, is the same with 20 open cards and with 2,000."""
    costs = []
    for number in (1, bounds.OPEN_CARDS, 2_000):
        folder = tmp_path / str(number)
        folder.mkdir()
        engine = database.connect(f"sqlite:///{folder / 'avance.db'}")
        migrating.migrate(engine)
        desk = opened(engine)
        message = desk.message(ANA, told(1))
        desk.take(message)
        fill(desk, number - 1)
        desk.wait(minutes=1)
        update: dict[str, Raw] = {
            "text": desk.message(ANA, told(5)),
            "file": desk.message(ANA, file="f"),
            "edit": desk.edit(message, told(2)),
            "reply": desk.message(ANA, "en la sala de juntas", reply=message["message"]),
            "tap": desk.tap(ANA, "d:1:1:e:people"),
            "command": desk.message(ANA, "/cancelar"),
        }
        steps = [0]
        with engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None
            driver.set_progress_handler(lambda steps=steps: steps.__setitem__(0, steps[0] + 1), 100)
        with counted(engine) as statements:
            desk.take(update[sent])
        costs.append((len(statements), steps[0]))
        engine.dispose()
    (_, _), (usual, steps_usual), (many, steps_many) = costs
    assert many <= usual + 1, costs
    assert steps_many <= 2 * steps_usual + 20, f"hundreds of instructions of the database: {costs}"


def test_after_an_absence_one_line_tells_how_many_drafts_are_open(desk: Desk) -> None:
    flood(desk, bounds.OPEN_CARDS + 5)
    desk.take(desk.message(DIEGO, told(1)))
    with database.transaction(desk.engine) as session:
        absence.catch_up(session, desk.now, desk.now.replace(hour=22), CONVERSATIONS)
    said = {each.chat_id: each.payload for each in work_of(session).outbox}
    assert len(work_of(session).outbox) == 2
    assert f"{bounds.OPEN_CARDS} sin terminar" in said[ANA]["text"]
    assert told(1) in said[DIEGO]["text"], "a single one is shown again itself"
    (listing,) = desk.take(desk.tap(ANA, said[ANA]["reply_markup"]["inline_keyboard"][0][0]["callback_data"]))
    assert "5" in listing and "en espera" in listing
    assert len(desk.said[0].payload["reply_markup"]["inline_keyboard"]) == bounds.OPEN_CARDS
    (card,) = desk.take(desk.tap(ANA, desk.button("📝 Captura")))
    assert "lineamientos" in card


def test_expired_cards_are_reported_in_one_message(desk: Desk) -> None:
    from handlers.activity_form import cards

    flood(desk, 30)
    with database.transaction(desk.engine) as session:
        cards.expire(session, desk.now.replace(month=4, day=10))
    (said,) = work_of(session).outbox
    assert "Caducaron 30 capturas" in said.payload["text"]


def test_another_person_is_handled_before_the_rest_of_a_burst() -> None:
    def update(number: int, chat: int) -> Raw:
        return {"update_id": number, "message": {"chat": {"id": chat}}}

    batch = [
        *(update(number, ANA) for number in range(90)),
        *(update(number, DIEGO) for number in range(90, 95)),
    ]
    batch += [{"update_id": 95}, {"update_id": 96, "message": None}, {"update_id": 97, "poll": {"id": 3}}]
    batch.append({"update_id": 98, "callback_query": {"message": {"chat": {"id": DIEGO}}}})
    order = [each["update_id"] for each in fairness.in_turn(batch)]
    assert sorted(order) == list(range(99))
    assert order[5:10] == [90, 91, 92, 93, 94]
    for chat in (range(90), (90, 91, 92, 93, 94, 98)):
        assert [each for each in order if each in chat] == list(chat)


def test_only_the_newest_of_consecutive_edits_is_handled() -> None:
    def edit(number: int, message: int, chat: int = ANA) -> Raw:
        return {"update_id": number, "edited_message": {"chat": {"id": chat}, "message_id": message}}

    tap = {"update_id": 3, "callback_query": {"message": {"chat": {"id": ANA}}}}
    batch = [edit(1, 7), edit(2, 7), tap, edit(4, 7), edit(5, 7, DIEGO), edit(6, 8), edit(7, 8)]
    assert [each["update_id"] for each in fairness.in_turn(batch)] == [2, 3, 4, 5, 7]


def test_a_stranger_gets_one_answer_and_no_further_rows(desk: Desk) -> None:
    assert len(desk.take(desk.message(OUTSIDER, "hola"))) == 1
    inbox, before = len(desk.rows(Inbox)), desk.rows(Stranger)
    with counted(desk.engine) as statements:
        desk.take(*[desk.message(OUTSIDER, f"hola {number}") for number in range(99)])
    assert desk.said == []
    assert len(desk.rows(Inbox)) == inbox and desk.rows(Stranger) == before
    assert not [each for each in statements if each.split()[0] in ("INSERT", "UPDATE", "DELETE")], statements
    desk.take(*[desk.tap(OUTSIDER, "p:t") for _ in range(5)])
    assert len(desk.answers) == 5 and len(desk.rows(Inbox)) == inbox
    desk.wait(hours=25)
    assert len(desk.take(*[desk.message(OUTSIDER, "hola") for _ in range(50)])) == 1


def test_a_group_of_strangers_leaves_no_trace(desk: Desk) -> None:
    for text in ("/avance", "/start abc", "hola"):
        body = desk.message(OUTSIDER, text)
        body["message"]["chat"] = {"id": GROUP, "type": "supergroup"}
        assert desk.take(body) == []
    assert desk.rows(Inbox) == [] and desk.rows(Stranger) == [] and desk.rows(Outbox) == []


def test_codes_are_refused_after_five_failures(desk: Desk) -> None:
    desk.take(*[desk.message(OUTSIDER, f"/start code{number}") for number in range(90)])
    (row,) = desk.rows(Stranger)
    assert row.failures == stranger.CODES_A_DAY
    inbox = len(desk.rows(Inbox))
    desk.take(*[desk.message(OUTSIDER, f"/start code{number}") for number in range(90)])
    assert desk.said == [] and len(desk.rows(Inbox)) == inbox


def test_the_number_of_remembered_strangers_is_limited(desk: Desk) -> None:
    with database.transaction(desk.engine) as session:
        session.add_all(
            [Stranger(telegram_id=10_000 + each, told_at=desk.now) for each in range(bounds.STRANGERS - 10)]
        )
    said = [text for number in range(30) for text in desk.take(desk.message(1_000 + number, "hola"))]
    assert (len(said), len(desk.rows(Stranger))) == (10, bounds.STRANGERS)
    desk.take(desk.message(2_000, "/start wrong"))
    assert len(desk.rows(Stranger)) == bounds.STRANGERS
    assert {each.telegram_id: each.failures for each in desk.rows(Stranger)}[2_000] == 1
    desk.wait(hours=25)
    assert len(desk.take(desk.message(3_000, "hola"))) == 1
    assert len(desk.rows(Stranger)) == 1, "what is a day old is forgotten when there is no room"


def test_every_update_of_a_flood_can_be_read_back_from_the_outbox(desk: Desk) -> None:
    """Refusals say what to do and fit Telegram's limits."""
    flood(desk, 25)
    assert all(len(json.loads(each.payload).get("text", "")) < 4_096 for each in desk.rows(Outbox))
