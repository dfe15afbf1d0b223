"""A clause of a text, and how far what it tells has come."""

from dataclasses import dataclass
from enum import Enum, auto

from spanish.reading.clauses.verbs import VerbKind


class Completion(Enum):
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
    outcome: Completion
    kind: VerbKind
    verb: int | None = None
    relative: bool = False  # «… que mandaron las áreas»: said of a thing, not told as done
    participle: bool = False
    we: bool = False
    strong: bool = True  # a finite verb tells of it
    known: bool = True  # its verb is listed, or it has none
