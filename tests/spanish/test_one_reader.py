"""One reader per fact: a guided answer and a reply that corrects read whatever a message reads.

The wordings are those of the tests of messages and of every file of phrases; the part of a message in which a
fact was read is the whole of an answer.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.texts.activities.fields import people
from models.activities.registration import split_documents
from models.errors import Rejected
from models.programme.view import LineView, UnitView
from models.storage.forms import Participants
from spanish.reading.activity import Understood, understand
from spanish.reading.amendment import read_amendment
from spanish.reading.days import read_days, read_past_days
from spanish.reading.documents import read_documents
from spanish.reading.participants import read_participants
from spanish.reading.phrases import Phrase, read_phrases
from spanish.reading.places import read_place
from spanish.reading.quantities import read_quantity
from spanish.reading.spoken import Span
from spanish.writing import days as writing
from tests.spanish.test_language import (
    DAYS,
    DAYS_SAID,
    DOCUMENTS_SAID,
    FORMS,
    PEOPLE_SAID,
    PLACES_SAID,
    QUANTITIES_SAID,
    TODAY,
)
from tests.support.database.bundled import bundled_units

UNITS = {unit.key: unit for unit in bundled_units()}
ARCHIVE = UNITS["archivo"].lines[1]
FILES = sorted((Path(__file__).parents[1] / "data").glob("phrases*.csv"))
# Words around the days in a message that an answer may have too.
_BEFORE_DAYS = re.compile(r"(?:\b(?:el|la|los|del|entre|d[ií]as?|pasad[oa])\s+){0,4}$", re.IGNORECASE)
_AFTER_DAYS = re.compile(r"\s+(?:ma[ñn]ana|tarde|noche)\b", re.IGNORECASE)


def _messages() -> list[tuple[str, UnitView, LineView, date]]:
    """Yield every message that the tests know, with its line and the day on which it was sent."""
    known = [
        (each.text, each.unit, each.line, each.today)
        for file in FILES
        for each in _phrases(file)
        if each.line is not None
    ]
    archive = UNITS["archivo"]
    told = [text for table in (DAYS_SAID, PEOPLE_SAID, DOCUMENTS_SAID, PLACES_SAID) for text, *_ in table]
    known += [(text, archive, ARCHIVE, TODAY) for text in told]
    for key, number, text, _ in QUANTITIES_SAID:
        line = UNITS[key].line(number)
        assert line is not None
        known.append((text, UNITS[key], line, TODAY))
    return known


def _phrases(file: Path) -> list[Phrase]:
    return read_phrases(file, UNITS.values())


MESSAGES = _messages()
READ = [(*each, understand(each[0], [(each[1], each[2])], each[3])) for each in MESSAGES]


def _piece(text: str, spans: tuple[Span, ...]) -> str:
    return text[spans[0][0] : spans[-1][1]]


def _days_of(text: str, understood: Understood) -> str:
    start, end = understood.where.days[0][0], understood.where.days[-1][1]
    before = _BEFORE_DAYS.search(text[:start])
    after = _AFTER_DAYS.match(text[end:])
    return (before[0] if before else "") + text[start:end] + (after[0] if after else "")


def _failures(read: int, wrong: list[str], at_least: int) -> None:
    assert read >= at_least, f"only {read} messages name it"
    assert not wrong, "\n".join(wrong)


def test_days_of_any_message_are_read_as_an_answer_and_as_a_correction() -> None:
    wrong, read = [], 0
    for text, _, line, today, understood in READ:
        if understood.starts_on is None or len(understood.where.days) > 1:  # said for each of two days
            continue
        read += 1
        piece, days = _days_of(text, understood), (understood.starts_on, understood.ends_on)
        if _answer(read_past_days, piece, today) != days:
            wrong.append(f"{piece!r} as an answer, not {days}")
        amended = read_amendment(f"no, era {piece}", line, today)
        if amended is None or amended.days != days:
            wrong.append(f"{piece!r} as a correction")
    _failures(read, wrong, 200)


def _answer(reader: Callable[..., Any], *arguments: Any) -> Any:
    """Return what the reader returns, or the reason of its refusal."""
    try:
        return reader(*arguments)
    except Rejected as refused:
        return refused.reason


@given(DAYS, st.sampled_from(sorted(FORMS)))
def test_a_day_in_any_form_is_an_answer(day: date, form: str) -> None:
    assert read_past_days(FORMS[form](day), TODAY) == (day, day)
    assert read_days(FORMS[form](day), TODAY) == (day, day)


@given(DAYS, st.integers(0, 40))
def test_days_are_read_in_every_form_in_which_the_bot_writes_them(last: date, length: int) -> None:
    first = max(last - timedelta(days=length), date(2024, 1, 1))
    for text in (writing.day(last), writing.day(last, 0), writing.weekday(last), writing.short(last)):
        assert read_past_days(text, TODAY) == (last, last), text
    for text in (writing.dates(first, last), writing.span(first, last)):
        assert read_past_days(text, TODAY) == (first, last), text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("lunes 12 de marzo", "day_impossible"),  # it was a Tuesday
        ("para el viernes", "day_unreadable"),
        ("el viernes que viene", "day_unreadable"),
        ("todos los lunes", "day_unreadable"),
        ("ayer o antier", "day_unreadable"),
        ("el martes 30 personas", "day_unreadable"),
        ("ayer dimos 2 asesorías", "day_unreadable"),
        ("8", "day_unreadable"),
        ("31 de febrero", "day_impossible"),
        ("31/02", "day_impossible"),
        ("del 15 al 13 de marzo", "days_out_of_order"),
        ("del 15/03 al 13/03", "days_out_of_order"),
        ("45 al 6 de marzo", "days_out_of_order"),
    ],
)
def test_an_answer_that_is_not_one_date_phrase_is_refused(text: str, reason: str) -> None:
    assert _answer(read_past_days, text, TODAY) == reason


@pytest.mark.parametrize("text", ["viernes", "el lunes pasado", "el 8", "día 8", "el fin de semana"])
def test_a_day_that_may_be_in_the_future_needs_its_month(text: str) -> None:
    assert isinstance(_answer(read_past_days, text, TODAY), tuple)
    assert _answer(read_days, text, TODAY) == "day_unreadable"


def test_participants_of_any_message_are_read_as_an_answer_and_as_a_correction() -> None:
    wrong, read = [], 0
    for text, _, line, today, understood in READ:
        piece = _piece(text, understood.where.people) if understood.people else ""
        alone = understand(piece, [(UNITS["archivo"], ARCHIVE)], today) if piece else None
        if alone is None or alone.people is None or alone.starts_on:
            continue  # no participants, or the part is about other things too
        read += 1
        answer = _answer(read_participants, piece)  # a single sector is read only in an answer
        told = alone.people.model_dump(exclude_none=True).items()
        if isinstance(answer, str) or not told <= answer.model_dump(exclude_none=True).items():
            wrong.append(f"{piece!r} as an answer, {answer} and not {alone.people}")
        amended = read_amendment(f"no, fueron {piece}", line, today)
        if amended is None or not amended.people.items() <= answer.model_dump().items():
            wrong.append(f"{piece!r} as a correction, {amended}")
    _failures(read, wrong, 80)


def test_participants_are_read_in_the_form_in_which_the_bot_writes_them() -> None:
    given = Participants(
        participants=9, women=1, men=8, private_sector=1, civil_society=2, academia=2, public_servants=4
    )
    assert read_participants(people(given)) == given


@pytest.mark.parametrize(
    "text",
    ["muchas", "-3", "9 o 10", "3.5", "10%", "9 actas", "no asistieron 12 personas", "faltaron 3 personas",
     "12 personas el lunes", "9 personas, 12 participantes", "6 mujeres y 3 mujeres", "9 personas cada una"],
)  # fmt: skip
def test_an_answer_about_more_than_participants_is_refused(text: str) -> None:
    assert _answer(read_participants, text) == "participants_unreadable"


def test_documents_and_places_of_any_message_are_read_as_an_answer() -> None:
    wrong, read = [], 0
    for text, _, line, today, understood in READ:
        if understood.documents:
            read += 1
            pieces = [text[start:end] for start, end in understood.where.documents]
            lead = "oficios " if any(set("/-") & set(each) for each in pieces) else "folios "
            answer = lead + " y ".join(pieces)
            amended = read_amendment(answer, line, today)
            if read_documents(answer) != understood.documents:
                wrong.append(f"{answer!r}, not {understood.documents}")
            if amended is None or amended.documents != understood.documents:
                wrong.append(f"{answer!r} as a correction")
        if understood.place:
            answer = "en " + _piece(text, understood.where.place)
            amended = read_amendment(f"fue {answer}", line, today)
            if read_place(answer) != understood.place or not amended or amended.place != understood.place:
                wrong.append(f"{answer!r}, not {understood.place!r}")
    _failures(read, wrong, 50)


def test_other_documents_and_places_are_taken_literally() -> None:
    assert read_documents("oficio 45 y SESAECH/CA/012/2024") == ()
    assert split_documents("s/n, minuta 3") == ("s/n", "minuta 3")
    for place in ("En línea", "Las Margaritas", "Sala de Juntas", "en casa"):
        assert read_place(place) == place
    assert read_place("en Las Margaritas") == "Las Margaritas"


def test_quantities_of_any_message_are_read_as_an_answer_and_as_a_correction() -> None:
    wrong, read = [], 0
    for text, unit, line, today, understood in READ:
        piece = " y ".join(text[start:end] for start, end in understood.where.quantity)
        targets = {target.id: target for target in line.targets}
        alone = understand(piece, [(unit, line)], today).said if re.search(r"\d", piece) else ()
        if (
            len(alone) != 1
            or not alone[0].quantity
            or not re.fullmatch(r"[\d,.]+ \w+( y [\d,.]+ \w+)*", piece)
        ):
            continue
        read += 1
        target = targets[alone[0].target_id]
        if _answer(read_quantity, piece, target.decimals, target.measure) != alone[0].quantity:
            wrong.append(f"{piece!r} of {target.measure}, not {alone[0].quantity}")
        amended = read_amendment(f"no, fueron {piece}", line, today)
        if amended is None or amended.quantities.get(target.id) != alone[0].quantity:
            wrong.append(f"{piece!r} as a correction, {amended}")
    _failures(read, wrong, 30)


@pytest.mark.parametrize(
    ("text", "measure", "quantity"),
    [
        ("veinticinco", "Asesorías", 25),
        ("fueron veinticinco", "Asesorías", 25),
        ("dos asesorías", "Asesorías", 2),
        ("una", "Actas", 1),
        ("ninguna", "Actas", 0),
        ("1 200", "Asesorías", 1200),
        ("media docena", "Actas", 6),
        ("3 oficios", "Actas", "quantity_unreadable"),
        ("faltan 2 actas", "Actas", "quantity_unreadable"),
        ("-3", "Actas", "quantity_unreadable"),
        ("3 o 4", "Actas", "quantity_unreadable"),
        ("casi 3", "Actas", "quantity_unreadable"),
        ("12 actas, 3 actas", "Actas", "quantity_unreadable"),
        ("2 asesorías a 9 personas", "Asesorías", "quantity_unreadable"),
        ("2 sesiones extraordinarias", "Sesiones ordinarias", "quantity_unreadable"),
        ("2.5", "Actas", "quantity_not_whole"),
    ],
)
def test_a_quantity_is_a_number_with_or_without_its_measure(
    text: str, measure: str, quantity: object
) -> None:
    assert _answer(read_quantity, text, 0, measure) == quantity


@pytest.mark.parametrize("text", ["fueron 3, fueron 4", "era ayer, era antier", "línea 2, línea 3"])
def test_a_reply_with_two_values_for_a_field_corrects_nothing(text: str) -> None:
    assert read_amendment(text, ARCHIVE, TODAY) is None
