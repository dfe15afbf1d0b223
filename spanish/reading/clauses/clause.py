"""The clauses of a text: each with its predicate, what becomes of it, and how far its words reach.

A clause reaches from the boundary before its verb (a stop, a conjunction, a relative, a comma) to the next
clause. What stands without a verb belongs to the clause before it, after a comma, or is a heading of its own.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from spanish.reading.clauses.conjugation import Tense
from spanish.reading.clauses.tokens import Role, Token
from spanish.reading.clauses.verbs import Verb, VerbKind, verb_of


class Outcome(Enum):
    """How far what a clause tells has come."""

    DONE = auto()
    STATE = auto()  # «ya está», «hay», «va el informe»: present, nothing said of how
    UNDERWAY = auto()
    PLANNED = auto()
    WISHED = auto()  # in a purpose or a condition: «para que firmen»
    NEGATED = auto()
    LACKING = auto()
    TOTAL = auto()  # a running total: «ya llevamos 6»
    HEADING = auto()  # without a verb: «Curso de Excel, 12 personas»


@dataclass(frozen=True)
class Clause:
    """`first` and `last` are the places of its tokens, from and up to; `verb` that of its main verb."""

    first: int
    last: int
    outcome: Outcome
    kind: VerbKind
    verb: int | None = None
    relative: bool = False  # «… que mandaron las áreas»: said of a thing, not told as done
    participle: bool = False
    we: bool = False
    strong: bool = True  # a finite verb tells of it


_DETERMINERS = frozenset(
    [
        "el",
        "la",
        "los",
        "las",
        "un",
        "una",
        "unos",
        "unas",
        "su",
        "sus",
        "mi",
        "mis",
        "nuestro",
        "nuestra",
        "nuestros",
        "nuestras",
        "este",
        "esta",
        "estos",
        "estas",
        "ese",
        "esa",
        "esos",
        "esas",
        "dicho",
        "dicha",
        "dichos",
        "dichas",
        "cada",
        "otro",
        "otra",
        "otros",
        "otras",
        "algun",
        "alguna",
        "ningun",
        "ninguna",
        "primer",
        "primera",
        "segunda",
        "segundo",
        "tercer",
        "tercera",
        "ultimo",
        "ultima",
        "del",
        "al",
        "lo",
        "cual",
        "mismo",
        "misma",
        "ambos",
        "ambas",
        "varios",
        "varias",
    ]
)
_PREPOSITIONS = frozenset(
    [
        "de",
        "en",
        "con",
        "por",
        "para",
        "pa",
        "a",
        "sin",
        "sobre",
        "ante",
        "bajo",
        "contra",
        "desde",
        "entre",
        "hacia",
        "segun",
        "hasta",
        "x",
        "p",
    ]
)
_CLITICS = frozenset(["se", "le", "les", "lo", "la", "los", "las", "me", "nos", "te"])
_ADVERBS = frozenset(
    [
        "ya",
        "hoy",
        "ayer",
        "antier",
        "solo",
        "solamente",
        "nomas",
        "tambien",
        "tmb",
        "apenas",
        "hasta",
        "aun",
        "todavia",
        "bien",
        "muy",
        "mas",
        "ahorita",
        "ahora",
        "finalmente",
        "siempre",
        "asi",
        "luego",
        "despues",
        "entonces",
        "todo",
        "toda",
        "todos",
        "todas",
        "casi",
        "medio",
        "debidamente",
        "igual",
        "nuevamente",
        "por",
        "fin",
        "alla",
        "aqui",
    ]
)
_NEGATIONS = frozenset(["no", "ni", "nunca", "tampoco", "jamas", "nadie"])
_STOPS = frozenset(".;:!?¡¿()[]•·–—")
_JOINING = frozenset(
    [
        "y",
        "e",
        "o",
        "u",
        "pero",
        "sino",
        "aunque",
        "porque",
        "pues",
        "mientras",
        "cuando",
        "donde",
        "ademas",
        "tambien",
        "q",
        "que",
        "quien",
        "quienes",
        "cuyo",
        "cuya",
        "asi",
        "entonces",
        "luego",
        "como",
        "si",
    ]
)
_RELATIVE = frozenset(["q", "que", "quien", "quienes", "cuyo", "cuya", "donde"])
_PURPOSE = frozenset(["para", "pa", "p"])


def is_verb_at(tokens: Sequence[Token], place: int) -> Verb | None:
    """The verb at a place, or None where its neighbours make a noun or an adjective of it."""
    token = tokens[place]
    if not token.is_word:
        return None
    verb = verb_of(token.text)
    if verb is None:
        return None
    before = tokens[place - 1] if place else None
    word = before.text if before is not None and before.is_word else ""
    if word == "o" and token.text == "sea":
        return None
    if verb.tense in (Tense.INFINITIVE, Tense.GERUND):
        if word in _DETERMINERS and word not in _CLITICS:
            return None  # «el Poder Judicial»
        return verb if verb.known or word in _PREPOSITIONS or word in ("que", "q") else None
    if verb.tense is Tense.PARTICIPLE:
        return None
    if token.text == "esta" and not token.stressed:
        return verb if _is_esta(tokens, place) else None
    clitic = word in _CLITICS
    if word in ("se", "le", "les", "me", "nos", "ya", "no", "lo"):
        return verb
    sure = (
        verb.kind in (VerbKind.BE, VerbKind.GO, VerbKind.MANAGE, VerbKind.LACK)
        or token.text in _GOING_ON
        or token.text.endswith(("aron", "ieron", "yeron", "mos", "aban"))
        or (verb.kind is VerbKind.COUNT and word != "en" and _counts_on(tokens, place))
    )
    if sure:
        blocked = word in ("el", "un", "una", "de", "del", "al", "los", "las") and not (
            clitic and token.text.endswith(("ron", "mos"))
        )
        numbered = before is not None and before.is_number and not verb.known
        return None if (blocked and verb.kind is not VerbKind.BE) or numbered else verb
    if token.stressed:
        return verb
    if word in _DETERMINERS or word in _PREPOSITIONS or (before is not None and before.is_number):
        return None
    if (
        token.text.endswith(("io", "jo", "vo", "so"))
        and verb.tense is Tense.PAST
        and not _is_noun(token.text)
    ):
        return verb
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    follows = after is not None and (
        after.is_number
        or after.role is Role.DAY
        or (
            after.is_word
            and (
                after.text in _DETERMINERS
                or after.text in ("a", "al", "que", "q", "en", "por", "hoy", "ayer")
            )
        )
    )
    if verb.tense in (Tense.PRESENT, Tense.WISHED):
        return (
            verb
            if follows
            and word in ("", "que", "q", "y", "hoy", "si")
            and after is not None
            and (after.text not in ("en", "a", "al", "por"))
            else None
        )
    return verb if follows or word in _ADVERBS or word in _JOINING else None


_GOING_ON = frozenset(
    [
        "sigo",
        "sigue",
        "siguen",
        "seguimos",
        "continuo",
        "continua",
        "continuan",
        "continuamos",
        "ando",
        "anda",
        "andan",
        "andamos",
    ]
)


def _is_esta(tokens: Sequence[Token], place: int) -> bool:
    """Whether «esta» is the verb: before a participle, a preposition, an adverb or a stop."""
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if after is None or not after.is_word:
        return True
    verb = verb_of(after.text)
    return (
        (verb is not None and verb.tense in (Tense.PARTICIPLE, Tense.GERUND))
        or after.text in _PREPOSITIONS
        or after.text in _DETERMINERS
        or after.text in _ADVERBS
        or after.text.startswith(("list", "pendiente", "complet"))
    )


def _is_noun(word: str) -> bool:
    return word.endswith(
        ("icio", "orio", "ario", "vicio", "venio", "cipio", "tudio", "edio", "cambio", "envio")
    )


def clauses(tokens: Sequence[Token]) -> list[Clause]:
    """The clauses in order; together they hold every token."""
    verbs = list(_groups(tokens))
    if not verbs:
        return list(_headings(tokens, 0, len(tokens)))
    found: list[Clause] = []
    borders = _borders(tokens, verbs)
    for place, group in enumerate(verbs):
        first, last = borders[place], _stop(tokens, group.end, borders[place + 1])
        if group.clause.relative or group.clause.outcome is Outcome.WISHED:
            last = _comma(tokens, group.end, last)
        found.append(_settled(tokens, replace(group.clause, first=first, last=last)))
        last = _own_end(tokens, group.end, last)
        found[-1:] = [_settled(tokens, replace(group.clause, first=first, last=last))]
        if last < borders[place + 1]:
            found += _headings(tokens, last, borders[place + 1])
    head = borders[0]
    return _subjects(tokens, _beside(tokens, [*(_headings(tokens, 0, head) if head else ()), *found]))


def _beside(tokens: Sequence[Token], found: list[Clause]) -> list[Clause]:
    """«Se hizo la visita, *levantándose* cédula»: a gerund without an auxiliary is done with what it follows."""
    for place in range(1, len(found)):
        before, clause = found[place - 1 : place + 1]
        verb = verb_of(tokens[clause.verb].text) if clause.verb is not None else None
        alone = verb is not None and verb.tense is Tense.GERUND and clause.outcome is Outcome.UNDERWAY
        led = alone and clause.verb is not None and clause.verb - clause.first < 3
        if (
            led
            and before.verb is not None
            and not any(_ends(tokens, at) for at in range(before.first, clause.first))
        ):
            if before.outcome is Outcome.DONE and not _is_verb_before(tokens, clause):
                found[place] = replace(clause, outcome=before.outcome)
    return found


def _is_verb_before(tokens: Sequence[Token], clause: Clause) -> bool:
    """Whether the gerund has its auxiliary: «anduvimos entregando»."""
    if clause.verb is None or clause.verb == clause.first:
        return False
    verb = verb_of(tokens[clause.verb - 1].text)
    return verb is not None and verb.tense not in (Tense.PARTICIPLE, Tense.INFINITIVE)


def _subjects(tokens: Sequence[Token], found: list[Clause]) -> list[Clause]:
    """«El taller que tocaba hoy *se pospuso*»: what a relative clause parts from its verb gets its outcome."""
    for place in range(len(found) - 2):
        subject, said_of_it, main = found[place : place + 3]
        parted = subject.outcome is Outcome.HEADING and said_of_it.relative and main.verb is not None
        if parted and not any(_ends(tokens, at) for at in range(subject.first, main.first)):
            found[place] = replace(subject, outcome=main.outcome, kind=main.kind, strong=main.strong)
    return found


def _stop(tokens: Sequence[Token], first: int, last: int) -> int:
    """After the first full stop or new line between two places, or `last`: a verb does not reach over it."""
    for at in range(first, last):
        if _ends(tokens, at):
            return at + 1
    return last


def _ends(tokens: Sequence[Token], at: int) -> bool:
    """Whether a sentence ends at a token: «Dir.», «P.O.» end none."""
    token = tokens[at]
    if token.role is not None or token.text not in _ENDS:
        return False
    if token.text != "." or not at:
        return True
    before = tokens[at - 1]
    return not (
        before.is_word and before.end == token.start and (len(before.text) < 2 or before.text in _ABBREVIATED)
    )


_ABBREVIATED = frozenset(
    [
        "dir",
        "lic",
        "ing",
        "dr",
        "dra",
        "no",
        "num",
        "art",
        "arts",
        "of",
        "ofi",
        "gral",
        "depto",
        "dpto",
        "sria",
        "srio",
        "av",
        "col",
        "tel",
        "ext",
        "fracc",
        "mtra",
        "mtro",
        "arq",
        "prof",
        "sr",
        "sra",
        "srta",
        "hrs",
        "hr",
        "mts",
        "aprox",
        "ord",
        "extraord",
        "exp",
        "fol",
        "cd",
        "mpio",
        "edo",
        "coord",
        "admvo",
        "prev",
        "inv",
        "mem",
        "inf",
        "pag",
        "pags",
        "vol",
        "esq",
        "rep",
        "sec",
        "sist",
        "tec",
        "asist",
        "part",
        "cap",
        "cva",
        "km",
        "mtto",
        "doc",
        "docs",
        "capac",
        "op",
        "trim",
        "of",
        "ofs",
        "ext",
        "reu",
        "cap",
        "info",
    ]
)


def _own_end(tokens: Sequence[Token], first: int, last: int) -> int:
    """Where the clause of a verb ends: before a part that tells of its own, «…, las 6 ya pagadas»."""
    return next((at + 1 for at in range(first, last) if _begins_heading(tokens, at, at - 2, last)), last)


def _comma(tokens: Sequence[Token], first: int, last: int) -> int:
    """After the first comma between two places, or `last`: what follows belongs to the main clause."""
    for at in range(first, last):
        if tokens[at].role is None and tokens[at].text == ",":
            return at + 1
    return last


_ENDS = frozenset(".;!?")
_LIST_WORDS = re.compile(r"(?:list[oa]s?|complet[oa]s?|arriba|al dia)$")
_OPEN_WORDS = re.compile(r"(?:pendientes?|incomplet[oa]s?|medias|casi)$")
_OPEN_STATES = frozenset(
    [
        "revision",
        "tramite",
        "proceso",
        "espera",
        "firma",
        "firmas",
        "validacion",
        "borrador",
        "veremos",
        "curso",
    ]
)
_REVIEWS = frozenset(["revision", "validacion", "opinion", "comentarios", "observaciones", "vobo", "visto"])


def _settled(tokens: Sequence[Token], clause: Clause) -> Clause:
    """The clause with the outcome that its other words give it: «quedó *pendiente*», «*mañana* firmamos»."""
    inside = range(clause.first, clause.last)
    outcome = clause.outcome
    present = clause.we or outcome is Outcome.STATE or _may_be_present(tokens, clause)
    if present and outcome in (Outcome.DONE, Outcome.STATE, Outcome.UNDERWAY):
        if any(_is_future(tokens, at) for at in inside):
            return replace(clause, outcome=Outcome.PLANNED)
    if outcome is Outcome.HEADING or (outcome is Outcome.STATE and clause.kind in (VerbKind.BE, VerbKind.GO)):
        return _settled_state(tokens, clause)
    if (
        outcome is Outcome.DONE
        and clause.kind in (VerbKind.SEND, VerbKind.ACT)
        and any(
            tokens[at].text in _REVIEWS and _led_by(tokens, at, ("a", "para", "pa", "en")) for at in inside
        )
    ):
        return replace(clause, outcome=Outcome.UNDERWAY)
    return clause


def _may_be_present(tokens: Sequence[Token], clause: Clause) -> bool:
    """«Lo entrego», «lo entregó»: without the accent it is either, by the day beside it."""
    token = tokens[clause.verb] if clause.verb is not None else None
    if token is None or token.stressed or not token.text.endswith("o"):
        return False
    before = tokens[clause.verb - 1].text if clause.verb else ""
    return before != "se" and not token.text.endswith(("io", "zo", "jo", "vo", "so"))


def _settled_state(tokens: Sequence[Token], clause: Clause) -> Clause:
    start = clause.first if clause.verb is None else clause.verb + 1
    for at in range(start, clause.last):
        token = tokens[at]
        if token.text == "," and clause.verb is not None and not _goes_on(tokens, at + 1):
            break
        if not token.is_word:
            continue
        before = tokens[at - 1].text if at else ""
        if _OPEN_WORDS.match(token.text) or (token.text in _OPEN_STATES and before == "en"):
            return replace(clause, outcome=Outcome.LACKING)
        if (
            before in ("sin", "por", "para")
            and (verb := verb_of(token.text))
            and verb.tense
            in (
                Tense.INFINITIVE,
                Tense.PARTICIPLE,
            )
        ):
            return replace(clause, outcome=Outcome.LACKING)
        verb = verb_of(token.text)
        if (
            verb
            and verb.tense is Tense.PARTICIPLE
            and before not in _DETERMINERS
            and before not in ("sin", "no")
        ):
            if verb.kind in (VerbKind.BE, VerbKind.TELL) and clause.verb is None:
                continue
            return replace(clause, outcome=Outcome.DONE, kind=verb.kind, participle=True)
        if _LIST_WORDS.match(token.text):
            return replace(clause, outcome=Outcome.DONE, kind=VerbKind.ACT, participle=True)
    return clause


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether a participle follows a comma at once: «va el informe, entregado hoy»."""
    verb = verb_of(tokens[at].text) if at < len(tokens) and tokens[at].is_word else None
    return verb is not None and verb.tense is Tense.PARTICIPLE


