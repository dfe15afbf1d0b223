"""What stands around a number and makes it count nothing: a time, an age, a share, a size, a price each.

Every function takes the tokens and the place of a number among them and returns the kind, or None.
"""

import re

from spanish.reading.numbers.kinds import NumberKind
from spanish.reading.numbers.number_tokens import Token, Tokens
from spanish.reading.numbers.units import Dimension, unit_of
from spanish.reading.wording import word_set

_HOURS = word_set("h hr hrs hs hora horas")
_SPANS = (
    "seg segundos min mins minuto minutos dia dias semana semanas quincena quincenas mes meses bimestre "
    "bimestres trimestre trimestres semestre semestres ano anos decada decadas"
)
SPANS_OF_TIME = _HOURS | word_set(_SPANS)
_YEARS = word_set("ano anos mes meses")
_WORKING = word_set("habil habiles natural naturales laborales")
_TERM_VERBS = (
    "en dentro plazo hace cada termino tardar faltan falta quedan queda restan prorroga tienen tenemos tiene "
    "dan dieron piden pidieron pidio proximos proximas siguientes vencen vence"
)
_TERM = word_set(_TERM_VERBS)
_GIVEN = word_set("tienen tenemos tiene dan dieron")
_AROUND_TERM = word_set("de maximo unos unas como solo otros otras los las un")
_AGED = re.compile(
    r"nin[oa]s?|joven(?:es)?|adult[oa]s?|mujer(?:es)?|hombres?|personas?|adolescentes?|mayor(?:es)?|"
    r"menor(?:es)?|alumn[oa]s|estudiantes|senor\w{0,4}|infantes|bebes?"
)
_PARTS_OF_DAY = word_set("manana tarde noche madrugada")
_DAY_WORDS = word_set("hoy ayer antier lunes martes miercoles jueves viernes sabado domingo")
_TO_THE_HOUR = word_set("a desde hasta para tipo pasadas entre")
_NEAR_THE_HOUR = word_set("partir antes despues cerca alrededor")
_GREW = re.compile(r"(?:pas|sub|aument|baj|crec|increment|reduj|reduc)\w{1,7}$")
_FUNCTION_WORDS = (
    "y e o u a al de del con por en para que se fue fueron ya el la los las lo nos les mas menos pues antes "
    "despues entonces es son esta estan estas estos hoy ayer no si pero donde cuando desde hasta sobre sin "
    "cada tras entre ante como x q p hrs jueves martes lunes viernes miercoles"
)
_FUNCTION = word_set(_FUNCTION_WORDS)
_UNMARKED = word_set("pc cpu lap eq pers pza asist pax")  # plurals without an ending
_PROGRESS = re.compile(r"avan[cz]\w{0,8}|progres\w{1,5}|va|van|vamos|voy|concluid[oa]|terminad[oa]|list[oa]")
_ADVANCED = re.compile(r"avance|avanzad[oa]|concluid[oa]|terminad[oa]|construid[oa]")
_AROUND_SHARE = word_set(
    "del de al en un el como ya hoy es fue total general fisico financiero obra la proyecto : ("
)
_PRICE = re.compile(r"(?:rent|cuest|cost|cobr|val)(?:a|an|o|e|aron|amos|aba|aban|ara)|monto|importe|precio")
_AROUND_PRICE = word_set("en por de a : es fue total como los unos unas mas menos un el")
# Sizes of a thing in units that no target counts: «tubería de 6 pulgadas».
_SIZES = word_set(
    "pulgada pulgadas watts watt w volts voltios kva kw gb mb tb megas gigas hp amperes grados pixeles "
    "pulg dpi mp lumenes"
)
_THICKNESS = word_set("ancho largo alto altura espesor profundidad diametro grosor fondo")
_PER = word_set("persona pieza cabeza grupo sesion")


