"""What the words around a day make of it: done then, to come, or the day of something else."""

import re

from spanish.reading.numbers.numbered_nouns import CIVIC_DAYS

NOBODYS, OF_PAPER, OF_EVENT, FREE = range(4)
_REACH = 60  # characters looked at on either side of a day

# What is to come is no day on which something was done: «para el viernes», «el lunes que viene».
_COMING = re.compile(
    r"\b(?:(?:para|pa|p/|hasta|antes del?|a mas tardar|proxim[oa]|siguiente|vence|vencen|vencia|vencian|"
    r"limite)(?: el| la)?(?: dia)?(?: proximo)? ?"
    r"|(?:quedamos (?:en|de|que|para)|quedaron de|quede de|quedo para|vamos a|vamos|voy a|va a|van a|"
    r"va a ser|sera|seran|seria|toca|tocaria|"
    r"nos veremos|nos vemos"
    r"|nos volvemos a|volvemos a|volveremos|acordamos (?:ver|reunir|volver|juntar)\w*"
    r"|programad[oa]s?|agendad[oa]s?|convocad[oa]s?|citad[oa]s?|prevista?|previsto|tenemos que|hay que|"
    r"pospuso|pospuesta?|pospuesto|aplazo|difirio|reprogramo|reagendo|"
    r"reagenda|recorrio|cambio para|pasa para|se paso|se pasa|se movio|"
    r""
    r"tendra|tendran|llevara|"
    r"celebrara|empezara|iniciara|entregara|entregaremos|haremos|daremos|tendremos|mandaremos|se reanuda|"
    r"se [a-z]+[aei]ran?|"
    r"plazo|fecha limite"
    r"|convocatorias?(?! (?:enviad|entregad|mandad|notificad|girad|repartid|firmad))|invitacion(?:es)?|"
    r"citatorios?|recordando|recordatorio)\b[^.,;]*)$"
)
_DUE = re.compile(
    r"\b(?:para|pa|p/|hasta|antes del?|a mas tardar|vence|vencen|limite|sera|seran|plazo|"
    r"venc\w+|pospuso al?|pospuso para|difirio al?|paso al|reprogramo (?:para|al)|cambio al|cambio a)"
    r"(?: el| la)?(?: dia)? ?$"
)
# «Desde el 25 hasta el 30» is no deadline.
_ONLY_THEN = re.compile(r"\b(?:se [a-z]+o|se [a-z]+aron|quedo|fue|fueron) hasta(?: el)?(?: dia)? $")
_TOMORROW = re.compile(r"(?<!\bla )(?<!\besta )\bmanana,? (?:el )?$")
_SINCE = re.compile(r"\bdesde [^.;]{1,30} hasta(?: el)?(?: dia)? ?$")
_TO_COME = re.compile(
    r",?(?: que| q)? (?:viene|entra|proximo(?! pasado)|siguiente|sera|seran|habra|vamos a|va a|toca|vence)\b"
)
# A state that began then: «ya están en la plataforma desde el martes».
STATE = re.compile(r"\b(?:ya|quedo|quedaron|esta|estan|vigente)\b[^.;]*$")
_EACH = re.compile(r"\b(?:cada|tod[oa]s l[oa]s|todos|los|las) $")

