"""Numbers written in words, in either gender: «treinta y nueve», «mil doscientas una», up to 999,999,999.

Also those that begin in digits («12 mil 500», «1.2 millones») and common misspellings («sinco», «dosientos»).
Every function takes folded text (`spanish.writing.folding.fold`). Written out by hand because it is on the
way of every narrative; the tests hold it against num2words.
"""

import re
from decimal import Decimal


def _numbered(words: str, first: int, step: int = 1) -> dict[str, int]:
    return {word: first + step * place for place, word in enumerate(words.split())}


_ONES = _numbered("un dos tres cuatro cinco seis siete ocho nueve", 1) | {"uno": 1, "una": 1}
_TEENS = _numbered(
    "diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve veinte veintiuno "
    "veintidos veintitres veinticuatro veinticinco veintiseis veintisiete veintiocho veintinueve",
    10,
) | {"veintiun": 21, "veintiuna": 21}
_TENS = _numbered("treinta cuarenta cincuenta sesenta setenta ochenta noventa", 30, 10)
_HUNDREDS = {"cien": 100, "ciento": 100} | {
    stem + ending: number
    for stem, number in _numbered(
        "doscient trescient cuatrocient quinient seiscient setecient ochocient novecient", 200, 100
    ).items()
    for ending in ("os", "as")
}
_HEARD = (("qu", "k"), ("sc", "s"), ("z", "s"), ("ce", "se"), ("ci", "si"), ("v", "b"), ("beinti", "benti"))


def _heard(word: str) -> str:
    """The word as it sounds, by which its misspellings are known."""
    for written, sound in _HEARD:
        word = word.replace(written, sound)
    return word


_VALUES = {_heard(word): number for word, number in (_ONES | _TEENS | _TENS | _HUNDREDS).items()}
_VALUES["sero"] = 0

# How a letter is mistyped: «quinse», «veintisinco», «trecientos».
_MISTYPED = re.compile("veinti|qu|sc|c(?=[ei])|^s|s$|[vz]")
_TYPED = {"veinti": "[vb]ei?nti", "qu": "(?:qu|k)", "sc": "s?[csz]", "c": "[csz]", "v": "[vb]", "z": "[zs]"}


def _spellings(words: dict[str, int]) -> str:
    def typed(found: re.Match[str]) -> str:
        return _TYPED.get(found[0]) or ("[sc]" if found.start() == 0 else "[sz]")

    return "|".join(_MISTYPED.sub(typed, word) for word in words if word != "ciento")


_ONE = f"(?:{_spellings(_ONES)})"
_BELOW_100 = rf"(?:(?:{_spellings(_TENS)})(?:(?: [yi] |[yi]){_ONE})?|{_spellings(_TEENS)}|{_ONE})"
_HUNDRED = rf"(?:{_spellings(_HUNDREDS)}|ciento|(?<!lo )(?<!me )siento(?= {_BELOW_100}\b))"
_BELOW_1000 = rf"(?:{_HUNDRED}\b(?: {_BELOW_100}\b)?|{_BELOW_100}\b)"
_IN_DIGITS = r"(?<![\w.,:/#-])\d{1,3}(?:,\d{3}){0,2}(?:\.\d{1,6})?"
_REST_IN_DIGITS = r"\d{1,3}(?:\.\d{1,6})?(?![\w%/º°ª]|[.,:-]\d)"
_THOUSANDS = rf"(?:(?:{_BELOW_1000}|{_IN_DIGITS}) )?mill?\b(?: (?:{_BELOW_1000}|{_REST_IN_DIGITS}))?"
_BELOW_MILLION = rf"(?:{_THOUSANDS}|{_BELOW_1000}|{_REST_IN_DIGITS})"
_MILLIONS = (
    rf"(?:(?:(?:{_BELOW_1000} )?mill?(?: {_BELOW_1000})?|{_BELOW_1000}|{_IN_DIGITS}) )"
    rf"mill?on(?:es)?\b(?: y medio\b| {_BELOW_MILLION})?(?: de\b)?"
)
# The longest first: «dos mil tres» is one number and not three.
PATTERN = rf"\b(?:{_MILLIONS}|{_THOUSANDS}|{_BELOW_1000}|[cs]ero\b)"
PHRASE = re.compile(PATTERN)
ARTICLES = frozenset(("un", "uno", "una"))  # in running text more often an article than a number
_JOINED = re.compile(r"(?<=[ei]nta)[yi](?=\w)")  # «treintaicinco»
# «Ciento y pico», «mil gracias» are no numbers.
_INDEFINITE = re.compile(
    r" y (?:pico|tant[oa]s|algo)\b| (?:gracias|disculpas|perdones|felici\w{1,12}|abrazos)\b"
)


def value(words: str) -> int | None:
    """What a phrase says that is a whole number and nothing else: «treinta y nueve» is 39."""
    number = _value(words) if PHRASE.fullmatch(words) else None
    return int(number) if number is not None and number == int(number) else None


def in_digits(text: str) -> str:
    """The text with its numbers in digits; «un», «uno» and «una» alone stay as they are."""
    return PHRASE.sub(digits, text)


def digits(found: re.Match[str]) -> str:
    """What `PHRASE` found in digits; as it stands an article, «por ciento», «mil gracias»."""
    words, text = found[0], found.string
    if words in ARTICLES or _INDEFINITE.match(text, found.end()):
        return words
    if words == "ciento" and text.endswith(("por ", " x "), 0, found.start()):
        return words
    return written(_value(words))


def written(number: Decimal) -> str:
    """The number in plain digits: «1200.5», without zeros at the end of its fraction."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _value(words: str) -> Decimal:
    millions, thousands, rest = Decimal(0), Decimal(0), Decimal(0)
    for word in _JOINED.sub(" y ", words).split():
        if word in ("mil", "mill"):
            thousands, rest = (rest or 1) * Decimal(1000), Decimal(0)
        elif word.endswith(("on", "ones")):
            millions, thousands, rest = (thousands + rest) * 1_000_000, Decimal(0), Decimal(0)
        elif word == "medio":
            rest += 500_000
        elif word[0].isdigit():
            rest += Decimal(word.replace(",", ""))
        elif word not in ("y", "i", "de"):
            rest += _VALUES[_heard(word)]
    return millions + thousands + rest
