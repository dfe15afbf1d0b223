"""Takes out what a message has only because it is one: greetings, courtesy, chatter, emoji."""

import re
import unicodedata

_NAME = r"[A-ZÁÉÍÓÚÑ][a-záéíóúñ]{1,20}"
_TITLE = (
    r"(?:lic(?:enciad[oa])?s?|ing(?:enier[oa])?|inge|jef[ea]s?|jefecit[oa]|mtr[oa]|maestr[oa]|dra?|doctora?|"
    r"arqui?|compas?|compa[ñn]er[oa]s|colegas|estimad[oa]s?|amig[oa]s|chic[oa]s|equipo|bot|a tod[oa]s|"
    r"tod[oa]s|"
    r"directora?|profe|secretari[oa]|usted(?:es)?)\.?"
)
_GREETING = (
    r"(?:hola{1,9}|ola|oye|oiga|oigan|hey|qu[eé] tal|c[oó]mo est[aá]s?n?|"
    r"(?:muy )?(?:buen|buenos|buenas|wenas)[ ,]{1,2}(?:d[ií]as?|tardes?|noches?)|buenas|"
    r"saludos(?: cordiales)?|un saludo|feliz (?:d[ií]a|lunes|martes|mi[eé]rcoles|jueves|viernes)|"
    r"espero (?:que )?(?:(?:se encuentren?|te encuentres|est[eé]n?s?) )?(?:muy )?bien|"
    r"presente(?=\W{0,3}\n|\.))"
)
_EXCUSE = (
    r"(?:(?:(?:una |mil )?disculpas?|perd[oó]n|perdona|perdonen?|disculpen?)"
    r"(?: (?:por|x) (?:la|el|lo|las) (?:hora|molestias?|tardanza|demora|retraso|tarde|atraso|lata|"
    r"insistencia|"
    r"desvelada))?|(?:apenas|reci[eé]n) (?:salimos|vengo saliendo|salgo|llegu[eé]|me desocup[oé]|"
    r"me acord[eé])"
    r"|me equivoqu[eé]|se me (?:hab[ií]a )?(?:pas[oó]|olvid[oó]|pasado|olvidado)"
    r"(?: (?:anotar|registrar|reportar|avisar|decir|poner)(?:l[oa]s?|les?)?)?"
    r"(?: lo de (?:ayer|hoy|antier)(?: lic| inge?| jef[ea])?)?)"
)
_NOTE = r"(?:anot|regist|apunt|report|captur|carg|agreg|inform)[a-záéíóú]{1,10}"
_REQUEST = (
    rf"(?:(?:para|pa|p/|pra) (?:que|q) (?:(?:me|nos|se|por favor|porfa) )?(?:l[oae]s? )?"
    rf"(?:{_NOTE}|quede (?:registrad|anotad)[oa]s?|sepa[sn]?|tomen? nota)"
    rf"|(?:(?:te|le|les|se) )?(?:l[oa]s? )?(?:encargo|pido|solicito|suplico|agradecer[eé])(?: que| si)? "
    rf"(?:me )?(?:puedes? |pudieras? )?{_NOTE}(?: que| q)?"
    rf"|(?:me |nos )?(?:puedes?|pueden|podr[ií]as?|podr[ií]an|ayudas? a|ayudan a) (?:por favor |porfa )?"
    rf"{_NOTE}(?: que| q)?"
    r"|(?:favor de |porfa |por favor )?(?:anot|registr|apunt|captur|agreg)(?:a|e|ar|en|es|as)(?:me|nos|le)?"
    r"(?:l[oa]s?)?(?! \d)(?=\W)(?: (?:por favor|porfa|porfis|ah[ií]))?(?: que| q)?"
    r"|(?:solo|s[oó]lo|nom[aá]s|nada m[aá]s) (?:para|pa) (?:avisar|informar|decir|comentar|reportar)"
    r"(?:te|les?)?(?: que| q)?"
    r"|(?:para|pa) (?:informar|avisar|comentar|comunicar|reportar|decir)(?:te|les?)?(?: a usted)?(?: que| q)"
    r"|(?:tal )?como (?:quedamos|acordamos|me (?:pediste|pidi[oó]))(?=\W{0,2} ?,))"
)
_TELLING = (
    r"(?:(?:(?:por (?:este medio|medio del? (?:la )?presente)|mediante (?:el|la) presente),? ?)?"
    r"(?:(?:me|se|nos) (?:permito|permite|permitimos) )?(?:(?:le|les|te|se|se le|se les) )?"
    r"(?:informo|informa|informamos|comento|comentamos|aviso|avisamos|comunico|comunica|comunicamos|cuento|"
    r"platico|reporto|reportamos|informar(?:les?)?|comunicar(?:les?)?|notifico|"
    r"(?:hago|hace|hacemos|hacer) (?:saber|(?:de|del) (?:su )?conocimiento))"
    r"(?: a (?:usted(?:es)?|tod[oa]s))?,? (?:que|q))"
)
_SIGH = (
    r"(?:u{1,3}f{1,9}|p{1,3}f{1,9}|a{1,3}y{1,5}|e{1,3}h{1,5}|o{1,3}h{1,5}|ups|bueno|pues|miren?|mira|"
    r"f[ií]jese que|"
    r"fijate que|f[ií]jate que|porfin|por fin|al fin|ahora s[ií]|gracias a dios|muchas gracias|gracias|"
    r"por favor|porfavor|porfa|porfis|nuevamente)"
)
_EXCLAIMED = (
    r"(?:ok(?:ay|ey|i)?|va|vale|sale|listo|urgente|ojo|wow|eso|excelente|perfecto|qu[eé] bueno|ya por fin)"
)
_GAP = r"[\s,.;:!¡?¿…~*-]{0,20}"
_CALLED = rf"(?:,? ?(?:(?i:{_TITLE})(?=\W|$)(?:,? {_NAME})?|{_NAME}(?=[,:!.])))"
_LEADING = re.compile(
    rf"{_GAP}(?:(?i:{_GREETING})(?!\w){_CALLED}{{0,3}}|(?i:{_EXCUSE})(?!\w)|(?i:{_REQUEST})(?!\w)"
    rf"|(?i:{_TELLING})(?!\w)|(?i:{_SIGH})(?!\w)|(?i:{_EXCLAIMED})(?=[,.!…])"
    rf"|(?i:{_TITLE})(?=[,:!]|\.? (?i:ya|se|le|les|ayer|hoy|antier|el|la|te|me|buen[oa]s)\b)){_GAP}"
)
_PROMISE = (
    r"(?:(?:ahorita|al rato|luego|despu[eé]s|m[aá]s tarde|en un rato|mañana|en un momento),? )?"
    r"(?:(?:les?|te|se l[oa]s?) )?(?:mando|paso|env[ií]o|comparto|subo|adjunto|anexo|dejo)"
    r"(?: (?:las?|los?|el|unas?))? ?(?:fotos?|fotograf[ií]as?|evidencias?|im[aá]genes|capturas?)"
    r"(?: (?:ahorita|al rato|luego|despu[eé]s|m[aá]s tarde|en un rato))?"
)
_THANKS = (  # at the end, whatever stands before
    r"(?:(?:de antemano |muchas |mil |much[ií]simas )?gracias(?: de antemano| por todo| por su atenci[oó]n)?|"
    r"saludos?(?: cordial(?:es)?| a tod[oa]s)?|porfavor|porfa|porfis|por favor|buen[oa]s (?:d[ií]as|"
    r"tardes|noches)|"
    r"quedo (?:al pendiente|atent[oa]|a sus [oó]rdenes|pendiente))"
)
_CLOSING = (  # after a stop
    rf"(?:{_THANKS}|(?:un )?cordial saludo|"
    r"(?:quedo|quedamos) (?:al pendiente|pendientes?|atent[oa]s?|al tanto|"
    r"a sus? [oó]rdenes|en espera)(?: de (?:sus? )?\w{1,20}(?: \w{1,20})?)?|"
    r"cualquier (?:cosa|duda)(?: (?:me |nos )?\w{1,20}){0,3}|"
    r"(?:que (?:tenga[ns]?|pase[ns]?) )?(?:un )?(?:excelente|lindo|bonito|buen) (?:d[ií]a|"
    r"fin(?: de semana)?|tarde)|"
    r"(?:dios (?:te|los|les) )?bendiciones|abrazos?|besos|hasta (?:luego|mañana|pronto)|nos vemos|"
    r"enhorabuena|"
    r"felicidades(?: a tod[oa]s| equipo)?|s[ií] se pudo|por fin|al fin|excelente|qu[eé] bien|es todo|"
    r"ser[ií]a todo|"
    rf"listo|atte|atentamente|{_PROMISE})"
)
_TRAILING = re.compile(
    rf"(?:\s{{1,3}}{_THANKS}|[,.;:!¡…(\n-]\s{{0,3}}{_CLOSING})\)?[\s,.;!…-]{{0,20}}$", re.IGNORECASE
)
_INSIDE = re.compile(
    r"(?<![^\s,.;!…(])(?:(?:j[aei]){2,9}j?|lol|u{1,3}f{1,9}|p{1,3}f{1,9}|porf(?:a|is|avor)|por favor|"
    r"h[ií]jole|no manches|seg[uú]n mis cuentas|si no me equivoco)(?=[\s,.;:!?…)]|$),?",
    re.IGNORECASE,
)
_PICTURES = re.compile(r"(?<=[\w)])\s?\0[\0\s]*(?=[^\W\d_])")  # between two parts of a sentence
_JOINERS = "\u200d\ufe0f\ufe0e\u20e3"
_SMILEY = re.compile(r"(?<!\S)(?:[:;=][-']?[()DPpO3*/\\|]|<3|[xX]D|\^\^|:v)(?=\s|$|[.,])")


def without(text: str) -> str:
    """Return the text without greetings, courtesy, chatter and emoji; "" if there is nothing else."""
    text = _PICTURES.sub(
        ", ", "".join("\0" if _is_picture(each) else each for each in text if each not in _JOINERS)
    )
    text = text.replace("\0", "")
    text = _INSIDE.sub("", _SMILEY.sub("", text))
    while (found := _LEADING.match(text)) and found.end():
        text = text[found.end() :]
    while found := _TRAILING.search(text):
        text = text[: found.start()] + "."
    return text


def is_greeting(text: str) -> bool:
    """Return whether the text begins with a greeting, an excuse, or a word to a colleague."""
    return bool(_LEADING.match(text))


def has_pictures(text: str) -> bool:
    """Return whether the text has emoji or other pictures."""
    return any(_is_picture(each) for each in text)


def _is_picture(letter: str) -> bool:
    """Whether a sign is a picture, a skin colour or a flag; «•», «°» and «©» are signs of writing."""
    code = ord(letter)
    return (
        0x1F000 <= code <= 0x1FAFF
        or 0x2600 <= code <= 0x27BF
        or 0x2B00 <= code <= 0x2BFF
        or (unicodedata.category(letter) == "So" and code > 0x20FF)
    )