_STREET = re.compile(
    r"\b(?:calle|av|avenida|ave|blvd|boulevard|col|colonia|barrio|escuela|primaria|secundaria|plaza|"
    r"auditorio|"
    r"parque|salon|unidad deportiva|fracc|fraccionamiento|mercado|glorieta|callejon|andador|esquina|"
    r"esq|ejido|estadio|hospital|jardin|museo|teatro|prolongacion|prol|privada|priv|circuito|"
    r"esc)\.?(?: (?:de|del|no\.?|num\.?))?(?: (?!el\b)[a-z]+)? $"
)
# What came in on that day is not what was done: «la solicitud que nos llegó el mes pasado».
_CAME_IN = re.compile(
    r"\b(?:que|q|cual) (?:ya |se |nos |me |le |les |nos )*(?:habian? |fue |fueron )?(?:"
    r"llego|llegaron|llegado|ingres\w+|entr[oa]\w*|recib\w+|pidi\w+|pedid\w+|solicit\w+|turn\w+|cay\w+|"
    r"envi(?:o|aron)|mando|mandaron|presentaron|"
    r"tenia\w*|quedo pendiente|quedaron pendientes|estaba\w*|se deb\w+|debia\w*|era|eran|iba|iban)"
    r"(?: (?!(?:ya|se|le|les|lo)\b)[^\W\d]+){0,5} $"
    r"|\b(?:solicitud|oficio|peticion|escrito|queja|denuncia|correo)\w*"
    r"(?: [a-z]+){0,3} (?:recibid|presentad|enviad)[oa]s?"
    r"(?: por [a-z]+)?(?: el)?(?: dia)? $"
    r"|\b(?:ingresad|llegad|turnad|solicitad|pedid|pendiente)[oa]?s? (?:desde |en |el |la |por \w+ )*$"
)
_CUT_OFF = re.compile(
    r"\b(?:corte|cierre|vigente|vigencia|datos|saldos?|cifras|acumulado) (?:al?|hasta)(?: el)?(?: dia)? $"
)
_OF = re.compile(r"\b(?P<of>del?|d|de fecha|con fecha|fechad[oa])(?: (?:el|la|dia|pasado|este)){0,3} ?$")
_CLAUSE = re.compile(r"[^.,:()]{0,45}$")
_WORD = re.compile(r"[^\W\d_]{2,}|;")
_EVENT = re.compile(
    r"(?:sesion|reuni|reu$|curs|taller|capac|asesor|platic|mesas?$|evento|conferenci|webinar|diplomad|"
    r"foro|visita|"
    r"ordinari|extraordinari|organo|gobierno|comite|comision|grupo|junta|feria|jornada|manten|mant|mtt|"
    r"conviv|ceremoni|"
    r"festival|inspecci|operativ|brigada|supervis|verificaci|recorrid|actividad|periodo|semana|dia|fecha|"
    r"noche|manana|"
    r"tarde|simulacro|campan|congreso|seminari|presentaci|entrevista|encuentro|audienci|consult|vacunaci|"
    r"atencion)"
)
_REFERRED = re.compile(
    r"(?:acuerdo|acta|ley$|leyes|decreto|solicitud|convenio|contrato|nota|oficio|peticion|quej|denunci|"
    r"factura|escrito|"
    r"circular|correo|minuta|convocatori|memo|invitaci|informe|report|balanza|nomina|comprobant|cuent|"
    r"estado|formato|"
    r"expediente|plan|program|presupuest|calendari|reglamento|lineamiento|anexo|recurso|demanda|"
    r"requerimient|folio|"
    r"publicacion|periodico|listado|lista|orden|pedido|recibo|pago|gasto|tramite|pendiente|resoluci|"
    r"sentencia|reforma|norma|dato|cifra)"
)
_REPORT = re.compile(
    r"(?:informe|report|balanza|nomina|cuent|estado|plan|program|presupuest|calendari|analitic|avance)"
)
# Nor is it what was done where another day is said: «ayer llegó la solicitud, hoy se contestó».
_ARRIVED = re.compile(
    r"\b(?:llego|llegaron|ingreso|ingresaron|entro|cayo|cayeron|recibi|recibimos|turnaron|pidieron|"
    r"solicitaron)"
    r"(?: el| la)? $"
)
_ARRIVES = re.compile(
    r" (?:nos |me |se |les? )?(?:llego|llegaron|ingreso|cayo|cayeron|recibi|recibimos|turnaron|pidieron)\b"
)
_OF_NUMBER = re.compile(r"\d/\d{2,4} (?:de|del)(?: dia)? $")  # «acta 14/2025 del 11 de febrero»
_AGREED = re.compile(r"\bacuerdos? (?:tomad|aprobad|suscrit|emitid)[oa]s? (?:el |en )?(?:dia )?$")
_PAPER = re.compile(r"(?:acus|periodico|diario|gaceta|dof$|sello|sellad|recibid|memorandum|memo$|fojas)")
_ANSWERED = re.compile(
    r"\b(?:respond|respuesta|contest|atencion a|referencia a|seguimiento a|recib|relacion (?:a|con))"
)
_PARTICIPLE = re.compile(r"\w{3,}(?:ad|id)[oa]s?$")


_BUT = re.compile(r"\b(?:pero|sino|aunque|ya|y se|se (?:hizo|realizo|dio|llevo))\b")


