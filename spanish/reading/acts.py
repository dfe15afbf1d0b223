"""What a message does: tells of work, asks, orders, asks a favour of somebody, is polite.

Only what tells of something done or under way may open a card that is ready; the rest is answered, or asked
about first.
"""

import re
from enum import Enum, auto

from spanish.reading.clauses.clause import Clause, Completion
from spanish.reading.clauses.sentences import Sentences
from spanish.reading.clauses.tokens import Explained
from spanish.reading.clauses.verbs import VerbKind, verb_of
from spanish.reading.courtesy import is_courtesy
from spanish.reading.wording import word_set


class Act(Enum):
    """`TOLD`: work that was done, or that is under way. The others tell of none."""

    TOLD = auto()
    PLAN = auto()
    QUESTION = auto()
    COMMAND = auto()
    REQUEST = auto()  # to a colleague: «me pasas el formato»
    HELP = auto()
    COURTESY = auto()
    NONE = auto()


_LEADING = re.compile(  # what only leads up to a sentence
    r"(?:[ ,.;:!¡¿]|\b(?:hola|oye|oiga|oigan|buen(?:os|as)?|dias?|tardes|noches|lic|licenciad[oa]|ing|"
    r"inge|jef[ea]|mtr[oa]|"
    r"maestr[oa]|dra?|doctor[a]?|arq|compas?|companer[oa]s?|estimad[oa]s?|disculpe?|perdon|gracias|"
    r"porfa|porfis|"
    r"por favor|favor|a todos|equipo|bot|avance|y|ahora|ya)\b)*"
)
_NAMED = re.compile(
    r"(?!no\b|ya\b|hoy\b|ayer\b|que\b)[^\W\d_]+,? (?=(?:me|nos|le|les|te|por favor|porfa|favor)\b)"
)  # «Elena me puedes…»
# Whatever follows, they ask; the others do unless something is told («como quedamos, ayer se mandó…»).
_SURELY_ASKING = re.compile(
    r"(?:(?:a|de|por|con|en|para|hasta) )?(?:cuant[oa]s?|cual(?:es)?|quien(?:es)?)\b|como (?:va|van|"
    r"vamos|andan?|andamos|"
    r"cerr\w+|le hago|registro|corrijo|borro|subo|cambio|puedo|hago|quedo)\b|que (?:hicimos|hizo|"
    r"hicieron|falta|"
    r"faltan|significa|es|son|vence|hay|paso|se (?:hizo|registro)|tan|lineas?|unidad|unidades|areas?|"
    r"tengo|debo)\b|cuando (?:se (?:considera|cuenta|cierra|vence|toma)|puedo|debo|es|hay)\b|"
    r"(?:a|en) (?:donde|que linea) (?:report|registr|met|anot|apunt|captur|sub)[oae]\b"
)
_ASKING = re.compile(
    r"(?:(?:(?:a|de|en|por|con|para|hasta|desde) )?(?:que|donde)|"
    r"cuando|como|porque|hay (?:algun|algo|forma))\b"
)
_OR_NOT = re.compile(r"\bo (?:todavia |aun )?no\W*$|\bcuentan? o (?:no|solo|nada mas|nomas)\b")
_ASKING_WORDS = re.compile(
    r"\W*(?:(?:por|en|a|de|con|para|desde|hasta) )?(?:qué|quién|cuándo|cuánt|cómo|dónde|cuál)", re.IGNORECASE
)
_ORDERS = (
    "genera generame haz hazme crea muestra muestrame ensena ensename borra borrame elimina quita cancela "
    "corrige cambia deshaz busca buscame exporta descarga abre imprime dame dime mandame enviame pasame "
    "compara comparame quiero necesito"
)
_ORDER = re.compile(rf"(?:{'|'.join(_ORDERS.split())})\b")
_FAVOUR = re.compile(
    r"\b(?:me|nos) (?:puedes?|pueden|podrias?|podrian|ayudas?|ayudan|prestas?|prestan|pasas?|pasan|mandas?|"
    r"mandan|envias?|envian|compartes?|comparten|regalas?|regalan|autorizas?|firmas?|confirmas?|avisas?|"
    r"avisan|"
    r"apoyas?|apoyan|recuerdas?|dices?|dicen)\b|\b(?:favor|porfa) de \w+[aei]r|"
    r"\b(?:me|nos) [a-z]{3,30}(?:as|es)\b|\balguien (?:que|q) (?:me|nos)\b|"
    r"\b(?:te|le|les|se l[oae]s?) (?:encargo|recuerdo|pido|agradecer\w*|solicito|suplico|"
    r"urge)\b(?! (?:anotar|"
    r"registrar|apuntar|que anote|que registre))"
)
_HELPLESS = re.compile(
    r"\b(?:ayuda|auxilio|no (?:me deja|puedo (?:registrar|entrar|subir|firmar)|entiendo|se como|"
    r"encuentro|me aparece|"
    r"jala|sirve el bot)|como (?:le hago|registro|corrijo|borro|subo|cambio)|me equivoque)\b"
)
_TELLING = re.compile(
    r"\b(?:registra|registre|registrar|anota|anote|anotar|anotes|apunta|apunte|apuntar|pon|ponga)\b"
)