def _led_by(tokens: Sequence[Token], at: int, prepositions: tuple[str, ...]) -> bool:
    before = at - 1
    if before >= 0 and tokens[before].text in ("su", "la", "el", "las", "sus"):
        before -= 1
    return before >= 0 and tokens[before].text in prepositions


def _is_future(tokens: Sequence[Token], at: int) -> bool:
    """«Mañana» (not «en la mañana»), «la próxima semana», «el lunes que viene», a day that has not come."""
    token = tokens[at]
    if token.role is Role.TO_COME:
        return True
    if not token.is_word:
        return False
    before = tokens[at - 1].text if at else ""
    if token.text == "manana":
        return before not in ("la", "esta", "de", "y", "x")
    if token.text in ("proximo", "proxima", "proximos", "proximas", "entrante"):
        return True
    if token.text in ("viene", "entra"):
        return before in ("que", "q")
    return token.text in ("semana", "mes", "quincena") and before in ("otra", "otro", "siguiente")


@dataclass(frozen=True)
class _Group:
    """A verb with its auxiliaries, from the first to the last of its tokens."""

    start: int
    end: int
    clause: Clause


def _groups(tokens: Sequence[Token]) -> Iterator[_Group]:
    place = 0
    while place < len(tokens):
        verb = is_verb_at(tokens, place)
        if verb is None:
            place += 1
            continue
        start = place
        while (
            start
            and tokens[start - 1].is_word
            and (
                tokens[start - 1].text in _CLITICS
                or tokens[start - 1].text in _NEGATIONS
                or tokens[start - 1].text in ("ya", "aun", "todavia")
            )
        ):
            start -= 1
        group = _group(tokens, start, place, verb)
        yield group
        place = group.end


