"""A line that is named as an answer: «3», «la tercera», «la de asesorías», «creo que es la dos». Pure."""

import re

from models.programme.view import LineView, UnitView
from spanish.reading.numbers.digits import in_digits
from spanish.reading.questions.lines import find_lines
from spanish.reading.questions.vocabulary import CLOSED_CLASS
from spanish.reading.spoken import Spoken

LONGEST = 200  # characters of an answer
_LED = re.compile(
    r"\W*(?:(?:es|era|fue|seria|corresponde|va|creo|que|pues|en|de|del|a|la|el|una?|linea|lin|l|accion|"
    r"numero|num|no|opcion)\b[ .:,]*)*"
)
_NUMBER = re.compile(r"l?\W*(\d{1,3})\b[ .,:!)]*(?:(?:la|el) de\b.{0,150})?")
_ORDINALS = {
    word: place
    for place, words in enumerate(
        (
            "primera primer primero", "segunda segundo", "tercera tercer tercero", "cuarta cuarto",
            "quinta quinto", "sexta sexto", "septima septimo", "octava octavo", "novena noveno",
            "decima decimo",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
_AROUND = CLOSED_CLASS | frozenset(
    ["linea", "lineas", "accion", "corresponde", "creo", "que", "numero", "opcion", "seria", "era"]
)


def read_line(text: str, unit: UnitView) -> LineView | None:
    """Return the only line of the unit that the text names and says nothing else about; else None."""
    said = in_digits(Spoken.of(text)).text.strip() if len(text) <= LONGEST else ""
    led = _LED.match(said)
    bare = said[led.end() :] if led else said
    if found := _NUMBER.fullmatch(bare):
        return unit.line(int(found[1]))
    words = re.findall(r"\w+", said)
    if (place := _ORDINALS.get(re.sub(r"\W", "", bare))) is not None:
        return unit.line(place)
    if not words or words[:2] == ["no", "se"] or words[0] == "no":
        return None
    named = find_lines(words, [unit])
    if len(named.lines) != 1 or any(word not in _AROUND for word in named.rest):
        return None
    return next(line for line in unit.lines if line.id == named.lines[0])
