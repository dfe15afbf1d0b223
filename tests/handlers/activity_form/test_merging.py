"""Merging drafts when files or cards no longer exist, or a message was sent twice."""

from sqlmodel import select

from models.storage import database
from models.tables.evidence import Evidence
from tests.bot.evidence.evidence_stage import SAID, registered, until, with_card
from tests.support.files.photographs import drawn
from tests.support.phones.stage import Stage

PROGRAM = b"MZ\x90\0\3\0\0\0" + bytes(600)
PART = "También se firmó la minuta por todos los presentes"


async def test_files_that_were_all_refused_do_not_become_evidence(stage: Stage) -> None:
    ana, card = await with_card(stage)
    await registered(ana, card)
    await ana.send_file("foto.jpg", PROGRAM)
    await until(stage, lambda rows: [row.refused_at is not None for row in rows] == [True])
    await ana.wait_for("no quedó ningún archivo")
    await ana.tap("n.º 1 · ")
    assert "no quedó ningún archivo" in (await ana.answer()).text
    await stage.settled()
    assert not any("ya es evidencia" in each.text for each in await ana.messages())
    await ana.send_photo(drawn())
    await ana.wait_for("Recibí 1 foto")
    await ana.tap("n.º 1 · ")
    await ana.wait_for("1 foto: ya es evidencia de la n.º 1")


async def test_a_question_sent_twice_leads_to_the_merged_card(stage: Stage) -> None:
    """A crash between sending and recording repeats a message, and the person may tap the second one."""
    ana, first = await with_card(stage)
    await ana.send(PART)
    asked = await ana.wait_for("¿Es parte de la")
    await ana.tap("✅ Sí", asked)
    await ana.wait_for(PART)
    yes = asked.rows[0][0].data
    await ana.forge(str(yes), first)  # as if the question had been sent as that message too
    assert "ya no está vigente" in (await ana.answer()).text
    card = await ana.wait_for("Por registrar")
    assert card.id == first.id
    await ana.tap("✅ Registrar", card)
    await ana.wait_for(f"{SAID}\n{PART}")


async def test_a_refused_album_is_answered_once(stage: Stage) -> None:
    ana, card = await with_card(stage)
    await registered(ana, card)
    await ana.send("/actividad_1")
    await ana.tap("🗑", await ana.wait_for("Actividad n.º 1"))
    await ana.tap("Duplicada", await ana.wait_for("¿Por qué se retira?"))
    await ana.wait_for("Retirada la n.º 1")
    await stage.settled()
    before = len(await ana.messages())
    await ana.send_album([drawn(40 + number) for number in range(5)], reply_to=card.id)
    await ana.wait_for("fue retirada")
    await stage.settled()
    said = [each for each in (await ana.messages())[before:] if each.from_bot]
    assert len(said) == 1, said
    with database.transaction(stage.app.engine) as session:
        assert session.exec(select(Evidence)).all() == []
