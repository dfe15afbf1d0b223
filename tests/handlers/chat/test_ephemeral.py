"""In groups the answer that only who asked can see, where the server knows such messages."""

from local_telegram.world.traffic import Fault
from tests.support.phones.phone import Phone
from tests.support.phones.stage import ANA, DIEGO, Stage

GROUP = -700


async def both(stage: Stage) -> tuple[Phone, Phone]:
    ana, diego = await stage.enter(ANA), await stage.enter(DIEGO)
    stage.world.add_group(GROUP, "Oficina", [ANA.telegram_id, DIEGO.telegram_id])
    await stage.settled()
    return ana, diego


async def seen(stage: Stage, phone: Phone) -> list[str]:
    """What the bot wrote into the group, as the person sees it."""
    await stage.settled()
    await phone.look()
    return [each.text for each in await phone.messages() if each.chat == GROUP and each.from_bot]


async def test_an_ephemeral_command_is_answered_for_who_asked(stage: Stage) -> None:
    ana, diego = await both(stage)
    await ana.send("/avance juridica", chat=GROUP, ephemeral=True)
    page = await ana.wait_for("Dirección Jurídica")
    assert page.chat == GROUP
    assert await seen(stage, diego) == []
    await ana.tap("T2", page)  # the page turns in place, still only for her
    await ana.wait_for("2do trimestre")
    assert await seen(stage, diego) == []
    assert len(await seen(stage, ana)) == 1


async def test_a_usual_command_is_answered_for_all(stage: Stage) -> None:
    ana, diego = await both(stage)
    await ana.send("/avance juridica", chat=GROUP)
    await ana.wait_for("Dirección Jurídica")
    assert len(await seen(stage, diego)) == 1


async def test_where_the_server_refuses_it_the_answer_is_a_usual_message(stage: Stage) -> None:
    ana, diego = await both(stage)
    refused = "Bad Request: not enough rights to send an ephemeral message"
    stage.world.faults.plan(Fault("sendMessage", chat_id=GROUP, status=400, description=refused))
    await ana.send("/avance juridica", chat=GROUP, ephemeral=True)
    await ana.wait_for("Dirección Jurídica")
    assert len(await seen(stage, diego)) == 1


async def test_an_edit_that_the_server_does_not_know_becomes_a_message(stage: Stage) -> None:
    ana, _ = await both(stage)
    await ana.send("/avance juridica", chat=GROUP, ephemeral=True)
    page = await ana.wait_for("Dirección Jurídica")
    unknown = Fault("editEphemeralMessageText", status=404, description="Not Found")
    stage.world.faults.plan(unknown)
    await ana.tap("T2", page)
    await ana.wait_for("2do trimestre")


async def test_the_commands_of_groups_are_ephemeral_in_the_menu(stage: Stage) -> None:
    await both(stage)
    menu = stage.world.menu_of(ANA.telegram_id, GROUP)
    assert [each["command"] for each in menu] == ["avance", "pendientes", "calendario"]
    assert all(each["is_ephemeral"] for each in menu)
