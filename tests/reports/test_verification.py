"""The seal: a report's file and a folder are enough to tell which evidence was altered or is missing."""

import hashlib
import json
import os
import random
import re
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
import typst
from pypdf import PdfReader, PdfWriter

from bot.storage.store import Store
from reports import annex_reading, excel, open_data, pdf, verification, word
from reports.annex_reading import NoAnnex
from reports.quarterly.content import Report, SealedFile, SignaturePart
from reports.texts import headings
from reports.verification import Verdict, Wrong, verify
from tests.reports.samples.replayed import EVIDENCE, MOMENT, replayed, sha256_of, with_unit
from tests.reports.samples.signed_quarter import signed_unit
from tests.support.waiting import PATIENCE

ROOT = Path(__file__).parents[2]
SIGNED = sha256_of(b"what was signed")
ACTA, OFICIO, LISTA = map(sha256_of, EVIDENCE.values())


def signed() -> Report:
    return with_unit(replayed(), 5, signature=SignaturePart("Roberto", None, MOMENT, SIGNED))


def rows_of(report: Report) -> list[tuple[str, ...]]:
    return [
        (
            each.unit,
            str(each.line),
            str(each.activity),
            each.name or each.kind,
            each.sha256 or headings.NO_FILE,
        )
        for each in report.seal.files
    ]


def as_word(report: Report, more: int = 0) -> bytes:
    """Return an annex in Word with its heading after a table of contents, and tables for the files.

    It states `more` files than it lists.
    """
    written = docx.Document()
    for text in (headings.ANNEX, "45", SIGNED, headings.ANNEX, headings.FILES):
        written.add_paragraph(text)
    rows = rows_of(report)
    missing = sum(row[-1] == headings.NO_FILE for row in rows)
    written.add_paragraph(headings.counted_files(len(rows) + more, missing))
    table = written.add_table(rows=1, cols=5)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    written.add_paragraph(headings.SIGNATURES)
    for unit in report.units:
        if unit.signature:
            written.add_paragraph(f"{unit.name}: {unit.signature.sha256}")
    written.add_paragraph(headings.CHAIN)
    written.add_paragraph(f"{report.seal.entries} asientos, {report.seal.head}")
    content = BytesIO()
    written.save(content)
    return content.getvalue()


def as_pdf(report: Report, more: int = 0) -> bytes:
    """Return the same as PDF, with a running header and a page between the files."""
    rows = rows_of(report)
    lines = [headings.ANNEX, "45", SIGNED, "#pagebreak()", headings.ANNEX, headings.FILES]
    missing = sum(row[-1] == headings.NO_FILE for row in rows)
    lines.append(headings.counted_files(len(rows) + more, missing))
    for row in rows:
        lines += [" · ".join(row[:-2]), row[-2], row[-1], "#pagebreak()"]
    lines.append(headings.SIGNATURES)
    lines += [f"{unit.name} {unit.signature.sha256}" for unit in report.units if unit.signature]
    lines += [headings.CHAIN, f"{report.seal.entries} asientos, {report.seal.head}"]
    source = '#set page(header: [Informe])\n#set text(size: 8pt, font: "DejaVu Sans Mono")\n' + "\n\n".join(
        lines
    )
    return bytes(typst.compile(source.encode()))


def really_as_pdf(report: Report) -> bytes:
    return pdf.render(report, lambda sha256: Path("no pictures") / sha256)


def really_as_word(report: Report) -> bytes:
    return word.render(report, lambda sha256: Path("no pictures") / sha256)


# What ends a key is the format. Those of our own hand are stricter: names on lines of their own, page breaks.
FORMATS: dict[str, Callable[[Report], bytes]] = {
    "strict.docx": as_word,
    "strict.pdf": as_pdf,
    "docx": really_as_word,
    "pdf": really_as_pdf,
    "xlsx": excel.render,
    "json": open_data.as_json,
}


