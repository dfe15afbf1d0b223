"""Texts after a message was edited in Telegram."""

NOT_FOLLOWED = (
    "Vi que cambió un mensaje, pero con él no se llenó ninguna captura abierta. "
    "Para cambiar un dato, toque su botón en la captura."
)


def offered(activity_id: int) -> str:
    return f"✏️ Cambió el mensaje de la n.º {activity_id}. ¿La corrijo así?"
