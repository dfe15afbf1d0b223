"""«📊 Gráfica» under `/avance`: the bars as a picture, drawn by another process."""

import io

from PIL import Image
from sqlmodel import select

from models.storage import database
from models.tables.report import MadeReport
from tests.support.database.registered_activities import store
from tests.support.phones.phone import Phone
from tests.support.phones.stage import ANA, PALOMA, Stage
from tests.support.waiting import until


async def picture(phone: Phone, asked: str) -> bytes:
    await phone.send(asked)
    page = await phone.wait_for("Al ")
    await phone.tap("📊 Gráfica", page)
    message = await phone.wait_for(lambda message: message.photo is not None)
    assert message.reply_to == page.id
    return await phone.fetch(message)


async def test_pictures_of_a_unit_and_of_the_institution_are_sent(stage: Stage) -> None:
    ana, paloma = await stage.enter(ANA), await stage.enter(PALOMA)
    store(stage.app.engine, line=1)
    unit = Image.open(io.BytesIO(await picture(ana, "/avance juridica")))
    whole = Image.open(io.BytesIO(await picture(paloma, "/avance")))
    assert unit.width == whole.width >= 360
    assert unit.height < whole.height  # three lines, six units


async def test_the_same_bars_are_drawn_once_and_five_taps_are_one_picture(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    first = await picture(ana, "/avance juridica")
    assert await picture(ana, "/avance juridica") == first
    store(stage.app.engine, line=1)
    assert await picture(ana, "/avance juridica") != first
    with database.transaction(stage.app.engine) as session:
        assert len(session.exec(select(MadeReport)).all()) == 2
    await ana.send("/avance juridica")
    page = await ana.wait_for("Al ")
    before = len([each for each in await ana.messages() if each.photo])
    data = next(each.data for each in page.buttons() if each.text == "📊 Gráfica")
    for _ in range(5):
        await ana.forge(data or "", page)

    async def drawn() -> int:
        return len([each for each in await ana.messages() if each.photo]) - before

    await until(drawn, "a picture")
    await stage.settled()
    assert await drawn() == 1