def read_act(said: Sentences, original: str) -> Act:
    """The act of a whole message. Raises nothing, whatever the text."""
    text = said.text.strip()
    if original.lstrip().startswith("/"):
        return Act.COMMAND
    if is_courtesy(original):
        return Act.COURTESY
    lead = _LEADING.match(text)
    rest = text[lead.end() :] if lead else text
    named = _NAMED.match(rest)
    rest = rest[named.end() :] if named else rest
    told = _tells(said)
    if _GOD_WILLING.search(text):
        return Act.PLAN
    if "?" in original or "¿" in original:
        return Act.REQUEST if _FAVOUR.search(text) else Act.QUESTION
    if _OR_NOT.search(text):
        return Act.QUESTION
    if not _has_number(said) and (_HELPLESS.match(rest) or (_HELPLESS.search(text) and not told)):
        return Act.HELP
    if _SURELY_ASKING.match(rest) or _ASKING_WORDS.match(original) or (_ASKING.match(rest) and not told):
        return Act.QUESTION
    if _TELLING.match(rest):
        return Act.TOLD if told or _has_number(said) else Act.COMMAND
    if _ORDER.match(rest):
        return Act.REQUEST if named or "porf" in text or "por favor" in text else Act.COMMAND
    if _begins_with_order(said) or (_FAVOUR.search(text) and (not told or _FAVOUR.match(rest))):
        return Act.REQUEST
    if _POLITE.match(text) and _is_only_polite(said):
        return Act.COURTESY
    return Act.TOLD if told else _untold(said)


_NOT_US = re.compile(r"\bnosotr[oa]s (?:no|ni)\b|\bno (?:fuimos|eramos) nosotr[oa]s\b")
_GOD_WILLING = re.compile(r"\b(?:si dios quiere|primero dios|dios mediante|si todo sale bien)\b")


def _has_number(said: Sentences) -> bool:
    return any(token.is_number or token.role is not None for token in said.tokens)


_POLITE = re.compile(
    r"\W*(?:(?:muchas |mil )?gracias|felic\w+|feliz|saludos|buen (?:fin|dia|provecho)|buen[oa]s (?:dias|"
    r"tardes|noches)|"
    r"enterad[oa]|ok|quedo (?:atent|al? pendiente))\b[^\d?¿]{0,200}$"
)


def _is_only_polite(said: Sentences) -> bool:
    """Whether nothing but a state («quedo al pendiente») is told in a short text without a number."""
    words = [token for token in said.tokens if token.is_word]
    plain = all(not token.is_number and token.role in (None, Explained.DAY) for token in said.tokens)
    done = any(each.outcome is Completion.DONE and each.kind is not VerbKind.BE for each in said.clauses)
    return plain and not done and len(words) <= _POLITE_WORDS