@pytest.fixture(params=FORMATS)
def report_file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The signed report in each format, under a name that does not tell which."""
    file = tmp_path / "informe"
    file.write_bytes(FORMATS[request.param](signed()))
    return file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the files under other names, one in a subfolder."""
    place = tmp_path / "received"
    (place / "more").mkdir(parents=True)
    for number, content in enumerate(EVIDENCE.values()):
        (place / ("more" if number == 1 else ".") / f"IMG_{number}.bin").write_bytes(content)
    return place


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """The bot's own folder, with one file that is not in the report."""
    store = Store(tmp_path / "evidence")
    for content in [*EVIDENCE.values(), b"of another quarter"]:
        with store.arriving() as arriving:
            arriving.write(content)
            store.keep(arriving, MOMENT)
    return store


def wrong(verdict: Verdict) -> list[tuple[Wrong, str]]:
    return [(each.wrong, each.sha256) for each in verdict.mismatches]


def said(what: str, name: str, place: str) -> bool:
    """Return the name in a finding; open data have no names, only the place."""
    return name in what or what.startswith(place)


def test_unaltered_files_under_any_names_are_verified(report_file: Path, folder: Path) -> None:
    verdict = verify(report_file, folder)
    assert verdict.well and (verdict.listed, verdict.matched) == (3, 3)
    assert verdict.annex.signatures == (SIGNED,)
    assert verdict.annex.head == replayed().seal.head
    (missing,) = verdict.without_hash
    assert missing.sha256 is None and said(missing.what, "perdida.jpg", "Unidad de Transparencia · 1 · 2")


def test_unaltered_files_in_the_bots_folder_are_verified(report_file: Path, store: Store) -> None:
    assert verify(report_file, store.folder).well


