"""Words for kinds of a measure: an opinion, a project, a contract are documents."""

import re

from spanish.reading.wording import singular_of
from spanish.writing.folding import fold

_DOCUMENT = re.compile(
    r"(?:documento|proyecto|opinion|modificacion|reforma|contrato|convenio|base|regla|reglamento|lineamiento|"
    r"manual|guia|metodologia|dictamen|informe|reporte|programa|plan|estudio|estatuto|decreto|iniciativa|"
    r"protocolo|catalogo|cuadro|inventario|acuerdo|acta|minuta|instrumento|criterio|politica|codigo)$"
)
_OF_DOCUMENTS = ("documento", "proyecto", "instrumento")
_MADE = (
    r"(?:trabaj|elabor|realiz|proyect|redact|prepar|desarroll|integr|actualiz|formul|emit|conclu|termin|"
    r"present)[a-z]*"
)
# The subject at the beginning of a text: «Se trabaja la modificación a…», «Proyecto de las Bases…».
_SUBJECT = re.compile(
    rf"(?:(?:tambien|asimismo|ademas),? )?(?:se {_MADE} )?(?:(?:el|la|los|las|un|una) )?(?P<noun>[a-z]+)"
)


def is_called(word: str, measure: str) -> bool:
    """Return whether a folded word is the measure's own first word, in singular or plural."""
    return singular_of(word) == _called(measure)


def is_of(word: str, measure: str) -> bool:
    """Return whether a folded word names the measure, or a kind of it."""
    return is_called(word, measure) or (
        _called(measure) in _OF_DOCUMENTS and _DOCUMENT.match(singular_of(word)) is not None
    )


def begins_with(text: str, measure: str) -> bool:
    """Return whether a text begins with the measure, or a kind of it, as its subject."""
    found = _SUBJECT.match(fold(text))
    return found is not None and is_of(found["noun"], measure)


def _called(measure: str) -> str:
    return singular_of(fold(measure).partition(" ")[0])
