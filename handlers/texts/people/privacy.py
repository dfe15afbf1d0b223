"""Texts of the privacy notice and of what is stored about a person."""

from datetime import datetime

from handlers.texts.escaping import Html
from models.people.privacy import PrivacyNotice
from spanish.writing import days

MENU = "Leer el aviso de privacidad"
MENU_DATA = "Recibir lo que se guarda sobre usted"
ACCEPT = "✅ Lo leí y lo acepto"
ACCEPTED = "Gracias, quedó anotado."
NONE = (
    "🔏 Su institución todavía no puso aquí su aviso de privacidad; pídalo a Planeación. Con /misdatos "
    "recibe lo que guardo sobre usted."
)
FILE = "mis-datos.txt"


def notice(shown: PrivacyNotice) -> Html:
    return Html("🔏 <b>Aviso de privacidad</b> · versión {}\n\n{}").format(shown.version, shown.text)


def state(shown: PrivacyNotice, accepted_at: datetime | None) -> Html:
    """Return whether the person accepted it; `accepted_at` is local."""
    if accepted_at is None:
        return Html(
            "<i>Puede leerlo cuando quiera con /privacidad; con /misdatos recibe lo que se guarda.</i>"
        )
    return Html("<i>Usted lo aceptó el {} a las {:%H:%M}.</i>").format(
        days.day(accepted_at.date()), accepted_at
    )


def accepted(version: str) -> Html:
    return Html("✅ Aceptó el aviso de privacidad, versión {}. Con /privacidad lo lee otra vez.").format(
        version
    )


def sent(rows: int) -> str:
    """Return the caption of the file with a person's data."""
    return (
        f"📁 Esto es lo que se guarda sobre usted: {rows} registros. Si su nombre está mal escrito, o quiere "
        "que se borren su nombre y su cuenta, pídalo a Planeación."
    )
