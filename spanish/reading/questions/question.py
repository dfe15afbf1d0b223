"""What a question asks for, as a value."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from models.progress.signal import Signal
from models.quarter import Quarter
from models.tables.report import ReportFormat


class QuestionTopic(StrEnum):
    """What is asked about."""

    PROGRESS = "progress"  # of a line, a unit or the institution
    COUNT = "count"  # how much of single lines: «cuántas actas llevamos»
    PARTICIPANTS = "participants"  # how many people, women or men took part
    ORIGIN = "origin"  # where a figure comes from
    COMPARISON = "comparison"  # of two units, or of two quarters
    RANKING = "ranking"  # which unit is ahead, which behind
    SIGNALS = "signals"  # which lines are red, who is late
    WAITING = "waiting"  # what is registered and does not count yet
    DUTIES = "duties"  # what a quarter lacks
    SILENT = "silent"  # who has not reported
    UNSIGNED = "unsigned"  # who has not signed
    CALENDAR = "calendar"  # closes and days off
    DEADLINES = "deadlines"  # what ends within a period
    ACTIVITIES = "activities"  # what was done or registered
    LAST = "last"  # one's own last activity, to see, correct or withdraw
    AUTHOR = "author"  # who registered something
    EVIDENCE = "evidence"  # photographs and files
    SEARCH = "search"  # an activity by a document number or by words
    REPORT = "report"
    CONTACTS = "contacts"  # who heads which unit
    PEOPLE = "people"  # who has access
    HELP = "help"  # how something is done, what something means
    COMMAND = "command"  # an order in words that a command of the same name carries out
    REQUEST = "request"  # of a colleague, not of the bot
    NONE = "none"  # a question that nothing answers


class Slot(StrEnum):
    """What a question may name."""

    UNIT = "unit"
    LINE = "line"
    PERIOD = "period"
    PERIODS = "periods"  # a second one
    FORMAT = "format"
    NAME = "name"  # of nobody and nothing in the programme


class PeriodKind(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    SPAN = "span"  # any other first and last day


@dataclass(frozen=True)
class QuestionPeriod:
    """First and last day, both included. `this`: said as «este trimestre», which its answer may choose."""

    kind: PeriodKind
    first: date
    last: date
    this: bool = field(default=False, compare=False)

    @property
    def quarter(self) -> Quarter:
        """The quarter that its last day falls in."""
        return Quarter.of(self.last)


@dataclass(frozen=True)
class Question:
    """A question and all that it names; what is not named is empty.

    - `sure`: false where the text may as well tell of something done.
    - `units` and `lines` are ids; `line` is a line's number; `whole`: the institution; `own`: one's own unit.
    - `unknown`: the words that stand where a name stands and that nothing of the programme has.
    - `subject`: for HELP what it is about, for COMMAND the command, for PARTICIPANTS «women» or «men».
    - `missing`: what a target lacks is asked for, not what it has.
    - `closed`: asked in the past, «cómo cerró»; `who`: «quién», «qué áreas» is asked for.
    - `registered`: the day on which it was registered is meant, not the one on which it was done.
    """

    topic: QuestionTopic
    sure: bool = True
    units: tuple[int, ...] = ()
    whole: bool = False
    own: bool = False
    mine: bool = False
    line: int | None = None
    lines: tuple[int, ...] = ()
    periods: tuple[QuestionPeriod, ...] = ()
    format: ReportFormat | None = None
    signals: tuple[Signal, ...] = ()
    figure: Fraction | None = None
    number: int | None = None  # of an activity
    documents: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    misnamed: tuple[str, ...] = ()  # of these, what stands after a preposition
    subject: str = ""
    missing: bool = False
    registered: bool = False
    closed: bool = False
    who: bool = False

    @property
    def slots(self) -> frozenset[Slot]:
        """What it names."""
        named = {
            Slot.UNIT: bool(self.units),
            Slot.LINE: self.line is not None or bool(self.lines),
            Slot.PERIOD: bool(self.periods),
            Slot.PERIODS: len(self.periods) > 1,
            Slot.FORMAT: self.format is not None,
            Slot.NAME: bool(self.misnamed),
        }
        return frozenset(slot for slot, is_named in named.items() if is_named)

    @property
    def period(self) -> QuestionPeriod | None:
        return self.periods[0] if self.periods else None
