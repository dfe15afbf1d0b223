"""`programme import` tells the people of the units whose targets it changed, when the bot next runs."""

from pathlib import Path

from tests.bot.commands.test_cli import Shell
from tests.support.phones.stage import ANA, DIEGO, OLGA, TERE, Stage


async def test_an_import_tells_the_units_that_it_changes_and_nobody_else(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    async with Stage(tmp_path / "data") as stage:
        ana, diego, tere, olga = [await stage.enter(part) for part in (ANA, DIEGO, TERE, OLGA)]
        await stage.settled()
        others = [len(await each.messages()) for each in (tere, olga)]
        shell.out("programme", "export", "copy.yaml")
        copy = tmp_path / "copy.yaml"
        text = copy.read_text(encoding="utf-8")
        before, unit, of_unit = text.partition("key: juridica")
        copy.write_text(before + unit + of_unit.replace("amount: 10", "amount: 14", 1), encoding="utf-8")
        said = shell.out("programme", "import", "copy.yaml", "--yes", "--reason", "Acuerdo 5")
        assert "Imported: 1 change." in said
        await stage.stop_bot()
        await stage.start_bot()
        for phone in (ana, diego):
            told = await phone.wait_for("Planeación cambió el programa 2024")
            assert "10" in told.text and "14" in told.text and "Acuerdo 5" in told.text
        await stage.settled()
        assert [len(await each.messages()) for each in (tere, olga)] == others
