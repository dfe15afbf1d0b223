"""Whole messages about the bot itself, most of them without an interrogative: «me equivoqué», «menú». Pure.

A pattern must cover the whole text, politeness aside, so that a report of work that begins alike is none.
"""

import re

from spanish.reading.questions.question import QuestionTopic
from spanish.writing.folding import fold

LONGEST = 90  # characters
_POLITE = (
    r"hola|holi|ola|oye|oiga|buen(?:os|as)?|dias?|tardes?|noches?|disculp\w+|perdon\w*|por favor|porfa\w*|"
    r"porfis|favor|gracias|ok|oki|okay|bot|asistente|avance|una pregunta|pregunta|duda|una duda|ay|uy|ups|"
    r"upss?|chin|es que|creo que|parece que|pero|y|pues|entonces|ahora|lic|jef[ea]|muchas|mil|saludos|"
    r"hey|hi|hello|buenas|mira|fijese que|fijate que"
)
_BEFORE = re.compile(rf"\A(?:(?:{_POLITE}) )+(?=\w)")
_AFTER = frozenset(
    ("por", "porfa", "porfavor", "porfis", "favor", "gracias", "muchas", "ok", "bot", "jefe", "jefa", "lic")
)
_MINE = r"(?:(?:el|la|lo|los|las|mi|mis|un|una|ese|esa|eso|este|esta|esto|nuestro|nuestra|sus?) )?"
_WANT = (
    r"(?:(?:quiero|quisiera|necesito|puedo|podria|me gustaria|como (?:le hago para|hago para|puedo|se puede|"
    r"puedo)?|donde|se puede|hay que|es posible|hay forma de) ?)?"
)
_ENTRY = r"(?:actividad|registro|captura|tarjeta|reporte|anotacion|mensaje|texto)"