def _group(tokens: Sequence[Token], start: int, place: int, verb: Verb) -> _Group:
    """The group that begins with the verb at `place`."""
    negated = any(tokens[each].text in _NEGATIONS for each in range(start, place)) or _is_without(
        tokens, start
    )
    chain = [(place, verb)]
    link = ""
    while True:
        open_ = chain[-1][1].kind in _OPEN or chain[-1][1].tense is Tense.GERUND
        next_ = _next_nonfinite(tokens, chain[-1][0])
        if next_ is None or not (open_ or (next_[2] == "de" and next_[1].tense is Tense.INFINITIVE)):
            break  # «terminó de encuadernar»
        link = link or next_[2]
        chain.append((next_[0], next_[1]))
    outcome, kind = _outcome(tokens, chain, link, start)
    if negated:
        outcome = Outcome.NEGATED
    main = chain[-1][0]
    return _Group(
        start,
        main + 1,
        Clause(
            0, 0, outcome, kind, main,
            relative=_is_relative(tokens, start),
            participle=verb.tense is Tense.PARTICIPLE,
            we=verb.tense is Tense.WE,
            strong=verb.tense not in (Tense.PARTICIPLE, Tense.INFINITIVE, Tense.GERUND),
        ),
    )  # fmt: skip


# Verbs after which the next one that is not finite says what is done.
_OPEN = frozenset({VerbKind.BE, VerbKind.GO, VerbKind.MANAGE, VerbKind.WANT, VerbKind.BEGIN, VerbKind.GO_ON})
_LINKS = frozenset(["a", "de", "en", "que", "q", "por"])


