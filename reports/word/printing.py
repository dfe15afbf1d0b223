"""How values become Word's markup in a template: every text is data and is escaped."""

from datetime import date
from typing import Any

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from models.clean_text import isolated
from reports.legible import legible

IN_MARGIN = 110  # characters of a text in the header or footer


def environment() -> ImmutableSandboxedEnvironment:
    """Return the Jinja environment for templates; sandboxed, since a template may come from others."""
    made = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=printed)
    made.filters = {"date": printed_date, "brief": brief, "length": len}
    made.globals = {}
    return made


def printed(value: object) -> Markup:
    """Return the text as Word's markup, with right-to-left text isolated.

    Braces become entities, since docxtpl reads `{_{` in a finished text as its own escape.
    """
    if value is None:
        return Markup("")
    if hasattr(value, "__html__"):
        return Markup(value.__html__())
    text = str(escape(isolated(legible(str(value)))))
    return Markup(text.replace("{", "&#123;").replace("}", "&#125;"))


def attribute(text: str) -> str:
    """Return the text for an attribute in quotation marks."""
    return printed(" ".join(text.split()))


def printed_date(on: date) -> str:
    """Return «31/12/2024», as in the agency's report."""
    return f"{on:%d/%m/%Y}"


def brief(text: Any) -> str:
    """Return a text for the header or footer, shortened to `IN_MARGIN` characters."""
    text = " ".join(str(text or "").split())
    return text if len(text) <= IN_MARGIN else f"{text[: IN_MARGIN - 1].rstrip()}…"