def noun_follows(tokens: Tokens, place: int) -> bool:
    """Whether the number may count what follows it: a word that is neither a verb nor of grammar."""
    after = tokens[place + 1]
    if after.sort == "unit" or after.text == "%":
        return True
    return after.sort == "word" and after.text not in _FUNCTION and len(after.text) > 1


def plural_follows(tokens: Tokens, place: int) -> bool:
    """Whether what follows is counted: «3 talleres», «3 pc», «3 km»; not a verb: «4 tuvimos»."""
    word = tokens.word(place + 1)
    counted = word.endswith("s") or word in _UNMARKED or unit_of(word) is not None
    return noun_follows(tokens, place) and counted and not word.endswith("mos")


def is_function_word(word: str) -> bool:
    return word in _FUNCTION or len(word) == 1


def is_verb(word: str) -> bool:
    """By its ending, where a word between a street's name and a number is no part of the name."""
    return word.endswith(("mos", "ron", "ando", "iendo"))


def _small(token: Token, most: int = 24) -> bool:
    return token.sort == "number" and token.text.isdigit() and int(token.text[:4]) <= most


def time(tokens: Tokens, place: int) -> tuple[NumberKind, int] | None:
    """Clock, deadline, age or duration, and how many tokens after the number belong to it."""
    word = tokens.word(place + 1)
    if word in SPANS_OF_TIME and not _are_people(tokens, place):
        return _with_unit(tokens, place)
    if word in ("a", "p") and tokens.word(place + 2) in (".", "m"):  # «9 a. m.», «9 p m»
        dotted = tokens.word(place + 2) == "."
        return (
            (NumberKind.CLOCK, 3 if dotted else 2)
            if tokens.word(place + 3 if dotted else place + 2) == "m"
            else None
        )
    if word in ("am", "pm"):
        return NumberKind.CLOCK, 1
    if not _small(tokens[place]):
        return None
    after = tuple(tokens.word(place + step) for step in (1, 2, 3))
    if after[:2] == ("de", "la") and after[2] in _PARTS_OF_DAY:
        return NumberKind.CLOCK, 3
    if after[:2] in (("del", "dia"), ("en", "punto")):
        return NumberKind.CLOCK, 2
    return (NumberKind.CLOCK, 0) if _is_hour(tokens, place) else None


def _are_people(tokens: Tokens, place: int) -> bool:
    """«8m 5h», «9 h y 8 m»: men and women."""
    if tokens.word(place + 1) != "h":
        return False
    steps = (*range(place - 3, place), *range(place + 2, place + 6))
    return any(tokens.word(step) in ("m", "f") and tokens.is_number(step - 1) for step in steps)


def _with_unit(tokens: Tokens, place: int) -> tuple[NumberKind, int]:
    """A number and a unit of time."""
    word, later = tokens.word(place + 1), tokens.word(place + 2)
    if word in _HOURS and _small(tokens[place]) and _is_time_of_day(tokens, place):
        return NumberKind.CLOCK, 1
    if word in _YEARS and (tokens.word(place + 3) == "edad" or _is_age(tokens, place)):
        return NumberKind.AGE, 1
    if later in _WORKING:
        return NumberKind.DEADLINE, 2
    if later in ("antes", "despues", "atras") or _is_term(tokens, place):
        return NumberKind.DEADLINE, 1
    return NumberKind.DURATION, 1


def _is_time_of_day(tokens: Tokens, place: int) -> bool:
    """«a las 13 h», «de 9 a 14 hrs», «hoy, 13 h»; «curso de 13 horas» is none."""
    before, first = tokens[place - 1], tokens[place - 2]
    if before.text == "las":
        return True
    if before.text == "a" and _small(first):  # «de 2 a 3 horas» is how long it took
        return int(first.text) >= 6 or int(first.text) > int(tokens.word(place))
    named = before.text in _DAY_WORDS or (before.text == "," and tokens.word(place - 2) in _DAY_WORDS)
    return named and int(tokens.word(place)) >= 6 and not tokens.word(place + 1).startswith("hora")


