"""With which words questions open, by topic; and what tells that a text reports work. Pure.

All patterns are of folded words with single spaces. A group `mark` holds where a form is a question only with
a question mark or a request before it; `kept` is what of the opening belongs to the question's arguments.
"""

import re
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache


class QuestionTopic(StrEnum):
    """What is asked about. The value is the command that answers it, where there is one."""

    PROGRESS = "avance"
    DUTIES = "pendientes"
    CALENDAR = "calendario"
    ACTIVITIES = "actividades"
    REPORT = "informe"
    CONTACTS = "contactos"
    COUNT = "count"  # how much of single lines: «cuántas actas llevamos»
    SILENT = "silent"  # who has not reported
    WELL_BEING = "well-being"  # «¿cómo está…?»: of a unit it is its progress
    NONE = "none"  # a question that no command answers


_COURTESY = (
    r"hola|buen(?:os|as)?|dias?|tardes?|noches?|oye|oiga|oigan|disculp\w+|perdon|pregunta|duda|consulta|"
    r"por favor|porfa(?:vor)?|favor|ok|y|pues|entonces|bueno|a ver|mira|lic|ing|una|rapida|saludos|ahora|"
    r"licenciad[oa]|jef[ea]|director[a]?|secretari[oa]|"
    r"ingenier[oa]|compan?er[oa]"
)
_REQUEST = (
    r"(?:(?:me|nos) )?(?:puede[ns]?|podrian?|podrias|podemos|puedo) "
    r"(?:sacar|generar|hacer|imprimir|preparar|descargar|decir|dar|mandar|enviar|pasar|mostrar|compartir|"
    r"ver|informar|indicar|ayudar con|saber|"
    r"consultar)(?:me|nos)?|"
    r"(?:quisiera|quiero|queria|quisieramos|necesito|necesitamos|ocupo|me gustaria|me interesa|favor de|"
    r"hay que|"
    r"ayudame a|ayudeme a)(?: (?:saber|ver|conocer|consultar|revisar|checar|que me (?:mande|envie|"
    r"diga|pase|muestre|comparta)[ns]?))?|"
    r"(?:alguien )?(?:sabes?|saben|se sabe)|ayuda con|(?:me|nos) (?:informa|manda|pasa|envia|da|muestra|"
    r"dice|comparte|ensena)[sn]?|"
    r"(?:di|diga|informa|informe|muestra|muestre|ensena|ensene|da|de|manda|mande|pasa|pase|envia|envie|"
    r"comparte|"
    r"comparta|saca|saque|genera|genere|descarga|prepara)(?:me|nos|nme|nnos)(?:lo)?|"
    r"ver|checar|consultar|revisar|muestra|muestre|mostrar|sacar"
)
_ARTICLES = (
    r"(?:(?:el|la|los|las|mi|mis(?! actividades)|nuestro|nuestros|nuestra|un|una|su|sus|si|de|del|"
    r"cual es|cuales son|tambien) )*"
)
LEADS = re.compile(
    rf"(?:(?:{_COURTESY})\b ?)*(?P<request>(?:(?:{_REQUEST})\b ?)+)?(?:(?:{_COURTESY})\b ?)*{_ARTICLES}"
)

_GO = (
    r"(?:(?:nos|les?|me) )?(?:va|van|vamos|voy|vas|anda|andan|andamos|ando|viene|vienen|venimos|sigue|siguen|"
    r"seguimos|lleva|llevan|llevamos|salio|salimos|quedo|quedamos|avanza|avanzan|avanzamos|cerro|cerramos)\b"
)
_KNOWN = r"(?:report|registr|entreg|captur|cumpl|firm|sub|mand|envi|complet|inform|avanz)"
_NOBODY = (
    rf"(?:no (?:a|an|ha|han|lo ha|lo han|se ha|nos ha|nos han)|falta|faltan|debe|deben|sigue|siguen|"
    rf"van? (?:mas )?atrasad|"
    rf"esta[n]? (?:atrasad|pendient)|ya (?:ha|han )?{_KNOWN}|ya (?:ha|han) {_KNOWN}|(?:ha|han) {_KNOWN}|"
    rf"no {_KNOWN}|"
    rf"{_KNOWN}\w*ron|va atras|al corriente|tiene[n]? (?:retraso|atraso|pendiente))"
)
_END = r"(?:cierra|cierran|cerramos|vence|vencen|termina|terminan|acaba|acaban|cierre|limite|plazo)"


