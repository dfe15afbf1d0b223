"""A question in plain words, told from a report of work: «¿cómo va jurídica?», «qué le falta a archivo».

Pure.

1. The text becomes clauses of folded words, abbreviations written out and misspelt keywords mended.
2. What only leads up to it («buenos días, me puede decir…») is taken off; what remains opens with a topic's
   words (`spanish.reading.question_openings`), or it is no question that a command answers.
3. Where another part tells of something done, or a bare noun opens («informe de marzo»), it may be either.
4. The words after the opening become the command's arguments, or the lines whose figures are asked for.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.errors import Rejected
from models.programme.view import UnitView
from models.quarter import Quarter
from spanish.reading.courtesy import is_courtesy
from spanish.reading.progress_query import ProgressQuery, find_units, read_words
from spanish.reading.question_lines import find_lines
from spanish.reading.question_openings import (
    LEADS,
    NAMED,
    OPENINGS,
    REPORTED,
    REPORTED_NAMED,
    SILENT,
    QuestionTopic,
    correct_typos,
)
from spanish.writing.days import MONTHS
from spanish.writing.folding import fold

LONGEST = 300  # characters: nobody asks at greater length, but reports are told so
FEW = 3  # words that nobody knows, up to which a bare noun may still open a question
_CLAUSE = re.compile(r"[.,;:](?!\d)|[\n!¿?¡()]|\.{2,}")
_INTERROGATIVE = re.compile(
    r"\b(?:qué|quién(?:es)?|cuándo|cuánt[oa]s?|cómo|dónde|"
    r"cuál(?:es)?)\b",
    re.IGNORECASE,
)
_LEADING = re.compile(r"\W*(?:(?:por|en|a|de|con|para|desde|hasta) )?", re.IGNORECASE)
_COUNTED = re.compile(r"(?<!trimestre )(?<!linea )\b\d{1,3}\b(?! trimestre)")
_ASKING = re.compile("que|quien|cuant|cuando|como|donde|cual")
_MINE = re.compile(r"\bmis\b")
_OWN = "mias"  # as `/actividades` takes it
_LAST_QUARTER = re.compile(r"\btrimestre (?:pasado|anterior)\b")
_LAST_MONTH = re.compile(r"\bmes (?:pasado|anterior)\b")
_THIS = re.compile(
    r"\b(?:(?:este|presente|actual) (?:trimestre|mes|ano)|(?:trimestre|mes|ano) (?:actual|en curso))\b"
)
_LAST_YEAR = re.compile(r"\bano (?:pasado|anterior)\b")


@dataclass(frozen=True)
class Question:
    """What is asked: the topic, and what its command is given after its name.

    `lines` are those whose figures are asked for (`QuestionTopic.COUNT`). Where it is not `sure`, the text
    may as well tell of something done.
    """

    topic: QuestionTopic
    arguments: str = ""
    lines: tuple[int, ...] = ()
    sure: bool = True


def read_question(text: str, units: Sequence[UnitView], today: date) -> Question | None:
    """The question, or None for what is told, ordered or only polite. Raises nothing, whatever the text."""
    if len(text) > LONGEST:
        return None
    marked = "?" in text or "¿" in text
    clauses = [
        correct_typos(words)
        for each in _CLAUSE.split(fold(text.replace("\n", " . ")))
        if (words := each.split())
    ]
    clauses = [each for each in clauses if not is_courtesy(each)]
    for place, clause in enumerate(clauses):
        if place and not marked:
            break
        led = LEADS.match(clause)
        rest = clause[led.end() :] if led else clause
        others = [*clauses[:place], *clauses[place + 1 :]]
        if not marked and not _INTERROGATIVE.search(text) and any(map(REPORTED.search, others)):
            break  # «como quedamos en la reunión, ayer se mandó el convenio»
        asks = bool(led and led["request"]) or marked
        found = _opened(rest, others, asks, units, today)
        if found is not None:
            return found
        if not rest and place + 1 < len(clauses):  # «una pregunta, cómo va…»
            clauses[place + 1 :] = [f"{clause} {clauses[place + 1]}", *clauses[place + 2 :]]
            marked = marked or bool(led and led["request"])
    return _unanswerable(text, clauses)


def _opened(
    rest: str, others: list[str], asks: bool, units: Sequence[UnitView], today: date
) -> Question | None:
    """The question that a clause opens, or None; `asks` where it is surely asked for."""
    told = any(REPORTED.search(each) for each in others)
    for topic, pattern in OPENINGS:
        found = pattern.match(rest)
        parts = found.groupdict("") if found else {}
        if found is None or (parts.get("mark") and not asks):
            continue
        kept = "institucion" if parts.get("whole") else parts.get("kept", "")
        if _tells(rest, found.end(), kept):
            return None
        after = f"{rest[found.end() :]} {' '.join(others) if not told else ''}"
        return _about(topic, kept, after, not told, units, today)
    for topic, pattern in NAMED:
        if found := pattern.match(rest):
            after = f"{rest[found.end() :]} {' '.join(others)}"
            return _named(topic, (found.groupdict().get("kept") or "") + after, asks, units, today)
    if not asks or told:
        return None
    arguments, unknown = _arguments(rest, units, today)
    bare = not unknown and _names_unit(arguments, units)  # «¿y archivo?»
    return Question(QuestionTopic.PROGRESS, arguments) if bare else None


def _tells(rest: str, end: int, kept: str) -> bool:
    """«Se revisó cómo va», «cuántos más no sé, pero hoy capacitamos a 30»: an opening in what is told."""
    subject = rest[:end] if kept and rest.startswith(kept) else ""
    return bool(REPORTED.search(subject) or (_COUNTED.search(rest) and REPORTED.search(rest)))


def _named(
    topic: QuestionTopic, after: str, asks: bool, units: Sequence[UnitView], today: date
) -> Question | None:
    """A bare noun opens: «avance de sistemas», but «avance de la línea 2: dimos 3 asesorías» is told."""
    told = bool(REPORTED.search(after) or REPORTED_NAMED.search(after))
    if told and not asks:
        return None
    asked = _about(topic, "", after, not told, units, today)
    _, unknown = _arguments(after, units, today)
    if asks or asked is None:
        return asked
    if len(unknown) > FEW:
        return None
    either = bool(unknown and not asked.lines) or (topic is QuestionTopic.REPORT and len(after.split()) > 1)
    return Question(asked.topic, asked.arguments, asked.lines, sure=not either)


def _about(
    topic: QuestionTopic, kept: str, after: str, sure: bool, units: Sequence[UnitView], today: date
) -> Question | None:
    """The topic with its arguments; figures of single lines where their measure or title is named."""
    said = f"{kept} {after}".strip()
    arguments, unknown = _arguments(said, units, today)
    if topic is QuestionTopic.SILENT:
        return Question(topic, _arguments(" ".join(SILENT.sub(" ", said).split()), units, today)[0], (), sure)
    if topic in (QuestionTopic.COUNT, QuestionTopic.PROGRESS):
        lines, others = find_lines(said, units)
        if lines:
            arguments, _ = _arguments(" ".join(others), units, today)
            return Question(QuestionTopic.COUNT, _when(arguments), tuple(lines), sure)
        if topic is QuestionTopic.COUNT:
            return Question(QuestionTopic.PROGRESS, arguments, (), sure) if not unknown else _nothing(sure)
    if topic is QuestionTopic.WELL_BEING:  # «¿cómo está?» of nobody is courtesy
        lines, others = find_lines(said, units)
        if lines:
            return Question(
                QuestionTopic.COUNT, _when(_arguments(" ".join(others), units, today)[0]), tuple(lines), sure
            )
        return Question(QuestionTopic.PROGRESS, arguments, (), sure) if arguments else None
    if topic is QuestionTopic.ACTIVITIES and _MINE.search(said):
        arguments = f"{_OWN} {arguments}".strip()
    told_of = topic in (QuestionTopic.PROGRESS, QuestionTopic.DUTIES) and 0 < len(unknown) <= FEW
    if told_of and not _names_unit(arguments, units):
        arguments = " ".join([*unknown, arguments]).strip()  # the command says that it does not know them
    return Question(topic, arguments, (), sure)


def _nothing(sure: bool) -> Question | None:
    return Question(QuestionTopic.NONE) if sure else None


def _arguments(said: str, units: Sequence[UnitView], today: date) -> tuple[str, tuple[str, ...]]:
    """Units, line, quarter and year as a command takes them, and the words that say nothing of these."""
    if _LAST_QUARTER.search(said):
        last = Quarter.of(today).previous
        said = _LAST_QUARTER.sub(f"t{last.number} {last.year}", said)
    said = _LAST_MONTH.sub(MONTHS[(today.month - 2) % 12], said)
    said = _LAST_YEAR.sub(str(today.year - 1), _THIS.sub(" ", said))
    try:
        query = read_words(said)
    except Rejected:  # two quarters: the command says so
        return said, ()
    words = tuple(word for word in query.words if word not in _FILLERS)
    words = ("institucion",) if "institucion" in words else words
    found = find_units(words, units)
    known = [word for word in words if word not in found.unknown]
    return " ".join([*known, *_spoken(query)]), found.unknown


def _spoken(query: ProgressQuery) -> list[str]:
    """Line, quarter and year as words again."""
    when = MONTHS[query.month - 1] if query.month else f"t{query.quarter}" if query.quarter else ""
    line = f"l{query.line}" if query.line is not None else ""
    return [each for each in (line, when, str(query.year or "")) if each]


def _when(arguments: str) -> str:
    """Of the arguments only quarter and year."""
    try:
        query = read_words(arguments)
    except Rejected:
        return arguments
    return " ".join(_spoken(ProgressQuery(quarter=query.quarter, month=query.month, year=query.year)))


def _names_unit(arguments: str, units: Sequence[UnitView]) -> bool:
    try:
        found = find_units(read_words(arguments).words, units)
    except Rejected:
        return True
    return bool(found.units or found.whole)


def _unanswerable(text: str, clauses: list[str]) -> Question | None:
    """A question all the same, which no command answers; what tells of something done is none."""
    asked = text.rstrip().endswith("?") or _INTERROGATIVE.match(_LEADING.sub("", text, count=1))
    told = any(
        REPORTED.search(each) and (_COUNTED.search(each) or not _ASKING.match(each)) for each in clauses
    ) or ("?" not in text and any(map(REPORTED_NAMED.search, clauses)))
    return Question(QuestionTopic.NONE) if asked and not told else None


_FILLERS = frozenset((
    "nosotros", "nosotras", "ellos", "ellas", "mucho", "poco", "mas", "menos", "quien", "sabe", "atrasada",
    "peor", "mejor", "rojo", "verde", "amarillo", "cumplidas", "cumplida", "alcanzar", "linea", "lineas",
    "que", "se", "ha", "han", "hemos", "he", "nos", "les", "le", "me", "mi", "mis", "nuestro", "nuestra",
    "nuestros",
    "nuestras", "su", "sus", "este", "esta", "estos", "estas", "ese", "esa", "un", "una", "unos", "unas",
    "con",
    "hasta", "ahora", "hoy", "ya", "dia", "fecha", "momento", "area", "areas", "unidad", "unidades", "organo",
    "organos", "direccion", "llevamos", "llevan", "lleva", "llevo", "van", "va", "vamos", "tenemos", "tiene",
    "tienen", "hay", "hecho", "hechas", "hechos", "registrado", "registradas", "registrados", "registrada",
    "falta", "faltan", "cumplir", "entregar", "reportar", "registrar", "hacer", "cerrar", "cierre", "meta",
    "metas",
    "programa", "parte", "lado", "equipo", "favor", "porfa", "gracias", "todavia", "aun", "pendiente",
    "pendientes", "fue", "es", "son", "si", "no", "o", "trabajo", "anual", "pat", "del", "ano", "mes", "anda",
    "estamos", "estan", "contadas", "contados", "total", "acumulado", "tal", "informe", "reporte",
    "trimestral",
    "avance", "avances", "actividades", "actividad", "lo", "word", "pdf", "excel", "bien", "mal", "asunto",
    "tema", "cosas", "realizado", "realizadas", "realizados", "cuanto", "cuantas", "cuantos", "cuanta",
    "gente",
    "dado", "dadas", "dimos", "hicimos", "hicieron", "hizo", "dieron", "otra", "vez", "tan", "usted",
    "ustedes",
))  # fmt: skip