def _is_hour(tokens: Tokens, place: int) -> bool:
    """«A las 10», «de 9 a 2»; not «capacitamos a las 10 personas», «pasamos de 9 a 12»."""
    before = tokens.word(place - 1)
    if before == "las":
        named = tokens.word(place - 2) in _TO_THE_HOUR
        if tokens.word(place - 2) == "de":
            named = tokens.word(place - 3) in _NEAR_THE_HOUR or tokens.word(place + 1) == "a"
        if tokens.word(place - 2) == "y":  # «entre las 9 y las 2»
            named = tokens.is_number(place - 3) and tokens.word(place - 5) == "entre"
        return named and not plural_follows(tokens, place)
    if tokens.word(place + 1) in ("a", "-") and tokens[place + 2].sort == "clock":
        return True
    first = place if before == "de" else place - 2
    last = first + 2
    if tokens.word(first - 1) != "de" or tokens.word(first + 1) != "a" or noun_follows(tokens, last):
        return False
    if not (_small(tokens[first]) and _small(tokens[last])) or _GREW.match(tokens.word(first - 2)):
        return False
    return int(tokens.word(last)) < int(tokens.word(first)) or 6 <= int(tokens.word(first)) <= 20


def _is_age(tokens: Tokens, place: int) -> bool:
    """«Niños de 6 meses», «de 20 a 59 años», «mayores de 60 años»; not «curso de 2 años»."""
    ranged = tokens.word(place - 1) in ("a", "y") and tokens.is_number(place - 2)
    step = place - 3 if ranged else place - 1
    bare = step
    while bare - step < 3 and tokens.word(step) in ("de", "a", "los", "las", "hasta", "entre"):
        step -= 1
    if ranged and tokens.word(place + 1).startswith("ano"):
        return tokens.word(step) not in _TERM
    return step < bare and bool(_AGED.fullmatch(tokens.word(step)))


def age(tokens: Tokens, place: int) -> bool:
    """«Mayores de 60», «adultos de 60 y más», where the years are not said."""
    if tokens.word(place - 1) not in ("de", "a") or noun_follows(tokens, place):
        return False
    person = tokens.word(place - 2)
    and_more = (tokens.word(place + 1), tokens.word(place + 2)) == ("y", "mas")
    return person.startswith(("mayor", "menor")) or (and_more and bool(_AGED.fullmatch(person)))


def _is_term(tokens: Tokens, place: int) -> bool:
    step = place - 1
    while place - step < 5 and tokens.word(step) in _AROUND_TERM:
        step -= 1
    if tokens.word(step) in _GIVEN and tokens.word(place + 1) in _HOURS:  # «dieron 12 horas de clase»
        return False
    return tokens.word(step) in _TERM


def share(tokens: Tokens, place: int) -> tuple[NumberKind, int] | None:
    """A percentage, or how far one thing has come: «avance del 60 %», «va al 80 por ciento»."""
    after = tokens.word(place + 1)
    percent = 1 if after in ("%", "porciento") else 0
    if after in ("por", "x") and tokens.word(place + 2) in ("ciento", "100"):
        percent = 2
    if not percent:
        return (NumberKind.PERCENT, 0) if _is_ratio(tokens, place) else None
    step = place - 1
    while place - step < 6 and tokens.word(step) in _AROUND_SHARE:
        step -= 1
    later = place + percent + (2 if tokens.word(place + percent + 1) == "de" else 1)
    progress = _PROGRESS.fullmatch(tokens.word(step)) or _ADVANCED.fullmatch(tokens.word(later))
    return (NumberKind.PART_OF_ONE if progress else NumberKind.PERCENT), percent


def _is_ratio(tokens: Tokens, place: int) -> bool:
    """«7 de cada 10»; either number."""
    first = place if tokens.word(place + 1) == "de" else place - 3
    return (
        tokens.is_number(first)
        and (tokens.word(first + 1), tokens.word(first + 2)) == ("de", "cada")
        and tokens.is_number(first + 3)
    )


