"""Texts about answers that Telegram refused."""

from handlers.texts.escaping import Html

CUT = "… No cabe completo en un mensaje. Pida una parte: por ejemplo, una sola unidad o línea."
BUTTONS_CUT = "No caben todos los botones. Pida una parte: por ejemplo, una sola unidad o línea."
NOT_SHOWN = (
    "No pude mostrarle una respuesta. Pídala de nuevo, por favor; si vuelve a pasar, avise a Planeación."
)
NOTICE_NOT_SHOWN = "No pude mostrarle un aviso. Con /pendientes ve lo que hay por hacer."
FILE_NOT_SENT = (
    "No pude enviarle un archivo. Pídalo de nuevo, por favor; si vuelve a pasar, avise a Planeación."
)
SENTENCES = frozenset({NOT_SHOWN, NOTICE_NOT_SHOWN, FILE_NOT_SENT})
A_GROUP = "un grupo"


def notice(whose: str) -> Html:
    return Html(
        "⚠️ Un mensaje para {} no se pudo entregar y quedó apartado. "
        "Con /estado puede verlo y volver a enviarlo."
    ).format(whose)
