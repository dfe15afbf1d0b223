"""Texts of the practice card in help."""

from handlers.texts.escaping import Html

REGISTER = "✅ Registrar (de práctica)"
DONE_SHORT = "Fue una práctica: no se registró nada."
DONE = Html(
    "🧪 <b>Así de fácil</b>: un mensaje y un toque. Fue una práctica, no se registró nada.\n"
    "Ahora escríbame algo que sí se haya hecho; si tiene foto, envíela con el texto al pie."
)


def card(example: str, shown: str) -> str:
    """Return the example and the card that it becomes, as HTML; `shown` is HTML."""
    head = Html("🧪 <b>Práctica: aquí nada se registra.</b>\nUsted escribe «{}», y yo le muestro:").format(
        example
    )
    return "\n\n".join([head, shown])
