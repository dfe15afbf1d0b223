"""What the manual says, in at most four lines, and the button of the command that does it.

`{report}`, `{quantity}`, `{unit}`, `{other}` and `{line}` are filled with names of the loaded programme.
"""

from dataclasses import dataclass
from datetime import datetime

from handlers.texts.activities.capture import excerpt
from handlers.texts.escaping import Html
from handlers.texts.examples import Examples
from models.quarter import Quarter
from spanish.writing import days, formats


@dataclass(frozen=True)
class HelpAnswer:
    """`command` is run by the button; `captures`: it is for people who register activities."""

    text: Html
    button: str
    command: str
    captures: bool = False


_CAPTURE = ("📝 Registrar paso a paso", "registrar")
_LIST = ("🗂 Ver mis actividades", "actividades")
PROGRESS = ("📊 Ver el avance", "avance")
_HELP = ("❓ Ver todo lo que puedo hacer", "ayuda")

ANSWERS = {
    "capture": HelpAnswer(
        Html(
            "Escríbame <b>qué se hizo</b>, como a un colega: «{report}».\n"
            "Le muestro lo que entendí, envíe las fotos si las hay, y toque <b>✅ Registrar</b>.\n"
            "Nada queda registrado hasta ese toque. ¿Prefiere que le pregunte?"
        ),
        *_CAPTURE,
        captures=True,
    ),
    "writing": HelpAnswer(
        Html(
            "Escriba como habla; ayuda que <b>el número esté junto a lo que se cuenta</b>: «{quantity}».\n"
            "Diga el día («ayer», «el lunes»), quiénes participaron y los oficios, si los hay.\n"
            "Lo que no quede claro se lo pregunto."
        ),
        *_CAPTURE,
        captures=True,
    ),
    "correct": HelpAnswer(
        Html(
            "Si todavía no toca ✅ Registrar, toque el dato en la tarjeta o respóndale: «fueron 3».\n"
            "Si ya está registrada: en /actividades toque su número, <b>✏️ Corregir</b>, el dato y "
            "<b>✅ Guardar corrección</b>.\n"
            "La corrige quien la registró, la persona titular o Planeación."
        ),
        *_LIST,
        captures=True,
    ),
    "withdraw": HelpAnswer(
        Html(
            "En los primeros diez minutos: <b>↩️ Deshacer</b>, bajo «Registrada».\n"
            "Después: en /actividades toque su número, <b>🗑 Retirar</b>, y diga el motivo.\n"
            "Deja de contar, pero no se borra: queda en la historia."
        ),
        *_LIST,
        captures=True,
    ),
    "undo": HelpAnswer(
        Html(
            "Lo recién registrado: <b>↩️ Deshacer</b>, durante diez minutos.\n"
            "Lo que está a medias: <b>✖️ Cancelar</b> en la tarjeta, o /cancelar.\n"
            "Más tarde: en /actividades, <b>🗑 Retirar</b>."
        ),
        *_LIST,
        captures=True,
    ),
    "evidence": HelpAnswer(
        Html(
            "Envíe la foto <b>con el texto al pie</b>, o después de escribir qué se hizo: se suma a la "
            "tarjeta.\n"
            "Para lo ya registrado, <b>responda con la foto</b> al mensaje «Registrada».\n"
            "Valen fotos, documentos, audios, videos y ubicaciones, hasta 20 MB cada uno."
        ),
        *_LIST,
        captures=True,
    ),
    "counts": HelpAnswer(
        Html(
            "En /actividades toque <b>☑️ Ya cuenta</b>, diga cuántos y desde qué día, y <b>✅ Registrar</b>.\n"
            "Cuenta en el trimestre de ese día, no en el de la actividad."
        ),
        *_LIST,
        captures=True,
    ),
    "progress": HelpAnswer(
        Html(
            "Con /avance ve su área; o la que diga: «¿cómo va {other}?».\n"
            "Puede pedir la línea y el trimestre: /avance {line} T1."
        ),
        *PROGRESS,
    ),
    "signals": HelpAnswer(
        Html(
            "✅ meta cumplida · 🟢● al menos 90 % de lo planeado · 🔵▶ azul: en curso, lo que ya debía "
            "estar, está.\n"
            "🟡▲ retraso: entre 70 % y 90 % de lo que ya debía estar · 🔴■ menos de 70 %.\n"
            "⚪○ todavía sin nada planeado · 🔷 depende de terceros, no lleva color."
        ),
        *PROGRESS,
    ),
    "sign": HelpAnswer(
        Html(
            "Firma la persona titular, con /firmar, cuando termina el trimestre.\n"
            "Antes le digo qué falta, cada cosa con su botón; se confirma con su PIN."
        ),
        "📌 Ver qué falta",
        "pendientes",
    ),
    "report": HelpAnswer(
        Html(
            "Con /informe: le digo qué conviene revisar y toca el formato, Word, PDF o Excel.\n"
            "O pídamelo en un mensaje: «mándame el informe de {unit} en PDF»."
        ),
        "📄 Informe",
        "informe",
    ),
    "who_sees": HelpAnswer(
        Html(
            "Lo que usted registra lo leen <b>su área y Planeación</b>; la comisaría, cuando el "
            "trimestre está "
            "firmado.\nLas cifras del avance las ve toda persona con acceso; en los grupos, nunca lo que se "
            "escribió.\nSus capturas sin registrar solo las ve usted."
        ),
        *_HELP,
    ),
    "pin": HelpAnswer(
        Html(
            "El PIN confirma lo importante (firmar, reabrir, cambiar el programa). Se cambia con /pin.\n"
            "Si lo olvidó, toque <b>❓ Olvidé mi PIN</b> cuando se lo pida: Planeación se lo quita."
        ),
        "🔑 PIN",
        "pin",
    ),
    "reminders": HelpAnswer(
        Html("Con /recordatorios elige qué avisos recibe y a qué hora."),
        "🔔 Recordatorios",
        "recordatorios",
    ),
    "invite": HelpAnswer(
        Html("Planeación invita con /invitar: sale un enlace y un código que sirven una vez y siete días."),
        "➕ Invitar",
        "invitar",
    ),
    "absence": HelpAnswer(
        Html("Con /ausencia la persona titular o Planeación anota los días y quién la suple."),
        "🌴 Ausencia",
        "ausencia",
    ),
    "observation": HelpAnswer(
        Html("Con /observacion la persona titular explica por qué una línea va como va."),
        "💬 Observación",
        "observacion",
    ),
    "reopen": HelpAnswer(
        Html("Un trimestre cerrado o firmado lo reabre Planeación con /reabrir; pídaselo con el motivo."),
        "🔓 Reabrir",
        "reabrir",
    ),
    "forward": HelpAnswer(
        Html(
            "Reenvíe aquí el mensaje o las fotos del grupo: valen como si usted los escribiera.\n"
            "«Ayer» se cuenta desde el día en que se escribieron."
        ),
        *_CAPTURE,
        captures=True,
    ),
    "phone": HelpAnswer(
        Html(
            "Su acceso va con su <b>cuenta de Telegram</b>: en el teléfono nuevo entre con el mismo número y "
            "aquí sigue "
            "todo.\nSi también cambió de número, cámbielo en Telegram (Ajustes → Número) antes de perder el "
            "anterior.\n"
            "¿Perdió el teléfono? Cierre esa sesión (Ajustes → Dispositivos) y avise a Planeación: suspende "
            "su acceso y le da otra invitación."
        ),
        "👥 Contactos",
        "contactos",
    ),
    "computer": HelpAnswer(
        Html(
            "Sí: el mismo chat, en <b>web.telegram.org</b> o en Telegram para computadora, con la misma "
            "cuenta.\n"
            "Sirve todo, también arrastrar fotos y documentos, y editar un mensaje suyo con la flecha ↑."
        ),
        *_HELP,
    ),
    "erase": HelpAnswer(
        Html(
            "<b>Antes de registrar</b>: en la tarjeta, <b>Evidencia</b> y toque la foto. <b>Ya "
            "registrada</b>: ✏️ Corregir, Evidencia, la foto, ✅ Guardar; deja de verse y no sale en el "
            "informe.\n"
            "El original se conserva en el servidor. Para destruirlo <b>de verdad</b>, pídalo a Planeación "
            "con el número de la actividad: lo borra quien administra el servidor, y queda constancia de "
            "que falta.\n"
            "Borre también su mensaje en este chat."
        ),
        *_LIST,
        captures=True,
    ),
}

