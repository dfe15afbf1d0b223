"""What the measures of targets are: which nouns count as one, and what it takes for one to be finished."""

import re
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import lru_cache

from models.programme.view import LineView, TargetView
from spanish.reading.numbers.units import MeasurementUnit, measure_unit
from spanish.reading.people_words import PEOPLE
from spanish.reading.spoken import Spoken
from spanish.reading.wording import root, singular_of, words


class MeasureKind(Enum):
    PRODUCT = auto()  # made: a document, a report, an act; a meeting about it is a step
    EVENT = auto()  # held: a course, a session, a consultation
    HANDLED = auto()  # attended to: a request, a matter; that it came in is a step
    UNIT_OF_WORK = auto()  # done to each of several things: a maintenance
    ENTITY = auto()  # brought to a state: an organization connected
    PEOPLE = auto()  # those who took part
    AMOUNT = auto()  # measured in a unit: kilometres, pesos, per cent
    THING = auto()  # any other: dwellings, trees, meals


@dataclass(frozen=True)
class Counting:
    """How a measure is counted. `own` are roots of its words, `broad` of words that cover all of a kind,
    `parts` of the things of which it may be made up: «5 cpu y 2 impresoras» are 7 mantenimientos."""

    kind: MeasureKind
    own: frozenset[str]
    broad: frozenset[str]
    parts: frozenset[str]
    ordinary: bool  # «sesiones ordinarias»: extraordinary ones do not count
    unit: MeasurementUnit | None = None
    acts: frozenset[str] = frozenset()  # roots of what is done to it: «árboles *plantados*»
    forms: frozenset[str] = frozenset()  # its nouns as they are written, in both numbers
    doing: frozenset[str] = frozenset()  # roots of what its line does: «*interconexión* de sujetos obligados»
    to_each: bool = False  # done to each of several: «mantenimiento a 4 equipos», «visité a 3»
    by_meeting: bool = False  # a body that meets has done one
    takes_in: bool = False  # the line is about getting it: «Incremento del acervo», «Acopio de residuos»

    def level(self, noun: str) -> int | None:
        """0 for the measure itself, 1 for what covers it, 2 for a part of it; None for another thing."""
        return next(
            (place for place, names in enumerate((self.own, self.broad, self.parts)) if noun in names), None
        )


# MeasureKind; words of a measure by which it is known; words that cover all of it; parts.
_TABLE = (
    (MeasureKind.UNIT_OF_WORK, "mantenimientos", "equipos bienes servicios maquinas",
     "computadoras compus cpu cpus pc pcs laptop laptops lap laps impresoras multifuncionales monitores "
     "escaner "
     "escaneres proyectores servidores reguladores nobreak breaks copiadoras telefonos teclados mouse "
     "camaras switch "
     "switches ups plotter tabletas discos"),
    (MeasureKind.EVENT, "asesorias", "orientaciones consultorias acompanamientos consultas", ""),
    (MeasureKind.EVENT,
     "capacitaciones cursos talleres diplomados platicas conferencias eventos formacion foros "
                 "jornadas",
     "capacitaciones cursos talleres diplomados platicas conferencias eventos webinars webinarios seminarios "
     "cursillos jornadas",
     "modulos sesiones grupos"),
    (MeasureKind.EVENT, "sesiones reuniones", "sesiones reuniones ordinarias juntas", ""),
    (MeasureKind.ENTITY, "sujetos entes municipios ayuntamientos dependencias instituciones organismos",
     "ayuntamientos municipios dependencias organismos instituciones entes institutos organos entidades "
     "universidades secretarias fideicomisos consejos tribunales comisiones sindicatos partidos", ""),
    (MeasureKind.HANDLED, "solicitudes peticiones requerimientos quejas denuncias recursos",
     "solicitudes peticiones requisiciones requerimientos pedidos folios respuestas servicios quejas",
     "apoyos eventos ordenes compras"),
    (MeasureKind.HANDLED, "asuntos tramites gestiones casos",
     "asuntos tramites casos gestiones nominas movimientos",
     "renuncias licencias bajas altas permisos incapacidades finiquitos nombramientos vacaciones "
     "adscripciones "
     "contratos pagos incidencias"),
    (MeasureKind.PRODUCT, "actas", "actas", ""),
    (MeasureKind.PRODUCT, "acuerdos", "acuerdos", ""),
    (MeasureKind.PRODUCT, "mecanismos", "avisos evaluaciones documentos mecanismos", ""),
    (MeasureKind.PRODUCT, "reportes informes", "reportes informes", "balanzas estados analiticos"),
    (MeasureKind.PRODUCT, "actualizaciones publicaciones", "actualizaciones cargas publicaciones", ""),
    (MeasureKind.PRODUCT, "espacios inmuebles locales",
     "espacios locales bodegas inmuebles", "cuartos oficinas"),
    (MeasureKind.PRODUCT, "documentos instrumentos proyectos productos normas",
     "documentos instrumentos proyectos propuestas productos",
     "convenios contratos adendums anteproyectos reglamentos lineamientos manuales guias cuadros catalogos "
     "inventarios "
     "programas planes estudios diagnosticos metodologias dictamenes opiniones codigos protocolos estatutos "
     "reformas "
     "iniciativas politicas bases acuerdos informes reportes reglas mecanismos modificaciones"),
)  # fmt: skip


