"""What a text says of a measure that it does not name: «ya quedó», «seguimos armándolo», «no se pudo»."""

from spanish.reading.activity.effects import Effect, effect_of_clause
from spanish.reading.activity.measures import Counting, MeasureKind
from spanish.reading.activity.mentions import names_act, objects_of
from spanish.reading.clauses.clause import Clause, Outcome
from spanish.reading.clauses.sentences import Sentences
from spanish.reading.clauses.verbs import VerbKind
from spanish.reading.wording import root

_MEETINGS = frozenset(
    root(word)
    for word in [
        "reunion",
        "junta",
        "reu",
        "mesa",
        "platica",
        "visita",
        "videollamada",
        "llamada",
        "entrevista",
        "encuentro",
        "sesion",
        "taller",
        "foro",
        "acercamiento",
        "piloto",
        "prueba",
    ]
)
_PREPARED = frozenset(
    root(word)
    for word in [
        "invitacion",
        "convocatoria",
        "borrador",
        "formato",
        "formulario",
        "correo",
        "recordatorio",
        "circular",
        "cotizacion",
        "temario",
        "diapositivas",
        "instructor",
        "ponente",
        "indice",
        "muestra",
        "esquema",
        "cuestionario",
        "calendario",
        "cronograma",
        "carpeta",
        "orden",
        "material",
        "cita",
        "prorroga",
        "oficio",
        "memo",
        "memorandum",
        "mitad",
    ]
)
_OPEN = frozenset(
    root(word) for word in ["dudas", "observaciones", "pendientes", "detalles", "correcciones", "cambios"]
)
_HAVING = frozenset(["hay", "tengo", "tenemos", "tiene", "tienen", "hubo", "tuvimos", "son", "es", "somos"])
_OTHERS = frozenset(["otra", "otro", "otras", "otros", "demas", "resto", "mas"])


def implied(said: Sentences, how: Counting) -> Effect:
    """Whether one thing was done, or a step, by the clauses alone."""
    effects = [
        effect
        for each in said.clauses
        if _tells(each)
        and not _is_of_others(said, each)
        and (effect := _effect(said, each, how)) is not Effect.UNSURE
    ]
    done, steps = effects.count(Effect.COUNTS), effects.count(Effect.STEP)
    if how.kind is MeasureKind.PRODUCT or how.kind is MeasureKind.ENTITY:
        if steps and (lacks_something(said) or not done or effects[0] is Effect.STEP):
            return Effect.STEP
    elif steps > done:
        return Effect.STEP
    if done:
        return Effect.COUNTS
    return Effect.STEP if steps else Effect.UNSURE


def lacks_something(said: Sentences) -> bool:
    """Whether anything is said to be missing of it, or still under way."""
    return any(
        each.outcome in (Outcome.LACKING, Outcome.UNDERWAY)
        and not each.relative
        and not _is_of_others(said, each)
        for each in said.clauses
    )


def _is_of_others(said: Sentences, clause: Clause) -> bool:
    words = [token.text for token in said.tokens[clause.first : clause.last] if token.is_word]
    return bool(_OTHERS.intersection(words[:4]))


def _tells(clause: Clause) -> bool:
    if clause.relative or clause.outcome is Outcome.WISHED:
        return False
    return clause.kind is not VerbKind.TELL


def _effect(said: Sentences, clause: Clause, how: Counting) -> Effect:
    kind = how.kind
    effect = effect_of_clause(clause, kind)
    if effect is Effect.TOTAL:
        return Effect.STEP if kind is MeasureKind.PRODUCT else Effect.UNSURE
    if effect is not Effect.COUNTS:
        return effect
    objects = {root(noun) for noun in objects_of(said, clause)}
    if kind not in (MeasureKind.EVENT, MeasureKind.PEOPLE) and _MEETINGS & objects:
        return Effect.STEP
    if _PREPARED & objects:
        return Effect.STEP
    if clause.kind is VerbKind.BE and _OPEN & objects:
        return Effect.STEP  # «quedaron dudas»
    if clause.outcome is Outcome.STATE and said.tokens[clause.verb or 0].text in _HAVING:
        return Effect.UNSURE
    if names_act(said, how, clause):
        return effect
    if clause.outcome is Outcome.HEADING:
        return Effect.COUNTS if kind in (MeasureKind.EVENT, MeasureKind.UNIT_OF_WORK) else Effect.UNSURE
    return effect
