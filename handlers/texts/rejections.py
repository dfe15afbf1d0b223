"""One sentence for each reason of a `Rejected`: why not, and what to do."""

from typing import Any

from models.errors import Rejected
from models.programme.view import LineView
from models.quarter import Quarter
from spanish.writing import days, formats

SENTENCES = {
    "not_allowed": "Eso no está disponible para su función. Con /ayuda ve lo que sí puede hacer.",
    "stale_button": "Ese botón ya no está vigente. Siga con el mensaje más reciente.",
    "not_yours": "Esa captura es de otra persona: solo ella puede seguirla.",
    "name_unseen": "De ese nombre no se ve nada. Escriba la invitación con un nombre que se pueda leer.",
    "too_many_invited": "Son demasiadas personas de una vez: invite hasta {limit} y después a las demás.",
    "notice_changed": "El aviso de privacidad cambió. Léalo otra vez con /privacidad.",
    "notice_accepted": "Usted ya había aceptado ese aviso de privacidad.",
    "same_name": "Así se llama ya; no hay nada que corregir.",
    "account_unseen": (
        "De su nombre en Telegram no se ve nada. Escríbalo en los ajustes de Telegram y abra la liga "
        "otra vez: aún sirve."
    ),
    "pin_needed": "Esto se confirma con su PIN. Toque otra vez el botón y se lo pediré.",
    "pin_locked": "Su PIN está bloqueado hasta las {until}. Intente después, o pida a Planeación "
    "que lo quite.",
    "pin_own": "El suyo se cambia con /pin; si lo olvidó, lo quita otra persona de Planeación.",
    "no_pin": "Esa persona todavía no tiene PIN: no hay nada que quitar.",
    "invitation_closed": "Esa invitación ya no está abierta: se usó, venció o la anularon antes.",
    # drafts
    "already_registered": "Esa captura ya quedó registrada; no se registró otra vez.",
    "already_cancelled": "Esa captura ya estaba cancelada. Con /registrar empieza otra.",
    "draft_expired": "Esa captura caducó hace más de un mes y ya no se guarda. Con /registrar empieza otra.",
    "no_longer_yours": (
        "Su función cambió desde que empezó esto, así que ya no puede verlo ni terminarlo aquí. "
        "Pídalo a quien lleva ahora esa unidad."
    ),
    "too_many_open": (
        "Ya tiene {limit} sin terminar, que es lo más que cabe. Registre o cancele alguna y vuelva a pedirlo."
    ),
    "too_many_waiting": (
        "Tiene {limit} capturas en espera y ya no caben más: lo que envíe desde este mensaje no se guarda. "
        "Registre o cancele las que tiene abiertas, y envíelo otra vez."
    ),
    "draft_incomplete": "A esta captura le faltan datos. Vuelva atrás y complétela, por favor.",
    "card_awaits_tap": "Ya está todo: toque el botón ✅, o el dato que quiera cambiar.",
    "not_readable": (
        "Eso no lo puedo guardar. Puedo recibir texto, fotos, documentos, notas de voz, videos y ubicaciones."
    ),
    "belongs_unclear": "¿Es parte de la anterior? Toque uno de los dos botones, por favor.",
    "doubt_unclear": "¿Es algo que se hizo? Toque uno de los dos botones, por favor.",
    "pending_unclear": "¿Es lo que estaba pendiente, o algo nuevo? Toque uno de los botones, por favor.",
    "amendment_unclear": "¿De qué es ese número? Escríbalo con su nombre, por ejemplo «3 {measure}».",
    "nothing_waits": "En esa línea nada queda pendiente de contar. Toque en la tarjeta el dato que cambia.",
    "nothing_to_repeat": (
        "No encuentro una actividad anterior que se pueda repetir hoy. Cuénteme en un mensaje qué se hizo."
    ),
    "group_incomplete": "Ninguna está completa todavía: conteste primero la pregunta de cada tarjeta.",
    "file_unclaimed": "¿De qué actividad es lo que envió? Toque un botón, o cuénteme qué se hizo.",
    "evidence_awaited": "Envíe la foto o el documento, o toque ⬅️ Atrás para volver a su captura.",
    "no_room": (
        "Ahí caben {limit} archivos y ya no hay lugar: lo que envió de más no se guardó. Quite alguno con el "
        "botón Evidencia, o envíelo con un texto, como otra actividad."
    ),
    "correct_with_buttons": (
        "La n.º {activity_id} ya está registrada. Para cambiarle algo, ábrala con /actividad_{activity_id}"
    ),
    "no_programme": "Todavía no hay un programa de {year} con líneas para usted. Pregunte a Planeación.",
    "unit_unknown": "No reconozco ese órgano administrativo. Toque uno de los botones o escriba su nombre.",
    "line_unknown": "No encuentro esa línea. Toque una de la lista o escriba su número, como «línea 2».",
    "line_gone": "Esa línea ya no está en el programa. Cancele y empiece otra vez con /registrar.",
    # quantities
    "quantity_unreadable": "No entendí la cantidad. Escríbala, por ejemplo, «3», «tres» o «ninguna».",
    "quantity_not_whole": "Esta meta se cuenta en enteros. Escriba una cantidad como 12.",
    "quantity_too_fine": "Esa cantidad tiene más decimales de los que lleva la meta. Escríbala con menos.",
    "quantity_too_large": "Esa cantidad de {measure} parece demasiado grande. Revísela y escríbala de nuevo.",
    "more_pending_than_done": "No puede quedar pendiente más de lo que se hizo. Escriba una cantidad menor.",
    # days
    "day_unreadable": "No entendí la fecha. Escríbala como «ayer», «13 de marzo» o «del 4 al 6 de marzo».",
    "day_impossible": "El día {day} no existe en el calendario. Escriba otra fecha.",
    "day_in_future": "Esa fecha todavía no llega. Se registra lo ya hecho: escriba hoy o un día anterior.",
    "days_out_of_order": "El primer día va antes que el último. Escriba, por ejemplo, «del 4 al 6 de marzo».",
    "day_outside_programme": (
        "Esta línea es del programa de {year} y esa fecha es de {day_year}. Escriba un día de {year}."
    ),
    "days_in_two_years": "Esos días son de dos años. Registre por separado lo de cada año, por favor.",
    "day_outside_force": "Esa línea está en el programa {line}. Escriba un día de entonces, o elija otra.",
    "line_outside_quarter": "La línea {number} está en el programa {line}: en ese trimestre no contaba.",
    # changing the programme
    "adjustment_reason_unreadable": "Escriba con palabras por qué se ajusta, en {limit} caracteres o menos.",
    "letter_unreadable": "Escriba el número del oficio, en {limit} caracteres o menos, o toque «Sin oficio».",
    "since_outside_year": "Escriba un día de {year}: es el año de ese programa.",
    "amount_impossible": "Una meta va de más de 0 a {largest:,}. Escriba otra cantidad.",
    "plan_length": "Leí {length} cantidades; van 4 trimestres o 12 meses. Escriba por ejemplo «{example}».",
    "plan_levels_wrong": "Esta meta no se suma: cada cantidad del plan es el nivel de su periodo, ninguna "
    "pasa de {amount} y la última es {amount}. Escríbalo de nuevo.",
    "plan_does_not_add_up": "El plan suma {total} y la meta es {amount}. Escríbalo de nuevo.",
    "nothing_adjusted": "La meta ya es esa: no hay nada que ajustar. Cambie la cantidad o el plan.",
    "too_long_for_excel": "Un texto no cabe en una celda de Excel: {cell}. Pida el programa en YAML.",
    "file_unnamed": "¿Qué es el archivo que envió? Toque uno de los dos botones, por favor.",
    "file_being_read": "Todavía estoy leyendo su archivo. En un momento le digo qué cambiaría.",
    "import_impossible": "Desde ese día no se puede: {why}. Elija otro.",
    # the rest of an activity
    "narrative_empty": "Cuénteme con palabras qué se hizo; un signo o un emoji solo no basta.",
    "narrative_too_long": "El texto tiene {length:,} caracteres y caben {limit:,}. Toque Más… y acórtelo.",
    "text_too_long": "«{field}» tiene {length:,} caracteres y caben {limit:,}. Escríbalo más corto.",
    "documents_unreadable": (
        "Escriba los números de oficio separados por comas: hasta {limit}, de {length} caracteres cada uno."
    ),
    "participants_unreadable": (
        "No entendí los participantes. Escriba, por ejemplo, «9» o «9 (6 mujeres y 3 hombres)»."
    ),
    "participants_do_not_add_up": (
        "{women:,} mujeres y {men:,} hombres no suman {total:,}. Revise los números y escríbalos de nuevo."
    ),
    "sectors_do_not_add_up": (
        "Los sectores suman {sum:,} y el total es {total:,}. Revise los números y escríbalos de nuevo."
    ),
    # asking for progress
    "quarter_impossible": "Los trimestres van del 1 al 4. Pida, por ejemplo, /avance T2.",
    "asked_twice": "Entendí dos {what} distintos en su pregunta. Pida uno a la vez, por favor.",
    # after registering
    "already_undone": "Esa actividad ya estaba deshecha.",
    "too_late_to_undo": (
        "Ya pasaron los diez minutos para deshacerla. Puede corregirla o retirarla desde /actividades."
    ),
    "activity_withdrawn": "Esa actividad fue retirada: se conserva, pero ya no admite cambios.",
    "nothing_pending": "En esa actividad ya no queda nada pendiente: todo cuenta.",
    "more_than_pending": "Eso es más de lo que queda pendiente. Escriba una cantidad menor.",
    "settled_before_activity": "No puede contar antes de la actividad misma. Escriba un día posterior.",
    # one activity
    "activity_number_unreadable": "Escriba el número de la actividad, por ejemplo /actividad 12.",
    "activity_unknown": (
        "No encuentro esa actividad entre las que usted puede consultar. Véalas con /actividades."
    ),
    "not_yours_to_correct": (
        "La puede cambiar quien la registró, la persona titular de la unidad o Planeación."
    ),
    "withdrawal_reason_unreadable": (
        "Escriba con palabras por qué se retira, en {limit} caracteres o menos, o toque un motivo."
    ),
    # review and statements
    "not_yours_to_review": "La puede devolver la persona titular de la unidad o Planeación.",
    "own_entry": "Nadie revisa lo suyo: esta actividad la registró usted y la revisa otra persona.",
    "already_returned": "La n.º {number} ya está devuelta y espera su corrección: /actividad_{number}",
    "not_returned": "Esa devolución ya no está abierta.",
    "nothing_to_review": "Esa actividad no espera revisión.",
    "return_reason_unreadable": (
        "Escriba con palabras por qué se devuelve, en {limit} caracteres o menos, o toque un motivo."
    ),
    "signed_already": "El {quarter} ya está firmado. Para cambiar algo de él, pida que se reabra.",
    "quarter_to_come": "El {quarter} todavía no comienza.",
    "line_moved": "En esa línea ya cuenta algo en ese trimestre: sí hubo movimiento.",
    "nothing_stands": "Eso ya se había quitado.",
    "stated_meanwhile": "Alguien escribió otro texto mientras tanto. Toque ✖️ Cancelar y ábralo otra vez.",
    "statement_too_long": (
        "Ya no cabe: con eso son {length:,} caracteres y van {limit:,}. Lo que envió antes sigue guardado."
    ),
    "statement_unreadable": "Escríbalo con palabras, por favor; un signo o un emoji solo no basta.",
    "settlement_undone": "Eso ya se había quitado: volvió a quedar pendiente.",
    "nothing_settled": "No hay nada que usted pueda quitar: nada de lo pendiente cuenta todavía.",
    "nothing_missing": "No falta ningún archivo: toque 📎 Ver evidencia en la actividad.",
    "nothing_changed": "No hay nada que guardar: todo sigue igual. Toque el dato que quiera corregir.",
    "corrected_meanwhile": (
        "Alguien corrigió la n.º {number} mientras tanto. Toque ✖️ Cancelar y ábrala otra vez: "
        "/actividad_{number}"
    ),
    "below_settled": (
        "De lo pendiente ya cuentan {settled:,} ({measure}): no puede quedar en menos. "
        "Antes, en la actividad, toque ↩️ Quitar lo que ya contaba."
    ),
    "settled_before_new_days": (
        "Una parte ya cuenta desde antes de ese día. "
        "Antes, en la actividad, toque ↩️ Quitar lo que ya contaba."
    ),
    # closed quarters
    "quarter_closed": (
        "El {quarter} ya cerró para su unidad y no admite cambios. Puede fecharla hoy si corresponde, "
        "o pedir que se reabra el trimestre."
    ),
    "quarter_signed": (
        "El {quarter} ya está firmado y no admite cambios. Puede fecharla hoy si corresponde, "
        "o pedir que se reabra el trimestre."
    ),
    "request_answered": "Alguien de Planeación ya respondió esa petición.",
    # the calendar
    "close_in_past": "Ese día ya pasó. Escriba hoy o un día posterior.",
    "close_out_of_range": (
        "El cierre del {quarter} va después de su último día y antes de que termine el trimestre siguiente. "
        "Escriba otro día."
    ),
    "one_day_only": "El cierre es un solo día. Escriba, por ejemplo, «10 de abril».",
    "close_unchanged": "Ese ya es el día del cierre. Escriba otro, o toque ✖️ Cancelar.",
    "close_on_day_off": "Ese día es inhábil, y el cierre va en día hábil. Escriba otro.",
    "day_off_in_past": "Ese día ya pasó. Se añaden y se quitan días inhábiles de hoy en adelante.",
    "day_off_too_far": "Ese día queda demasiado lejos: se añaden hasta dos años por adelantado.",
    "too_many_days_off": "Son demasiados días de una vez: añada hasta {limit} y después los demás.",
    "already_day_off": "Ya es día inhábil; no hace falta añadirlo.",
    "already_working_day": "Ese día ya no está entre los inhábiles añadidos.",
    "calendar_reason_unreadable": "Escriba con palabras el motivo, en {limit} caracteres o menos.",
    "quarter_not_ended": "El {quarter} todavía no termina: podrá firmarlo desde su último día.",
    "report_not_yours": (
        "Ese informe no está disponible para su función; con /informe ve los que sí puede pedir."
    ),
    "report_not_signed": "Todavía no está firmado; cuando lo esté podrá pedirlo aquí mismo con /informe.",
    "quarter_not_begun": "El {quarter} todavía no empieza. Elija otro, por favor.",
    "already_signed": "El {quarter} ya está firmado. Si algo debe cambiar, pida a Planeación que lo reabra.",
    "holes_left": "Todavía falta algo que impide firmar. Ábralo otra vez con /firmar y le muestro qué es.",
    "changed_since_shown": (
        "Algo cambió desde que le mostré lo que firmaría. Ábralo otra vez con /firmar y revíselo, por favor."
    ),
    "reopening_reason_unreadable": "Escriba con palabras por qué se reabre, en {limit} caracteres o menos.",
    "reopening_end_unfit": "Elija un día de hoy en adelante, a {days} días como máximo.",
    "nothing_closed": "Esa unidad no tiene ningún trimestre cerrado ni firmado.",
    "quarter_unreadable": "No reconozco ese trimestre. Toque uno de los botones o escriba, por ejemplo, T1.",
    "not_closed": "El {quarter} está abierto para esa unidad: no hace falta reabrirlo.",
    # reminders and absences
    "hours_out_of_order": "La primera hora va antes que la última. Escriba, por ejemplo, «8 a 16».",
    "pause_in_the_past": "Ese día ya llegó. La pausa va de hoy a un día posterior.",
    "no_directors": "No hay titulares cuya ausencia pueda anotar. Planeación puede invitarles con /invitar.",
    "absence_in_the_past": "Esos días ya pasaron. Escriba días de hoy en adelante.",
    "absence_too_long": (
        "Una suplencia dura {days} días cuando mucho. Anote menos días; si hace falta más, se "
        "nombra otra vez."
    ),
    "deputy_appoints": (
        "Quien suple no nombra suplentes ni alarga su suplencia. Lo hace la persona titular, o Planeación."
    ),
    "deputy_extends": (
        "Usted no puede alargar su propia suplencia. Que lo haga la persona titular u otra de Planeación, "
        "o elija a alguien más."
    ),
    "deputy_reopened": (
        "Quien reabrió el {quarter} no decide ni firma en lugar de la persona titular. Que lo haga "
        "ella misma "
        "u otra persona que la supla."
    ),
    "director_unknown": "Esa persona ya no es titular de esa unidad. Cancele y empiece otra vez.",
    "deputy_unknown": "Esa persona ya no puede suplir. Elija a otra, por favor.",
    "choose_with_buttons": "Toque uno de los botones, por favor.",
    "unit_needed": "Esa función necesita una unidad. Empiece de nuevo, por favor, y elija una.",
    "unit_not_needed": "Esa función no lleva unidad: ve a toda la institución.",
    "not_yourself": "No puede suspenderse a sí misma o a sí mismo; pídalo a otra persona de Planeación.",
    "last_planning": (
        "Es la única persona de Planeación con acceso. Invite antes a otra con /invitar, "
        "para que alguien pueda seguir dando accesos."
    ),
    "no_units": "Todavía no hay un programa cargado, así que no hay unidades entre las cuales elegir.",
    "already_so": "Esa persona ya tiene esa función en esa unidad.",
}
ASKED = {"line": "números de línea", "quarter": "trimestres", "year": "años"}  # the `what` of "asked_twice"


def sentence(refusal: Rejected) -> str:
    """Return the sentence with its facts filled in, as plain text."""
    facts = {name: _said(value) for name, value in refusal.facts.items()}
    if refusal.reason == "asked_twice":
        facts["what"] = ASKED[facts["what"]]
    return SENTENCES[refusal.reason].format(**facts)


def _said(fact: Any) -> Any:
    if isinstance(fact, LineView):
        return days.in_force(fact)
    return formats.quarter(fact) if isinstance(fact, Quarter) else fact