def is_to_come(text: str, start: int, end: int, named: bool, weekday: bool = False) -> bool:
    """By what stands around it. A date in full that has passed is a deadline only right after «para»."""
    before = text[max(0, start - _REACH) : start]
    if _TO_COME.match(text, end):
        return True
    if _SINCE.search(before):
        return False
    if weekday and _EACH.search(before):
        return True
    if _ONLY_THEN.search(before):
        return False
    clause = _BUT.split(before)[-1]
    return bool((_COMING if named else _DUE).search(clause) or _TOMORROW.search(before))


def weight(
    text: str, start: int, end: int, range_: bool = False, named: bool = False, single: bool = False
) -> int:
    """How sure it is that something was done on that day.

    «De» makes a day that of the noun before it: an event's is when it took place, a paper's counts where no
    other day is said, what is only referred to has nothing to do with it. `named`: a weekday or
    «ayer»; `single`: one day, up to which «al 31 de marzo van 20» counts.
    """
    before = text[max(0, start - 2 * _REACH) : start]
    if not named and (_ON_STREET.search(before) or _CORNER.match(text, end)) and _is_civic(text[start:end]):
        return NOBODYS
    if any(each.search(before) for each in (_CAME_IN, _CUT_OFF)) or (not named and _STREET.search(before)):
        return NOBODYS
    if single and not named and re.search(r"\bal(?: dia)? $", before):
        return NOBODYS
    arrived = _ARRIVED.search(before) or _ARRIVES.match(text, end)
    if before.endswith("(") or _AGREED.search(before) or arrived:
        return OF_EVENT
    tied = _OF.search(before)
    noun = _CLAUSE.search(before[: tied.start()]) if tied and tied["of"] != "con fecha" else None
    words = _WORD.findall(noun[0])[-5:] if noun else []
    if not tied or not words or (range_ and _PARTICIPLE.match(words[-1])):
        return FREE
    if noun and _FOR_EVENT.search(noun[0]):
        return NOBODYS  # «la carpeta para la sesión del martes»
    if _INVITED.search(before):
        return NOBODYS  # «invité a los enlaces a la capacitación del jueves»
    if "fecha" in tied["of"]:
        return NOBODYS if _ANSWERED.search(before) else OF_PAPER
    if _OF_NUMBER.search(before):
        return OF_PAPER
    for word in reversed(words):
        if word == ";":  # the number of a document stood there
            return NOBODYS if _ANSWERED.search(before) else OF_PAPER
        if _PAPER.match(word):
            return OF_PAPER
        if _EVENT.match(word):
            return FREE if range_ else OF_EVENT
        if _REFERRED.match(word):
            return OF_PAPER if named or (range_ and not _REPORT.match(word)) else NOBODYS
    return FREE if range_ else OF_EVENT


_FOR_EVENT = re.compile(r"\b(?:para|pa) (?:el|la|los|las|su)(?: [^\W\d_]+){1,3} ?$")
_INVITED = re.compile(r"\b(?:invit|convoc|se inscri|inscribi)\w*\b[^.;]*$")
_ON_STREET = re.compile(r"\b(?:en|sobre|por|de|entre)(?: la)? $")
_CORNER = re.compile(r",? (?:esq\b|esquina|entre \D|#|no\.? \d|num\b)")


def _is_civic(day: str) -> bool:
    """Whether streets are named after the day: «5 de mayo», «20 de noviembre»."""
    number, _, month = day.partition(" de ")
    return f"{number}/{month[:3]}" in CIVIC_DAYS


def period_weight(text: str, start: int, of_noun: bool, up_to: bool) -> int:
    """The same of a period: «de marzo» is the noun's, except of what was done: «las sesiones de marzo»."""
    before = text[max(0, start - 2 * _REACH) : start]
    if _CAME_IN.search(before):
        return NOBODYS
    if not of_noun and not text.startswith("de ", start):
        return FREE
    words = re.findall(r"[^\W\d_]{2,}|[.,;:()]", before)[-4:]
    if up_to:
        report = any(map(_REPORT.match, words)) and not (words and _PARTICIPLE.match(words[-1]))
        return NOBODYS if report else FREE
    event = words and _EVENT.match(words[-1]) and words[-1].endswith("s")
    return OF_EVENT if event else NOBODYS
