"""The words of the domain by what they mean. A concept is a family of roots, not a list of openings.

All patterns are of whole folded words.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache


class Concept(StrEnum):
    GO = "go"  # how something goes: «va», «anda», «sigue»
    HAVE = "have"  # «llevamos», «hay», «tenemos»
    ADVANCE = "advance"  # the noun: «avance», «porcentaje», «estatus»
    LACK = "lack"  # «falta», «pendiente», «debe»
    TELL = "tell"  # to report: «reportar», «registrar», «capturar»
    DO = "do"  # «hicimos», «dieron», «se realizó»
    ACTIVITY = "activity"
    REPORT = "report"  # the document
    SIGN = "sign"
    END = "end"  # «cierra», «vence», «termina»
    DEADLINE = "deadline"  # the noun: «plazo», «fecha límite», «días hábiles»
    BEHIND = "behind"
    COLOUR = "colour"
    BETTER = "better"  # «mejor», «peor», «más», «menos»
    COMPARE = "compare"
    EVIDENCE = "evidence"
    FIND = "find"
    PEOPLE = "people"
    ATTEND = "attend"  # «participaron», «asistieron»
    HEAD = "head"  # who heads a unit
    TARGET = "target"  # «meta»
    TOTAL = "total"  # «total», «número», «cantidad»
    UNITS = "units"  # «área», «unidad», «dirección»
    LINES = "lines"
    ACCESS = "access"
    LAST = "last"
    CALENDAR = "calendar"


_FAMILIES = {
    Concept.GO: r"va|van|vamos|voy|vas|anda[ns]?|andamos|ando|viene[ns]?|venimos|sigue[ns]?|seguimos|"
    r"iba[ns]?|"
    r"ibamos|avanz\w+|marcha[ns]?|salio|salimos|quedo|quedamos|quedaron|progres(?:a|an|amos)",
    Concept.HAVE: r"lleva[ns]?|llevamos|llevo|llevaba\w*|suma[ns]?|sumamos|acumul\w+|hay|hubo|tenemos|"
    r"tiene[ns]?|tengo|"
    r"tienen|estamos|esta|estan|estoy|son|somos|ha|han|hemos|he|contamos|tuvimos|tuvo",
    Concept.ADVANCE: r"avances?|promedio|progresos?|porcentajes?|estatus|status|semaforos?|situacion|resumen|"
    r"desempeno|resultados?|"
    r"indicador|cumplimiento|panorama|graficas?|cifras?|numeros|estado",
    Concept.LACK: r"falta|faltan|faltaba[ns]?|faltar\w*|faltante\w*|falte|pendientes?|debe[ns]?|debemos|"
    r"debo|adeuda\w*|queda|quedan|resta[n]?|"
    r"restante\w*|hace falta|carece\w*|deben|toca",
    Concept.TELL: r"report(?!es?\b)\w+|registr(?!os\b)\w+|captur(?!as?\b)\w+|inform(?!es?\b|acion|"
    r"atic)\w+|entreg\w+|sub(?:ir|io|ieron|ido|imos|"
    r"i|en|ir\w*)|cumpli\w*|carg(?:ar|o|aron|ado|amos)|anot(?:ar|o|aron|ado|amos|aste)|mand(?:o|aron|ado|amos)|"
    r"envi(?:o|aron|ado|amos)|aliment\w+",
    Concept.DO: r"h[ai]cimos|hic(?:e|iste|ieron)|hizo|hecho|hechas|hechos|hacemos|dimos|dieron|dio|di|"
    r"dado|dadas|realiz\w+|trabaj(?:o|e|"
    r"aron|amos|ado)|particip\w+|llev(?:o a cabo|aron a cabo)|pas(?:o|aron)|hubo|elabor\w+|imparti\w+|"
    r"atendi\w+|"
    r"ocurri\w+|celebr\w+|efectu\w+|logr\w+|hicier\w+|organiz\w+|public(?:o|aron|amos|ado|ados|adas)|"
    r"contest\w+|respond\w+|firm(?:aron|o|amos)|capacit\w+|aprob\w+|sesion(?:o|aron|amos)|termin(?:o|aron|amos|ado)",
    Concept.ACTIVITY: r"actividad(?:es)?|registros?|capturas?|acciones|labores|trabajos?|tareas?",
    Concept.REPORT: r"informes?|reportes?|documento|excel|word|pdf|xlsx|docx|csv|json|hoja|presentacion|"
    r"archivo excel",
    Concept.SIGN: r"firm\w+",
    Concept.END: r"cierra\w*|cierre[ns]?|cerr\w+|vence\w*|vencimientos?|termina\w*|terminar\w*|acaba\w*|"
    r"concluye\w*|caduca\w*|expira\w*",
    Concept.DEADLINE: r"plazos?|limite|fechas?|inhabil(?:es)?|habil(?:es)?|festivos?|asueto|puentes?|"
    r"prorroga|deadline|vencimientos?|tiempo",
    Concept.BEHIND: r"atras(?:ad)?[oa]s?|atrasad\w+|retras\w+|rezag\w+|riesgo|incumpli\w+|bajas?|bajos?|"
    r"mal|criticas?|criticos?|urgentes?|urge",
    Concept.COLOUR: r"roj[oa]s?|amarill[oa]s?|verdes?|azul(?:es)?|blanc[oa]s?|gris(?:es)?",
    Concept.BETTER: r"mejor(?:es)?|peor(?:es)?|mas|menos|adelantad\w+|primer lugar|ultimo lugar|mayor|"
    r"menor|alta|alto",
    Concept.COMPARE: r"compar(?!t)\w+|versus|contra|frente|diferencia\w*|respecto",
    Concept.EVIDENCE: r"fotos?|fotografias?|imagen(?:es)?|evidencias?|videos?|audios?|anexos?|adjuntos?|"
    r"soportes? documental\w*",
    Concept.FIND: r"busc\w+|encuentr\w+|encontr\w+|localiz\w+|ubic(?:a|ar|ame|as)|rastre\w+",
    Concept.PEOPLE: r"personas?|mujer(?:es)?|hombres?|gente|asistentes?|participantes?|asistencia|"
    r"servidor(?:es|as)?|ciudadan[oa]s|"
    r"alumn[oa]s|estudiantes|nin[oa]s|beneficiari[oa]s|compan?er[oa]s|funcionari[oa]s|pacientes|docentes|jovenes|"
    r"poblacion|publico",
    Concept.ATTEND: r"particip\w+|asist(?:ieron|io|en|ido|imos)|acudi\w+|fueron|vinieron|llegaron|"
    r"atendi\w+|benefici\w+|capacit\w+",
    Concept.HEAD: r"titular(?:es)?|director(?:a|as|es)?|encargad[oa]s?|responsables?|cargo|frente|dirige|"
    r"encabeza|jef[ea]s?|"
    r"coordinador(?:a|es)?|contactos?|enlaces?",
    Concept.TARGET: r"metas?|objetivos?|programad[oa]s?|planead[oa]s?|plan",
    Concept.TOTAL: r"total(?:es)?|numero|cantidad|suma|conteo",
    Concept.UNITS: r"areas?|unidad(?:es)?|direccion(?:es)?|organos?|departamentos?|coordinacion(?:es)?|"
    r"jefaturas?|oficinas?|"
    r"dependencias?|equipos?",
    Concept.LINES: r"lineas?|metas|indicadores|objetivos",
    Concept.ACCESS: r"acceso|accesos|permisos?|usuarios|dad[oa]s|cuentas?",
    Concept.LAST: r"ultim[oa]s?|reciente\w*",
    Concept.CALENDAR: r"calendario|agenda|fechas",
}
_COMPILED = {concept: re.compile(pattern) for concept, pattern in _FAMILIES.items()}

_CLOSED_CLASS = (
    "a al ante bajo con contra de del desde durante en entre hacia hasta para por segun sin sobre tras "
    "el la los las lo un una unos unas y e o u ni que como cuando donde quien quienes cual cuales cuanto "
    "cuanta cuantos cuantas si no ya aun todavia tambien solo muy tan tanto tantos mas menos mucho mucha "
    "muchos muchas poco poca pocos pocas algo alguien algun alguna algunos algunas nada nadie ningun "
    "ninguna todo toda todos todas cada otro otra otros otras mismo misma este esta estos estas ese esa "
    "esos esas aquel aquella esto eso yo tu usted ustedes nosotros nosotras ellos ellas el ella me te se "
    "nos le les mi mis su sus nuestro nuestra nuestros nuestras es son fue fueron era ser sea seria soy "
    "esta estan estamos estar estado hay haber habia ha han he hemos haya hayan tiene tienen tengo tenemos "
    "tener puede pueden puedo podemos poder podria podrian podrias puedes quiero quisiera quiere necesito "
    "necesitamos ocupo favor porfa porfavor gracias oye oiga hola buenos buenas buen dia dias tarde tardes "
    "noche noches ahora hoy ayer aqui ahi alla asi bien entonces pues ver saber decir dar hacer decirme "
    "darme me dame dime diga digame muestra muestrame manda mandame envia enviame pasa pasame haz hazme "
    "genera generame saca sacame lista listame quieren gustaria vez veces cosa cosas tipo parte lado caso "
    "favor amable licenciado licenciada lic ing ingeniero jefe jefa director directora disculpe disculpa "
    "perdon pregunta duda consulta rapido rapida momento fecha actualmente programa anual trabajo pat "
    "hacen hace falta salvo excepto gracia a ver vs versus contra durante ano anos mes meses semana semanas "
    "trimestre trimestral trimestres semestre periodo dato datos tema temas asunto asuntos relacion "
    "respecto general "
    "cabo estas logrado alcanzado van llegar alcanzar llegamos cumplir institucion secretaria dependencia "
    "toda todo nuestra siempre luego despues antes tarda tardan gustan informa informan informas nuevo nueva "
    "posible pasado pasada anterior actual "
    "sale dice marca aparece significa sirve puse descargo corrijo tengan "
    "solo "
    "digan algo nadie primer segundo tercer cuarto trimestral linea lineas accion ayuda ayudame ayudeme "
    "tal detalle detalles proximo proxima siguiente rombo ranking top comparacion "
    "azul suman forman cuenta cuentan"
)
CLOSED_CLASS = frozenset(_CLOSED_CLASS.split())


@lru_cache(maxsize=8192)
def concepts_of(word: str) -> frozenset[Concept]:
    return frozenset(concept for concept, pattern in _COMPILED.items() if pattern.fullmatch(word))


def concepts_in(words: Iterable[str]) -> frozenset[Concept]:
    return frozenset(concept for word in words for concept in concepts_of(word))


def is_known(word: str) -> bool:
    """Whether a word is of the language of questions: no name is written so."""
    return word in CLOSED_CLASS or bool(concepts_of(word)) or word.isdecimal()