def money(tokens: Tokens, place: int) -> tuple[NumberKind, int] | None:
    """«$500», «48 pesos», «2.5 mdp», «MXN 300»."""
    after = 2 if tokens.word(place + 1) == "de" else 1
    unit = unit_of(tokens.word(place + after)) if tokens[place + after].sort == "word" else None
    named = unit is not None and unit.dimension in (Dimension.MONEY, Dimension.FOREIGN_MONEY)
    if tokens.word(place - 1) in ("$", "mxn", "usd") or named:
        return NumberKind.MONEY, after if named else 0
    return (NumberKind.MONEY, 0) if _is_price(tokens, place) else None


def _is_price(tokens: Tokens, place: int) -> bool:
    """«Rentan en 18000», «monto total: 8,450.60»; not «pagamos 3 nóminas»."""
    step = place - 1
    while place - step < 5 and tokens.word(step) in _AROUND_PRICE:
        step -= 1
    return bool(_PRICE.fullmatch(tokens.word(step))) and not noun_follows(tokens, place)


def each(tokens: Tokens, place: int) -> bool:
    """«De 20 personas cada uno», «$500 c/u», «cada una de 2 horas», «20 por grupo»."""
    before = tuple(tokens.word(place - step) for step in (1, 2, 3))
    if before[0] in ("de", "con", "por", "a") and (before[1] in ("uno", "una") and before[2] == "cada"):
        return True
    if _is_of_several(tokens, place):
        return True
    for step in range(place + 1, place + 7):
        token = tokens[step]
        if token.text == "cada":
            of_each = tokens.word(step + 2) in ("de", "con") and tokens.is_number(step + 3)
            each_day = tokens.word(step + 1) == "dia"  # as often as there are days
            return not (of_each or each_day or tokens.is_number(step + 1))
        if token.text == "c" and tokens.word(step + 1) == "/" and tokens.word(step + 2) == "u":
            return True
        if token.text == "por" and tokens.word(step + 1) in _PER:
            return True
        if token.text == "," and tokens.word(step + 1) not in ("cada", "c"):
            return False
        if token.sort not in ("word", "unit") and token.text not in (",", "%"):
            return False
        if token.text in ("y", "e", "a", "se") and tokens.word(step + 1) != "cada":
            return False
    return False


def _is_of_several(tokens: Tokens, place: int) -> bool:
    """«50 despensas de 10 kg», «300 becas de $1,500»: a number of things, and how big each of them is."""
    signed = tokens.word(place - 1) == "$"
    step = place - 2 if signed else place - 1
    unit = tokens[place + 1] if tokens[place + 1].sort in ("word", "unit") else None
    if tokens.word(step) != "de" or not (signed or (unit and unit_of(unit.text))):
        return False
    several = tokens.word(step - 1).endswith("s") and tokens.is_number(step - 2)
    return several and tokens.word(step - 2) != "1" and unit_of(tokens.word(step - 1)) is None


def size(tokens: Tokens, place: int) -> bool:
    """«1.20 por 2.40», «3 por 4 metros» (either number), «6 pulgadas», «15 cm de espesor»."""
    if tokens.word(place + 1) in _SIZES or tokens.word(place + 1) == "°":
        return True
    if (
        unit_of(tokens.word(place + 1))
        and tokens.word(place + 2) == "de"
        and tokens.word(place + 3) in _THICKNESS
    ):
        return True
    for first in (place, place - 2):
        if tokens.word(first + 1) != "por" or not (tokens.is_number(first) and tokens.is_number(first + 2)):
            continue
        decimals = all("." in tokens.word(each) for each in (first, first + 2))
        unit = unit_of(tokens.word(first + 3)) if tokens[first + 3].sort in ("word", "unit") else None
        if decimals or (unit and unit.dimension is Dimension.LENGTH):
            return True
    return False