def _compiled(*pairs: tuple[QuestionTopic, str]) -> tuple[tuple[QuestionTopic, re.Pattern[str]], ...]:
    return tuple((topic, re.compile(rf"(?:{pattern})")) for topic, pattern in pairs)


OPENINGS = _compiled(
    (
        QuestionTopic.PROGRESS,
        r"(?P<whole>(?:quien(?:es)?|(?:que|cual)(?: es)?(?: la| el)? (?:area|unidad|direccion|organo))"
        r"(?: (?:va|lleva|tiene|esta))? (?:mas|menos|mejor|peor)\b|"
        r"(?:area|unidad|direccion) (?:mas|menos|peor|mejor)\b)",
    ),
    (QuestionTopic.SILENT, rf"quien(?:es)?\b(?: \w+){{0,3}}? {_NOBODY}"),
    (
        QuestionTopic.SILENT,
        r"(?:que|cuales|cuantas|cual)(?: de las| son las)? (?:areas?|unidad(?:es)?|organos?|"
        r"direccion(?:es)?|enlaces)\b"
        rf"(?: \w+){{0,3}}? {_NOBODY}",
    ),
    (
        QuestionTopic.SILENT,
        rf"(?P<mark>(?:(?:ya|hay|falta|estan|esta) )?(?:alguien|algun area|alguna? \w+|"
        rf"tod[oa]s)\b.{{0,80}}\b(?:{_KNOWN}\w*|corriente)|"
        rf"(?:ya )?{_KNOWN}\w*ron (?:ya )?tod[oa]s)\b",
    ),
    (
        QuestionTopic.CONTACTS,
        r"(?:quien(?:es)?(?: es| son| esta| estan)?|como se llaman?)(?: (?:el|la|los|las|de|al?))* "
        r"(?:titular(?:es)?|director(?:a|as|es)?|encargad[oa]s?|responsables?|cargo|frente)\b|"
        r"quien (?:dirige|encabeza)\b",
    ),
    (
        QuestionTopic.CALENDAR,
        rf"(?:cuando|que dia|en que fecha|que fecha|a que hora)(?: se)?(?: \w+){{0,2}}? {_END}\b|"
        r"cuando (?:(?:son )?(?:los )?dias inhabiles|hay que|toca|tengo que|tenemos que|debo|debemos|"
        r"es la fecha|firmamos|reportamos|entregamos|se "
        r"(?:entrega|reporta|firma|captura)|es inhabil|hay (?:dias? inhabil\w*|puente))\b|"
        r"(?:hasta|para) (?:cuando|que (?:dia|fecha))\b|"
        rf"(?:la |las )?fechas? (?:de|para|del) (?:{_END}|captura|entrega)\b|fechas? limite\b|"
        r"cuant[oa]s? (?:dias?|tiempo|semanas?)(?: habiles)? (?:(?:nos|me|le) )?(?:falta|faltan|queda|"
        r"quedan|tenemos|tengo|hay)\b|"
        r"cuanto (?:(?:nos|me) )?(?:falta|queda) (?:para|del)\b|"
        r"(?:que|cuales)(?: son)?(?: los)? dias (?:son )?(?:inhabil|festiv|de asueto)\w*|(?:el |"
        r"los )?dias inhabiles\b|"
        r"cuantos dias (?:son )?inhabiles\b|"
        r"(?P<mark>es inhabil|hay puente|(?:ya )?(?:cerro|cierra|vencio|termino) (?:el |la )?(?:trimestre|"
        r"captura|plazo)|"
        r"(?:todavia|aun) (?:puedo|podemos|se puede|hay tiempo|estoy a tiempo|estamos a tiempo))",
    ),
    (
        QuestionTopic.DUTIES,
        r"que (?:cosas |mas )?(?:(?:le|les|nos|me|se) )?(?:falta|faltan|hace falta|hacen falta|debe|deben|"
        r"debemos|debo|"
        r"queda|quedan|adeuda)\b|"
        r"(?:que|cuales|cuantos)(?: son)?(?: (?:los|mis|nuestros|sus))? pendientes?\b|"
        r"que (?:hay|tiene|tienen|tenemos|tengo|esta|quedo|sigue)(?: de| como)? pendientes?\b|"
        r"que (?:tengo|tenemos|hay) que (?:entregar|reportar|registrar|hacer)\b|"
        r"cuanto (?:(?:le|les|nos|me) )?(?:falta|queda)\b|"
        r"que (?:(?:me|nos|le|les) )toca\b|que sigue\b|"
        r"(?P<kept>(?:al? )?\b\w+(?: \w+)?) que (?:(?:le|les|nos|me) )?(?:falta|faltan|debe|deben)\b|"
        r"(?P<mark>(?:ya )?(?:reporto|registro|entrego|cumplio|firmo|capturo|reportaron|entregaron|"
        r"cumplieron|firmaron) (?!todo)|"
        r"hay \w+ pendientes?\b|"
        r"(?:(?:le|les|nos|me) )?faltan? algo|(?:hay|tiene[ns]?|tenemos|tengo|quedan?) (?:algo |"
        r"algun )?pendientes?)\b",
    ),
    (
        QuestionTopic.ACTIVITIES,
        r"(?:que|cuales|cuantas)(?: son)?(?: (?:las|mis|nuestras))? actividades\b|"
        r"que (?:mas )?(?:(?:se|nos|me|les?) )?(?:ha|han|hemos|he) (?:hecho|registrad|reportad|capturad|"
        r"entregad|realizad)\w*|"
        r"que (?:mas )?(?:(?:se|nos) )?(?:hizo|hicieron|hicimos|hice|registro|registraron|registramos|"
        r"reporto|reportaron|"
        r"reportamos|capturo|capturaron|capturamos|subieron)\b|"
        r"que (?:llevo|llevamos|tengo|tenemos|hay|lleva|llevan|tiene) (?:registrad|capturad|reportad|"
        r"hecho)\w*|"
        r"(?P<mark>(?:ya )?(?:esta|estan|quedo|quedaron) (?:registrad|capturad)\w*|"
        r"(?:ya )?(?:registre|registraron|registramos|se registro|se registraron)\b)",
    ),
    (
        QuestionTopic.REPORT,
        r"(?:donde|como) (?:esta|veo|encuentro|descargo|saco|genero|bajo|consigo|obtengo|hago|pido)"
        r"(?: el| un| mi| los)? (?:informes?|reportes?)\b|"
        r"(?P<mark>ya (?:esta|hay|salio) (?:listo )?(?:el |un )?informe)\b",
    ),
    (
        QuestionTopic.PROGRESS,
        rf"(?:como|que tal|que tan bien|que tanto) {_GO}|que (?:onda|hay) con\b|como (?:estamos|estoy)\b|"
        r"(?:que|cuanto|cual) (?:es )?(?:el |mi |nuestro |su )?(?:avances?|porcentaje|progreso|estatus|"
        r"status|semaforo|situacion)\b|"
        r"(?:por|en) que (?:va|van|vamos|esta|estan|estamos)\b|"
        r"(?:que|cual|cuales) (?:son las |es la )?lineas? (?:va|van|vamos|esta|estan|lleva|llevan|"
        r"llevamos)\b|"
        r"cuantas lineas\b|vamos a (?:alcanzar|cumplir) la meta\b|"
        r"que tan \w+ (?:va|van|vamos|esta|estan|estamos)\b|"
        r"(?:donde|como) (?:veo|consulto|encuentro|checo) (?:el |mi |los )?avances?\b|"
        r"en que (?:avance|porcentaje)\b|(?:a|en|de) cuanto (?:va|van|vamos|voy|esta|estan|estamos)\b|"
        r"cuanto (?:(?:se|nos) )?(?:va|van|vamos|voy|lleva|llevan|llevamos|llevo|ha|han|hemos|avanzo|"
        r"avanzamos|avanza)\b|"
        r"que llevamos\b|"
        r"(?P<mark>(?:vas?|van|vamos|estamos|estan|esta|hay|tiene|tenemos) (?:bien|mal|atrasad\w+|"
        r"en (?:verde|rojo|amarillo)|"
        r"a tiempo|al corriente|retrasad\w+|avances?)\b)",
    ),
    (QuestionTopic.PROGRESS, r"(?P<mark>(?:ya )?(?:va|van|cumplio|cumplimos|llego|llegamos) (?P<kept>.*))$"),
    (QuestionTopic.PROGRESS, r"(?P<kept>\w[\w ]{2,50}?) (?:como|que tal) (?:va|van|anda|andan|vamos)$"),
    (QuestionTopic.WELL_BEING, r"(?:como|que tal) (?:esta|estan|se encuentra|se encuentran)\b"),
    (QuestionTopic.COUNT, r"(?:llevamos|llevan|van|tenemos|hay|son) cuant[oa]s? (?P<kept>.+)"),
    (
        QuestionTopic.COUNT,
        r"(?P<kept>\w[\w ]{2,50}?) cuant[oa]s? (?:van|llevamos|llevan|hay|son|tenemos|faltan)\b",
    ),
    (QuestionTopic.COUNT, r"(?P<mark>(?:nos |le )?faltan? (?:mucho|poco)\b)"),
    (QuestionTopic.COUNT, r"cuant[oa]s? (?:son )?(?P<kept>.+)"),
    (QuestionTopic.COUNT, r"que (?P<kept>\w+) (?:(?:nos|les?) )?(?:faltan|llevamos|llevan|van)\b"),
)
NAMED = _compiled(
    (QuestionTopic.PROGRESS, r"(?:avances?|resumen|progreso|estatus|status|semaforo|porcentaje)\b"),
    (QuestionTopic.DUTIES, r"pendientes\b|lo que (?:(?:le|les|nos|me) )?(?:falta|debe|deben)\b"),
    (QuestionTopic.COUNT, r"metas? del? "),
    (QuestionTopic.CALENDAR, r"plazos? (?=para |del? )|calendario\b|cierre (?=del? )"),
    (
        QuestionTopic.ACTIVITIES,
        r"(?:lista(?:do)? de )?(?P<kept>las |mis )?actividades\b|lo (?:que (?:llev\w+|se ha|hemos|"
        r"han) )?(?:registrado|reportado)\b",
    ),
    (QuestionTopic.REPORT, r"(?:informes?|reportes?)\b"),
)
# Something was done: «dimos», «se realizó», «asistieron 9», an official letter.
REPORTED = re.compile(
    r"\b(?!(?:vamos|estamos|llevamos|andamos|pasamos|avanzamos|cerramos|quedamos|ambos|ramos|reportamos|"
    r"registramos)\b)"
    r"\w{2,40}(?:amos|imos|aron|ieron|jeron)\b|"
    r"\bse \w{3,}o\b|\b(?:hoy|ayer|antier|anteayer) (?:se |di |fui |hice )|\b(?:dimos|di|hice|fui|mande|"
    r"entregue|atendi|revise|"
    r"hizo|elabore|imparti|subi|asisti|fuimos)\b|\b(?:oficio|memo|memorandum|ofi)\b.{0,80}\d|\b\w{1,40}/\w{1,40}/\d|"
    r"\b\d+ (?:personas|mujeres|hombres|asistentes|participantes|servidores)\b|"
    r"\bya (?:quedo|quedaron|esta list|estan list|se)\b"
)
# After a bare noun participles say the same: «informe de marzo entregado».
REPORTED_NAMED = re.compile(
    r"\b(?!(?:atrasad[oa]s?|pasado|pasada|acumulado|registrado|registradas|reportado|estado|sector|privado|"
    r"unidad|"
    r"unidades|obligados|"
    r"programado|actualizado|detallado|electronicos|publicados?)\b)\w{3,}(?:ad|id)[oa]s?\b|\blist[oa]s?\b|"
    r"\bhech[oa]s?\b|"
    r"\b\d+ ?%|\bya\b|\bquedo\b|\d (?!de\b)[a-z]{4,}"
)
SILENT = re.compile(
    rf"\b(?:{_KNOWN}\w*|nada|sus?|actividad(?:es)?|area|avances?|por|de|el|la|en|su|informacion|todavia|"
    rf"aun|corriente|al)\b"
)

