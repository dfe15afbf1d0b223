"""The count of how many messages need each word of the reading's lists."""

from pathlib import Path

import pytest

import spanish.reading
from tests.tools.word_lists import Messages, WordList, find_lists, main, report

MESSAGES = Messages(["Ayer se capasitó a 12 personas", "capacitamos a doce, hoy", "visitas: 3"])


@pytest.mark.parametrize(
    ("entry", "count"),
    [
        ("ayer", 1),
        ("capacito", 1),  # as it sounds
        ("capacitar", 2),  # any of its forms
        ("visita", 0),
        ("capacit…", 1),  # as it is written: a piece of a pattern
        (r"visitas?", 1),
        (r"12|doce", 2),
        ("hoy a", 0),
    ],
)
def test_an_entry_occurs_in_the_messages_that_have_it(entry: str, count: int) -> None:
    assert MESSAGES.count(entry) == count


def test_a_list_compared_by_roots_has_the_plural() -> None:
    assert MESSAGES.count("visita", by_root=True) == 1


def test_lists_are_found_in_every_module_whatever_they_are() -> None:
    found = {each.name: each.entries for each in find_lists(spanish.reading)}
    assert {"gracias", "hola"} <= set(found["courtesy._WORDS"])  # a set
    assert {"firmar", "publicar"} <= set(found["clauses.verbs._VERBS"])  # text in a table
    assert {"ayuda", "jala"} <= set(found["acts._HELPLESS"])  # a pattern
    assert not any(name.startswith("evaluation") for name in found)


def test_entries_in_fewer_than_two_messages_are_printed() -> None:
    lines = list(report([WordList("here.WORDS", ("personas", "doce", "nunca"))], MESSAGES))
    assert lines[0] == "here.WORDS: 3 entries, 3 in fewer than 2 messages"
    assert {"    1  personas", "    0  nunca"} <= set(lines)


def test_the_command_reads_further_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "more.csv"
    file.write_text("text\nhola\n", encoding="utf-8")
    assert main([]) == main([str(file)]) == 0
    without, having = (
        line
        for line in capsys.readouterr().out.splitlines()
        if line.endswith(" messages") and "of " in line and ":" not in line
    )
    assert int(having.split()[-2]) == int(without.split()[-2]) + 1