@pytest.mark.parametrize("kind", FORMATS)
def test_a_report_with_the_former_name_of_the_chain_is_read(
    kind: str, tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:  # a constant, as it was
        patch.setattr(headings, "CHAIN", headings.FORMER_CHAIN)
        (tmp_path / "informe").write_bytes(FORMATS[kind](signed()))
    assert verify(tmp_path / "informe", store.folder).well


def test_each_format_is_recognized(tmp_path: Path) -> None:
    for name, render in FORMATS.items():
        (tmp_path / "file").write_bytes(render(signed()))
        assert annex_reading.read(tmp_path / "file").format == name.split(".")[-1]


def test_a_missing_file_is_named(report_file: Path, folder: Path) -> None:
    (folder / "more" / "IMG_1.bin").unlink()
    verdict = verify(report_file, folder)
    assert wrong(verdict) == [(Wrong.MISSING, OFICIO)] and verdict.matched == 2
    (mismatch,) = verdict.mismatches
    assert said(mismatch.what, "oficio 12.pdf", "Unidad de Apoyo Administrativo · 3 · 1")
    assert mismatch.path is None


def test_an_altered_file_of_the_store_is_named_with_what_it_is_now(report_file: Path, store: Store) -> None:
    store.path(ACTA).write_bytes(b"forged")
    verdict = verify(report_file, store.folder)
    assert wrong(verdict) == [(Wrong.ALTERED, ACTA)]
    (mismatch,) = verdict.mismatches
    assert (mismatch.path, mismatch.found_sha256) == (store.path(ACTA), sha256_of(b"forged"))


def test_an_altered_file_is_named_although_an_unaltered_copy_exists(report_file: Path, store: Store) -> None:
    store.path(ACTA).write_bytes(b"forged")
    (store.folder / "copy").write_bytes(EVIDENCE["acta.pdf"])
    assert wrong(verify(report_file, store.folder)) == [(Wrong.ALTERED, ACTA)]


def test_a_file_under_its_own_name_with_another_content_is_altered_not_missing(
    report_file: Path, folder: Path
) -> None:
    (folder / "IMG_0.bin").unlink()
    (folder / "acta.pdf").write_bytes(b"forged")
    named = annex_reading.read(report_file).format != "json"  # which names no files
    verdict = verify(report_file, folder)
    assert wrong(verdict) == [(Wrong.ALTERED if named else Wrong.MISSING, ACTA)]
    assert verdict.mismatches[0].path == (folder / "acta.pdf" if named else None)


def test_a_file_called_after_its_hash_may_have_an_ending(report_file: Path, folder: Path) -> None:
    (folder / "IMG_0.bin").unlink()
    (folder / f"{ACTA}.pdf").write_bytes(b"forged")
    assert wrong(verify(report_file, folder)) == [(Wrong.ALTERED, ACTA)]


def test_two_altered_files_exchanged_for_each_other_are_both_named(report_file: Path, store: Store) -> None:
    one, other = store.path(ACTA), store.path(OFICIO)
    held = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(held)
    assert wrong(verify(report_file, store.folder)) == [(Wrong.ALTERED, ACTA), (Wrong.ALTERED, OFICIO)]


@pytest.mark.parametrize(
    "name", [headings.FILES, headings.SIGNATURES, headings.CHAIN, headings.ANNEX, f"{'0' * 64}.pdf"]
)
@pytest.mark.parametrize("kind", FORMATS)
def test_a_file_named_like_a_heading_hides_no_other(
    kind: str, name: str, tmp_path: Path, folder: Path
) -> None:
    first, second, *others = signed().seal.files
    files = (first, replace(second, name=name), *others)
    report = replace(signed(), seal=replace(signed().seal, files=files))
    (tmp_path / "informe").write_bytes(FORMATS[kind](report))
    (folder / "IMG_2.bin").unlink()
    verdict = verify(tmp_path / "informe", folder)
    assert wrong(verdict) == [(Wrong.MISSING, LISTA)] and verdict.listed == 3


@pytest.mark.parametrize("kind", ["strict.docx", "xlsx", "json"])
def test_a_file_named_like_another_hash_is_distinguished_from_it(
    kind: str, tmp_path: Path, folder: Path
) -> None:
    first, *others = signed().seal.files
    report = replace(signed(), seal=replace(signed().seal, files=(replace(first, name="0" * 64), *others)))
    (tmp_path / "informe").write_bytes(FORMATS[kind](report))
    assert verify(tmp_path / "informe", folder).well


def test_in_a_pdf_a_file_named_like_a_hash_is_reported(tmp_path: Path, folder: Path) -> None:
    first, *others = signed().seal.files
    report = replace(signed(), seal=replace(signed().seal, files=(replace(first, name="0" * 64), *others)))
    (tmp_path / "informe").write_bytes(as_pdf(report))
    assert not verify(tmp_path / "informe", folder).well


def test_the_same_content_twice_counts_once(tmp_path: Path, folder: Path) -> None:
    again = replace(signed().seal.files[0], activity=99)
    report = replace(signed(), seal=replace(signed().seal, files=(*signed().seal.files, again)))
    (tmp_path / "informe").write_bytes(as_word(report))
    verdict = verify(tmp_path / "informe", folder)
    assert verdict.well and verdict.listed == 3


def without_a_page(report: Report) -> bytes:
    """A PDF report with many files in its annex, from which a page was removed."""
    files = tuple(replace(each, activity=number) for each in report.seal.files for number in range(60))
    reader = PdfReader(BytesIO(really_as_pdf(replace(report, seal=replace(report.seal, files=files)))))
    texts = [page.extract_text() for page in reader.pages]
    taken = next(
        place for place, text in enumerate(texts) if text.count(ACTA) > 3 and headings.FILES not in text
    )
    writer = PdfWriter()
    for place, page in enumerate(reader.pages):
        if place != taken:
            writer.add_page(page)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "render",
    [partial(as_word, more=1), partial(as_pdf, more=1), without_a_page],
    ids=["strict.docx", "strict.pdf", "pdf"],
)
def test_an_annex_with_fewer_files_than_it_says_is_reported(
    render: Callable[[Report], bytes], tmp_path: Path, folder: Path
) -> None:
    (tmp_path / "informe").write_bytes(render(signed()))
    verdict = verify(tmp_path / "informe", folder)
    assert not verdict.mismatches and not verdict.well


def test_a_report_without_evidence_is_verified(tmp_path: Path) -> None:
    report = replace(replayed(), seal=replace(replayed().seal, files=()))
    for name, render in FORMATS.items():
        (tmp_path / name).write_bytes(render(report))
        verdict = verify(tmp_path / name, tmp_path)
        assert verdict.well and verdict.listed == 0