_SHORT = {
    "q": "que", "k": "que", "ke": "que", "qe": "que", "xfa": "porfa", "plis": "porfa", "cdo": "cuando",
    "cto": "cuanto",
    "ctos": "cuantos", "ctas": "cuantas", "cta": "cuanta", "trim": "trimestre", "tri": "trimestre",
    "av": "avance",
    "pend": "pendientes", "acts": "actividades", "inf": "informe", "bn": "bien", "komo": "como",
    "cmo": "como",
    "kien": "quien", "kienes": "quienes", "tmb": "tambien", "pa": "para", "xa": "para", "d": "de",
    "info": "informe",
    "falt": "falta", "qun": "quien", "ba": "va", "ban": "van", "bamos": "vamos", "aver": "a ver",
    "haver": "a ver",
}  # fmt: skip
_KEYWORDS = (
    "avance", "avances", "pendientes", "pendiente", "calendario", "informe", "informes", "reporte",
    "reportes", "trimestre",
    "falta", "faltan", "cuantos", "cuantas", "cuanto", "cuando", "cierra", "vence", "llevamos", "llevan",
    "mandame",
    "enviame", "quien", "quienes", "reportado", "registrado", "actividades", "porcentaje", "estatus",
    "semaforo",
    "muestrame", "necesito", "quiero", "firmado", "entregado", "inhabiles", "fecha", "limite",
)  # fmt: skip
_NO_TYPO = frozenset((
    "informo", "informas", "informame", "informeme", "informen", "informa", "informan", "informar",
    "reporto", "reporta", "reportan", "reportar", "avanza",
    "avanzo",
    "registro", "registra", "registradas", "registrada", "registrados", "reportada", "reportados",
    "reportadas", "cuanta",
    "firmada", "firmados", "firmadas", "firmando", "entregada", "entregados", "entregadas", "fechas",
    "faltaba",
    "faltaron", "llegamos", "llevaron", "lleva", "llevo", "lleve", "llega", "informaron", "reportaron",
    "calendarios", "actividad", "mandamos",
    "llegan",
    "trimestres", "trimestral", "falto", "cierre", "cerrar", "vencen", "reportando", "registrando",
    "quiere", "quieren",
    "viene", "venden", "bienes", "llevas", "firmaron", "mandan",
))  # fmt: skip
_ALIKE = 0.84  # of 1: «pendintes», «cuntas»
_HEARD = (
    (re.compile("k"), "c"),
    (re.compile(r"z|c(?=[ei])"), "s"),
    (re.compile("v"), "b"),
    (re.compile(r"(?<!c)h"), ""),
)


def correct_typos(words: list[str]) -> str:
    """The words with abbreviations written out and misspelt keywords as they are meant."""
    return " ".join(_mended(_SHORT.get(word, word)) for word in words)


@lru_cache(maxsize=4096)
def _mended(word: str) -> str:
    if len(word) < 5 or word in _NO_TYPO or word in _KEYWORDS or not word.isalpha():
        return word
    incoming = {_heard(each): each for each in _KEYWORDS}.get(_heard(word))  # «avanse»
    if incoming is not None:
        return incoming
    # Not by rapidfuzz: its three megabytes would be loaded by the first word of the first message.
    near = get_close_matches(word, _KEYWORDS, 1, _ALIKE)
    return near[0] if near else word


def _heard(word: str) -> str:
    """As it sounds."""
    for pattern, letter in _HEARD:
        word = pattern.sub(letter, word)
    return word
