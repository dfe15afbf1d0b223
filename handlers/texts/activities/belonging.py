"""Texts of the question which activity a text or a file belongs to."""

from handlers.texts.activities import evidence as evidence_texts
from handlers.texts.activities.capture import excerpt
from handlers.texts.escaping import Html
from models.evidence.attachment import Gathered
from models.tables.activity import Activity
from models.tables.evidence import EvidenceKind

YES = "✅ Sí, es parte"
NO = "🆕 No, es otra actividad"
NEW = "🆕 De una actividad nueva"
NOTHING_LEFT = "De lo que envió no quedó ningún archivo. Envíe otro, o toque ✖️ Cancelar."
GOES_ON_BELOW = "⤵️ Esta captura sigue más abajo."
PARENT_CLOSED = (
    "La anterior ya no está abierta, así que esta se captura aparte. "
    "Si quería añadírsela, corríjala desde /actividades."
)


def is_it_part(part: str, parent: str, evidence: Gathered) -> Html:
    """Return the question whether a text belongs to the card before it."""
    files = Html("\n📎 {}").format(evidence_texts.gathered(evidence)) if evidence else ""
    asked = (
        Html("¿Es parte de la anterior?\n<i>«{}»</i>").format(excerpt(parent))
        if parent
        else "¿Es parte de la captura que tiene abierta?"
    )
    return Html("📝 «{}»{}\n\n{}").format(excerpt(part), files, asked)


def whose_file(evidence: Gathered) -> Html:
    """Return the question which activity a file without words belongs to."""
    if not evidence:
        return Html("📎 {}").format(NOTHING_LEFT)
    if set(+evidence.counts) == {EvidenceKind.VOICE}:
        return _voice(evidence)
    one = sum(evidence.counts.values()) == 1
    return Html("📎 Recibí {}.\n\n¿De qué actividad {}? Toque una, o escríbame qué se hizo.").format(
        evidence_texts.gathered(evidence), "es" if one else "son"
    )


def _voice(evidence: Gathered) -> Html:
    """Return the question for a voice note: its audio is kept, and one line of text is asked for."""
    files = evidence_texts.gathered(evidence)
    return Html(
        "🎤 Recibí {}: se guarda como evidencia, pero no la convierto en texto.\n\n"
        "<b>Escríbame en una línea qué se hizo</b>, o toque la actividad de la que es."
    ).format(files)


def card_choice(narrative: str | None) -> str:
    return f"📝 {excerpt(narrative, 40)}" if narrative else "📝 La captura que tengo a medias"


def activity_choice(activity: Activity) -> str:
    return f"n.º {activity.id} · {excerpt(activity.narrative, 36)}"


def added(activity_id: int, evidence: Gathered) -> str:
    """Return that the files were added to the registered activity."""
    files = evidence_texts.gathered(evidence)
    return f"📎 {files}: ya es evidencia de la n.º {activity_id}. /actividad_{activity_id}"


def added_to(activity_id: int) -> str:
    """Return that a file sent as a reply was added to the registered activity."""
    return f"📎 Recibida: es evidencia de la n.º {activity_id}. /actividad_{activity_id}"
