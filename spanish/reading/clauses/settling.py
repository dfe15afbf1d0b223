"""The outcome that the other words of a clause give it: «quedó *pendiente*», «*mañana* firmamos»."""

import re
from collections.abc import Sequence
from dataclasses import replace

from spanish.reading.clauses.clause import Clause, Completion
from spanish.reading.clauses.conjugation import Tense
from spanish.reading.clauses.function_words import DETERMINERS
from spanish.reading.clauses.predicates import finished_by
from spanish.reading.clauses.stops import STOPS
from spanish.reading.clauses.tokens import ClauseToken, Explained
from spanish.reading.clauses.verbs import VerbKind, verb_of
from spanish.reading.wording import word_set

_LIST_WORDS = re.compile(r"(?:list[oa]s?|complet[oa]s?|arriba|al dia)$")
_OPEN_WORDS = re.compile(r"(?:pendientes?|incomplet[oa]s?|medias|casi)$")
OPEN_STATES = word_set("revision tramite proceso espera firma firmas validacion borrador veremos curso")
_REVIEWS = word_set("firma revision validacion opinion comentarios observaciones vobo visto")


def settled(tokens: Sequence[ClauseToken], clause: Clause) -> Clause:
    """The clause with the outcome that its other words give it: «quedó *pendiente*», «*mañana* firmamos»."""
    inside = range(clause.first, clause.last)
    outcome = clause.outcome
    if (wished := _opening(tokens, clause)) is not None:
        return replace(clause, outcome=wished)
    if outcome is Completion.STATE and _is_now_or_to_come(tokens, clause):
        return replace(clause, outcome=Completion.PLANNED)
    if outcome in (Completion.DONE, Completion.STATE) and _is_unfinished(tokens, clause):
        return replace(clause, outcome=Completion.LACKING)
    present = (
        clause.we
        or outcome is Completion.UNDERWAY
        or outcome is Completion.STATE
        or _may_be_present(tokens, clause)
    )
    open_ = outcome in (Completion.DONE, Completion.STATE, Completion.UNDERWAY)
    if present and open_ and any(_is_future(tokens, at) for at in inside):
        return replace(clause, outcome=Completion.PLANNED)
    if outcome is Completion.HEADING and _is_announced(tokens, clause):
        return replace(clause, outcome=Completion.PLANNED)
    if outcome is Completion.STATE and tokens[clause.verb or 0].text in ("quedo", "quedamos", "estoy"):
        last = {tokens[at].text for at in inside}
        if last & {"pendiente", "atento", "atenta", "ordenes", "espera"} and not clause.participle:
            return replace(clause, outcome=Completion.STATE, kind=VerbKind.TELL)  # «quedo al pendiente»
    if outcome is Completion.HEADING or (
        outcome is Completion.STATE and clause.kind in (VerbKind.BE, VerbKind.GO)
    ):
        return _settled_state(tokens, clause)
    if (
        outcome is Completion.DONE
        and clause.kind in (VerbKind.SEND, VerbKind.ACT)
        and any(
            tokens[at].text in _REVIEWS and _led_by(tokens, at, ("a", "para", "pa", "en")) for at in inside
        )
    ):
        return replace(clause, outcome=Completion.UNDERWAY)
    return clause


def _is_announced(tokens: Sequence[ClauseToken], clause: Clause) -> bool:
    """«*Mañana* 2 actas», «curso de Excel *mañana*»: a day to come at either end, nothing told of it."""
    ends_ = [*range(clause.first, min(clause.first + 2, clause.last)), clause.last - 1]
    if tokens[clause.last - 1].text in STOPS:
        ends_.append(clause.last - 2)
    return any(
        clause.first <= at and _is_future(tokens, at) and not _led_by(tokens, at, ("para", "pa", "de", "del"))
        for at in ends_
    )


_WEEKDAY = re.compile(r"(?:el |este )?(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo)(?: \d{1,2})?$")
_PRESENT = word_set("tenemos tengo tiene tienen hay damos hacemos toca tocan es")


def _is_now_or_to_come(tokens: Sequence[ClauseToken], clause: Clause) -> bool:
    """«El jueves *tenemos* 2 asesorías», «*estoy* en junta»: no past is told."""
    verb = tokens[clause.verb].text if clause.verb is not None else ""
    if verb in ("estoy", "estamos") and not clause.participle:
        return True
    dated = any(
        token.role is Explained.DAY and _WEEKDAY.match(token.text)
        for token in tokens[clause.first : clause.last]
    )
    return verb in _PRESENT and dated


