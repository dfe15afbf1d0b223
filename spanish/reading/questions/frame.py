"""How a text asks: by an interrogative, a request, an order, a bare noun or only a question mark. Pure.

Where none of these stands at the beginning of a clause, the text tells something.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from spanish.reading.questions.vocabulary import Concept, concepts_of
from spanish.reading.questions.words import ASKING, QuestionClause

PLEA = "plea"  # the verb of what only colleagues can do


class How(Enum):
    ASKED = auto()  # «cuántas actas llevamos»
    REQUESTED = auto()  # «mándame el informe»
    ORDERED = auto()  # «borra mi última actividad»
    NAMED = auto()  # «avance de sistemas»
    MARKED = auto()  # «¿ya reportó archivo?»


@dataclass(frozen=True)
class AskingFrame:
    """`head` is the interrogative, `verb` that of a request or an order, `rest` what follows them.

    `others` are the clauses that tell nothing; `told`: another clause tells of something done.
    """

    how: How
    head: str
    verb: str
    before: str
    rest: str
    others: tuple[str, ...]
    told: bool
    counted: bool  # of what is told elsewhere, how many
    accented: bool
    marked: bool

    @property
    def said(self) -> str:
        """All that belongs to the question."""
        return " ".join(filter(None, [self.before, self.rest, *self.others]))


_LEAD = re.compile(
    r"(?:(?:hola|oye|oigan?|disculp\w+|perdon|una pregunta|pregunta|duda|consulta|por favor|"
    r"porfa(?:vor)?|favor(?! de)|"
    r"ok|y|e|pues|entonces|bueno|a ver|mira|lic|ing|licenciad[oa]|jef[ea]|jefecit[oa]|secretari[oa]|"
    r"ingenier[oa]|"
    r"compan?er[oa]s?|saludos|ahora|tambien|rapid[oa]|buen(?:os|as)? (?:dias?|tardes?|noches?)|buenas|"
    r"bot|asistente|"
    r"avance(?= (?:cuant|como|que|quien|cual|cuando)\w*))(?: |$))+"
)
_ARTICLES = re.compile(
    r"(?:(?:el|la|los|las|mi|mis|nuestr[oa]s?|un|una|su|sus|de|del|lo|todo|todos|todas) )+"
)
_INFINITIVE = r"\w+[aei]r"
_CLITIC = r"(?:me|nos|le|les|lo|la|los|las|melo|mela|melos|melas|selo|noslo)"
_GIVE = (
    r"di|diga|digan|da|de|dar|muestra|muestre|muestren|ensena|ensene|manda|mande|manden|envia|envie|envien|pasa|"
    r"pase|pasen|comparte|comparta|compartan|busca|busque|busquen|genera|genere|haz|haga|hagan|saca|saque|"
    r"prepara|prepare|explica|explique|ayuda|ayude|ayuden|compara|compare|enlista|enliste|calcula|calcule|"
    r"descarga|descargue|imprime|recuerda|recuerde|resume|informa|informe|indica|indique|aclara|aclare|pon|"
    r"ponga|trae|traiga|consigue|consiga|confirma|confirme|regala|regale|cuenta|cuente|ubica|localiza|proporciona|"
    r"proporcione|platica|exporta|exporte"
)
_REQUEST = re.compile(
    rf"(?:(?:me|nos|le|les|se) )?(?:puede[ns]?|podrian?|podrias|podemos|puedo|podra[ns]?)(?: ustedes?)? "
    rf"(?:por favor )?(?P<can>{_INFINITIVE}){_CLITIC}?\b|"
    r"(?P<want>quisiera(?:mos|n)?|quiero|queremos|queria|necesit(?:o|amos|aria)|ocup(?:o|amos)|requier(?:o|e)|requerimos|"
    r"deseo|me gustaria|me interesa(?:ria)?|favor de|ayud(?:ame|eme|enme) (?:a|con)|(?:me |nos )?urge)"
    rf"(?: (?P<wanted>(?!ayer\b|mujer){_INFINITIVE}){_CLITIC}?\b)?|"
    rf"(?P<give>{_GIVE})(?:n?me|n?nos)(?:lo|la|los|las)?\b|"
    r"(?:me|nos) (?P<present>inform|mand|pas|envi|d|muestr|dic|compart|ensen|gener|hac|busc|sac|prepar|"
    r"explic|ayud|"
    r"recuerd|indic)[ae]s?n?\b|"
    r"(?:alguien |usted(?:es)? )?(?P<know>sabes?|saben|se sabe)\b|"
    r"(?P<bare>ver|checar|consult(?:a|ar)|revisar|muestra|muestre|mostrar|sac(?:a|ar)|gener(?:a|ar|e)|haz|"
    r"busc(?:a|ar)|busque|compar(?:a|ar|e)|enlista|listar|lista(?= (?:las?|los?|de|todas?|todos?|mis) )|"
    r"export(?:a|ar|e)|abr(?:e|ir)|manda|envia|imprim(?:e|ir)|"
    r"descarg(?:a|ar)|resume|calcula|explica|dime|dame|encuentra|localiza|ensena)\b(?! por\b)"
)
_ABLE = re.compile(
    rf"(?:ya )?(?:se puede[n]?|puedo|podemos|podria(?:mos)?|es posible|hay (?:forma|manera|modo) de)(?: yo)? "
    rf"(?!ver\b|saber|conocer|consultar|tener|checar|revisar|sacar)(?={_INFINITIVE})"
)
# What colleagues are asked to do, in the plural or by a verb of asking.
_PLEA = re.compile(
    r"(?:(?:marqu|llam|mand|envi|pas|confirm|avis|revis|firm|apoy|entregu|report|registr|captur|baj|esper|agend|"
    r"contest|chequ|verifiqu|llegu|tom|pregunt|busqu|anot|present|acerqu|coordin)en|"
    r"(?:sub|traig|veng|compart|recuerd|pong|respond|asist|acud|hag|dig|vay)an|"
    r"(?:les?|te|se les?) (?:pid[oe]|solicit[oa]|encarg[oa]|ruego|agradec\w+|recuerd[oa]|pide)|"
    r"(?:necesito|ocupo|requiero|urge|quiero) que (?:me |nos )?\w+(?:en|an|e|a)s?)\b"
)
_THAT = re.compile(r" ?que (?:me |nos )?\w+e[ns]?\b|(?: por favor| porfa)")
_ORDER = re.compile(
    r"(?:(?:quiero|quisiera|necesito|puedes?|podrias?|hay que|me puedes?) )?"
    r"(?P<order>borr|elimin|quit|retir|desha|anul|cancel|correg|corrij|corrig|modific|edit|regist|anot|firm|invit)"
    r"(?:a|e|i|o|r|z|ar|ir|er|cer|ga|ja|ra|re|rar|ran|raria|ifica)?(?:me|lo|la|los|las|nos)?\b"
)
_PREPOSITIONS = r"(?:por|en|a|de|con|para|desde|hasta|sobre)"
_HEAD = re.compile(rf"(?:(?P<preposition>{_PREPOSITIONS}) )?(?P<head>{ASKING.pattern})\b")
_WHETHER = re.compile(r"si (?=ya|hay|se|los|las|el|la|\w+)")
_TOLD_WORD = re.compile(
    r"(?!(?:vamos|estamos|llevamos|andamos|avanzamos|ambos|ramos|tramos|miramos)$)\w{2,40}(?:amos|imos|aron|ieron|jeron)|"
    r"hizo|hice|dimos|di|fui|fuimos|mande|entregue|atendi|revise|elabore|imparti|subi|asisti|conclui|termine|"
    r"hubo|envie|realice|registre|fue|fueron|quedaron|dieron|dio|tuvo|vino"
)
_TOLD = re.compile(
    r"\bse \w{3,}[oa]ron\b|\bse \w{3,}o\b|\b(?:he|ha|hemos|han) \w+(?:ado|ido|to|cho)\b|"
    r"\bya (?:quedo|quedaron|esta list|estan list|se)\b|"
    r"\b\d+ (?:personas|mujeres|hombres|asistentes|participantes|servidores)\b|\b(?:hoy|ayer|"
    r"antier) (?:se|di|fui|hice)\b"
)
COUNTED = re.compile(
    r"(?<!trimestre )(?<!linea )\b\d{1,5}\b(?! (?:trimestre|de (?:enero|febrero|marzo|abril|mayo|junio|"
    r"julio|agosto)))"
)
_SHORT_CLAUSE = 6  # words of what may precede an unmarked question
_GOVERNING = frozenset(("de", "sobre", "para", "con", "en", "por", "a"))  # «asesoría de cómo foliar»
_NOUNS = frozenset((Concept.ADVANCE, Concept.TOTAL, Concept.EVIDENCE, Concept.CALENDAR))
_NAMED = re.compile(
    r"(?:lista(?:do)?|relacion|consulta|pendientes|metas?|plazos?|ultim[oa]s? actividad(?:es)?|"
    r"ultimo registro|ayuda|menu|"
    r"comandos|opciones|comparativ[oa]|comparacion|diferencia|ranking|top|desglose|historial|olvide mi|"
    r"informes?|"
    r"reportes?|"
    r"actividades|semaforo|dias inhabiles|"
    r"lo que (?:(?:le|les|nos|me|se) )?(?:falta|debe|deben|llev\w+|ha|han|hemos|hizo|hicimos|registr\w+)|"
    r"lo (?:ultimo|registrado|reportado|pendiente)|cierre (?=del? ))\b"
)


def tells(clause: QuestionClause) -> bool:
    """Whether a clause tells of something done, by a verb in the past."""
    return clause.past or _tells(clause.text)


def _tells(text: str) -> bool:
    return bool(_TOLD.search(text)) or any(_TOLD_WORD.fullmatch(word) for word in text.split())


def told_words(text: str) -> int:
    """How many verbs in the past a text has."""
    ends = {found.end() for found in _TOLD.finditer(text)}
    return len(ends | {found.end() for found in re.finditer(r"\w+", text) if _TOLD_WORD.fullmatch(found[0])})


def find_frame(clauses: Sequence[QuestionClause], marked: bool) -> AskingFrame | None:
    """The first clause that asks, with what the others say; None where none does."""
    for place, clause in enumerate(clauses):
        led = _LEAD.match(clause.text)
        text = clause.text[led.end() :] if led else clause.text
        if not text:
            continue
        if not marked and any(len(each.text.split()) > _SHORT_CLAUSE for each in clauses[:place]):
            break
        others = [each for number, each in enumerate(clauses) if number != place]
        told = [each for each in others if tells(each)]
        found = _asks(text, clause, marked)
        if found is not None:
            how, verb, head, before, rest = found
            untold = tuple(each.text for each in others if each not in told)
            counted = any(COUNTED.search(each.text) for each in told)
            return AskingFrame(
                how, head, verb, before, rest, untold, bool(told), counted, clause.accented, marked
            )
    if not marked or not clauses:
        return None
    asking = clauses[-1]
    led = _LEAD.match(asking.text)
    rest = asking.text[led.end() :] if led else asking.text
    told_before = any(tells(each) for each in clauses[:-1])
    untold = tuple(each.text for each in clauses[:-1] if not tells(each))
    return AskingFrame(How.MARKED, "", "", "", rest, untold, told_before, False, asking.accented, marked)


def _asks(text: str, clause: QuestionClause, marked: bool) -> tuple[How, str, str, str, str] | None:
    """How a clause asks: (how, verb, head, before, rest)."""
    ordered = _ORDER.match(text)
    if ordered is not None and not re.match(r" ?(?:de|del)\b", text[ordered.end() :]):
        return How.ORDERED, ordered["order"], "", "", text[ordered.end() :].strip()
    if (able := _ABLE.match(text)) is not None:
        return How.ASKED, "", "si", "", text[able.end() :].strip()
    requested = _REQUEST.match(text)
    verb, rest = "", text
    if requested is not None:
        verb = requested["wanted"] or next((each for each in requested.groups() if each), "")
        rest = text[requested.end() :].strip()
        while (that := _THAT.match(rest)) is not None and rest[: that.end()].strip() not in ("que", ""):
            rest = rest[that.end() :].strip()
        rest = _LEAD.sub("", rest, count=1) if _LEAD.match(rest) else rest
    if (head := _HEAD.match(rest)) is not None:
        how = How.REQUESTED if requested else How.ASKED
        prefix = f"{head['preposition']} " if head["preposition"] else ""
        return how, verb, f"{prefix}{head['head']}", "", rest[head.end() :].strip()
    if requested is not None and (whether := _WHETHER.match(rest)) is not None:
        return How.REQUESTED, verb, "si", "", rest[whether.end() :].strip()
    if requested is not None and (rest or verb):
        return How.REQUESTED, verb, "", "", rest
    if (plea := _PLEA.match(text)) is not None:
        return How.REQUESTED, PLEA, "", "", text[plea.end() :].strip()
    return _fronted(text, clause, marked) or _named(text)


def _fronted(text: str, clause: QuestionClause, marked: bool) -> tuple[How, str, str, str, str] | None:
    """The interrogative comes later: «jurídica cómo va», «llevamos cuántas actas»."""
    words = text.split()
    for place, word in enumerate(words[:8]):
        if place == 0 or not ASKING.fullmatch(word) or (word == "que" and "que" not in clause.accents):
            continue
        before, rest = words[:place], words[place + 1 :]
        if word == "donde" and before[-1] == "de":  # «el 64 % de jurídica de dónde sale»
            return How.ASKED, "", "de donde", " ".join(before[:-1]), " ".join(rest)
        if not marked and (before[-1] in _GOVERNING or len(before) > (3 if word == "que" else 5)):
            return None
        if word in ("como", "donde", "cuando") and word not in clause.accents and not _goes(rest):
            continue
        if _tells(" ".join(before)) or any(_is_other_verb(each) for each in before):
            return None
        return How.ASKED, "", word, " ".join(before), " ".join(rest)
    return None


def _goes(rest: Sequence[str]) -> bool:
    return bool(rest) and Concept.GO in concepts_of(rest[0])


def _is_other_verb(word: str) -> bool:
    """A verb before the interrogative governs it: «ver qué falta», «sobre cómo va»."""
    return bool(re.fullmatch(r"\w+(?:ar|er|ir|ando|iendo|endo)", word)) or word in (
        "sobre",
        "no",
        "se",
        "saber",
    )


def _named(text: str) -> tuple[How, str, str, str, str] | None:
    articles = _ARTICLES.match(text)
    rest = text[articles.end() :] if articles else text
    words = rest.split()
    if not words:
        return None
    if _NAMED.match(text) or _NAMED.match(rest) or (concepts_of(words[0]) & _NOUNS and len(words) <= 12):
        return How.NAMED, "", "", "", text if _NAMED.match(text) else rest
    return None