def _next_nonfinite(tokens: Sequence[Token], place: int) -> tuple[int, Verb, str] | None:
    """The infinitive, gerund or participle that goes on with the verb at `place`, and what links it."""
    link = ""
    for at in range(place + 1, min(place + 6, len(tokens))):
        token = tokens[at]
        if token.role is Role.DAY:
            continue
        if not token.is_word:
            return None
        verb = verb_of(token.text)
        if verb and verb.tense in (Tense.INFINITIVE, Tense.GERUND, Tense.PARTICIPLE):
            if verb.tense is Tense.INFINITIVE and not verb.known and not link:
                return None
            return at, verb, link
        if token.text in _LINKS and not link:
            link = token.text
        elif token.text not in _ADVERBS and token.text not in _CLITICS and not token.text.endswith("mente"):
            return None
    return None


def _is_without(tokens: Sequence[Token], start: int) -> bool:
    return bool(start) and tokens[start - 1].text == "sin"


def _is_relative(tokens: Sequence[Token], start: int) -> bool:
    """Whether the verb stands in what is said of a noun: «las metas que mandaron»."""
    at = start - 1
    while at >= 0 and tokens[at].is_word and tokens[at].text in _ADVERBS:
        at -= 1
    if at < 1 or tokens[at].text not in _RELATIVE:
        return False
    before = tokens[at - 1]
    if not before.is_word or before.text in ("por", "ya", "asi", "para", "pa", "de"):
        return False
    told = verb_of(before.text)
    return told is None or told.kind is not VerbKind.TELL


