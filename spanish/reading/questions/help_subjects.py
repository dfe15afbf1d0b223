"""What a question about the bot itself is about: «cómo corrijo…», «qué significa el azul», «ayuda». Pure."""

import re

from spanish.reading.questions.frame import AskingFrame, How

_HOW = re.compile(
    r"(?:(?:se )?(?:puede|puedo|podria|podemos|debo|tengo que|hay que|le hago para|le hacemos para|"
    r"hago para|hacemos para|"
    r"se hace para|es que se|hacer para) ?)?(?:se |le |lo |la |los |las |me |nos )?(?P<verb>\w+)"
)
_MEANS = re.compile(r"\b(?:significa\w*|quiere[n]? decir|que es el|a que se refiere|representa\w*)\b")
_COLOURS = re.compile(
    r"\b(?:azul\w*|roj\w+|verde\w*|amarill\w+|blanc\w+|color\w*|semaforos?|circul\w+|rombo|palomita|puntos?)\b"
)
_ABLE = re.compile(
    r"\b(?:que (?:puedes|puede|sabes|sabe) (?:usted )?hacer|que (?:te|le) puedo (?:preguntar|pedir)|"
    r"para que (?:sirves?|eres|es)|"
    r"como (?:funcionas?|te uso|lo uso|se usa)|(?:menu|comandos|opciones|instrucciones|manual|tutorial|"
    r"guia de uso))\b"
)
# Each verb's root, and what it is about where its object does not say more.
_VERBS = (
    (
        r"registr\w*|captur\w*|anot\w*|report[oae]\w*|agreg\w*|sub(?:o|ir|e|imos)|met(?:o|er)|carg\w+|cuent(?:o|a)|hag\w+|hac\w+",
        "capture",
    ),
    (r"correg\w*|corrij\w*|corrig\w*|modific\w*|edit\w*|cambi\w*|arregl\w*|compon\w*|actualiz\w*", "correct"),
    (r"borr\w*|elimin\w*|quit\w*|retir\w*|anul\w*", "withdraw"),
    (r"deshag\w*|deshac\w*|cancel\w*", "undo"),
    (r"adjunt\w*|anex\w*|mand\w*|envi\w*|pong\w*|pon\w*", "evidence"),
    (r"firm\w*", "sign"),
    (r"gener\w*|descarg\w*|sac\w*|imprim\w*|obteng\w*|obten\w*|baj\w*|pid\w*", "report"),
    (r"v[eé]o|ver|consult\w*|revis\w*|chec\w*|encuentr\w*", "progress"),
    (r"invit\w*|doy", "invite"),
    (r"marc\w*", "counts"),
    (r"recib\w*|apag\w*|silenci\w*", "reminders"),
    (r"escrib\w*|redact\w*|dig\w*", "writing"),
    (r"reenvi\w*", "forward"),
    (r"reabr\w*|reapertur\w*", "reopen"),
)
_OBJECTS = (
    (r"pin|nip|clave|contrasena", "pin"),
    (r"recordatorios?|avisos?|notificaciones", "reminders"),
    (r"ausencias?|ausente|suplente", "absence"),
    (r"observacion(?:es)?", "observation"),
    (r"equivoqu\w*|error(?:es)?", "correct"),
    (r"a tiempo|plazo|tarde|cierre", "reopen"),
    (r"fotos?|fotografias?|imagen(?:es)?|evidencias?|archivos?|documentos?|videos?|audios?|pdf", "evidence"),
    (r"avances?|porcentaje|metas?", "progress"),
    (r"informes?|reportes? trimestral\w*|reporte", "report"),
    (r"publicad\w+|publico|ya cuentan?|cuente[n]?|pendientes?", "counts"),
    (r"personas?|compan?er\w+|usuarios?|acceso", "invite"),
)
_IS_COUNTED = re.compile(  # «cómo se mide la línea 5», «cuándo se considera hecho un acuerdo»
    r"\b(?:como|cuando|que) (?:es que )?se (?:mide|considera|cuenta|toma)\b|\bcuentan? (?:o|como)\b|"
    r"\bentran? (?:en|como)\b"
)
_OBJECT_WINS = ("pin", "reminders", "absence", "observation", "correct")
_VERB_WINS = ("correct", "withdraw", "undo", "sign", "reopen", "invite")


def help_subject(frame: AskingFrame, text: str) -> str:
    """The key of the answer, or empty where it is no question about the bot."""
    head = frame.head.split()[-1] if frame.head else ""
    said = f"{frame.head} {text}".strip()
    if _MEANS.search(said) and (_COLOURS.search(said) or head == "que"):
        return "signals" if _COLOURS.search(said) else "help"
    if _ABLE.search(said):
        return "help"
    if re.search(r"\bolvide mi (?:pin|nip|clave|contrasena)\b", said):
        return "pin"
    if re.match(r"que (?:pasa|sucede|ocurre|hago|hacemos) (?:si|cuando)\b", said):
        return _subject_of(text) or "help"
    if frame.how in (How.NAMED, How.REQUESTED, How.MARKED) and re.fullmatch(
        r"(?:ayuda\w*|menu)(?: .*)?", text or frame.verb
    ):
        return _subject_of(text) or "help"
    if frame.how is How.REQUESTED and not text and frame.verb.startswith(("ayud", "favor")):
        return "help"
    if head == "si" and frame.how is How.ASKED:
        return _how(frame.rest.split()[0], frame.rest) if frame.rest else ""
    if _IS_COUNTED.search(said):
        return "counts"
    if head == "como" and (found := _HOW.match(frame.rest)):
        return _how(found["verb"], f"{frame.before} {frame.rest}")
    if head in ("donde", "linea") and re.match(
        r"(?:puedo |se )?(?:registr|captur|firm|cambi|correg|corrij|report|anot|apunt|met[oe]|pong|sub[oe])",
        frame.rest,
    ):
        return _how(frame.rest.split()[0], frame.rest)
    return ""


def _how(verb: str, text: str) -> str:
    """Of the first person present, an infinitive or «se» with the third: not of what was done."""
    key = next((key for pattern, key in _VERBS if re.fullmatch(pattern, verb)), "")
    if not key or re.search(r"(?:aron|ieron|amos|imos|aste|iste)$", verb):
        return ""
    about = _subject_of(text)
    if about in _OBJECT_WINS:
        return about
    return key if key in _VERB_WINS or not about else about


def _subject_of(text: str) -> str:
    return next((key for pattern, key in _OBJECTS if re.search(rf"\b(?:{pattern})\b", text)), "")
