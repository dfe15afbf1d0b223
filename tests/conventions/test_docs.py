"""The documentation agrees with the program: commands, settings, command line, terms, links."""

import re
from pathlib import Path

import pytest
import typer

from bot.commands.cli import app
from bot.doctor.examination import NAMES
from bot.doctor.upgrade import NAMES as UPGRADE_NAMES
from bot.settings import Settings
from handlers.routes import CONVERSATIONS
from handlers.texts.progress.signs import SIGNS
from models.progress.signal import Signal
from models.quarter_end.duties import BLOCKING, DutyKind
from models.rights import RIGHTS
from models.tables.people import Role
from tests.conventions.definitions import defined_names, docstrings

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
MARKDOWN = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
SETTINGS = sorted(name.upper() for name in Settings.model_fields)
_SPAN = re.compile(r"`([^`\n]+)`")
_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_TO_HEADING = re.compile(r"(docs/[\w./-]+\.md)#([\w-]+)")
WIDTH = 110
_LINK = re.compile(r"\]\(([^)\s]+)\)")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def cli_commands() -> dict[str, set[str]]:
    """Return each command as typed, with its options."""
    found: dict[str, set[str]] = {}
    waiting = [("", typer.main.get_command(app))]
    while waiting:
        name, command = waiting.pop()
        inner = getattr(command, "commands", None)
        if inner is None:
            found[name] = {option for each in command.params for option in each.opts if option[:2] == "--"}
        else:
            waiting += [(f"{name} {each}".strip(), inner[each]) for each in inner]
    return found


def sections(text: str) -> dict[str, str]:
    """Return the text under each heading of the second level."""
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize("command", CONVERSATIONS.commands)
def test_every_command_is_in_the_manual(command: str) -> None:
    assert re.search(rf"`/{command}[ `]|^/{command}\b", read("docs/manual.md"), re.MULTILINE)


def test_the_manual_explains_every_signal() -> None:
    rows = re.findall(r"^\| (\S+) \| [^|]{10,} \|$", read("docs/manual.md"), re.MULTILINE)
    assert set(SIGNS.values()) <= set(rows)
    assert set(Signal) == set(
        re.findall(r"^\| [^\w|]+ \| `([\w-]+)` \|", read("docs/glossary.md"), re.MULTILINE)
    )


def test_env_example_has_the_settings_and_nothing_else() -> None:
    named = re.findall(r"^([A-Z_]+)=", read(".env.example"), re.MULTILINE)
    assert sorted(named) == SETTINGS
    commented = re.findall(r"^# .+\n([A-Z_]+)=", read(".env.example"), re.MULTILINE)
    assert sorted(commented) == SETTINGS


def test_env_example_has_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    example, default = Settings(_env_file=ROOT / ".env.example"), Settings(_env_file=None)
    example.programme = ROOT / example.programme  # relative to the file
    assert example == default


@pytest.mark.parametrize("setting", SETTINGS)
def test_every_setting_is_explained(setting: str) -> None:
    assert re.search(rf"\b{setting}\b", read("README.md") + read("docs/operating.md"))


@pytest.mark.parametrize("command", sorted(cli_commands()))
def test_every_command_of_the_command_line_is_described_with_its_options(command: str) -> None:
    described = {
        name: text for name, text in sections(read("docs/command-line.md")).items() if name[:1].islower()
    }
    section = described.get(command) or described[f"{command} FILE"]
    missing = {option for option in cli_commands()[command] if option not in section}
    assert not missing


def test_every_check_of_the_doctor_is_described() -> None:
    section, _, upgrade = sections(read("docs/command-line.md"))["doctor"].partition("**`--upgrade")
    assert re.findall(r"^\| `(\w+)` \|", upgrade, re.MULTILINE) == ["backup", *UPGRADE_NAMES]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == list(NAMES)


def test_every_decision_has_a_date_and_a_status() -> None:
    for file in (DOCS / "decisions").glob("0*.md"):
        status = " ".join(file.read_text(encoding="utf-8").split("\n\n")[1].split())
        assert re.fullmatch(
            r"\*\d{4}-\d\d-\d\d\. (In force(; superseded in part by .+)?|Superseded by .+)\.\*", status
        )


def test_the_manual_s_index_has_every_section() -> None:
    manual = read("docs/manual.md")
    headings = re.findall(r"^## (.+)$", manual, re.MULTILINE)
    listed = re.findall(r"^- \[(.+?)\]\(#", manual, re.MULTILINE)
    assert listed == [each for each in headings if each != "En una página"]


def test_every_decision_is_in_the_index() -> None:
    index = read("docs/decisions/README.md")
    for file in (DOCS / "decisions").glob("0*.md"):
        number, title = re.fullmatch(r"# (\d{4}): (.+)", file.read_text().splitlines()[0]).groups()  # type: ignore[union-attr]
        assert file.name.startswith(f"{number}-")
        assert f"| [{number}]({file.name}) | {title} |" in index


def identifiers() -> set[str]:
    """Return the names in the glossary: in each row the last column but one, without prefixes."""
    rows = re.findall(r"^\|.+\|$", read("docs/glossary.md"), re.MULTILINE)
    cells = [row.split("|")[-3] for row in rows]
    return {span.rpartition(".")[2] for cell in cells for span in _SPAN.findall(cell)}


def test_every_identifier_of_the_glossary_is_defined_in_the_code() -> None:
    assert len(identifiers()) > 100
    assert identifiers() - defined_names() == set()


def test_the_rules_list_who_may_do_what() -> None:
    described = {
        action: {role: reach for role, reach in zip(Role, reaches, strict=True) if reach}
        for action, *reaches in (
            [cell.strip() for cell in row.split("|")[1:-1]]
            for row in re.findall(r"^\|.+\|$", sections(read("docs/rules.md"))["Who may"], re.MULTILINE)[2:]
        )
    }
    assert described == {
        action.value: {role: reach.value for role, reach in reaches.items()}
        for action, reaches in RIGHTS.items()
    }


def test_the_rules_list_every_duty_and_whether_it_blocks() -> None:
    rows = re.findall(r"^\| `([\w-]+)` \| .+ \| (yes|no) \|$", read("docs/rules.md"), re.MULTILINE)
    assert rows == [(each.value, "yes" if each in BLOCKING else "no") for each in DutyKind]


def test_docstrings_link_to_headings_that_exist() -> None:
    links = {(name, anchor) for _, text in docstrings() for name, anchor in _TO_HEADING.findall(text)}
    assert len(links) > 10
    assert {link for link in links if link[1] not in anchors(ROOT / link[0])} == set()


@pytest.mark.parametrize("file", MARKDOWN, ids=lambda file: str(file.relative_to(ROOT)))
def test_lines_are_wrapped(file: Path) -> None:
    """Except tables, pictures and fenced blocks."""
    lines = _FENCE.sub("", file.read_text(encoding="utf-8")).splitlines()
    assert [line for line in lines if len(line) > WIDTH and not line.startswith(("|", "!["))] == []


@pytest.mark.parametrize("file", MARKDOWN, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_relative_link_leads_somewhere(file: Path) -> None:
    text = _SPAN.sub("", _FENCE.sub("", file.read_text(encoding="utf-8")))
    for link in _LINK.findall(text):
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        target = (file.parent / path).resolve() if path else file
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target), link


def anchors(file: Path) -> set[str]:
    """Return the headings' link names: lower case, no punctuation, hyphens for spaces."""
    headings = re.findall(r"^#+ (.+)$", _FENCE.sub("", file.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