def _opening(tokens: Sequence[ClauseToken], clause: Clause) -> Completion | None:
    """What the first words make of a clause: «si el jefe me da…», «ojalá firmen», «para que sesione»."""
    words = [token.text for token in tokens[clause.first : clause.last] if token.is_word][:2]
    if not words or clause.verb is None:
        return None
    if words[0] in ("ojala", "quiza", "quizas", "tal") or (words[0] == "si" and len(words) > 1):
        return Completion.WISHED
    return Completion.WISHED if words[0] in ("para", "pa") and words[1:] in (["que"], ["q"]) else None


def _is_unfinished(tokens: Sequence[ClauseToken], clause: Clause) -> bool:
    """«Ya *casi* tengo listo», «*todavía* la tienen», «tengo 7 *sin*…»."""
    last = tokens[clause.last - 1]
    if last.is_word and last.text in ("sin", "por"):
        return True
    started = clause.verb if clause.verb is not None else clause.last
    before = [token.text for token in tokens[clause.first : started]]
    return "casi" in before or (
        clause.outcome is Completion.STATE and ("todavia" in before or "aun" in before)
    )


def _may_be_present(tokens: Sequence[ClauseToken], clause: Clause) -> bool:
    """«Lo entrego», «lo entregó»: without the accent it is either, by the day beside it."""
    token = tokens[clause.verb] if clause.verb is not None else None
    if token is None or token.stressed or not token.text.endswith("o"):
        return False
    verb = verb_of(token.text)
    if verb is not None and verb.tense is Tense.GERUND:
        return False
    before = tokens[clause.verb - 1].text if clause.verb else ""
    return before != "se" and not token.text.endswith(("io", "zo", "jo", "vo", "so"))


def _settled_state(tokens: Sequence[ClauseToken], clause: Clause) -> Clause:
    start = clause.first if clause.verb is None else clause.verb + 1
    for at in range(start, clause.last):
        token = tokens[at]
        if token.text == "," and clause.verb is not None and not _goes_on(tokens, at + 1):
            break
        if not token.is_word:
            continue
        before = tokens[at - 1].text if at else ""
        if _OPEN_WORDS.match(token.text) or (token.text in OPEN_STATES and before == "en"):
            return replace(clause, outcome=Completion.LACKING)
        if (
            before in ("sin", "por", "para")
            and (verb := verb_of(token.text))
            and verb.tense
            in (
                Tense.INFINITIVE,
                Tense.PARTICIPLE,
            )
        ):
            return replace(clause, outcome=Completion.LACKING)
        verb = verb_of(token.text)
        if (
            verb
            and verb.tense is Tense.PARTICIPLE
            and before not in DETERMINERS
            and before not in ("sin", "no")
        ):
            if verb.kind in (VerbKind.BE, VerbKind.TELL) and clause.verb is None:
                continue
            kind = finished_by(tokens, at, verb)
            kind = VerbKind.ACT if kind in (VerbKind.WANT, VerbKind.MANAGE) else kind
            return replace(clause, outcome=Completion.DONE, kind=kind, participle=True)
        if _LIST_WORDS.match(token.text):
            return replace(clause, outcome=Completion.DONE, kind=VerbKind.ACT, participle=True)
    return clause


def _goes_on(tokens: Sequence[ClauseToken], at: int) -> bool:
    """Whether a participle follows a comma at once: «va el informe, entregado hoy»."""
    verb = verb_of(tokens[at].text) if at < len(tokens) and tokens[at].is_word else None
    return verb is not None and verb.tense is Tense.PARTICIPLE


def _led_by(tokens: Sequence[ClauseToken], at: int, prepositions: tuple[str, ...]) -> bool:
    before = at - 1
    if before >= 0 and tokens[before].text in ("su", "la", "el", "las", "sus"):
        before -= 1
    return before >= 0 and tokens[before].text in prepositions


def _is_future(tokens: Sequence[ClauseToken], at: int) -> bool:
    """«Mañana» (not «en la mañana»), «la próxima semana», «el lunes que viene», a day that has not come."""
    token = tokens[at]
    if token.role is Explained.TO_COME:
        return True
    if not token.is_word:
        return False
    before = tokens[at - 1].text if at else ""
    if token.text == "manana":
        return before not in ("la", "esta", "de", "y", "x")
    if token.text == "hora" and before == "primera":
        return True  # «a primera hora»
    if token.text in ("prox", "proximo", "proxima", "proximos", "proximas", "entrante"):
        return True
    if token.text in ("viene", "entra"):
        return before in ("que", "q")
    return token.text in ("semana", "mes", "quincena") and before in ("otra", "otro", "siguiente")