_MISTAKE = (
    r"(?:ya )?(?:me|nos) (?:equivoqu\w+|equivocamos|confundi\w*|confundimos|equivoco)(?: (?:de|en|con|al|"
    r"la|lo)"
    r"(?: [a-z]+){1,5})?",
    rf"(?:hay|tiene|puse|cometi|hice|tuve|fue|es|hubo|tengo|encontre|vi) (?:un |una |otro )?(?:error|errores|"
    rf"equivocacion|mal|algo mal)(?: (?:de dedo|de captura|en|con|al|mio)(?: [a-z]+){{0,5}}| {_MINE}"
    rf"(?:cantidad|dia|fecha|linea|numero|dato|lugar|texto))?",
    rf"{_MINE}(?:lo |la )?(?:esta|estuvo|quedo|salio|hice|puse|registre|capture|anote|escribi|se fue)"
    rf"(?: {_MINE}{_ENTRY})? (?:mal|equivocad[oa]|incorrect[oa]|erron[eo]a?)(?: {_MINE}{_ENTRY}| eso| esa| "
    rf"lo que "
    r"(?:puse|registre|mande|escribi))?",
    r"(?:la |lo )?(?:regue|cague|hice mal)",
    r"(?:eso |asi |ese |esa )?no (?:era|es|fue) (?:eso|asi|ese|esa|correcto|correcta|lo que (?:puse|dije|"
    r"queria))",
    r"(?:eso|asi|esa|ese) no (?:era|es|fue)",
    rf"(?:me |nos )?(?:falto|olvide|olvido|se me (?:olvido|paso)) (?:poner|decir|agregar|anotar|"
    rf"incluir)?(?: algo| un "
    rf"dato| {_MINE}(?:cantidad|dia|fecha|lugar|participantes|foto|fotos|oficio))?",
    rf"{_WANT}(?:corregir|corregirl[oa]|corrij[ao]l[oa]|corrigel[oa]|correccion|cambiarl[oa]|"
    rf"modificarl[oa]|editarl[oa])"
    rf"(?: {_MINE}(?:ultim[oa] )?{_ENTRY}| algo| un dato| {_MINE}ultim[oa])?",
    r"error|equivocacion|fue sin querer|fue un error|era broma|no quise (?:registrar|mandar|enviar)\w*",
)
_LAST = (
    rf"{_WANT}(?:borra|borre|borrar|elimina|elimine|eliminar|quita|quite|quitar|anula|anule|anular|retira|"
    rf"retire|"
    rf"retirar|deshaz|deshaga|deshacer|desaparece)(?:me|lo|la|los|las|melo|mela)?"
    rf"(?: {_MINE}(?:ultim[oa]s?|anterior|recien\w*|de hace rato|eso|esa|ese|todo)(?: {_ENTRY}| que "
    rf"(?:hice|puse|registre|mande|subi|capture|anote))?"
    rf"| {_MINE}{_ENTRY}(?: anterior| que (?:hice|puse|registre|mande|subi|acabo de \w+)| de (?:hoy|ayer|"
    rf"hace rato))?"
    r"| lo (?:que (?:acabo de \w+|hice|puse|registre|mande|subi|capture)|de hace rato|anterior|ultimo)| "
    r"eso| esa)?",
    r"me arrepenti|eso no va|no lo registres|no registres eso|cual fue (?:lo|la|mi) ultim[oa](?: que "
    r"registre| "
    r"actividad| registro)?",
)
_CANCEL = (
    r"(?:ya )?(?:cancela\w*|cancelar|cancelo|anular|abortar?|olvidal[oa]|olvidel[oa]|dejal[oa]|dejel[oa]|"
    r"salir|"
    r"salte|sal|parar?|stop|detente|mejor no|ya no|no ya no|ya no quiero|dejemoslo(?: asi)?|nada olvidal[oa])"
    r"(?: todo| eso| esto| la captura| la tarjeta| el registro)?",
)
_HELP = (
    r"(?:necesito |quiero |pido |dame |deme |una )*(?:ayuda\w*|help|menu|inicio|start|comandos?|opciones|"
    r"ordenes|"
    r"instrucciones|tutorial|socorro|auxilio|orientacion)(?: con (?:esto|el bot)| inicial| principal)?",
    r"(?:no (?:le |te |lo )?entiendo(?: nada| esto| como \w+| que \w+)?|no se (?:que|como) (?:hacer|"
    r"hacerle|usar\w*|"
    r"funciona\w*|empezar)(?: esto)?|estoy perdid[oa]|que hago|como (?:le hago|funciona\w*|empiezo|inicio|"
    r"te uso|"
    r"se usa|se empieza)(?: esto| el bot| aqui)?|por donde empiezo|y (?:ahora|esto)(?: que)?|ahora que|"
    r"que mas puedo hacer|para que (?:sirve\w*|es)(?: esto| el bot)?|que (?:puedo|puedes|puede|se puede|"
    r"sabes|"
    r"sabe)(?: usted)? hacer(?: aqui| contigo| con esto)?|quien eres|que eres|quien es usted|eres (?:un "
    r")?(?:robot|"
    r"bot|humano|persona|ia|una ia|una persona|una maquina)|hay alguien(?: ahi)?|con quien hablo|como te "
    r"llamas)",
)
_MANUAL = (
    rf"(?:(?:me |nos )?(?:pasa\w*|manda\w*|envia\w*|comparte\w*|quiero|quisiera|necesito|dame|deme|donde "
    rf"(?:esta|"
    rf"encuentro|veo)|tienes?|tienen|hay|existe|ver|descargar|puedes mandarme|puede mandarme) )?{_MINE}"
    r"(?:manual|instructivo|guia|guia rapida)(?: de (?:usuario|uso|operacion|avance))?(?: en pdf)?",
)
_LINES = (
    rf"(?:(?:cuales?|que|cuantas?|dime|dame|ver|muestra\w*|lista de|listado de|quiero ver|cual) )?"
    rf"(?:(?:son|es|serian|hay) )?{_MINE}(?:lineas?|metas?|objetivos?)(?: de accion| del programa)?"
    r"(?: (?:tengo|tenemos|tiene|hay|son|es|me tocan?|nos tocan?|me corresponden?|nos corresponden?|debo|"
    r"atiendo|"
    r"llevo|reporto|puedo registrar|me asignaron|que tengo|que tenemos|que me tocan?))?"
    r"(?: (?:de|en|que) (?:mi |nuestra )?(?:area|unidad|direccion|coordinacion|cumplir|reportar|reporto|"
    r"accion))*",
    r"(?:de )?que (?:me toca|nos toca|me corresponde|tengo que|debo) (?:reportar|registrar|informar)(?: este "
    r"trimestre| aqui)?|(?:de )?que (?:soy|estoy) (?:responsable|a cargo)|que registro aqui",
)
_SIGN = (
    r"(?:ya )?(?:puedo|podemos|se puede|podria|podre|me toca|nos toca|toca|hay que|tengo que|debo) "
    r"firmar(?:lo|se)?"
    r"(?: ya)?(?: el (?:trimestre|informe|cierre|reporte)| mi (?:trimestre|informe))?(?: ya)?",
    r"(?:desde )?cuando (?:puedo|podemos|se puede|hay que|me toca|nos toca|tengo que|toca|se|debo)? "
    r"?(?:firmar?|firmo|"
    r"es la firma)(?: el trimestre| el informe)?",
    r"(?:ya )?esta list[oa] para (?:firmar|la firma)|(?:que )?(?:me |nos )?falta (?:algo )?para (?:poder "
    r")?firmar"
    r"(?: el trimestre)?|por que no puedo firmar|no (?:me deja|puedo) firmar",
)
_STATE = (
    r"(?:ya )?(?:se (?:registro|guardo|mando|envio|subio)|quedo(?: (?:registrad[oa]|guardad[oa]|list[oa]|"
    r"bien|asi|"
    r"anotad[oa]))?|esta (?:registrad[oa]|guardad[oa]|list[oa])|lo (?:recibiste|recibio|registraste|"
    r"guardaste|anotaste)|"
    r"te llego|le llego|llego|lo tienes)(?: (?:mi |la |lo |el )?(?:actividad|registro|captura|que mande|"
    r"mensaje|foto|"
    r"fotos|de hoy|de ayer|mio))?(?: ya| verdad)?",
)
_COLOURS = (
    rf"(?:{_MINE}(?:significado|leyenda) (?:de )?)?{_MINE}(?:colores|semaforos|leyenda|simbolos|circulos|"
    rf"signos|"
    r"puntitos)(?: de colores)?(?: (?:que son|que significan|no los entiendo))?",
    r"no entiendo (?:los |el )?(?:colores|semaforos?|simbolos)",
)
_WHO_SEES = (
    r"(?:quien|quienes|alguien(?: mas)?|mi jef[ea]|el director|la directora|todos|el titular|la titular|"
    r"los demas|"
    r"otros|otras areas|planeacion|mis companer\w+)(?: mas)? (?:lo |la |me )?(?:puede[n]? )?(?:ve[n]?|ver|"
    r"vea|vean|lee[n]?|"
    r"leer|va a ver|van a ver|tiene acceso a|recibe|revisa)(?: (?:esto|eso|aqui|mis? \w+|lo que (?:yo |se "
    r")?\w+|"
    r"lo que \w+ \w+|este chat|las fotos|la foto|mi chat))?",
    r"(?:esto |aqui |es )?(?:es )?(?:privado|confidencial|secreto|anonimo)(?: esto| este chat| lo que \w+)?",
    r"(?:que hacen con|donde (?:quedan|se guardan|guardan)) (?:mis|las|los) (?:datos|fotos|mensajes)",
)
_PHONE = (
    rf"(?:voy a cambiar|cambie|cambio|cambiar|voy a tener|tengo|compre|perdi|extravie|se me (?:perdio|"
    rf"descompuso|cayo)|me "
    rf"robaron|estreno|traigo)(?: de)? {_MINE}(?:otro |nuevo )?(?:telefono|celular|cel|numero|chip|equipo|"
    rf"linea telefonica|"
    r"movil|aparato)(?: nuevo| de telefono| de celular)?(?: (?:y|que|como)(?: \w+){1,6})?",
    r"(?:que (?:pasa|hago)|y) si (?:cambio|pierdo|me roban|se me pierde)(?: de)?"
    rf" {_MINE}(?:telefono|celular|cel|numero|chip)",
)
_COMPUTER = (
    r"(?:tambien )?(?:sirve|funciona|jala|corre|se puede(?: usar)?|puedo (?:usarlo|entrar|usar|abrirlo|"
    r"escribir|"
    r"registrar|capturar)|lo puedo usar|hay version|se abre|se usa|hay|tiene|como (?:entro|lo uso|lo "
    r"abro))(?: (?:esto|el "
    r"bot|telegram|avance|version|tambien))*(?: (?:en|desde|para|de))?(?: (?:la|el|mi|una?))? "
    r"(?:computadora|compu|pc|laptop|lap|escritorio|tablet|tableta|ipad|mac|windows|navegador|web|internet)"
    r"(?: de la oficina)?",
)
_ERASE = (
    rf"{_WANT}(?:borrar|borro|borra|eliminar|elimino|elimina|quitar|quito|quita|destruir)(?: de verdad| "
    rf"por completo| "
    rf"definitivamente| para siempre| del todo)? {_MINE}(?:foto|fotos|fotografia|fotografias|imagen|"
    rf"imagenes|archivo|"
    r"documento|evidencia)(?: (?:que )?(?:con|tiene|trae|muestra|de))?(?: [a-z]+){0,6}?(?: (?:de verdad|"
    r"datos|"
    r"personales|privad[oa]s|sensibles|definitivamente|por completo|para siempre|ine|curp|rostros?|"
    r"menor(?:es)?))+",
    rf"(?:sub[ií]|mande|envie|puse|adjunte|se fue|se me fue) {_MINE}(?:foto|fotos|imagen|documento|"
    rf"archivo)(?: que)? (?:con|"
    r"tiene|trae) (?:datos (?:personales|sensibles)|una ine|la ine|la curp|caras de ninos|menores)(?: "
    r"\w+){0,4}",
)
_SETTINGS = (
    rf"(?:(?:ver|cambiar|abrir|quiero cambiar) )?{_MINE}(?:ajustes?|configuracion(?:es)?|configurar|"
    rf"preferencias?|"
    r"settings|opciones de (?:usuario|configuracion))",
    rf"{_WANT}(?:quitar|quita|poner|pon|activar|desactivar|ocultar|esconder|mostrar|regresar|"
    rf"devolver)(?:me)? {_MINE}"
    r"(?:teclado|botones de abajo|botonera)",
)
_QUIET = (
    r"(?:ya )?no (?:quiero|deseo|necesito)(?: recibir)?(?: tantos| mas| los| sus| tus)*(?: (?:mensajes|"
    r"avisos|"
    r"recordatorios|notificaciones))|(?:ya )?(?:dejal?|deje|deja|dejen) de (?:mandarme|enviarme|"
    r"molestar\w*|escribirme)"
    r"(?: (?:mensajes|avisos|recordatorios|notificaciones|cosas))?|(?:muchos|demasiados) (?:mensajes|avisos|"
    r"recordatorios)|no me (?:molestes|moleste|escribas|escriba)(?: mas| tanto| en la noche| el fin de "
    r"semana)?",
)
_PHRASES: tuple[tuple[QuestionTopic, str, tuple[str, ...]], ...] = (
    (QuestionTopic.COMMAND, "cancelar", _CANCEL),
    (QuestionTopic.HELP, "menu", _HELP),
    (QuestionTopic.HELP, "manual", _MANUAL),
    (QuestionTopic.HELP, "erase", _ERASE),
    (QuestionTopic.HELP, "mistake", _MISTAKE),
    (QuestionTopic.LAST, "", _LAST),
    (QuestionTopic.HELP, "lines", _LINES),
    (QuestionTopic.HELP, "can_sign", _SIGN),
    (QuestionTopic.HELP, "state", _STATE),
    (QuestionTopic.HELP, "signals", _COLOURS),
    (QuestionTopic.HELP, "who_sees", _WHO_SEES),
    (QuestionTopic.HELP, "phone", _PHONE),
    (QuestionTopic.HELP, "computer", _COMPUTER),
    (QuestionTopic.HELP, "settings", _SETTINGS),
    (QuestionTopic.HELP, "reminders", _QUIET),
)
_COMPILED = tuple(
    (topic, subject, re.compile(rf"\A(?:{'|'.join(patterns)})")) for topic, subject, patterns in _PHRASES
)
_SIGNS = frozenset("🟢🔵🟡🔴⚪🔷●▲■▶")


def set_phrase(text: str) -> tuple[QuestionTopic, str] | None:
    """What the whole text asks of the bot, as a topic and its subject; None for any other text."""
    if len(text) > LONGEST:
        return None
    said = " ".join(re.findall(r"[^\W_]+", fold(text)))
    if _SIGNS & set(text) and re.fullmatch(r"(?:y )?(?:que |por que |cual )?\w*(?: \w+){0,5}", said):
        return QuestionTopic.HELP, "signals"
    for candidate in (said, _bare(said)):
        for topic, subject, pattern in _COMPILED:
            if candidate and pattern.fullmatch(candidate) and (subject != "state" or "?" in text):
                return topic, subject
    return None


def _bare(said: str) -> str:
    """Return the folded words without the polite ones at the beginning and the end."""
    words = _BEFORE.sub("", said).split()
    while words and words[-1] in _AFTER:
        words.pop()
    return " ".join(words)
