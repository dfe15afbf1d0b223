"""What «I» or «we» did, as a report tells it: «di un taller» is «se impartió un taller».

The verb agrees with what was done: «entregamos 3 informes» is «se entregaron 3 informes», «capacitamos a
21 servidores» «se capacitó a 21 servidores». A form that is not known stays; `first_person_words` names it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from re import Match

from spanish.reading.clauses.function_words import ADVERBS
from spanish.reading.clauses.verbs import verb_of
from spanish.reading.wording import word_set
from spanish.rewording import third_person
from spanish.rewording.agreement import MANY, ONE, is_many, is_plural
from spanish.rewording.first_person import FirstPerson, Time, first_person, is_present_too
from spanish.rewording.lexicon import is_listed, lemma
from spanish.rewording.words import WORD, fixed_spans, like
from spanish.writing.folding import fold

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[^\w\s]|\n")
_COURSES = word_set(
    "taller talleres curso cursos capacitación capacitaciones plática pláticas platica platicas "
    "conferencia conferencias charla charlas diplomado clase clases asesoría asesorías asesoria asesorias "
    "inducción sesión webinar módulo módulos ponencia ponencias seminario"
)
_MEETINGS = word_set(
    "reunión reuniones mesa mesas sesión sesiones plática pláticas junta juntas videoconferencia "
    "entrevista entrevistas encuentro reunion"
)
_COMING = word_set("asistir participar acudir ir estar ser venir quedar")
_ATTENDED = {"ir": "asistieron", "estar": "asistieron", "ser": "participaron", "venir": "asistieron"}
_PEOPLE = word_set(
    "personas persona mujeres hombres servidores servidoras compañeros compañeras integrantes asistentes "
    "participantes en de entre los las por"
)
_CLITICS = word_set("se me te nos le les lo la los las")
_HANDED = word_set("entregaron dieron mandaron enviaron pasaron remitieron proporcionaron donaron")
_REFLEXIVE = {
    "reunir": "se sostuvo una reunión", "juntar": "se sostuvo una reunión",
    "sentar": "se sostuvo una reunión",
    "coordinar": "hubo coordinación", "trasladar": "se acudió", "presentar": "se acudió",
    "capacitar": "se recibió capacitación", "ver": "se sostuvo una reunión",
    "entrevistar": "se sostuvo una entrevista",
    "conectar": "se estableció conexión", "desplazar": "se acudió",
}  # fmt: skip
_GENDERED = {"nuestro": "el", "nuestra": "la", "nuestros": "los", "nuestras": "las"}
_MINE = re.compile(r"(?<!\w)((?:de|a) )?(nuestr[oa]s?)(?!\w)(?= \w)", re.IGNORECASE)
_LACKING = re.compile(
    r"(?<!\w)(?:me|nos) (?=(?:falta|faltan|faltaba|faltaban|faltó|faltaron|queda|quedan|toca|tocó)\b)",
    re.IGNORECASE,
)
_TO_US = re.compile(r"(?<!\w)([^\W\d_]{2,20}[aeií]r)(?:nos|me)(?!\w)", re.IGNORECASE)
_LEFT = re.compile(r"(?<!\w)(?:yo|nosotr[oa]s|conmigo|nuestr[oa]s?|mi|mis|mí|me|nos)(?!\w)", re.IGNORECASE)


def impersonal(text: str, coming: Callable[[str], bool] = lambda sentence: False) -> str:
    """Return the text with its verbs of the first person in the third, with «se».

    `coming` tells whether a sentence is of a day to come: «la próxima semana presentamos» is no past.
    """
    text = _LACKING.sub("", text)
    tokens = list(_TOKEN.finditer(text))
    fixed = fixed_spans(text)
    changes: list[tuple[int, int, str]] = []
    for place, token in enumerate(tokens):
        if (
            any(start <= token.start() < end for start, end in fixed)
            or WORD.match(text, token.start()) is None
        ):
            continue
        change = _handed(tokens, place) or _told(tokens, place, coming)
        if change and (not changes or change[0] >= changes[-1][1]):
            changes.append(change)
    for start, end, new in reversed(changes):
        text = text[:start] + like(new, text[start]) + text[end:]
    return _TO_US.sub(_bare, _MINE.sub(_article, text))


def first_person_words(text: str) -> list[str]:
    """Return the words that still tell of «I» or «we»."""
    found = [(each.start(), each[0]) for each in _LEFT.finditer(text)]
    found += [
        (each.start(), each[0])
        for each in WORD.finditer(text)
        if not each[0].isupper() and _is_of_us(each[0].lower()) and not _is_name(text, each)
    ]
    return [word for _, word in sorted(found)]


def _is_of_us(word: str) -> bool:
    wished = word.endswith(("áramos", "éramos")) or (word.endswith(("amos", "emos")) and lemma(word) != word)
    return first_person(word) is not None or (wished and lemma(word).endswith(("ar", "er", "ir")))


def _is_name(text: str, found: Match[str]) -> bool:
    return (
        found[0][0].isupper()
        and bool(text[: found.start()].strip())
        and text[: found.start()].rstrip()[-1] not in ".!?\n"
    )


def _article(found: Match[str]) -> str:
    """«De nuestro» is «del»."""
    led, which = found[1] or "", _GENDERED[found[2].lower()]
    if which == "el" and led:
        return like({"de ": "del", "a ": "al"}[led.lower()], led)
    return led + like(which, found[2] if not led else "x")


def _bare(found: Match[str]) -> str:
    """«A explicarnos» is «a explicar», «reunirnos» «reunirse»."""
    verb = found[1].lower()
    if not is_listed(verb):
        return found[0]
    return found[1] + ("se" if verb in _REFLEXIVE else "")


def _handed(tokens: Sequence[Match[str]], place: int) -> tuple[int, int, str] | None:
    """«Nos entregaron las llaves» is «se recibieron las llaves»; «nos atendió» is «atendió»."""
    if tokens[place][0].lower() not in ("nos", "me") or place + 1 >= len(tokens):
        return None
    verb = tokens[place + 1]
    if first_person(verb[0].lower()) or not verb[0].isalpha():
        return None
    if verb[0].lower() in _CLITICS:
        return None
    if verb[0].lower() in _HANDED:
        many = is_many(tokens, place + 2)
        return tokens[place].start(), verb.end(), "se recibieron" if many else "se recibió"
    return tokens[place].start(), verb.end(), verb[0]


def _part_of(token: Match[str]) -> str:
    """Return the part of the sentence, from comma to comma, in which a word stands."""
    text = token.string
    start = max(text.rfind(each, 0, token.start()) for each in _PARTS)
    ends = [text.find(each, token.end()) for each in _PARTS]
    return text[start + 1 : min((each for each in ends if each >= 0), default=len(text))]


_PARTS = (". ", "\n", ";", ", ", ":")


def _told(
    tokens: Sequence[Match[str]], place: int, coming: Callable[[str], bool]
) -> tuple[int, int, str] | None:
    """Return the change of a verb of the first person, with its clitics."""
    word = tokens[place][0]
    verb = first_person(word.lower()) or _promised(tokens, place) or _unaccented(tokens, place)
    two_times = verb is not None and (word.lower() == "damos" or is_present_too(word.lower()))
    if verb and two_times and verb.infinitive != "quedar" and coming(_part_of(tokens[place])):
        verb = replace(verb, time=Time.FUTURE)
    before = [tokens[at][0].lower() for at in range(max(0, place - 3), place)]
    if verb is None or (
        word[0].isupper()
        and place
        and tokens[place - 1][0] not in (".", "\n", ":", "!", "¡", "¿", "-", "•", ";", "(", "…", ",")
    ):
        return None
    clitics: list[str] = []
    while before and before[-1] in _CLITICS:
        clitics.insert(0, before.pop())
    if before and before[-1] in ("el", "la", "un", "una", "del", "al", "su", "este", "esta") and not clitics:
        return None  # «el diplomado»
    start = tokens[place - len(clitics)].start()
    if before and before[-1] == "yo":
        start = tokens[place - len(clitics) - 1].start()
    said = _said(tokens, place, verb, clitics, before)
    return (start, said[1], said[0]) if said else None


def _promised(tokens: Sequence[Match[str]], place: int) -> FirstPerson | None:
    """«El reporte *lo entrego* en julio»: a present of «I», by the pronoun before it."""
    word = tokens[place][0].lower()
    if not place or tokens[place - 1][0].lower() not in ("lo", "la", "los", "las") or not word.endswith("o"):
        return None
    following = tokens[place + 1][0].lower() if place + 1 < len(tokens) else ""
    infinitive = lemma(word)
    verb = verb_of(fold(word))
    known = verb is not None and verb.known and infinitive.endswith("ar") and infinitive[:-2] + "o" == word
    return FirstPerson(infinitive, Time.PRESENT, we=False) if known and following not in ONE else None


def _unaccented(tokens: Sequence[Match[str]], place: int) -> FirstPerson | None:
    """«Le entregue 3 oficios», «ayer mande el correo»: a past of «I» without its accent."""
    word = tokens[place][0].lower()
    before = tokens[place - 1][0].lower() if place else "."
    led = before in ("le", "les", "lo", "los", "las", "ya", "hoy", "ayer", ".", ",", "\n")
    at = place - 1
    while at >= 0 and tokens[at][0].lower() in ("le", "les", "lo", "los", "las", "ya"):
        at -= 1
    wished = at >= 0 and tokens[at][0].lower() in ("que", "q", "no", "para", "si", "se")
    if not led or wished or not word.endswith("e") or len(word) < 5:
        return None
    infinitive = lemma(word[:-1] + "é")
    known = infinitive.endswith("ar") and lemma(word) == infinitive
    return FirstPerson(infinitive, Time.PAST, we=False) if known else None


def _said(
    tokens: Sequence[Match[str]], place: int, verb: FirstPerson, clitics: list[str], before: list[str]
) -> tuple[str, int] | None:
    """Return the words in place of the verb and its clitics, and where what they replace ends."""
    end = tokens[place].end()
    following = tokens[place + 1][0].lower() if place + 1 < len(tokens) else ""
    if verb.time is Time.PAST and not clitics and verb.infinitive in _COMING and following.isdigit():
        after = tokens[place + 2][0].lower() if place + 2 < len(tokens) else ""
        if not after.isalpha() or after in _PEOPLE or (after == "y"):
            return _ATTENDED.get(verb.infinitive) or (third_person.past(verb.infinitive) or ("", ""))[1], end
    if verb.infinitive == "quedar" and verb.time is Time.PAST and not clitics and following in ("en", "de"):
        return "se acordó", tokens[place + 1].end()
    if clitics in (["lo"], ["la"], ["los"], ["las"]) and verb.we and following.isdigit():
        after = tokens[place + 2][0].lower() if place + 2 < len(tokens) else ""
        if (forms := third_person.past(verb.infinitive)) and (not after.isalpha() or after in _PEOPLE):
            return f"{clitics[0]} {forms[1]}", end  # «lo tomamos 11»
    if clitics in (["nos"], ["me"]):
        return _reflexive(tokens, place, verb)
    if verb.infinitive == "ir" and verb.time is Time.PAST and following in ("a", "al", "con", "hasta", "por"):
        return "se acudió", end
    if verb.infinitive == "venir" and verb.time is Time.PAST:
        return "se acudió", end
    at = place + 1
    group = ""
    if (
        verb.infinitive in ("estar", "seguir", "ir", "haber", "continuar", "andar", "llevar")
        or verb.time is not Time.PAST
    ):
        at, group = _nonfinite(tokens, at)
    many = is_plural(tokens, at, clitics, before, place - len(clitics))
    infinitive = _chosen(tokens, at, verb.infinitive)
    forms = _forms(infinitive, verb.time, tokens, place)
    if forms is None:
        return None
    if infinitive == "ser":
        return None
    return f"se {_indirect(clitics)}{forms[many]}{group}", tokens[at - 1].end() if group else end


def _forms(
    infinitive: str, time: Time, tokens: Sequence[Match[str]], place: int
) -> third_person.Forms | None:
    if time is Time.PAST:
        return third_person.past(infinitive)
    if time is Time.FUTURE:
        return third_person.future(infinitive)
    if time is Time.IMPERFECT:
        return third_person.imperfect(infinitive)
    return third_person.present(infinitive)


def _indirect(clitics: list[str]) -> str:
    """«les mandé» keeps its «les»; «se lo entregué» gets «le»."""
    kept = next((each for each in clitics if each in ("le", "les")), "")
    if not kept and clitics[:1] == ["se"] and len(clitics) > 1:
        kept = "le"
    return f"{kept} " if kept else ""


def _nonfinite(tokens: Sequence[Match[str]], at: int) -> tuple[int, str]:
    """Return where the object begins after «estamos (apenas) armando», and those words."""
    words = []
    for place in range(at, min(at + 4, len(tokens))):
        word = tokens[place][0].lower()
        words.append(tokens[place][0])
        if word.endswith(("ando", "endo", "yendo", "ado", "ido")) or _is_infinitive(word):
            return place + 1, " " + " ".join(words)
        if word not in ("a", "de", "por") and fold(word) not in ADVERBS:
            break
    return at, ""


def _is_infinitive(word: str) -> bool:
    return len(word) > 3 and word.endswith(("ar", "er", "ir"))


def _chosen(tokens: Sequence[Match[str]], at: int, infinitive: str) -> str:
    """«Dar un taller» is «impartir», «tener una reunión» is «sostener»."""
    near = [each[0].lower() for each in tokens[at : at + 4] if each[0].isalnum()]
    noun = next((each for each in near if each not in ONE and each not in MANY and not each[0].isdigit()), "")
    if infinitive == "dar" and noun in _COURSES:
        return (
            "impartir"
            if lemma(noun) not in ("asesoría",) and noun not in ("asesoria", "asesorias")
            else "brindar"
        )
    return "sostener" if infinitive == "tener" and noun in _MEETINGS else infinitive


def _reflexive(tokens: Sequence[Match[str]], place: int, verb: FirstPerson) -> tuple[str, int] | None:
    """«Nos reunimos con…» is «se sostuvo una reunión con…»."""
    end = tokens[place].end()
    following = tokens[place + 1][0].lower() if place + 1 < len(tokens) else ""
    forms = third_person.past(verb.infinitive)
    if following in ("los", "las", "todos", "todas") and forms and verb.time is Time.PAST:
        return f"se {forms[1]}", end
    new = _REFLEXIVE.get(verb.infinitive)
    return (new, end) if new and verb.time is Time.PAST else None
