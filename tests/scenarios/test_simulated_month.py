"""A month with four people who do not use the bot as it is meant: nothing of theirs is lost."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, time, timedelta

import pytest
from sqlmodel import col, select

from models.storage import database
from models.tables.chat.draft import DraftRow
from models.tables.evidence import Evidence
from tests.scenarios.month import ASKING, FIRST, ODD, PEOPLE, PICTURES, SILENT, ZONE, Month, Turn
from tests.support.phones.conversation import talking
from tests.support.phones.stage import Part

WEEK = timedelta(days=7)


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Month]:
    folder = tmp_path_factory.mktemp("month")
    with talking(folder, ODD, now=datetime.combine(FIRST, time(8), ZONE)) as talk:
        lived = Month(talk.bot)
        lived.live()
        yield lived


def turns(month: Month, who: Part) -> list[Turn]:
    return [each for each in month.turns if each.who is who]


def open_drafts(month: Month, who: Part) -> list[DraftRow]:
    with database.transaction(month.bot.engine) as session:
        found = select(DraftRow).where(
            col(DraftRow.chat_id) == who.telegram_id,
            col(DraftRow.registered_at).is_(None),
            col(DraftRow.cancelled_at).is_(None),
            col(DraftRow.expired_at).is_(None),
        )
        rows = list(session.exec(found.order_by(col(DraftRow.id))).all())
        session.expunge_all()
        return rows


def test_telegram_accepts_all_that_was_said(month: Month) -> None:
    assert month.bot.refusals == []


def test_everything_sent_had_an_effect_that_was_told(month: Month) -> None:
    """Of cards that wait for room it is said once in ten minutes; a photograph joins a card in silence."""
    silent, waits = [], False
    for each in month.turns:
        said = " ".join(answer.text for answer in each.answers)
        waits = "queda guardado" in said or (waits and not said)
        if not said and not waits and not each.sent.startswith("photograph"):
            silent.append((each.who.name, each.at, each.sent))
    assert silent == []


def test_no_photograph_is_lost(month: Month) -> None:
    sent = len(turns(month, PICTURES))
    with database.transaction(month.bot.engine) as session:
        kept = session.exec(select(Evidence).where(col(Evidence.removed_at).is_(None))).all()
        assert len(kept) == sent and all(each.draft_id for each in kept)


def test_every_report_that_was_never_tapped_is_kept_and_named(month: Month) -> None:
    kept = {each.content["narrative"] for each in open_drafts(month, SILENT)}
    assert kept == {each.sent for each in turns(month, SILENT)}
    told = [each for each in month.unasked if each.to is SILENT and "sin registrar" in each.text]
    assert len({each.at.date() for each in told}) >= 15


def test_no_open_question_is_older_than_its_answer(month: Month) -> None:
    """What `/registrar` asks the odd one stands below whatever they wrote last."""
    waiting = [each for each in turns(month, ODD) if each.asks is not None]
    assert len(waiting) > 10
    for turn in waiting:
        shown = [str(button.data) for button in turn.answers[-1].buttons()]
        assert any(data.startswith(f"d:{turn.asks}:") for data in shown), turn.sent


def test_odd_answers_pile_up_no_questions(month: Month) -> None:
    asking = [each for each in open_drafts(month, ODD) if each.step != "card"]
    days = Counter(each.said_at.date() for each in asking)
    assert max(days.values(), default=0) <= 3


def test_the_odd_one_is_never_asked_twice_of_which_activity_a_text_is(month: Month) -> None:
    asked = [sum("¿Es parte" in each.text for each in turn.answers) for turn in turns(month, ODD)]
    assert max(asked) <= 1


def test_who_only_asks_is_answered_and_has_nothing_open(month: Month) -> None:
    assert open_drafts(month, ASKING) == []
    assert all("No le entendí" not in each.text for turn in turns(month, ASKING) for each in turn.answers)


def test_nobody_is_told_the_same_words_twice_in_a_week(month: Month) -> None:
    repeated = []
    for part in PEOPLE:
        told: dict[str, datetime] = {}
        for each in (each for each in month.unasked if each.to is part):
            if each.text in told and each.at - told[each.text] < WEEK:
                repeated.append((part.name, each.at, each.text))
            told[each.text] = each.at
    assert repeated == []
