"""Why not, and the way out: one sentence for each reason that a `Rejected` can carry."""

from models.errors import Rejected

SENTENCES = {
    "not_allowed": "Eso no está disponible para su función. Con /ayuda ve lo que sí puede hacer.",
    "stale_button": "Ese botón ya no está vigente. Siga con el mensaje más reciente.",
    "not_yours": "Esa captura es de otra persona; usted puede empezar la suya con /registrar.",
}


def sentence(refusal: Rejected) -> str:
    """The sentence for that reason with its facts filled in (plain text: the facts are not HTML)."""
    return SENTENCES[refusal.reason].format(**refusal.facts)