def _is_purpose(tokens: Sequence[Token], start: int) -> bool:
    at = start - 1
    if at >= 0 and tokens[at].text in ("que", "q", "/"):
        at -= 1
    return at >= 0 and tokens[at].is_word and tokens[at].text in _PURPOSE


def _outcome(
    tokens: Sequence[Token], chain: Sequence[tuple[int, Verb]], link: str, start: int
) -> tuple[Outcome, VerbKind]:
    head, main = chain[0][1], chain[-1][1]
    kind = main.kind if main.kind not in (VerbKind.BE, VerbKind.GO) else head.kind
    if _is_purpose(tokens, start):
        return Outcome.WISHED, kind
    if len(chain) == 1:
        return _single(tokens, chain[0][0], head)
    past = head.tense in (Tense.PAST, Tense.WE)
    if head.tense in (Tense.FUTURE,):
        return Outcome.PLANNED, kind
    if head.tense is Tense.WISHED:
        return Outcome.WISHED, kind
    if main.tense is Tense.GERUND:
        return Outcome.UNDERWAY, kind
    if main.tense is Tense.PARTICIPLE:
        if head.tense is Tense.IMPERFECT:
            return Outcome.WISHED, kind
        return (Outcome.DONE if head.kind is VerbKind.BE else Outcome.UNDERWAY), kind
    if head.kind is VerbKind.GO:
        return (Outcome.DONE if past and tokens[chain[0][0]].text != "vamos" else Outcome.PLANNED), kind
    if head.kind is VerbKind.MANAGE:
        return (Outcome.DONE if past or link == "de" else Outcome.PLANNED), kind
    if head.kind in (VerbKind.BEGIN, VerbKind.GO_ON):
        return Outcome.UNDERWAY, kind
    if head.kind is VerbKind.ACT and link == "de":
        return _single(tokens, chain[0][0], head)[0], kind
    return Outcome.PLANNED, kind  # «hay que», «quedamos de», «queremos»


