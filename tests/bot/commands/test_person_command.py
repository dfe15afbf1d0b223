"""`person rename` and `person forget` on the command line, with `audit --tables` and `doctor --all`."""

from tests.bot.commands.test_cli import Shell, shell  # noqa: F401
from tests.support.phones.stage import ANA, DIEGO, PALOMA, Stage


async def test_a_person_is_renamed_and_forgotten_and_the_chain_verifies(shell: Shell) -> None:  # noqa: F811
    async with Stage(shell.folder / "data") as stage:
        for part in (ANA, DIEGO, PALOMA):
            await stage.enter(part)
    said = shell.out("person", "rename", "ana juarez", "Ana Lucía Juárez")
    assert said.strip() == "Ana Juárez is now called Ana Lucía Juárez."
    again = shell.run("person", "rename", "1", "Ana Lucía Juárez")
    assert again.returncode == 2 and "that is the name" in again.stderr
    assert shell.run("person", "forget", "Nadie", "--yes").returncode == 2
    asked = shell.run("person", "forget", "1")
    assert asked.returncode == 1 and "Person 1 was forgotten" not in asked.stdout
    told = shell.out("person", "forget", "Ana Lucía Juárez", "--also", "Ana Juárez", "--yes")
    assert told.startswith("Person 1 was forgotten")
    assert shell.run("person", "forget", "1", "--yes").returncode == 2
    last = shell.run("person", "forget", "Paloma Planeación", "--yes")
    assert last.returncode == 1 and "nobody else is in planning" in last.stderr
    assert "all as the chain says" in shell.out("audit", "--tables")
    content = (shell.folder / "data" / "avance.db").read_bytes()
    assert "Lucía Juárez".encode() not in content and "Ana Juárez".encode() not in content
    assert b"agree with it" in shell.run("doctor", "--all").stdout.encode()
