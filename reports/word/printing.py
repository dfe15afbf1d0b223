"""How a template's tags become Word's markup: every text is data, whatever it looks like."""

from datetime import date
from typing import Any

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from models.clean_text import isolated
from reports.legible import legible

IN_MARGIN = 110  # characters of a text that is repeated on every page


def environment() -> ImmutableSandboxedEnvironment:
    """In which the templates' tags are filled in. A template may be sent around: it can only read."""
    made = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=printed)
    made.filters = {"date": printed_date, "brief": brief, "length": len}
    made.globals = {}
    return made


def printed(value: object) -> Markup:
    """The text as Word's markup, isolated where it would move what stands beside it.

    Braces become entities: docxtpl reads `{_{` in a finished text as an escape of its own.
    """
    if value is None:
        return Markup("")
    if hasattr(value, "__html__"):
        return Markup(value.__html__())
    text = str(escape(isolated(legible(str(value)))))
    return Markup(text.replace("{", "&#123;").replace("}", "&#125;"))


def attribute(text: str) -> str:
    """The text within an attribute's quotation marks."""
    return printed(" ".join(text.split()))


def printed_date(on: date) -> str:
    """«31/12/2024», as the agency's report has it."""
    return f"{on:%d/%m/%Y}"


def brief(text: Any) -> str:
    """A text for the page's margin, shortened where it would fill the page."""
    text = " ".join(str(text or "").split())
    return text if len(text) <= IN_MARGIN else f"{text[: IN_MARGIN - 1].rstrip()}…"