_POLITE_WORDS = 10
_ADDRESSED = 5  # words before an order: «oye Toño», «Enf. Rosy»


def _begins_with_order(said: Sentences) -> bool:
    """Whether the first verb orders: «oye Toño mándame las fotos», «compañeros, manden su información»."""
    words = [token.text for token in said.tokens if token.is_word][: _ADDRESSED + 1]
    for place, word in enumerate(words):
        if word in ("que", "para", "pa", "se", "no"):
            return False
        if _ORDER_FORM.match(word):
            bare = re.sub(r"(?:me|nos)?(?:l[oa]s?)?$", "", word)
            verb = verb_of(bare)
            return verb is not None and verb.known and verb.kind is not VerbKind.BE
        if word in _CALLED and place:
            return True
        verb = verb_of(word)
        if verb is not None and verb.known and word not in ("favor", "para"):
            return False
    return False


_ORDER_FORM = re.compile(r"\w+(?:a|e|en|an)(?:me|nos)(?:l[oa]s?)?$|\w{3,}(?:[^aeiou]en|quen|guen)$")
_CALLED = word_set("checa checale revisa revisale avisa fijate porfis marquen llamen")


def _tells(said: Sentences) -> bool:
    """Whether a clause tells of something done or under way; what failed or was put off tells of nothing."""
    planned = any(each.outcome is Completion.PLANNED for each in said.clauses)
    lacking = any(each.outcome is Completion.LACKING and not each.relative for each in said.clauses)
    return (lacking and not planned) or any(_is_told(said, each) for each in said.clauses)


def _is_told(said: Sentences, clause: Clause) -> bool:
    if clause.relative:
        return False
    if clause.outcome in (
        Completion.DONE,
        Completion.UNDERWAY,
        Completion.TOTAL,
    ):
        others = _NOT_US.search(said.text) is not None and not clause.we
        return clause.kind not in (VerbKind.TELL, VerbKind.PUT_OFF) and not others
    return clause.outcome is Completion.STATE and clause.kind in (VerbKind.BE, VerbKind.GO)


def _is_told_by_others(said: Sentences) -> bool:
    """«Reportan los vecinos 2 fugas»: what they tell we have not done."""
    verbs = [said.tokens[each.verb].text for each in said.clauses if each.verb is not None]
    told = [each.kind is VerbKind.TELL for each in said.clauses if each.verb is not None]
    return bool(told) and all(told) and verbs[0].endswith("n")


def _opens_aside(said: Sentences, clause: Clause) -> bool:
    """«(en Soriana no abrieron)»."""
    return clause.first > 0 and said.tokens[clause.first - 1].text == "("


def _untold(said: Sentences) -> Act:
    """Of a text none of whose verbs tells something done: a heading with facts tells, too."""
    roles = {token.role for token in said.tokens}
    first = said.clauses[0].outcome if said.clauses else Completion.HEADING
    if (
        first is Completion.HEADING
        and not any(
            each.outcome is Completion.NEGATED and not _opens_aside(said, each) for each in said.clauses
        )
        and roles & {Explained.DAY, Explained.PEOPLE}
        and Explained.TO_COME not in roles
    ):
        return Act.TOLD
    if _NOT_US.search(said.text) or _is_told_by_others(said):
        return Act.NONE
    if any(each.outcome is Completion.PLANNED for each in said.clauses) or Explained.TO_COME in roles:
        return Act.PLAN
    if any(each.outcome is Completion.NEGATED or each.kind is VerbKind.PUT_OFF for each in said.clauses):
        return Act.NONE
    told = (Explained.DAY, Explained.PEOPLE, Explained.DOCUMENT)
    facts = any(token.is_number or token.role in told for token in said.tokens)
    words = [token for token in said.tokens if token.is_word and len(token.text) > 3]
    return Act.TOLD if facts or len(words) >= 3 else Act.NONE