READS_ONLY = Html(
    "Usted consulta: ve el avance, lo pendiente y el calendario; registran y corrigen las áreas.\n"
    "Pregúnteme, por ejemplo, «¿cómo va {unit}?»."
)


def filled(text: Html, examples: Examples) -> Html:
    """Return the text with names of the programme."""
    return text.format(
        report=examples.report,
        quantity=examples.quantity,
        unit=examples.unit,
        other=examples.other,
        line=examples.line,
    )


LINES = "Toque una línea para ver su meta y su avance."
OPEN_FIRST = "Lo que tiene abierto todavía no está registrado: se corrige en la tarjeta, o respondiéndole."
NOTHING_WRONG = (
    "No tiene nada abierto ni registrado que corregir.\n"
    "Cuando registre algo, ahí mismo lo corrige o lo deshace."
)
STILL_OPEN = Html("Todavía no: falta tocar <b>✅ Registrar</b>.")
NOT_YOURS_TO_SIGN = "Firma la persona titular de cada área, con /firmar y su PIN."
SIGN = "🖊 Firmar"
WHAT_LACKS = "📌 Ver qué falta"
SEE = "📊 Ver el avance"
WHOLE = "🗂 Ver la actividad"
EXCERPT = 80  # characters of a narrative


def units(lines: int, number: int) -> Html:
    return Html(
        "🗂 Son <b>{} líneas de acción</b> en {} órganos administrativos.\nToque uno para ver las suyas."
    ).format(lines, number)