def no_reports() -> dict[str, bytes]:
    word, book = BytesIO(), BytesIO()
    written = docx.Document()
    written.add_paragraph(f"{headings.ANNEX} es otra cosa")
    written.save(word)
    openpyxl.Workbook().save(book)
    return {
        "empty": b"",
        "text": b"Informe trimestral",
        "photo": b"\xff\xd8\xff\xe0",
        "word": word.getvalue(),
        "workbook": book.getvalue(),
        "json": b'{"units": []}',
        "pdf": bytes(typst.compile(b"Sin anexo")),
        "cut pdf": as_pdf(signed())[:3000],
        "cut word": as_word(signed())[:3000],
        "cut json": open_data.as_json(signed())[:3000],
        "wrong json": b'{"seal": {"files": [{"sha256": "no"}]}, "units": []}',
    }


@pytest.mark.parametrize("name", no_reports())
def test_a_file_that_is_no_report_is_refused_in_one_sentence(name: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(no_reports()[name])
    with pytest.raises(NoAnnex, match=r"^it(s| is| has) "):
        verify(tmp_path / "file", tmp_path)


def test_pipes_and_dangling_links_are_skipped(report_file: Path, folder: Path) -> None:
    os.mkfifo(folder / "a-pipe")  # reading it would wait for ever
    (folder / "link").symlink_to(folder / "gone")
    (folder / "IMG_0.bin").rename(folder.parent / "elsewhere")
    (folder / "IMG_0.bin").symlink_to(folder.parent / "elsewhere")
    assert verify(report_file, folder).well


def test_large_files_are_read_in_chunks(tmp_path: Path) -> None:
    with (tmp_path / "video").open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    tracemalloc.start()
    assert len(verification.digest(tmp_path / "video")) == 64
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2 * 1024 * 1024


def test_many_files_are_matched(tmp_path: Path) -> None:
    chance = random.Random(5)
    contents = [chance.randbytes(50) for _ in range(300)]
    files = tuple(
        SealedFile("Dirección Jurídica", 1, number, "photo", None, 50, hashlib.sha256(each).hexdigest())
        for number, each in enumerate(contents)
    )
    report = replace(signed(), seal=replace(signed().seal, files=files))
    (tmp_path / "files").mkdir()
    gone = set(chance.sample(range(300), 40))
    for number, content in enumerate(contents):
        if number not in gone:
            (tmp_path / "files" / f"{number}.jpg").write_bytes(content)
    for name, render in FORMATS.items():
        (tmp_path / name).write_bytes(render(report))
        verdict = verify(tmp_path / name, tmp_path / "files")
        assert {each.sha256 for each in verdict.mismatches} == {files[number].sha256 for number in gone}


class Shell:
    """Runs `python -m bot report verify` without a database and with invalid settings."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": "nonsense",
            "PORT": "nonsense",
            "DATA_DIR": str(folder / "data"),
        }

    def run(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "bot", "report", "verify", *map(str, arguments)],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        assert not (self.folder / "data").exists()
        return done


@pytest.mark.parametrize("kind", [each for each in FORMATS if each != "strict.pdf"])
def test_the_command_needs_no_database_and_no_settings(kind: str, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "informe").write_bytes(FORMATS[kind](signed()))
    done = Shell(tmp_path).run("informe", "--evidence", folder)
    assert (done.returncode, done.stderr) == (0, "")
    first, *_, last = done.stdout.splitlines()
    assert first.endswith(": 3 files of evidence listed, 3 match")
    assert last == f"audit chain head: {replayed().seal.head}"
    assert re.search(r"^without a hash: .*(perdida\.jpg|photo)", done.stdout, re.MULTILINE)


def test_a_pdf_that_was_exported_or_made_elsewhere_is_not_sealed(tmp_path: Path, folder: Path) -> None:
    for name, content in (("a.pdf", as_pdf(signed())), ("b.pdf", bytes(typst.compile(b"Sin anexo")))):
        (tmp_path / name).write_bytes(content)
        done = Shell(tmp_path).run(name, "--evidence", folder)
        assert done.returncode == 1
        assert done.stderr.startswith(f"error: {name} is not sealed: it was exported from the Word file")


def test_a_sealed_pdf_and_what_is_held_against_it_need_no_database(tmp_path: Path) -> None:
    report, album = signed_unit()
    (tmp_path / "informe.pdf").write_bytes(pdf.render(report, album.place))
    (tmp_path / "datos.csv").write_bytes(open_data.as_csv(report))
    (tmp_path / "datos.json").write_bytes(open_data.as_json(report))
    (tmp_path / "avance.xlsx").write_bytes(excel.render(report))
    (tmp_path / "informe.docx").write_bytes(word.render(report, album.place))
    shell = Shell(tmp_path)
    done = shell.run("informe.pdf")
    assert (done.returncode, done.stderr) == (0, "")
    assert "held against what was signed, attached to it: as it was signed" in done.stdout
    assert f"code: {report.code}" in done.stdout
    for name in ("datos.csv", "datos.json", "avance.xlsx", "informe.docx"):
        done = shell.run(name, "--sealed", "informe.pdf")
        assert (done.returncode, done.stderr) == (0, ""), name
        assert "held against what was signed: as it was signed" in done.stdout
    altered = open_data.as_csv(report).replace(b",juridica,", b",jurado,", 1)
    (tmp_path / "datos.csv").write_bytes(altered)
    done = shell.run("datos.csv", "--sealed", "informe.pdf")
    assert done.returncode == 1 and "altered: table, row" in done.stdout
    said = json.loads(shell.run("datos.csv", "--sealed", "informe.pdf", "--json").stdout)
    assert (said["well"], said["sealed"], len(said["altered"])) == (False, True, 1)


def test_the_command_names_files_that_do_not_match(tmp_path: Path, store: Store) -> None:
    (tmp_path / "informe.docx").write_bytes(as_word(signed()))
    store.path(ACTA).write_bytes(b"forged")
    store.path(LISTA).unlink()
    shell = Shell(tmp_path)
    done = shell.run(tmp_path / "informe.docx", "--evidence", store.folder)
    assert done.returncode == 1
    assert f"altered: {ACTA} (Unidad de Apoyo Administrativo · 3 · 1 · acta.pdf)" in done.stdout
    assert f"missing: {LISTA} (Unidad de Transparencia · 1 · 2 · lista.xlsx)" in done.stdout
    assert done.stderr == "error: 2 of 3 files of evidence do not match\n"
    said: Any = json.loads(shell.run("informe.docx", "--evidence", "evidence", "--json").stdout)
    assert (said["well"], said["whole"], said["listed"], said["matched"]) == (False, True, 3, 1)
    assert [each["wrong"] for each in said["mismatches"]] == ["altered", "missing"]
    assert said["mismatches"][0]["found_sha256"] == sha256_of(b"forged")
    assert (said["signatures"], said["chain_head"]) == ([SIGNED], replayed().seal.head)


def test_an_unverifiable_file_is_one_line_and_exit_code_2(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no report")
    shell = Shell(tmp_path)
    done = shell.run("notes.txt", "--evidence", ".")
    assert done.returncode == 2
    assert done.stderr == "error: notes.txt cannot be verified: it is no report in Word, PDF, Excel or JSON\n"
    assert shell.run("gone.pdf", "--evidence", ".").stderr == (
        "error: gone.pdf cannot be read: No such file or directory\n"
    )
    done = shell.run("notes.txt", "--evidence", "nowhere")
    assert done.returncode == 2 and "nowhere is no folder" in done.stderr


def test_a_file_name_cannot_control_the_terminal(tmp_path: Path) -> None:
    first, *others = signed().seal.files
    files = (replace(first, name="\u202e\x9b2Jacta.pdf"), *others)
    report = replace(signed(), seal=replace(signed().seal, files=files))
    (tmp_path / "informe").write_bytes(excel.render(report))
    done = Shell(tmp_path).run("informe", "--evidence", ".")
    assert done.returncode == 1 and "��2Jacta.pdf" in done.stdout


def test_reading_a_seal_loads_nothing_of_the_bot_or_the_database() -> None:
    code = (
        "import sys; import reports.verification;"
        "print([each for each in ('sqlalchemy', 'bot', 'telegram') if each in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
