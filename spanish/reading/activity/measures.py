"""What the measures of targets are: which nouns count as one, and what it takes for one to be finished."""

from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import lru_cache

from spanish.reading.spoken import Spoken
from spanish.reading.wording import root, words


class MeasureKind(Enum):
    PRODUCT = auto()  # made: a document, a report, an act; a meeting about it is a step
    EVENT = auto()  # held: a course, a session, a consultation
    HANDLED = auto()  # attended to: a request, a matter; that it came in is a step
    UNIT_OF_WORK = auto()  # done to each of several things: a maintenance
    ENTITY = auto()  # brought to a state: an organization connected
    PEOPLE = auto()  # those who took part


@dataclass(frozen=True)
class Counting:
    """How a measure is counted. `own` are roots of its words, `broad` of words that cover all of a kind,
    `parts` of the things of which it may be made up: «5 cpu y 2 impresoras» are 7 mantenimientos."""

    kind: MeasureKind
    own: frozenset[str]
    broad: frozenset[str]
    parts: frozenset[str]
    ordinary: bool  # «sesiones ordinarias»: extraordinary ones do not count

    def level(self, noun: str) -> int | None:
        """0 for the measure itself, 1 for what covers it, 2 for a part of it; None for another thing."""
        return next(
            (place for place, names in enumerate((self.own, self.broad, self.parts)) if noun in names), None
        )


# MeasureKind; words of a measure by which it is known; words that cover all of it; parts.
_TABLE = (
    (
        MeasureKind.PEOPLE,
        "personas participantes asistentes beneficiarios servidores alumnos ciudadanos mujeres estudiantes "
        "usuarios",
        "personas participantes asistentes servidores alumnos ciudadanos estudiantes usuarios", "",
    ),
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


@lru_cache(maxsize=256)
def counting(measure: str, aliases: tuple[str, ...] = ()) -> Counting:
    """How a measure is counted; one that the table does not know is a product, counted by its own words.

    `aliases` are other words for it, which count as its own.
    """
    if aliases:
        how = counting(measure)
        return replace(how, own=how.own.union(*(counting(each).own for each in aliases)))
    said = words(Spoken.of(measure).text)
    own = frozenset(root(word) for word in said if not word.startswith(("ordinari", "obligad", "formacion")))
    ordinary = any(word.startswith("ordinari") for word in said)
    for kind, known, *rest in _TABLE:
        if own & _roots(known):
            broad, parts = (_roots(each) for each in (*rest, "")[:2])
            return Counting(
                kind, own, broad | (_roots("ordinarias") if ordinary else frozenset()), parts, ordinary
            )
    return Counting(MeasureKind.PRODUCT, own, frozenset(), frozenset(), ordinary)
