"""The numbers of a text that count a measure: «2 actas», «tres informes», «5 cpu y 2 impresoras»."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from models.errors import Rejected
from spanish.reading.activity.finished import is_finished
from spanish.reading.activity.measures import Counting, MeasureKind
from spanish.reading.activity.wholes import Number, find_elided, find_list, find_total
from spanish.reading.numbers import NUMBER
from spanish.reading.numbers import scaled as scaled_digits
from spanish.reading.spoken import Span
from spanish.reading.wording import root, words
from spanish.writing.number_words import ARTICLES

_REACH = 40  # characters around a number that say whether it was done, and what is added to it
_COUNTED = re.compile(
    rf"(?P<number>{NUMBER}|\b(?:un|una|uno)\b)(?P<far>)"
    # «6 de las 8 solicitudes», «3 de 5 actas»
    rf"(?:(?: [^\W\d_]+[ai]d[oa]s)? de (?:l[oa]s |est[oa]s |es[oa]s |un total de )?{NUMBER}|"
    r" de l[oa]s| de)?(?=(?P<words>(?: [^\W\d_]+){1,3}))"
)
# «Actas: 2», «solicitudes atendidas en el periodo: 7»
_BESIDE = re.compile(
    rf"\b(?P<words>[^\W\d_]+)(?= ?[:=] ?(?P<number>{NUMBER})|"
    rf"(?: [^\W\d_]+){{1,6}} ?[:=] ?(?P<far>{NUMBER})(?! ?[^\W\d_(]))"
)
_BETWEEN_WORDS = "de del la las los el y o e en a al con por para q que se fue fueron"
_BETWEEN = frozenset(_BETWEEN_WORDS.split())
_FILLER_WORDS = (
    "sol solo sola unica unico nuevo nueva nuevos nuevas primer primera primeras primeros otro otra otros "
    "otras mas gran buen tercer segundo segunda respectivos respectivas diferentes distintos distintas"
)
_FILLER = frozenset(_FILLER_WORDS.split())
# Not done, or not by this message: «faltan 2 actas», «de las 3 solicitudes», «tocaban 9 equipos».
_NOT_DONE = re.compile(
    r"\b(?:falt\w+|pendientes?|de (?:l[oa]s|un total de|un)|tocaban?|programad[oa]s|programamos|"
    r"pidieron|pidio|solicitaron|para|ni|no|"
    r"sin|hasta|teniamos|quedan?|inscribieron|"
    r"meta (?:es )?de|(?:^|[.,;] ?)de|seran|"
    r"vamos a \w+|con est[aeo]s? (?:ya )?(?:son|suman|llevamos|van))"
    r"(?: (?:otr[oa]s|como|unos|unas|ya|solo|hoy|a|las|los|por|\w+(?:ar|er|ir)))* $"
)
_TO_THEM = re.compile(r"\ba l[oa]s(?: (?:otr[oa]s|ya))* $")
_CAME_IN = re.compile(
    r"\b(?:recib\w+|llegaron|ingresaron|entraron|cayeron|turn(?:e|o|amos|aron)|canaliz\w+)(?: (?:otr[oa]s|"
    r"ya|hoy))* $"
)
# What a thing is made up of: «integrado por 3 proyectos», «consta de 2 informes».
_WITHIN = re.compile(
    r"\b(?:(?:integrad|compuest|conformad|dividid|agrupad|desglosad|formad|constituid)[oa]s? (?:por|de|"
    r"con|en)|"
    r"const(?:a|an|aba|o) de|incluye\w*|incluid[oa]s|contiene\w*|contempla\w*|abarca\w*|comprende\w*|"
    r"acompanad[oa]s? (?:de|por|con)|se divide\w* en|agrupa\w*|reune)(?: (?:un total de|los|las|a|sus))*"
    r"(?: \d+ [^\W\d_]+(?: [^\W\d_]+)??(?:, (?:y )?| y )){0,4} ?$"
)
_WITH = re.compile(r"(?<!cumplimos )(?<!cumplio )(?<!ya )\bcon(?: sus| los| las)? $")
# «De los 5 convenios, 3 ya están»
_OUT_OF = re.compile(
    rf"(?:^|[ ,.;])(?:de|revis\w+|teniamos|habia|eran|recib\w+|entraron|llegaron)(?: l[oa]s)? {NUMBER} "
    rf"[^.;\d]{{1,40}}?,? (?:y )?(?:ya )?(?P<number>{NUMBER})(?: ya)? (?:se (?!van)|estan\b|quedaron\b|"
    rf"fueron\b|"
    r"salieron\b|[^\W\d_]+(?:aron|ieron)\b)"
)
# «5 solicitudes, 2 solicitudes pendientes»
_STILL_OPEN = re.compile(
    r"(?: que)?(?: (?:aun|todavia|siguen?|estan?|quedan?|quedaron|van?)){0,4} "
    r"(?:pendientes?|en (?:tramite|proceso|espera|revision)|sin \w+|recibid[oa]s?|por \w+[aei]r)\b"
)
_AS = re.compile(
    rf"\b(?:cuentan?|cuente|reporta\w*|registra\w*|vale|valen|va|van|todo|todos)(?: todo)? (?:como|en|"
    rf"por) (?P<number>{NUMBER}|un|una)\b(?P<words>(?: [^\W\d_]+){{1,2}})"
    rf"|\b(?P<one>un|una) sol[oa] (?P<single>[^\W\d_]+)"
)
_DONE = re.compile(
    rf"\b(?:(?!estuvimos|fuimos|eramos|tuvimos|pedimos|recibimos|mandamos|enviamos|asist\w+|acud\w+|"
    rf"metimos)\w+mos|(?!fueron)\w+[ae]ron|hice|di|lleve|conteste|atendi|se hizo|se dio)"
    rf"(?: (?:ya|solo|hoy|nomas|unicamente|las|los|como))* (?P<number>{NUMBER})(?= ?[,.;:()]| (?:a|al|con|"
    rf"en|por|y|de ell[oa]s|nad|mas)\b|$)"
)
# «Contratos: 8 elaborados»
_THOSE = re.compile(
    rf"(?P<number>{NUMBER}) (?:ya )?(?:(?:elabor|firm|termin|contest|entreg|realiz|public|aprob)ad|"
    r"(?:conclu|atend|respond)id|resuelt|list|hech)[oa]s\b"
)
_WERE = re.compile(
    rf"\b(?:fueron|son|van|serian|hubo|siendo)(?: en total)? (?P<number>{NUMBER})(?= ?[,.;:()]| en total|"
    rf" mas\b|$)|"
    rf"(?P<total>{NUMBER}) en total\b|\ben total(?: son| fueron)? (?P<whole>{NUMBER})(?= ?[,.;:()]|$)"
)
_MORE = re.compile(r"\b(?:mas|y|y tambien|ademas de) (?:la|el|una|un|otra|otro) (?P<words>[^\W\d_]+)")
_BOTH = re.compile(r"\b(?:amb[oa]s|l[oa]s 2|el par de) (?P<words>[^\W\d_]+)")
_THEY = re.compile(
    rf"\b(?:l[oa]s (?P<number>{NUMBER})|amb[oa]s)"
    r"(?= (?:ya|se|los|las|nos|con|sin|estan|quedaron|fueron|tienen|list\w+|firmad[oa]s|firmaron|"
    r"\w+[ai]d[oa]s)\b|"
    r" ?[.,;]|$)"
)
_ADDED = re.compile(r"(?: y| e| mas|,)(?: tambien)? $")
_ALONE = re.compile(rf"\W{{0,100}}(?P<number>{NUMBER})\W{{0,100}}")
_VERB = re.compile(r"(?:ron|ndo|aban?)$")  # «12 implementadores reportaron» are no reports
_PARTICIPLE = re.compile(r"[ai]d[oa]s$")
_EVERY = re.compile(r"(?<![\w.,/])-?\d[\d.,]*(?P<words>(?: [^\W\d_]+){1,3})")


@dataclass(frozen=True)
class Count:
    """A quantity, scaled, and where it is said.

    `done`: a verb says that so many were done; `article`: it is only «un», «una».
    """

    quantity: int
    places: tuple[Span, ...]
    done: bool = False
    article: bool = False


def count(text: str, how: Counting, decimals: int, alone: bool) -> Count | None:
    """How much of a measure the text says, by what is surest first.

    `alone`: no other measure is spoken of, so that a number without a noun counts this one.
    """
    if one := _as_one(text, how, decimals):
        return one
    numbers = _numbers(text, how, decimals)
    if some := _some_of(text, how, decimals):
        return some
    if total := find_total(text, numbers, 10**decimals):
        return Count(total.quantity, (total.place,))
    if outright := _outright(text, numbers, how):
        return _sum(outright, find_elided(text, outright, 10**decimals))
    if not alone:
        named = [each for each in numbers if each.level < 2]
        return _sum(named) if named else None
    if bare := _bare(text, how, decimals) or _both(text, how, decimals) or _listed(text, how, decimals):
        return bare
    if how.kind in (MeasureKind.EVENT, MeasureKind.PRODUCT) and (
        whole := is_finished(text, how, 1 if alone else 0)
    ):
        return Count(10**decimals, (whole,), done=True)  # «se impartió el taller, 3 sesiones»
    made_up = _with_articles(text, numbers) or numbers
    return _sum(made_up, _more(text, made_up, how, decimals)) if made_up else None


def is_out_of_reach(text: str, how: Counting) -> bool:
    """Whether a number of the measure is said that cannot be one: «2.5 asesorías», «-3», «99999999»."""
    return any(
        (named := _named(found["words"], how)) and not _is_other(text, found.start(), how, named[1])
        for found in _EVERY.finditer(text)
    )


def mentions(text: str, how: Counting) -> bool:
    """Whether the text names the measure itself."""
    return any(root(word) in how.own for word in words(text))


def mentions_any(text: str, how: Counting) -> bool:
    """Whether the text names what may count as the measure."""
    return any(how.level(root(word)) is not None for word in words(text))


def _as_one(text: str, how: Counting, decimals: int) -> Count | None:
    """«Cuentan como una sola solicitud», «se reporta como una capacitación más», «un solo informe»."""
    for found in _AS.finditer(text):
        nouns = [found["single"]] if found["single"] else found["words"].split()
        if any(how.level(root(noun)) is not None for noun in nouns):
            quantity = scaled(found["number"] or "un", decimals)
            return Count(quantity, (found.span(),), done=True) if quantity is not None else None
    return None


def _outright(text: str, numbers: Sequence[Number], how: Counting) -> list[Number]:
    """Those that count the measure itself, else what covers all of it: «15 bienes (12 compus y 3…)»."""
    digits = _with_articles(text, numbers)
    own = [each for each in digits if each.level == 0]
    broad = [each for each in digits if each.level == 1]
    if own or how.kind is not MeasureKind.UNIT_OF_WORK or len(broad) == 1:
        return own or broad
    return []


def _with_articles(text: str, numbers: Sequence[Number]) -> list[Number]:
    """Those in digits, and «un», «una» that is added to them: «2 cursos y un taller»."""
    digits = [each for each in numbers if not each.article]
    first = min((each.place[0] for each in digits), default=len(text))
    return [
        each
        for each in numbers
        if not each.article or (first < each.place[0] and _ADDED.search(text, first, each.place[0]))
    ]


def _bare(text: str, how: Counting, decimals: int) -> Count | None:
    """A number that no noun follows: «fueron dos», «se hicieron 7», «dos en total», or alone."""
    # A document that was finished is named; a course may not be: «quedaron adiestrados…, fueron 2».
    reported = how.kind is not MeasureKind.PRODUCT or mentions_any(text, how)
    for pattern in (_WERE, _DONE, _THOSE) if reported else ():
        found = pattern.search(text)
        said = next(filter(None, found.groups()), "") if found else ""
        if found and (quantity := scaled(said, decimals)) is not None:
            return Count(quantity, (found.span(),), done=pattern is not _WERE)
    found = _ALONE.fullmatch(text)
    quantity = scaled(found["number"], decimals) if found else None
    return Count(quantity, (found.span(),)) if found and quantity is not None else None


def _both(text: str, how: Counting, decimals: int) -> Count | None:
    """«Ambos convenios»."""
    named = (each for each in _BOTH.finditer(text) if how.level(root(each["words"])) is not None)
    both = next(named, None) or (_THEY.search(text) if mentions_any(text, how) else None)
    if both is None:
        return None
    said = scaled(both.groupdict().get("number") or "2", decimals)
    return Count(said, (both.span(),)) if said is not None else None


def _some_of(text: str, how: Counting, decimals: int) -> Count | None:
    """«De los 5 convenios, 3 ya están»."""
    found = _OUT_OF.search(text) if mentions_any(text, how) else None
    quantity = scaled(found["number"], decimals) if found else None
    return Count(quantity, (found.span("number"),), done=True) if found and quantity is not None else None


def _listed(text: str, how: Counting, decimals: int) -> Count | None:
    """«Los ayuntamientos de Comitán y Ocosingo», where no number is said."""
    found = find_list(text, how)
    return Count(found[0] * 10**decimals, (found[1],), article=True) if found else None


def _more(text: str, numbers: Sequence[Number], how: Counting, decimals: int) -> int:
    """«… y 2 impresoras, más la lap»: one more."""
    last = max(each.place[1] for each in numbers)
    found = _MORE.search(text, last, last + _REACH)
    return 10**decimals if found and how.level(root(found["words"])) is not None else 0


def _sum(numbers: Sequence[Number], more: int = 0) -> Count:
    total = sum(each.quantity for each in numbers) + more
    article = all(each.article for each in numbers)
    return Count(total, tuple(each.place for each in numbers), article=article)


def _numbers(text: str, how: Counting, decimals: int) -> list[Number]:
    """Every number that counts the measure or what may make it up, and was done."""
    taken: list[Span] = []
    done: list[Number] = []
    still_open: list[Number] = []
    for pattern in (_COUNTED, _BESIDE):
        for found in pattern.finditer(text):
            said = found["number"] or found["far"]
            named, quantity = _named(found["words"], how), scaled(said, decimals)
            if any(start <= found.start() < end for start, end in taken):
                continue  # «4 contratos: 3 de honorarios»
            if named is None or quantity is None or _is_other(text, found.start(), how, named[1]):
                continue
            end = (
                max(found.end("number"), found.end("far"))
                if pattern is _BESIDE
                else found.start("words") + 1 + len(named[0])
            )
            taken.append((found.start(), end))
            number = Number(quantity, (found.start(), end), named[1], said in ARTICLES)
            (still_open if _STILL_OPEN.match(text, end) else done).append(number)
    return done or still_open


def _is_other(text: str, start: int, how: Counting, level: int) -> bool:
    """Whether what stands before a number tells that it was not done, or is within another thing."""
    before = text[max(0, start - _REACH) : start]
    return bool(
        _NOT_DONE.search(before)
        or _WITHIN.search(text[max(0, start - 2 * _REACH) : start])
        or (how.kind is not MeasureKind.UNIT_OF_WORK and _TO_THEM.search(before))
        or (how.kind is not MeasureKind.ENTITY and _CAME_IN.search(before))
        or (how.kind is MeasureKind.PRODUCT and level == 2 and _WITH.search(before))
    )


def _named(said: str, how: Counting) -> tuple[str, int] | None:
    """What is counted, if it is the measure: its first words, no further than the first «de» or «y»."""
    counted = list(takewhile(lambda word: word not in _BETWEEN, said.split()))
    if how.ordinary and any(word.startswith("extra") for word in counted):
        return None
    nouns = [each for each in counted if each not in _FILLER and not _VERB.search(each)][:2]
    if nouns[1:] and _PARTICIPLE.search(nouns[1]):  # «6 enlaces capacitados» are no capacitaciones
        nouns = nouns[:1]
    for word in nouns:
        if (level := how.level(root(word))) is not None:
            return word, level
    return None


def scaled(number: str, decimals: int) -> int | None:
    """The number scaled by the decimals; None for one with more of them, or none at all."""
    try:
        return scaled_digits("1" if number in ARTICLES else number, decimals)
    except Rejected:
        return None
