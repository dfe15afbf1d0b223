"""One of a measure that is said to be finished by its own name: «levanté un acta», «la Segunda Sesión».

Whatever else stands in the message: «levanté un acta; antes salieron 14 convocatorias».
"""

import re
from collections.abc import Iterable, Iterator

from spanish.reading.activity.measures import Counting, MeasureKind
from spanish.reading.spoken import Span
from spanish.reading.wording import root

_REACH = 50  # characters before and after the thing in which it is said to be finished
_AR = (
    "levant|elabor|entreg|termin|redact|aprob|firm|present|celebr|realiz|efectu|integr|actualiz|public|formul|"
    "gener|finaliz|culmin|rubric|solvent|contest|desahog|otorg|brind|mand|envi|cerr|ejecut|acab|complet|"
    "dictamin|capacit|aplic|proporcion|autoriz|valid|tramit|despach|conect|interconect|incorpor"
)
_IR = "emit|impart|suscrib|expid|remit|respond|atend|resolv|conclu"
# In the past, of whatever person; «que levante», «no se firmó» and «se firmará» are not.
_DID = (
    rf"(?:(?:{_AR})(?:u?e|o|amos|aron)|(?:{_IR})(?:i|io|imos|ieron)|concluyo|concluyeron|realice|finalice|actualice|autorice|publique|aplique|hice|hizo|hicimos|"
    r"hicieron|di|dio|dimos|dieron|tuvimos|(?:llevo|llevamos|llevaron) a cabo)"
)
_BEEN = rf"(?:(?:{_AR})ad|(?:{_IR})id|resuelt|hech|list)"  # and its «o» or «a»
_NO_MORE = r"(?!para\b|de\b|del\b|sobre\b|el\b|la\b|un\b|una\b|los\b|las\b|con\b|en\b|y\b)"
_BEFORE = re.compile(
    r"(?<!no )(?<!no se )(?<!no le )(?<!que )(?<!que se )(?<!\bq )(?<!\bq se )(?<!ser )(?<!sea )"
    rf"(?<!ha )(?<!han )\b(?:{_DID}|{_BEEN}[oa])"
    rf"(?:(?: {{1,4}}(?:el|los|del|el dia|los dias|este))? {{1,4}};| {{1,4}}{_NO_MORE}[^\W\d_;]{{1,40}}|"
    r" (?:el|en la) (?:dia|manana|tarde)){0,3} {1,4}$"
)
_AFTER = re.compile(
    rf"(?:(?: {_NO_MORE}[^\W\d_]{{1,40}}){{0,2}}(?: de (?:la |el )?[^\W\d_]{{1,40}}| del [^\W\d_]{{1,40}})?)?"
    rf"(?: ya| {{1,4}};|,){{0,3}} {{1,4}}(?:(?:quedo|fue|esta) )?{_BEEN}(?P<gender>[oa])\b"
)
_THEY_ARE = re.compile(
    rf"(?: {_NO_MORE}[^\W\d_]+){{0,2}}?(?: ya)? (?:(?:quedaron|fueron|estan) )?{_BEEN}[oa]s\b"
)
# «Entregamos 2», and one of a list: «3 convocatorias, 21 invitaciones, un acta»
_JUST_DONE = re.compile(
    rf"(?<!no )(?<!no se )(?<!que )(?<!que se )\b{_DID}"
    r"(?: {1,4}(?:ya|hoy|;|como|a|los|las)){0,6} {1,4}$|"
    r"\d [^\W\d_]+(?:, (?:y )?| y )$"
)
_OF = re.compile(r"\b(?:de|del|para|pa|p|p/|sobre|a|al) $")  # «convocatoria para la sesión, enviada»
_ORDINAL = (
    r"(?:(?:primer|segund|tercer|cuart|quint|sext|septim|octav|noven|decim)[oa]?|\d{1,2} ?(?:a|o|ra|da|er|do|"
    r"ta|to|ª|º|°)\.?|unic[oa]|nuev[oa]|gran)"
)
_ONE = re.compile(rf"\b(?P<article>el|la|su|un|una|nuestr[oa]) (?:{_ORDINAL} ){{0,2}}(?P<noun>[^\W\d_]+)")
_EXTRAORDINARY = re.compile(r"(?: [^\W\d_]+)? extraord")
# Something of it is still to be done, or it is not the thing itself.
_LACKING = re.compile(
    r"\bfalt(?:a|an|aba|aban|aria)\b|\bpendientes?\b|\bpor (?:firmar|aprobar|validar|autorizar|entregar)\b|"
    r"\b(?:aun|todavia) (?:no|sin)\b|\bborrador\b|\bpreliminar\b|\bsin (?:firm|aprob|valid)\w+|"
    r"\bpara (?:su |la )?(?:revision|firma|validacion|visto bueno|vobo|opinion|comentarios|observaciones)\b|"
    r"\ba (?:su )?(?:revision|validacion|opinion)\b|(?<!la )(?<!; )(?<!;  )\bmanana\b|"
    r"\bprimera? (?:version|propuesta)\b"
)


def is_finished(text: str, how: Counting, most: int) -> Span | None:
    """Where one of the measure, named in the singular, is finished; never where anything of it is lacking.

    `most`: up to which `Counting.level` a word names it; 0 where another measure is spoken of, too.
    """
    if how.kind is MeasureKind.PEOPLE or _LACKING.search(text):
        return None
    return next((each.span() for each in _named(text, how, most) if _is_done(text, each)), None)


def are_finished(text: str, places: Iterable[Span]) -> bool:
    """Whether what is counted in those places is: «3 solicitudes contestadas», nothing of it lacking."""
    return _LACKING.search(text) is None and any(
        _THEY_ARE.match(text, end) or _JUST_DONE.search(text[max(0, start - _REACH) : start])
        for start, end in places
    )


def _named(text: str, how: Counting, most: int) -> Iterator[re.Match[str]]:
    for found in _ONE.finditer(text):
        level = how.level(root(found["noun"]))
        if level is None or found["noun"].endswith("s") or level > most:
            continue
        if not (how.ordinary and _EXTRAORDINARY.match(text, found.end())):
            yield found


def _is_done(text: str, found: re.Match[str]) -> bool:
    before = text[max(0, found.start() - _REACH) : found.start()]
    if _BEFORE.search(before):
        return True
    after = _AFTER.match(text, found.end(), found.end() + _REACH)
    if after is None or _OF.search(before):
        return False
    return found["article"] == "su" or (after["gender"] == "a") == found["article"].endswith("a")
