"""Finds the person that a command names."""

from sqlmodel import Session, col, select

from bot.failure import Failure
from models.tables.people import Person
from spanish.writing.folding import fold


def find(session: Session, said: str) -> Person:
    """Return the person with that name or number. Raises `Failure` if there is not exactly one."""
    people = session.exec(
        select(Person).where(col(Person.forgotten_at).is_(None)).order_by(col(Person.id))
    ).all()
    found = [each for each in people if str(each.id) == said or fold(each.name) == fold(said)]
    if len(found) > 1:
        numbers = ", ".join(str(each.id) for each in found)
        raise Failure(f"{len(found)} people are called {said!r}; give one of the numbers {numbers}", 2)
    if not found:
        raise Failure(f"nobody is called {said!r}; write the whole name as /personas shows it", 2)
    return found[0]
