"""Finds linked people by words of their name, unit or role."""

from rapidfuzz import fuzz
from sqlmodel import Session

from handlers.texts.people.roles import ROLE_WORDS
from models.people.roster import RosterEntry, everybody
from spanish.writing.folding import fold

ALIKE = 82  # of 100; a slip of the finger in a name


def find(session: Session, said: str) -> list[RosterEntry]:
    """Return the people of whom every word begins a word of name, unit or role, by name.

    If there is none, those whose name is nearly the same.
    """
    people, words = everybody(session), fold(said).split()
    named = [each for each in people if _fits(words, fold(each.name).split())]
    found = named or [each for each in people if _fits(words, _known(each))]
    return found or [each for each in people if _is_alike(words, fold(each.name).split())]


def _known(each: RosterEntry) -> list[str]:
    told = [each.name]
    for pair in each.pairs:
        told += [*ROLE_WORDS[pair.role], *(([pair.unit.name, pair.unit.key]) if pair.unit else [])]
    return fold(" ".join(told)).split()


def _fits(words: list[str], known: list[str]) -> bool:
    return all(any(other.startswith(word) for other in known) for word in words)


def _is_alike(words: list[str], name: list[str]) -> bool:
    return all(any(fuzz.ratio(word, other) >= ALIKE for other in name) for word in words)
