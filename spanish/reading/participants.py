"""Who took part, read in one way wherever it is written: «9 personas (6 mujeres)», «14 (9 M / 5 H)».

`find_people` looks in running text; `read_participants` and `read_parts` take a text that tells of
participants and nothing else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from models.errors import Rejected
from models.storage.forms import Participants
from spanish.reading import people_words as words
from spanish.reading.closed_words import mend
from spanish.reading.numbers.digits import in_digits
from spanish.reading.spoken import Span, Spoken, merged

LIMIT = 1_000_000
LONGEST = 400  # characters of an answer that tells of participants
UNSURE = -1  # a total of each of several: «8 personas cada una», 3 women and 2 men here, 5 and 4 there
_REACH = 80  # characters before the women and men in which their total stands


@dataclass(frozen=True)
class Attendance:
    """Who took part: `people` where the parts add up, else `unbalanced`; neither where nothing is sure."""

    people: Participants | None = None
    unbalanced: Participants | None = None
    where: tuple[Span, ...] = ()


@dataclass
class _Said:
    """The numbers of people that a text says; `spans` are all that were looked at, taken or not.

    `sexes` may hold "others", where the rest are said to be of the other sex.
    """

    sexes: dict[str, str | None] = field(default_factory=dict)
    sectors: dict[str, int] = field(default_factory=dict)
    totals: set[int] = field(default_factory=set)
    spans: list[Span] = field(default_factory=list)
    negated: bool = False

    def people(self) -> tuple[Participants | None, Participants | None]:
        """Adding up, or not; neither where nothing is sure."""
        return _people(self.sexes, self.sectors, set(self.totals))

    def looked_at(self, place: int) -> bool:
        return any(start <= place < end for start, end in self.spans)


def find_people(spoken: Spoken) -> tuple[Attendance, Spoken]:
    """The participants, and the text without them."""
    spoken = mend(spoken).rewrite(words.ONE, lambda _: "1 ")
    said = _find(spoken.text)
    people, unbalanced = said.people()
    where = tuple(spoken.span(*each) for each in merged(said.spans)) if people or unbalanced else ()
    return Attendance(people, unbalanced, where), spoken.cut(said.spans)


def numbers_told(text: str) -> dict[str, list[int]]:
    """Every number of women, of men and of participants that a text tells, by the names of `Participants`.

    There may be several of each, since several events may be told of. A total is one that people are said to
    have come to («asistieron 12», «12 participantes»), or that stands before its women and men.
    """
    said = _prepared(text).text
    sexes = [found for pattern in (*words.PAIRS, words.ONE_SEX) for found in pattern.finditer(said)]
    places: dict[str, set[Span]] = {
        name: {each.span(name) for each in sexes if each.groupdict().get(name)} for name in ("women", "men")
    }
    befores = (words.JUST_BEFORE.search(said, max(0, each.start() - _REACH), each.start()) for each in sexes)
    places["participants"] = {each.span("total") for each in (*befores, *_came(said)) if each}
    return {
        name: [_number(said[start:end]) for start, end in sorted(spans)] for name, spans in places.items()
    }


def _came(text: str) -> Iterator[re.Match[str]]:
    """The totals of those who took part: not of people who are only spoken of («60 personas del padrón»)."""
    for found in (*words.HEAD.finditer(text), *words.CAME.finditer(text)):
        took_part = words.ATTENDED.search(found[0]) or words.CAME_BEFORE.search(text, 0, found.start("total"))
        each = found.groupdict().get("each")
        if took_part and not found["not"] and not each and not _is_elsewhere(text, found):
            yield found


def read_participants(text: str) -> Participants:
    """The participants of an answer; without a total, women plus men, else the sectors.

    Raises `Rejected`: `participants_unreadable` where it says anything else, or why the parts do not add up.
    """
    said = _find_alone(text, bare=True)
    people, unbalanced = said.people() if said else (None, None)
    if unbalanced is not None:
        unbalanced.check()
    if people is None:
        raise Rejected("participants_unreadable")
    return people


def read_parts(text: str, bare: bool) -> dict[str, int]:
    """Only the numbers that are said, by the names of `Participants`; empty where it says anything else.

    `bare`: a number without a noun is the total.
    """
    said = _find_alone(text, bare)
    if said is None or len(said.totals) > 1 or UNSURE in said.totals:
        return {}
    sexes = {name: _number(number) for name, number in said.sexes.items() if number and name != "others"}
    total = {"participants": next(iter(said.totals))} if said.totals else {}
    parts = {**total, **sexes, **said.sectors}
    return parts if max(parts.values(), default=0) <= LIMIT else {}


def _find_alone(text: str, bare: bool) -> _Said | None:
    """What a text says that tells of participants and nothing else; None for any other."""
    spoken = _prepared(text) if len(text) <= LONGEST else None
    if spoken is None or words.NEGATIVE.search(spoken.text):
        return None
    said = _find(spoken.text, alone=True, bare=bare)
    rest = spoken.cut(said.spans).text
    return None if said.negated or words.LEFT_OVER.fullmatch(rest) is None else said


def _prepared(text: str) -> Spoken:
    return mend(in_digits(Spoken.of(text))).rewrite(words.ONE, lambda _: "1 ")


def _find(text: str, alone: bool = False, bare: bool = False) -> _Said:
    """`alone`: the text tells of nothing but participants, so that a single sector and «5 H» count, too."""
    said = _Said()
    pairs = _apart(found for pattern in words.PAIRS for found in pattern.finditer(text))
    sexes = pairs[0] if pairs else _one_sex(text, alone)
    sectors = {found.lastgroup or "": found for found in words.SECTORS.finditer(text)}
    apart = sectors if len(sectors) > 1 else {}
    said.spans = [found.span() for found in (*pairs, sexes, *apart.values()) if found]
    said.totals = {UNSURE} if len(pairs) > 1 else set()
    said.sexes = {name: told for name, told in sexes.groupdict().items() if name != "root"} if sexes else {}
    said.sectors = {name: _number(found["number"]) for name, found in (sectors if alone else apart).items()}
    _add_totals(said, text)
    if sexes and (before := words.JUST_BEFORE.search(text, max(0, sexes.start() - _REACH), sexes.start())):
        said.spans.append((before.start(), sexes.start()))
        said.totals.add(_number(before["total"]))
    if bare and (first := words.BARE.match(text)) and not said.looked_at(first.start("total")):
        said.spans.append(first.span())
        said.totals.add(_number(first["total"]))
    said.spans += [found.span() for found in sectors.values()] if alone else []
    if sexes is None:
        _add_shares(said, text, alone)
    return said


def _apart(found: Iterator[re.Match[str]]) -> list[re.Match[str]]:
    """Those that share no character with an earlier one."""
    taken: list[re.Match[str]] = []
    for each in found:
        if not any(each.start() < other.end() and other.start() < each.end() for other in taken):
            taken.append(each)
    return taken


def _add_totals(said: _Said, text: str) -> None:
    for found in words.HEAD.finditer(text):
        place = found.start("total")
        if said.looked_at(place):
            continue
        said.spans.append((place if found["not"] else found.start(), found.end()))
        said.negated = said.negated or bool(found["not"])
        if found["not"] or _is_elsewhere(text, found) or words.ABSENT.match(text, found.end()):
            continue
        said.totals.add(UNSURE if found["each"] else _number(found["total"]))
    _join_groups(said, text)
    for pattern in (words.CAME, words.LABELLED):
        for found in pattern.finditer(text):
            name = "total" if found["total"] else "also"
            if said.looked_at(found.start(name)):
                continue
            taught = pattern is words.CAME and words.TAUGHT.match(found[0]) is not None
            said.spans.append((found.start(name) if taught else found.start(), found.end()))
            absent = pattern is words.CAME and found["not"]
            said.negated = said.negated or bool(absent)
            if not absent:
                said.totals.add(_number(found[name]))
    _join_brackets(said, text)
    _settle(said, text)


def _join_brackets(said: _Said, text: str) -> None:
    """«Uno de Excel (22 personas) y otro de Word (19)»: as many as in all brackets, or after all «con»."""
    if (led := words.LED_TOO.search(text)) is not None and said.totals == {_number(led["first"])}:
        said.totals = {_number(led["first"]) + _number(led["total"])}
        said.spans.append(led.span("total"))
    found = list(words.IN_BRACKETS_TOO.finditer(text))
    numbers = [_number(each["total"]) for each in found]
    if len(found) > 1 and said.totals and said.totals <= {*numbers}:
        said.totals = {sum(numbers)}
        said.spans += [each.span("total") for each in found if not said.looked_at(each.start("total"))]


def _join_groups(said: _Said, text: str) -> None:
    """«120 alumnos y 15 docentes», «22 y 18 personas»: groups that are joined are as many as all of them."""
    for found in words.GROUPS.finditer(text):
        numbers = [_number(each[0]) for each in words.GROUP.finditer(found[0])]
        if said.totals <= {*numbers} and numbers[0] != sum(numbers[1:]):
            said.totals = {sum(numbers)}
            said.spans.append(found.span())


def _settle(said: _Said, text: str) -> None:
    """Of several totals take the one that is said to be the whole, and no one who only signed up."""
    if not said.totals and not said.sexes:
        return
    said.totals -= {_number(found["total"] or found["also"]) for found in words.ONLY_ENROLLED.finditer(text)}
    for found in words.ENROLLED.finditer(text):
        if said.totals - {_number(found["total"])}:
            said.totals.discard(_number(found["total"]))
    for found in words.WHOLE.finditer(text):
        name = next(name for name in ("total", "also", "sum") if found[name])
        whole = _number(found[name])
        if said.totals & {UNSURE} or (said.sexes and not said.totals):
            if said.sexes and whole < _parts(said.sexes):
                continue
            said.totals = {whole}
            said.spans.append(found.span())


def _parts(sexes: dict[str, str | None]) -> int:
    return sum(_number(told) for name in ("women", "men") if (told := sexes.get(name)))


def _add_shares(said: _Said, text: str, alone: bool) -> None:
    """«Puras mujeres», «la mitad mujeres»."""
    only = words.ALL_ONE_SEX.search(text)
    if only and only["total"] and not said.totals:
        said.totals.add(_number(only["total"]))
        said.spans.append(only.span())
    if len(said.totals) != 1 or UNSURE in said.totals:
        return
    total = max(said.totals)
    if only:
        said.sexes = {"women" if only["sex"] == "mujeres" else "men": str(total)}
        said.spans += [only.span()] if alone else []
    elif total % 2 == 0 and words.HALF.search(text):
        said.sexes = {"women": str(total // 2), "men": str(total // 2)}


def _one_sex(text: str, alone: bool) -> re.Match[str] | None:
    patterns = words.ONE_SEX_ALONE if alone else (words.ONE_SEX, words.WOMEN_ONLY)
    return next(filter(None, (pattern.search(text) for pattern in patterns)), None)


def _is_elsewhere(text: str, found: re.Match[str]) -> bool:
    """Whether they are people who were written to, expected, registered or paid, and took part in nothing."""
    before = text[max(0, found.start() - _REACH) : found.start("total")]
    if words.SENT_OR_EXPECTED.search(before):
        return True
    if "usuari" in found[0]:
        return bool(words.ACCOUNTS.search(before) or words.ACCOUNTED.match(text, found.end()))
    if words.STAFF.search(found[0]) is None or words.PAID.search(before) is None:
        return False
    return words.TAUGHT.search(text, max(0, found.start() - 3 * _REACH), found.end()) is None


def _people(
    sexes: dict[str, str | None], sectors: dict[str, int], totals: set[int]
) -> tuple[Participants | None, Participants | None]:
    """Women, men, sectors and total together: adding up or not. Nothing for two totals."""
    parts = {name: _number(said) for name in ("women", "men") if (said := sexes.get(name))}
    whole = sum((parts or sectors).values())
    if len(parts) == 2 and UNSURE not in totals:
        if whole in totals:
            totals = {whole}  # the other numbers of people are of something else: «se inscribieron 80»
        elif len(totals) == 2 and max(totals) == whole + min(totals):
            return Participants(participants=max(totals)), None  # and children, whose sex is not told
    if not totals and (parts or sectors) and not sexes.get("others"):
        totals = {whole}
    total = totals.pop() if len(totals) == 1 else UNSURE
    if not 0 <= total <= LIMIT or max(parts.values(), default=0) > LIMIT:
        return None, None
    people = complete({"participants": total, **parts, **sectors})
    try:
        people.check()
    except Rejected:
        return None, people
    return (people, None) if max(parts.values(), default=0) <= total else (None, people)


def _number(text: str) -> int:
    return int(text.replace(",", ""))


def complete(values: dict[str, int]) -> Participants:
    """With a total and one of the two, the other follows."""
    total = values["participants"]
    for given, other in (("women", "men"), ("men", "women")):
        if given in values and other not in values and values[given] <= total:
            values[other] = total - values[given]
    return Participants(**values)
