"""What a text says of a measure that it does not name: «ya quedó», «seguimos armándolo», «no se pudo»."""

import re

from spanish.reading.activity.effects import Effect, effect_of_clause
from spanish.reading.activity.measures import Counting, MeasureKind
from spanish.reading.activity.nouns import names_act
from spanish.reading.activity.parts import Part, objects_of, part_of
from spanish.reading.clauses.clause import Clause, Completion
from spanish.reading.clauses.sentences import Sentences
from spanish.reading.clauses.tokens import Explained
from spanish.reading.clauses.verbs import VerbKind
from spanish.reading.spoken import Span
from spanish.reading.wording import root, root_set, word_set

_MEETINGS = root_set(
    "reunion junta reu mesa platica visita videollamada llamada entrevista encuentro sesion taller foro "
    "acercamiento piloto prueba"
)
_PREPARED = root_set(
    "invitacion convocatoria borrador formato formulario correo recordatorio circular cotizacion temario "
    "diapositivas instructor ponente indice muestra esquema cuestionario calendario cronograma carpeta "
    "orden material cita prorroga oficio memo memorandum minuta mitad"
)
_OPEN = root_set("dudas observaciones pendientes detalles correcciones cambios")
_LIGHT = word_set("hizo hicieron hizo tuvo mando mandaron trae traen")
_HAVING = word_set("hay tengo tenemos tiene tienen hubo tuvimos son es somos")
_OTHERS = word_set("otra otro otras otros demas resto mas")


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
    if how.kind is MeasureKind.ENTITY and done and _is_of_another_sentence(said, how):
        return Effect.COUNTS
    if how.kind is MeasureKind.PRODUCT or how.kind is MeasureKind.ENTITY:
        if steps and (lacks_something(said) or not done or effects[0] is Effect.STEP):
            return Effect.STEP
    elif steps > done or (steps and steps == done and effects[0] is Effect.STEP):
        return Effect.STEP
    if done:
        return Effect.COUNTS
    return Effect.STEP if steps else Effect.UNSURE


def lacks_something(said: Sentences, apart: Span | None = None, unsigned: bool = False) -> bool:
    """Whether anything is said to be missing of it, or still under way.

    `apart`: what is said there is of a condition that is counted apart. `unsigned`: signatures may be
    missing.
    """
    if _is_partial(said):
        return True
    return any(
        _is_open(said, each)
        and not each.relative
        and not _is_of_others(said, each)
        and not (
            apart and apart[0] < said.tokens[each.last - 1].end and said.tokens[each.first].start < apart[1]
        )
        and not (
            unsigned
            and _SIGNING.search(said.text, said.tokens[each.first].start, said.tokens[each.last - 1].end + 30)
        )
        for each in said.clauses
    )


def _is_of_another_sentence(said: Sentences, how: Counting) -> bool:
    """«Conectamos a Salud y Finanzas; Turismo no se pudo»: after a stop another is spoken of."""
    effects = [effect_of_clause(each, how) for each in said.clauses if each.strong]
    first = next((each for each in said.clauses if each.strong), None)
    if first is None or effects[0] is not Effect.COUNTS or first.outcome is not Completion.DONE:
        return False
    return said.tokens[first.last - 1].text in (";", ".")


_SIGNING = re.compile(r"\bfirm\w+|\brubric\w+")


def _is_open(said: Sentences, clause: Clause) -> bool:
    if clause.outcome is Completion.PLANNED:  # «mañana lo mando», «hay que corregirlo»
        return bool(re.search(r"\bl[oa]s? [^\W\d_]+|[aei]rl[oa]s?\b", _text(said, clause)))
    return clause.outcome in (Completion.LACKING, Completion.UNDERWAY)


def _is_partial(said: Sentences) -> bool:
    """«6 de 12 fracciones», «320 de 400 encuestas»: so many of all there are."""
    told = [each for each in said.clauses if each.kind is not VerbKind.TELL]
    if any(token.role is Explained.PART for each in told for token in said.tokens[each.first : each.last]):
        return True
    numbers = {token.start: place for place, token in enumerate(said.tokens) if token.is_number}
    for found in _SO_MANY_OF.finditer(said.text):
        place = numbers.get(found.start())
        if place is None or int(found[1]) >= int(found[2]) or part_of(said, place) is not Part.OBJECT:
            continue
        clause = said.clause_at(place)
        if (
            not clause.strong or clause.verb is None or clause.verb < place
        ):  # else others did: «12 de 15 reportaron»
            return True
    return False


_SO_MANY_OF = re.compile(r"(?<![\w.,/])(\d{1,7}) de (?:l[oa]s )?(\d{1,7})\b(?![.,/]\d)")


def _text(said: Sentences, clause: Clause) -> str:
    return said.text[said.tokens[clause.first].start : said.tokens[clause.last - 1].end]


def _is_of_others(said: Sentences, clause: Clause) -> bool:
    words = [token.text for token in said.tokens[clause.first : clause.last] if token.is_word]
    return bool(_OTHERS.intersection(words[:4]))


def _tells(clause: Clause) -> bool:
    if clause.relative or clause.outcome is Completion.WISHED:
        return False
    return clause.kind is not VerbKind.TELL


def _effect(said: Sentences, clause: Clause, how: Counting) -> Effect:
    kind = how.kind
    effect = effect_of_clause(clause, how)
    if effect is Effect.TOTAL:
        return Effect.STEP if kind is MeasureKind.PRODUCT else Effect.UNSURE
    if effect is not Effect.COUNTS:
        return effect
    objects = {root(noun) for noun in objects_of(said, clause)}
    if kind not in (MeasureKind.EVENT, MeasureKind.PEOPLE) and _MEETINGS & objects:
        return Effect.STEP
    if _PREPARED & objects:
        return Effect.STEP
    light = clause.verb is not None and said.tokens[clause.verb].text in _LIGHT
    if (clause.kind is VerbKind.BE or light) and _OPEN & objects:
        return Effect.STEP  # «quedaron dudas»
    if clause.outcome is Completion.STATE and said.tokens[clause.verb or 0].text in _HAVING:
        return Effect.UNSURE
    if names_act(said, how, clause):
        return effect
    if clause.outcome is Completion.HEADING:
        return Effect.COUNTS if kind in (MeasureKind.EVENT, MeasureKind.UNIT_OF_WORK) else Effect.UNSURE
    return effect
