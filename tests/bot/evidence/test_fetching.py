"""Files fetched in parallel: when each outcome is stored, and when it is reported."""

from tests.bot.evidence.evidence_stage import fetched, until, with_card
from tests.support.phones.stage import Stage

ALBUM = [(f"oficio-{number}.pdf", b"%PDF-1.7 " + bytes([number])) for number in range(10)]


async def test_a_fetched_file_is_recorded_before_the_rest_of_its_album(stage: Stage) -> None:
    """If the bot dies before the last one, the first ones are not fetched again."""
    ana, card = await with_card(stage)
    stage.world.delay = 0.1
    await ana.send_album(ALBUM, as_="document", reply_to=card.id)
    await until(stage, lambda rows: 0 < sum(each.fetched_at is not None for each in rows) < len(ALBUM))


async def test_an_album_sent_again_is_reported_in_one_message(stage: Stage) -> None:
    ana, card = await with_card(stage)
    await ana.send_album(ALBUM, as_="document", reply_to=card.id)
    await fetched(stage, len(ALBUM))
    stage.world.delay = 0.05
    await ana.send_album(ALBUM, as_="document", reply_to=card.id)
    assert "Ya tenía 10 documentos aquí" in (await ana.wait_for("Ya tenía")).text
