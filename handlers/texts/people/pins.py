"""Texts about PINs: asked for, set, changed, locked, forgotten."""

from datetime import datetime

from handlers.texts.escaping import Html
from models.people.pin import ASKED_FOR, LENGTH, TRIES

MENU = "Poner o cambiar el PIN con que confirma"
CANCEL = "✖️ Cancelar"
FORGOTTEN = "❓ Olvidé mi PIN"
SEE_PERSON = "👤 Ver a la persona"

_MINUTES = int(ASKED_FOR.total_seconds() // 60)
ENTER = f"🔒 Escriba su PIN de {LENGTH} cifras. Lo borro del chat en cuanto llega."
ENTER_TO_CHANGE = (
    f"🔒 Para cambiarlo, escriba primero su PIN de ahora, de {LENGTH} cifras. Lo borro del chat."
)
NEW_AT_JOINING = (
    f"🔒 Elija ahora un PIN de {LENGTH} cifras y escríbalo aquí: se lo pediré para firmar y para "
    "otros cambios "
    "importantes. Lo borro del chat en cuanto llega."
)
NEW_FOR_ACT = (
    f"🔒 Esto se confirma con un PIN y usted todavía no tiene. Elija uno de {LENGTH} cifras y "
    "escríbalo aquí. "
    "Lo borro del chat en cuanto llega."
)
NEW = f"🔒 Escriba el PIN nuevo, de {LENGTH} cifras. Lo borro del chat en cuanto llega."
AGAIN = "🔒 Escríbalo otra vez, igual."
DIFFERENT = f"Los dos no son iguales, así que no guardé ninguno. Escriba otra vez el PIN de {LENGTH} cifras."
SET = "✅ Su PIN quedó guardado. Cámbielo cuando quiera con /pin"
RIGHT = "🔓 PIN correcto. El resultado está arriba, en el mensaje donde tocó el botón."
RIGHT_ONLY = "🔓 PIN correcto."
CANCELLED = "✖️ No se pidió más el PIN; no se cambió nada."
LENGTH_WRONG = f"El PIN son {LENGTH} cifras, sin letras. Escríbalo otra vez; ese intento no contó."
WEAK = "Ese PIN se adivina pronto (cifras repetidas o en fila). Elija otro, por favor."
UNASKED = (
    f"Borré las {LENGTH} cifras que escribió, por si eran su PIN: no le estaba pidiendo ninguno. Si "
    "era un dato "
    "de su registro, escríbalo con su nombre, por ejemplo «123456 consultas»."
)
IN_GROUP = (
    "🔒 Escribió en un grupo unas cifras que pueden ser su PIN. Ahí no lo recibo: escríbalo aquí. "
    "Si lo era, cámbielo con /pin, porque otras personas pudieron verlo."
)
STILL_AWAITED = f"🔒 Sigue pendiente su PIN de {LENGTH} cifras. Escríbalo, o toque Cancelar."
LOST = "Hubo una falla y su PIN no se guardó en ninguna parte. Escríbalo otra vez, por favor."
OFF = "En este programa no se usa PIN: no hace falta ninguno."
FORGOTTEN_TOLD = (
    "Ya avisé a Planeación. En cuanto compruebe que es usted, le quita el PIN y aquí mismo pone otro."
)
FORGOTTEN_ALONE = (
    "No hay otra persona de Planeación que pueda quitarlo. Pida a quien administra el asistente que lo quite "
    "desde su computadora."
)
KEY_LOST = (
    "⚠️ Se cambió la clave de este equipo: los PIN ya puestos y las invitaciones abiertas dejaron de servir. "
    "A cada quien se le pedirá un PIN nuevo cuando haga falta; las invitaciones se hacen otra vez "
    "con /invitar."
)
RESET_HEARD = "🔒 Planeación quitó su PIN. La próxima vez que haga falta le pediré uno nuevo."


def wrong(left: int) -> str:
    tries = "le queda un intento" if left == 1 else f"le quedan {left} intentos"
    return f"Ese no es su PIN; {tries}. Escríbalo otra vez."


def locked(until: datetime) -> str:
    """Return that the PIN is locked; `until` in local time."""
    return (
        f"🔒 Fueron {TRIES} PIN equivocados, así que queda bloqueado hasta las {until:%H:%M}. No se "
        "cambió nada "
        "y Planeación ya lo sabe; si lo olvidó, pídale que se lo quite."
    )


def locked_notice(name: str, at: datetime) -> Html:
    """Return the same for planning; `at` in local time."""
    return Html(
        "🔒 A las {:%H:%M} se escribieron {} PIN equivocados desde la cuenta de "
        "<b>{}</b>. "
        "Pregúntele si fue ella o él: si no, suspenda su acceso; si lo olvidó, quítele el PIN."
    ).format(at, TRIES, name)


def forgotten_notice(name: str) -> Html:
    """Return, for planning, that the person forgot their PIN."""
    return Html(
        "🔒 <b>{}</b> dice que olvidó su PIN. Compruebe en persona o por teléfono que "
        "es quien lo "
        "pide, y quíteselo; entonces pondrá otro."
    ).format(name)


def set_notice(name: str) -> Html:
    """Return, for planning, that a PIN was set later than at joining."""
    return Html("🔒 <b>{}</b> acaba de poner su PIN. Si no fue en persona, suspenda su acceso.").format(name)