def which_to_mend(number: int, narrative: str) -> Html:
    """Return the last activity as the one that is probably wrong."""
    return Html(
        "¿Es lo último que registró? <b>n.º {}</b>\n<i>«{}»</i>\nSi es otra, está en /actividades."
    ).format(number, excerpt(narrative, EXCERPT))


def registered(number: int, narrative: str, at: datetime) -> Html:
    return Html("✅ Sí: lo último quedó registrado el {} a las {}, <b>n.º {}</b>\n<i>«{}»</i>").format(
        days.day(at.date()), f"{at:%H:%M}", number, excerpt(narrative, EXCERPT)
    )


def lines(unit: str, named: list[tuple[int, str]]) -> Html:
    """Return a unit's lines in one paragraph."""
    listed = Html(" · ").join(Html("<b>{}</b> {}").format(number, title) for number, title in named)
    return Html("🗂 <b>{}</b>: {} líneas de acción\n{}\n{}").format(unit, len(named), listed, LINES)


def nothing_to_sign(quarter: Quarter) -> Html:
    return Html(
        "Todavía no: el {} termina el {}.\nDesde ese día puede firmarlo con /firmar; vea ya qué falta."
    ).format(formats.quarter(quarter), days.day(quarter.last_day))


def lacking(quarter: Quarter, number: int) -> Html:
    """Return how many things block the signature."""
    what = "Falta 1 cosa" if number == 1 else f"Faltan {number} cosas"
    return Html(
        "Todavía no: el {} ya terminó, pero {} que impide{} firmar.\nTóquelas abajo y después firme."
    ).format(formats.quarter(quarter), what.lower(), "" if number == 1 else "n")


def may_sign(quarter: Quarter) -> Html:
    return Html("✅ Sí: al {} no le falta nada para firmarse.").format(formats.quarter(quarter))


def signed_already(quarter: Quarter) -> Html:
    return Html("✅ El {} ya está firmado; no queda ninguno por firmar.").format(formats.quarter(quarter))