def _single(tokens: Sequence[Token], place: int, verb: Verb) -> tuple[Outcome, VerbKind]:
    """The outcome of a verb without auxiliaries."""
    kind, tense = verb.kind, verb.tense
    if kind is VerbKind.LACK:
        return Outcome.LACKING, kind
    running = kind in (VerbKind.COUNT, VerbKind.GO) and tense in (Tense.PRESENT, Tense.WE)
    if running and _counts_on(tokens, place):
        return Outcome.TOTAL, VerbKind.COUNT
    if kind is VerbKind.COUNT:
        kind = VerbKind.ACT  # «se llevó a cabo»
    ongoing = kind is VerbKind.BEGIN or (
        kind is VerbKind.GO_ON and (tense not in (Tense.PAST, Tense.WE) or tokens[place].text in _GOING_ON)
    )
    if ongoing and tense not in (Tense.PARTICIPLE, Tense.INFINITIVE):
        return Outcome.UNDERWAY, kind
    if kind is VerbKind.WANT:
        return Outcome.PLANNED, kind
    if kind is VerbKind.GO:
        if tense is Tense.PRESENT:  # «va el oficio», «ahí van las fotos»
            return Outcome.STATE, kind
        return (Outcome.DONE if tense is Tense.PAST else Outcome.PLANNED), VerbKind.LOOK
    if kind is VerbKind.BE:
        if tokens[place].text in ("son", "somos") and _is_running(tokens, place):
            return Outcome.TOTAL, VerbKind.COUNT
        future = tense is Tense.FUTURE
        wished = tense in (Tense.WISHED, Tense.IMPERFECT)
        return (Outcome.PLANNED if future else Outcome.WISHED if wished else Outcome.STATE), kind
    if tense is Tense.PARTICIPLE:
        before = tokens[place - 1].text if place else ""
        return (Outcome.WISHED if before == "ser" else Outcome.DONE), kind
    return {
        Tense.PAST: Outcome.DONE,
        Tense.WE: Outcome.DONE,
        Tense.PRESENT: Outcome.STATE,
        Tense.FUTURE: Outcome.PLANNED,
        Tense.IMPERFECT: Outcome.WISHED,
        Tense.WISHED: Outcome.WISHED,
        Tense.INFINITIVE: Outcome.WISHED,
        Tense.GERUND: Outcome.UNDERWAY,
    }[tense], kind


