"""Where sentences and their parts end."""

from collections.abc import Sequence

from spanish.reading.clauses.tokens import ClauseToken
from spanish.reading.wording import word_set

STOPS = frozenset(".;:!?¡¿()[]•·–—")


def stop(tokens: Sequence[ClauseToken], first: int, last: int) -> int:
    """After the first full stop or new line between two places, or `last`: a verb does not reach over it."""
    for at in range(first, last):
        if ends(tokens, at):
            return at + 1
    return last


def ends(tokens: Sequence[ClauseToken], at: int) -> bool:
    """Whether a sentence ends at a token: «Dir.», «P.O.» end none."""
    token = tokens[at]
    if token.role is not None or token.text not in ENDS:
        return False
    if token.text != "." or not at:
        return True
    before = tokens[at - 1]
    return not (before.is_word and before.end == token.start and is_abbreviation(before.text))


_ABBREVIATED = word_set(
    "dir lic ing dr dra no num art arts of ofi gral depto dpto sria srio av col tel ext fracc mtra mtro "
    "arq prof sr sra srta hrs hr mts aprox ord extraord exp fol cd mpio edo coord admvo prev inv mem inf "
    "pag pags vol esq rep sec sist tec asist part cap cva km mtto doc docs capac num nums edo po "
    "op trim of ofs ext reu "
    "cap info"
)


def is_abbreviation(word: str) -> bool:
    """Return whether a full stop after a folded word ends no sentence."""
    return len(word) < 2 or word in _ABBREVIATED


def comma(tokens: Sequence[ClauseToken], first: int, last: int) -> int:
    """After the first comma between two places, or `last`: what follows belongs to the main clause."""
    for at in range(first, last):
        if tokens[at].role is None and tokens[at].text == ",":
            return at + 1
    return last


ENDS = frozenset(".;!?")