def _roots(words_: str) -> frozenset[str]:
    return frozenset(root(word) for word in words_.split())


_PEOPLE = _roots("personas participantes asistentes servidores alumnos ciudadanos estudiantes usuarios")
_JOINED = re.compile(r"[;,/()]| (?:o|u|y|e) ")
_PARTICIPLE = re.compile(r"\w{3,40}[ai]d[oa]s?")
_HELD = re.compile(  # what is held or carried out: «supervisiones», «brigadas», «funciones»
    r"\w{3,40}(?:[csx]ion(?:es)?|miento[s]?|aje[s]?|eo[s]?)|(?:brigad|jornad|feri|campan|visit|consult|"
    r"terapi|recorrid|operativ|expo|obra|funcion|simulacr|entrevist|encuentr)\w{0,40}"
)


_FOR_MANY = _roots(  # what is held for many at once
    "sesiones reuniones presentaciones exposiciones brigadas jornadas ferias campanas funciones conciertos "
    "recorridos operativos caravanas simulacros concursos torneos encuentros capacitaciones formacion"
)


@lru_cache(maxsize=256)
def counting(measure: str, aliases: tuple[str, ...] = ()) -> Counting:
    """How a measure is counted, by its nouns; one that the table does not know is held, or a thing.

    `aliases` are other words for it, which count as its own.
    """
    if aliases:
        how = counting(measure)
        others = [counting(each) for each in aliases]
        return replace(
            how,
            own=how.own.union(*(each.own for each in others)),
            forms=how.forms.union(*(each.forms for each in others)),
        )
    folded = Spoken.of(measure).text
    nouns = [found[0] for each in _JOINED.split(folded) if (found := _nouns(each))]
    own = frozenset(root(word) for word in nouns)
    acts = frozenset(
        root(word) for word in words(folded) if _PARTICIPLE.fullmatch(word) and word not in nouns
    )
    forms = frozenset(form for word in nouns for form in (word, singular_of(word)))
    ordinary = any(word.startswith("ordinari") for word in words(folded))
    how = Counting(MeasureKind.THING, own, frozenset(), frozenset(), ordinary, None, acts, forms)
    if (unit := measure_unit(measure)) is not None:
        return replace(how, kind=MeasureKind.AMOUNT, unit=unit)
    if any(re.fullmatch(PEOPLE, word) for word in nouns):
        return replace(how, kind=MeasureKind.PEOPLE, broad=_PEOPLE)
    for kind, known, *rest in _TABLE:
        if own & _roots(known):
            broad, parts = (_roots(each) for each in (*rest, "")[:2])
            broad |= _roots("ordinarias") if ordinary else frozenset()
            each = kind is MeasureKind.UNIT_OF_WORK or (kind is MeasureKind.EVENT and not parts)
            return replace(how, kind=kind, broad=broad, parts=parts, to_each=each and not own & _FOR_MANY)
    if any(map(_HELD.fullmatch, nouns)):
        return replace(how, kind=MeasureKind.EVENT, to_each=not own & _FOR_MANY)
    return how


def counting_on(line: LineView, target: TargetView) -> Counting:
    """How a target is counted on its line, whose title says what is done and whether it is got."""
    how = counting(target.measure, target.aliases)
    titled = _titled(line.title, target.measure)
    if titled.is_body and how.kind is MeasureKind.PRODUCT and not how.own & _PAPERS:
        how = replace(how, by_meeting=True, broad=how.broad | SESSIONS)
    return replace(how, takes_in=titled.takes_in, doing=titled.doing)


@dataclass(frozen=True)
class _Titled:
    """What a line's title says of it; `is_body`: it is that of a body, which meets."""

    takes_in: bool
    doing: frozenset[str]
    is_body: bool


@lru_cache(maxsize=256)
def _titled(title: str, measure: str) -> _Titled:
    told = words(Spoken.of(title).text)
    measured = words(Spoken.of(measure).text)
    return _Titled(
        takes_in=any(root(word) in _GETTING for word in (*told, *measured)),
        doing=frozenset(root(word) for word in told if _HELD.fullmatch(word)),
        is_body=bool(told) and root(told[0]) in _BODIES,
    )


_BODIES = _roots("comite consejo comision junta grupo patronato asamblea")
SESSIONS = _roots("sesiones reuniones ordinarias")
_PAPERS = _roots("actas acuerdos documentos reportes informes minutas")


_GETTING = _roots(
    "adquisicion compra acopio recaudacion captacion donacion incremento cosecha recoleccion recepcion "
    "ingreso banco contratacion deteccion busqueda"
)


def _nouns(part: str) -> list[str]:
    """The word that a part of a measure counts: «árboles» of «árboles plantados»."""
    return [word for word in words(part) if not _PARTICIPLE.fullmatch(word)] or words(part)
