"""The public page: what is signed and nothing else, by HTTP and in a real browser."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from playwright.async_api import Browser
from sqlmodel import Session, col, select

from models.programme.view import programmes
from models.quarter import Quarter
from models.quarter_end.reopening import Reopen, reopen
from models.storage import database
from models.tables.activity import Activity, Entry
from models.tables.people import Membership, Person, Role
from models.tables.signature import Signature
from reports.texts import public_page as texts
from tests.support.browser import browser
from tests.support.database.first_quarter_rows import store_first_quarter
from tests.support.database.signed_quarter import known, signed, unit_of
from tests.support.phones.stage import Stage
from tests.support.phones.webhook import free_port

__all__ = ["browser"]

T1 = Quarter(2024, 1)
NOW = datetime(2024, 4, 10, 15, tzinfo=UTC)
SIGNED_AT = datetime(2024, 4, 2, 15, tzinfo=UTC)
DIRECTOR, PLANNING = 900, 901
SIGNER = "Directora Que Firma"
WRITER = "Persona Que Captura"
OBSERVED = "Se adelantó lo del año"  # typed by whoever signs; see tests.support.database.signed_quarter


def fill(session: Session) -> None:
    """Store the first quarter of all units, and the people who wrote and who sign."""
    store_first_quarter(session)
    session.add(Person(id=800, name=WRITER, telegram_id=800, joined_at=SIGNED_AT))
    session.flush()
    for activity in session.exec(select(Activity)).all():
        activity.registered_by = 800
    for number, name in ((DIRECTOR, SIGNER), (PLANNING, "Planeación Que Reabre")):
        session.add(Person(id=number, name=name, telegram_id=number, joined_at=SIGNED_AT))
    session.flush()
    session.add(Membership(person_id=PLANNING, role=Role.PLANNING, granted_at=SIGNED_AT))


def sign(session: Session, *keys: str) -> None:
    """Sign the quarter of these units by one director, whose unit changes."""
    for key in keys:
        unit = unit_of(session, key)
        post = Membership(person_id=DIRECTOR, unit_id=unit.id, role=Role.DIRECTOR, granted_at=SIGNED_AT)
        session.add(post)
        session.flush()
        signed(session, DIRECTOR, unit, T1, SIGNED_AT)
        post.ended_at = SIGNED_AT
        session.flush()


@asynccontextmanager
async def public(folder: Path, *keys: str) -> AsyncIterator[Stage]:
    chosen = {"port": free_port(), "public_page": True}
    async with Stage(folder, now=NOW, chosen=chosen) as stage:
        with database.transaction(stage.app.engine) as session:
            fill(session)
            sign(session, *keys)
        yield stage


def address(stage: Stage, path: str) -> str:
    assert stage.app.server is not None
    return f"http://127.0.0.1:{stage.app.server.port}{path}"


async def get(stage: Stage, path: str, **headers: str) -> tuple[int, bytes, Any]:
    async with (
        aiohttp.ClientSession(trust_env=False) as session,
        session.get(address(stage, path), headers=headers) as answer,
    ):
        return answer.status, await answer.read(), answer.headers


async def test_only_signed_units_are_public(tmp_path: Path) -> None:
    async with public(tmp_path, "juridica") as stage:
        status, index, _ = await get(stage, "/")
        assert status == 200 and b"/2024-T1" in index and b"/2024-T2" not in index
        status, page, _ = await get(stage, "/2024-T1")
        html = page.decode()
        assert status == 200 and "Dirección Jurídica" in html and SIGNER in html
        assert texts.PARTIAL in html
        for hidden in ("Transparencia", "Archivo", WRITER, "Planeación Que Reabre", OBSERVED):
            assert hidden not in html, hidden
        _, data, _ = await get(stage, "/2024-T1/data.json")
        assert [unit["key"] for unit in json.loads(data)["units"]] == ["juridica"]
        _, table, _ = await get(stage, "/2024-T1/data.csv")
        assert b"juridica" in table and b"transparencia" not in table
        for missing in (
            *("/2024-T2", "/2023-T4", "/2024-T5", "/nothing", "/2024-T1/../secret.key", "/avance.db"),
            *("/2024-T1/report.pdf", "/2024-T1/transparencia/data.csv"),
            "/2024-T1/transparencia/report.pdf",
        ):
            status, said, _ = await get(stage, missing)
            assert status == 404, missing
            assert texts.MISSING in said.decode()


async def test_the_figures_are_those_of_the_signature_whatever_is_done_later(tmp_path: Path) -> None:
    async with public(tmp_path, "juridica") as stage:
        before = (await get(stage, "/2024-T1"))[1]
        with database.transaction(stage.app.engine) as session:
            for entry in session.exec(select(Entry)).all():
                entry.quantity += 7
        await stage.stop_bot()
        await stage.start_bot()
        assert (await get(stage, "/2024-T1"))[1] == before


async def test_a_reopened_quarter_is_not_public_any_more(tmp_path: Path) -> None:
    async with public(tmp_path, "juridica") as stage:
        assert (await get(stage, "/2024-T1"))[0] == 200
        with database.transaction(stage.app.engine) as session:
            unit = unit_of(session)
            wanted = Reopen(unit_id=unit.id, quarter=T1.key, reason="Faltó un acta", until=NOW.date())
            planning = known(session, PLANNING)
            _reopen(session, wanted, planning)
        assert (await get(stage, "/2024-T1"))[0] == 404
        assert b"/2024-T1" not in (await get(stage, "/"))[1]


def _reopen(session: Session, wanted: Any, planning: Any) -> None:
    from models.storage import draft as draft_rows
    from models.storage.draft import Draft
    from models.tables.chat.draft import DraftKind

    draft = Draft(planning.person_id, PLANNING, DraftKind.REOPENING, said_at=NOW, touched_at=NOW)
    draft_rows.store(session, draft)
    reopen(session, draft, wanted, planning, NOW)


async def test_documents_name_nobody_but_signers(tmp_path: Path) -> None:
    from pypdf import PdfReader

    with_all = []
    async with public(tmp_path) as stage:
        with database.transaction(stage.app.engine) as session:
            with_all = [unit.key for unit in programmes(session).years[2024].units]
            sign(session, *with_all)
        status, whole, headers = await get(stage, "/2024-T1/report.pdf")
        assert status == 200 and whole.startswith(b"%PDF")
        assert headers["Content-Disposition"] == 'attachment; filename="informe-2024-T1.pdf"'
        (tmp_path / "whole.pdf").write_bytes(whole)
        said = "".join(page.extract_text() for page in PdfReader(tmp_path / "whole.pdf").pages)
        assert "Borrador" not in said and WRITER not in said
        assert (await get(stage, "/2024-T1/report.pdf"))[1] == whole
        for kind in ("data.json", "data.csv"):
            assert WRITER.encode() not in (await get(stage, f"/2024-T1/{kind}"))[1]
        assert texts.PARTIAL not in (await get(stage, "/2024-T1"))[1].decode()
        assert len((await get(stage, "/2024-T1"))[1].decode().split("<section")) == len(with_all) + 1


async def test_pages_are_cached_until_something_is_signed(tmp_path: Path) -> None:
    async with public(tmp_path, "juridica") as stage:
        _, page, headers = await get(stage, "/2024-T1")
        assert headers["Cache-Control"].startswith("public, max-age=")
        assert (await get(stage, "/2024-T1", **{"If-None-Match": headers["ETag"]}))[:2] == (304, b"")
        with database.transaction(stage.app.engine) as session:
            sign(session, "transparencia")
        status, later, _ = await get(stage, "/2024-T1", **{"If-None-Match": headers["ETag"]})
        assert status == 200 and later != page and "Transparencia" in later.decode()
        with database.reading(stage.app.engine) as session:
            assert len(session.exec(select(Signature).order_by(col(Signature.id))).all()) == 2


async def test_without_the_setting_there_is_no_page(tmp_path: Path) -> None:
    async with Stage(tmp_path, chosen={"port": free_port()}) as stage:
        assert (await get(stage, "/"))[0] == 404
        assert (await get(stage, "/health"))[0] == 200


@pytest.mark.browser
async def test_the_page_in_a_browser_without_scripts_on_a_telephone_and_a_desk(
    tmp_path: Path, browser: Browser
) -> None:
    async with public(tmp_path, "juridica", "transparencia") as stage:
        failed: list[str] = []
        for width, height in ((360, 740), (1280, 800)):
            context = await browser.new_context(
                java_script_enabled=False, viewport={"width": width, "height": height}
            )
            page = await context.new_page()
            page.on("requestfailed", lambda request: failed.append(request.url))
            page.on("console", lambda message: failed.append(message.text))
            await page.goto(address(stage, "/"))
            await page.get_by_role("link", name="1er trimestre 2024").click()
            assert await page.get_by_role("heading", level=1).inner_text() == "1er trimestre 2024"
            assert await page.get_by_role("table").count() == 2
            picture = await page.get_by_role("img").get_attribute("alt")
            assert picture is not None and picture.startswith("Gráfica de barras.")
            assert failed == []
            await context.close()
        await _check_access(browser, address(stage, "/2024-T1"))


async def _check_access(browser: Browser, url: str) -> None:
    """WCAG AA, as far as a program sees it: sizes, contrast, names, headings, no sideways scrolling."""
    page = await browser.new_page(viewport={"width": 320, "height": 700})
    await page.goto(url)
    found = await page.evaluate(LOOK)
    assert found["sideways"] <= 0, "no scrolling in two directions at 320 pixels (1.4.10)"
    assert found["pale"] == [], "contrast 4.5:1 (1.4.3)"
    assert found["small"] == [], "targets of at least 24 pixels (2.5.8)"
    assert found["lang"] == "es-MX"
    assert found["levels"][0] == 1
    assert all(
        later - before <= 1 for before, later in zip(found["levels"], found["levels"][1:], strict=False)
    )
    names = found["links"]
    assert len(names) == len(set(names)), "links of different targets have different names (2.4.4)"
    await page.close()


LOOK = """() => {
  const light = colour => {
    const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map(each => {
      const share = each / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = node => {
    for (let each = node; each; each = each.parentElement) {
      const colour = getComputedStyle(each).backgroundColor;
      if (!colour.startsWith("rgba(0, 0, 0, 0")) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const texts = [...document.querySelectorAll("body *")].filter(
    node => [...node.childNodes].some(child => child.nodeType === 3 && child.data.trim()));
  const pale = texts.filter(node => {
    const [a, b] = [light(getComputedStyle(node).color), light(ground(node))];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5;
  }).map(node => node.textContent.trim());
  const links = [...document.querySelectorAll("main a")];
  return {
    sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    pale,
    small: links.filter(node => node.getBoundingClientRect().height < 24).map(node => node.textContent),
    lang: document.documentElement.lang,
    levels: [...document.querySelectorAll("h1,h2,h3,h4")].map(node => Number(node.tagName[1])),
    links: links.map(node => node.textContent.trim()),
  };
}"""
