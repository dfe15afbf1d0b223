"""Short forms that people write on a telephone, written out: «x» is «por», «reu» is «reunión»."""

import re
from re import Match

from spanish.rewording.words import like, rewrite

_WRITTEN_OUT = {
    "porque": "xq pq porq", "por": "x", "que": "q ke", "también": "tmb tb tbn tmbn tambn", "para": "pa pra p",
    "donde": "dnd", "cuando": "cdo cuand", "con": "cn", "de": "d", "nada más": "namas",
    "solo": "nomás nomas nomaz",
    "ahora": "ahorita orita ahorita ahoritita", "buen": "wen", "mensaje": "msj", "mensajes": "msjs",
    "reunión": "reu reun", "reuniones": "reus", "computadora": "compu", "computadoras": "compus",
    "documento": "doc docto", "documentos": "docs doctos", "información": "info", "laptop": "lap",
    "laptops": "laps", "capacitación": "capac", "capacitaciones": "capacs",
    "mantenimiento": "mtto mantto mantto",
    "mantenimientos": "mttos manttos", "trimestre": "trim", "general": "gral", "generales": "grales",
    "municipal": "mpal", "municipales": "mpales", "municipio": "mpio", "municipios": "mpios",
    "ayuntamiento": "ayto", "ayuntamientos": "aytos", "administrativo": "admvo", "administrativa": "admva",
    "administrativos": "admvos", "administrativas": "admvas", "oficio": "ofi ofic", "oficios": "ofis",
    "memorándum": "memo", "memorándums": "memos", "departamento": "depto dpto", "coordinación": "coord",
    "ordinaria": "ord", "extraordinaria": "extraord", "interdisciplinario": "interdisc",
    "asistentes": "asist", "aproximadamente": "aprox", "páginas": "págs pags", "página": "pág pag",
    "señora": "sra", "señor": "sr", "señorita": "srta", "presupuesto": "ppto", "preventivo": "prev",
    "horas": "hrs", "equipos": "eqs", "solicitudes": "sols", "secretaría": "sría sria", "secretario": "srio",
    "técnico": "tec", "electrónico": "elec", "fotografía": "foto", "fotografías": "fotos",
    "ingeniero": "inge", "licenciado": "lic", "contabilidad": "conta", "registros": "regs",
    "responsable": "resp", "expediente": "exp", "expedientes": "exps", "extensión": "ext",
    "teléfono": "tel", "kilómetros": "kms", "metros": "mts", "número": "nro", "números": "nros",
    "observaciones": "obs", "personas": "pers", "participantes": "partic", "constancia": "const",
    "profesor": "profe", "profesores": "profes", "WhatsApp": "whats wasap whatsap", "arquitecto": "arqui",
}  # fmt: skip
_LONG_FORM = {short: whole for whole, shorts in _WRITTEN_OUT.items() for short in shorts.split()}
_MONTHS = {
    "ene": "enero", "feb": "febrero", "mar": "marzo", "abr": "abril", "may": "mayo", "jun": "junio",
    "jul": "julio", "ago": "agosto", "sep": "septiembre", "sept": "septiembre", "oct": "octubre",
    "nov": "noviembre", "dic": "diciembre",
}  # fmt: skip
_MONTH = re.compile(
    rf"(?:(?<=\d)(?: de)?|(?<= de)|(?<= en)) ({'|'.join(_MONTHS)})\b(?:\.(?= [^\W\dA-ZÁÉÍÓÚ]))?",
    re.IGNORECASE,
)
_SLASHED = (
    (re.compile(r"(?<![\w/])p/ ?(?=\w)", re.IGNORECASE), "para "),
    (re.compile(r"(?<![\w/])c/ ?(?=[^\Wu\d]\w)", re.IGNORECASE), "con "),
    (re.compile(r"(?<![\w/])c/ ?u(?!\w)", re.IGNORECASE), "cada uno"),
    (re.compile(r"(?<![\w/])s/ ?(?=[^\W\dn]\w)", re.IGNORECASE), "sin "),
    (re.compile(r"(?<![\w/])d/ ?(?=\w{2})", re.IGNORECASE), "de "),
)
# Written short, with or without its full stop; a capital begins a sentence, so the stop is kept before one.
_SHORT = re.compile(
    rf"(?<![\w/@.-])({'|'.join(sorted(_LONG_FORM, key=len, reverse=True))})(?![\w/@-])"
    r"(\.(?=,| [a-záéíóúñ(\d]))?",
    re.IGNORECASE,
)
_NUMBERED = frozenset(["ext", "tel", "exp"])
_OF = re.compile(r"(?<![\w/@.-])(of|mem|ofs)\.? (?=(?:n[oú]m?\.? ?|n\.º ?)?[A-Z\d])")
_SEXES = re.compile(r"(?<![\w.,])(\d{1,6}) ?([mMhHfF])(?![\w²³])")
_WOMEN, _MEN = ("mujer", "mujeres"), ("hombre", "hombres")
_HEADS = {"mh": {"m": _WOMEN, "h": _MEN}, "fm": {"f": _WOMEN, "m": _MEN}, "fh": {"f": _WOMEN, "h": _MEN}}


def write_out(text: str) -> str:
    """Return the text with its short forms written out."""
    for pattern, whole in _SLASHED:
        text = rewrite(text, lambda found, whole=whole: whole, pattern)  # type: ignore[misc]
    text = rewrite(text, _month, _MONTH)
    text = rewrite(text, lambda found: f"{_OFFICES[found[1].lower()]} ", _OF)
    text = rewrite(text, _whole, _SHORT)
    return _sexes(text)


_OFFICES = {"of": "oficio", "ofs": "oficios", "mem": "memorándum"}


def _whole(found: Match[str]) -> str:
    short, before = found[1], found.string[: found.start()].rstrip()
    if short.lower() in ("p", "d") and (short.isupper() or found[2]):
        return found[0]
    if short.lower() == "q" and re.search(
        r"\b(?:saber|sepan|definir|decir) $", found.string[: found.start()]
    ):
        return "qué"
    if short.lower() == "x" and (before[-1:].isdigit() or len(short) > 1 or short.isupper()):
        return found[0]  # «3 x 4»
    if short.lower() in ("tec", "ext", "ord", "doc", "exp", "mar", "obs", "sem", "prev", "const") and (
        short.isupper() or short[0].isupper()
    ):
        return found[0]
    if short.lower() in ("doc", "part") and found[2]:
        return found[0]  # «inventarios doc.»: of documents, not one
    if short.lower() in _NUMBERED and found.string[found.end() :].lstrip(" .")[:1].isdigit():
        return found[0]
    if short.isupper() and len(short) > 2:
        return found[0]  # an acronym
    return like(_LONG_FORM[short.lower()], short if len(short) > 1 else short.lower())


def _month(found: Match[str]) -> str:
    """«12 dic» is «12 de diciembre», «en feb» «en febrero»."""
    led = " de" if found[0].startswith(" de") or found.string[: found.start()][-1:].isdigit() else ""
    return f"{led} {_MONTHS[found[1].lower()]}"


def is_short(word: str) -> bool:
    """Return whether a word in small letters is a short form."""
    return word in _LONG_FORM


def _sexes(text: str) -> str:
    """Return «14 M y 8 H» as «14 mujeres y 8 hombres», where both are told."""
    told = {found[2].lower() for found in _SEXES.finditer(text)}
    heads = next((each for letters, each in _HEADS.items() if set(letters) == told), None)
    if heads is None:
        return text
    return rewrite(text, lambda found: f"{found[1]} {heads[found[2].lower()][found[1] != '1']}", _SEXES)
