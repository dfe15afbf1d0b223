"""What the manual says, in at most three lines, and the button of the command that does it."""

from dataclasses import dataclass

from handlers.texts.escaping import Html


@dataclass(frozen=True)
class HelpAnswer:
    """`command` is run by the button."""

    text: Html
    button: str
    command: str


_CAPTURE = ("📝 Registrar paso a paso", "registrar")
_LIST = ("🗂 Ver mis actividades", "actividades")
_PROGRESS = ("📊 Ver el avance", "avance")
_HELP = ("❓ Ver todo lo que puedo hacer", "ayuda")

ANSWERS = {
    "capture": HelpAnswer(
        Html(
            "Escríbame <b>qué se hizo</b>, como se lo contaría a alguien: «Ayer dimos 2 asesorías a 9 "
            "personas».\n"
            "Le muestro lo que entendí, envíe las fotos si las hay, y toque <b>✅ Registrar</b>.\n"
            "Nada queda registrado hasta ese toque. ¿Prefiere que le pregunte?"
        ),
        *_CAPTURE,
    ),
    "writing": HelpAnswer(
        Html(
            "Escriba como habla; ayuda que <b>el número esté junto a lo que se cuenta</b>: «3 asesorías».\n"
            "Diga el día («ayer», «el lunes»), quiénes participaron y los oficios, si los hay.\n"
            "Lo que no quede claro se lo pregunto."
        ),
        *_CAPTURE,
    ),
    "correct": HelpAnswer(
        Html(
            "Si todavía no toca ✅ Registrar, toque el dato en la tarjeta o respóndale: «fueron 3».\n"
            "Si ya está registrada: en /actividades toque su número, <b>✏️ Corregir</b>, el dato y "
            "<b>✅ Guardar corrección</b>.\n"
            "La corrige quien la registró, la persona titular o Planeación."
        ),
        *_LIST,
    ),
    "withdraw": HelpAnswer(
        Html(
            "En los primeros diez minutos: <b>↩️ Deshacer</b>, bajo «Registrada».\n"
            "Después: en /actividades toque su número, <b>🗑 Retirar</b>, y diga el motivo.\n"
            "Deja de contar, pero no se borra: queda en la historia."
        ),
        *_LIST,
    ),
    "undo": HelpAnswer(
        Html(
            "Lo recién registrado: <b>↩️ Deshacer</b>, durante diez minutos.\n"
            "Lo que está a medias: <b>✖️ Cancelar</b> en la tarjeta, o /cancelar.\n"
            "Más tarde: en /actividades, <b>🗑 Retirar</b>."
        ),
        *_LIST,
    ),
    "evidence": HelpAnswer(
        Html(
            "Envíe la foto <b>con el texto al pie</b>, o después de escribir qué se hizo: se suma a la "
            "tarjeta.\n"
            "Para lo ya registrado, <b>responda con la foto</b> al mensaje «Registrada».\n"
            "Valen fotos, documentos, audios, videos y ubicaciones, hasta 20 MB cada uno."
        ),
        *_LIST,
    ),
    "counts": HelpAnswer(
        Html(
            "En /actividades toque <b>☑️ Ya cuenta</b>, diga cuántos y desde qué día, y <b>✅ Registrar</b>.\n"
            "Cuenta en el trimestre de ese día, no en el de la actividad."
        ),
        *_LIST,
    ),
    "progress": HelpAnswer(
        Html(
            "Con /avance ve su área; «¿cómo va jurídica?» o /avance juridica, la que diga.\n"
            "Puede pedir la línea y el trimestre: /avance archivo 3 T1."
        ),
        *_PROGRESS,
    ),
    "signals": HelpAnswer(
        Html(
            "✅ meta cumplida · 🟢 al menos 90 % de lo planeado · 🔵 azul: en curso, lo que ya debía estar, "
            "está.\n"
            "🟡 retraso: entre 70 % y 90 % de lo que ya debía estar · 🔴 menos de 70 %.\n"
            "⚪ todavía sin nada planeado · 🔷 depende de terceros, no lleva color."
        ),
        *_PROGRESS,
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
            "O pídamelo en un mensaje: «mándame el informe de jurídica en PDF»."
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
    ),
}
