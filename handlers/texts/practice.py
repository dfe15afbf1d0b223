"""Texts of the practice card in help."""

from handlers.texts.escaping import Html

REGISTER = "✅ Registrar (de práctica)"
DONE_SHORT = "Fue una práctica: no se registró nada."
DONE = Html(
    "🧪 <b>Así de fácil</b>: un mensaje y un toque. Fue una práctica, no se registró nada.\n"
    "Ahora escríbame algo que sí se haya hecho; si tiene foto, envíela con el texto al pie."
)


def card(example: str, shown: str) -> Html:
    """Return the example and the card that it becomes; `shown` is HTML."""
    return Html(
        "🧪 <b>Práctica: aquí nada se registra.</b>\nUsted escribe «{}», y yo le muestro:\n\n{}"
    ).format(example, Html(shown))
