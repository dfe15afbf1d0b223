"""Invisible names are refused with a sentence; direction characters do not reorder text."""

import pytest

from tests.bot.evidence.evidence_stage import registered, with_card
from tests.support.phones.phone import Phone
from tests.support.phones.stage import ANA, OLGA, PALOMA, Part, Stage

UNSEEN = ["\u200b\u2060", "\u3164\u3164", "\u2800", "\u0301\u0301", "\u202e\u2066"]


@pytest.mark.parametrize("name", UNSEEN[:3], ids=ascii)  # the other ones are removed from any text
async def test_an_invisible_name_is_refused_in_an_invitation(stage: Stage, name: str) -> None:
    paloma = await stage.enter(PALOMA)
    await paloma.send(f"/invitar enlace juridica {name}")
    await paloma.wait_for("De ese nombre no se ve nada")


@pytest.mark.parametrize("name", UNSEEN, ids=ascii)
async def test_an_account_with_an_invisible_name_is_refused_and_the_code_stays_valid(
    stage: Stage, name: str
) -> None:
    code = stage.invite(Part(OLGA.telegram_id, "", OLGA.role))
    unseen = await stage.phone(Part(OLGA.telegram_id, name, OLGA.role))
    await unseen.send(f"/start {code}")
    await unseen.wait_for("De su nombre en Telegram no se ve nada")
    await unseen.send("/avance")
    await stage.settled()
    ana: Phone = await stage.phone(ANA)
    await ana.send(f"/start {code}")
    await ana.wait_for("Ana Juárez")


async def test_direction_and_control_characters_do_not_move_text(stage: Stage) -> None:
    ana, card = await with_card(stage, said="Hoy 1 acta de la primera sesión, \u202e%12 odazilaer\u2066\x07")
    assert not {"\u202e", "\u2066", "\x07"} & set(card.text)
    await registered(ana, card)
    await ana.send("/actividades")
    listed = await ana.wait_for("Actividades registradas")
    assert "\u202e" not in listed.text