def _is_running(tokens: Sequence[Token], place: int) -> bool:
    """«Con este ya son 15», «son 13 de 16»: a running total."""
    if not _counts_on(tokens, place):
        return False
    before = [token.text for token in tokens[max(0, place - 4) : place]]
    after = [token.text for token in tokens[place + 1 : place + 4]]
    return "con" in before or (len(after) == 3 and after[1] == "de" and after[2][0].isdigit())


def _counts_on(tokens: Sequence[Token], place: int) -> bool:
    """Whether a number follows within two words: «llevamos ya 18», «van como 6»."""
    near = tokens[place + 1 : place + 4]
    for each in near:
        if each.is_number:
            return True
        if not (
            each.is_word
            and (each.text in _ADVERBS or each.text in ("como", "en", "un", "total", "de", "unos"))
        ):
            return False
    return False


def _borders(tokens: Sequence[Token], groups: Sequence[_Group]) -> list[int]:
    """Where each clause begins, and after the last where the text ends."""
    borders = [_border(tokens, 0, groups[0].start)]
    for one, other in zip(groups, groups[1:], strict=False):
        borders.append(_border(tokens, one.end, other.start))
    return [*borders, len(tokens)]


def _border(tokens: Sequence[Token], low: int, high: int) -> int:
    """Where the clause of the verb at `high` begins, after the verb that ends at `low`."""
    for at in range(high - 1, low - 1, -1):
        token = tokens[at]
        if at >= high - 2 and token.text in _PURPOSE:
            return at
        if (token.role is None and token.text == ",") or (
            token.role is None and token.text in _STOPS and (token.text not in _ENDS or _ends(tokens, at))
        ):
            return at + 1
        if (
            token.is_word
            and token.text in _JOINING
            and not (token.text in "ye" and _joins_nouns(tokens, at, high))
        ):
            return at
    return low if low == 0 else high


def _joins_nouns(tokens: Sequence[Token], at: int, high: int) -> bool:
    """«El acta y el convenio quedaron»: the conjunction joins two nouns before a plural verb."""
    return (
        tokens[high].is_word
        and high - at > 1
        and tokens[min(high, len(tokens) - 1)].text.endswith(
            ("ron", "an", "en", "adas", "ados", "idas", "idos", "estan")
        )
    )


def _headings(tokens: Sequence[Token], first: int, last: int) -> Iterator[Clause]:
    """What stands without a verb, from stop to stop, and from a comma where a part tells of its own."""
    start = first
    for at in range(first, last + 1):
        stops = at == last or (
            tokens[at].role is None
            and tokens[at].text in _STOPS
            and (tokens[at].text not in _ENDS or _ends(tokens, at))
        )
        if stops or _begins_heading(tokens, at, start, last):
            end = min(at + 1, last)
            if end > start:
                yield _settled(tokens, Clause(start, end, Outcome.HEADING, VerbKind.ACT, strong=False))
            start = at + 1


def _begins_heading(tokens: Sequence[Token], at: int, start: int, last: int) -> bool:
    """Whether what follows a comma has a noun and a state of its own: «…, acta en firma», «…, las 6 pagadas»."""
    if tokens[at].text != "," or tokens[at].role is not None or at - start < 2:
        return False
    words: list[str] = []
    for place in range(at + 1, last):
        token = tokens[place]
        if token.text == "," or (token.role is None and token.text in _STOPS):
            break
        words.append(token.text)
    if len(words) < 2 or len(words) > _SHORT:
        return False
    verbs = [verb_of(word) for word in words]
    if verbs[0] is not None and verbs[0].tense is Tense.PARTICIPLE:
        return False
    open_ = any(word in _OPEN_STATES and words[place] == "en" for place, word in enumerate(words[1:]))
    told = words[0] in ("los", "las") and any(verb and verb.tense is Tense.PARTICIPLE for verb in verbs)
    return open_ or told


_SHORT = 5  # words of a part of a heading that tells of its own
