"""Which button answers a question, and what a card looks like."""

from handlers.texts.activities.fields import OPTIONAL
from tests.support.persistent_people.persistent_person import Fits, Way, says
from tests.support.persistent_people.work import Work

ANSWERS: tuple[Way, ...] = (
    (says("línea de acción"), "1 · "),
    (says("sigue pendiente?"), "Ninguno"),
    (says("Toque o escriba el número"), "1"),
    (says("¿Qué día fue?"), "Ayer"),
    *((says(field.question), field.none) for field in OPTIONAL),
    (says("¿Es parte de la"), "✅ Sí"),
)


def card(work: Work, *words: str) -> Fits:
    """Return the condition that a message is the work's filled card."""
    return says("Por registrar", work.named, *words)
