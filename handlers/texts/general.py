"""Texts that belong to no single conversation."""

from handlers.texts.escaping import Html

STRANGER = (
    "Este asistente es de uso interno. Si usted recibió una invitación, abra de nuevo su enlace; "
    "si ya no sirve, pida otra a Planeación."
)
PRIVATE_ONLY = "Eso lo vemos en privado: escríbame directamente, por favor."
TAPPED_ALREADY = "Ya recibí ese botón; espere un momento, por favor."
SET_ASIDE = (
    "Algo falló de nuestro lado al atender lo que envió. Está a salvo y Planeación ya fue avisada; "
    "no necesita enviarlo otra vez."
)
NOT_KEPT = (
    "No pude guardar lo que acaba de enviar, así que no quedó registrado. Envíelo otra vez, por favor; "
    "si vuelve a pasar, avise a Planeación."
)
NO_TURN = (
    "Recibí muchos mensajes suyos y todavía los estoy atendiendo; lo que acaba de enviar no quedó guardado. "
    "Envíelo otra vez cuando haya contestado los anteriores, por favor."
)
KEPT_WAITING = (
    "Recibí su mensaje, pero por el momento no puedo escribir en la base de datos. No se pierde: "
    "lo atiendo en cuanto se pueda; no necesita enviarlo otra vez."
)
NOTHING_AWAITED = (
    "Recibí su mensaje, pero no hay ninguna actividad abierta a la que pertenezca. Para registrar una, "
    "cuénteme en una frase qué se hizo."
)
ONLY_READS = (
    "Recibí su mensaje, pero su acceso es de consulta y no lo registré. Pregúnteme con sus palabras cómo "
    "va un "
    "área, qué falta o cuándo cierra el trimestre."
)
STALE_BUTTON = "Ese botón ya no está vigente. Siga con el mensaje más reciente."


def set_aside_notice(update_id: int) -> str:
    return (
        f"⚠️ Un mensaje (n.º {update_id}) falló tres veces y quedó apartado. Está a salvo; "
        "con /estado puede verlo y reintentarlo."
    )


def skipped_notice(count: int, named: str) -> Html:
    said = "Llegó un mensaje que no se pudo"
    if count > 1:
        said = Html("Llegaron {} mensajes que no se pudieron").format(count)
    return Html(
        "⚠️ {} guardar; se pasó de largo para que los demás sigan (n.º {}). "
        "Avise a quien administra el asistente: el detalle está en el registro del servidor."
    ).format(said, named[:200])


def unreachable(name: str) -> Html:
    return Html(
        "⚠️ No puedo escribirle a {}: bloqueó el chat o ya no existe. "
        "Cuando vuelva a escribirme, seguirá recibiendo sus mensajes."
    ).format(name)
