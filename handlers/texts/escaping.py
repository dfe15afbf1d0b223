"""How names, titles and what people wrote are put into a sentence of ours."""

import html

from models.clean_text import beside_other_text


def escape(text: str) -> str:
    """The text as HTML that shows it as it is, and moves nothing that stands beside it.

    A whole sentence that has such texts in it needs `html.escape` alone.
    """
    return html.escape(beside_other_text(text))
