"""Findings of checks: kind, place, and facts, from which `reports.texts.checks` makes one sentence."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from reports.quarterly.content import ActivityPart, LinePart, UnitPart


class Severity(StrEnum):
    ERROR = "error"  # two things contradict each other
    WARNING = "warning"  # may be right, but should be looked at


class FindingKind(StrEnum):
    """Kinds of finding; the comments list their facts."""

    # What is written, compared with what was registered
    WORDS_DIFFER = "words-differ"  # quote: «39 (treinta y ocho)»
    ENUMERATION = "enumeration"  # listed, quantity, measure
    AMOUNT_TOLD = "amount-told"  # told, quantity, measure; of a statement `statement` too
    TOLD_NOT_COUNTED = "told-not-counted"  # told, counted, measure
    PERCENTAGE_TOLD = "percentage-told"  # told, shown
    PEOPLE_TOLD = "people-told"  # who, told, registered
    WORDING = "wording"  # left: what a reader would still change, each with the words
    # What was registered
    PEOPLE_DIFFER = "people-differ"  # parts (a list), sum, total
    NO_ACTIVITY = "no-activity"  # planned, measure; or statement
    LINE_DATES = "line-dates"  # starts, ends, year
    ACTIVITY_DATES = "activity-dates"  # starts, ends, quarter
    FIGURE_MISSING = "figure-missing"  # quote: «Fotografía 3»
    FIGURE_WITHOUT_TEXT = "figure-without-text"  # figures, how many
    PICTURE_NOT_SHOWN = "picture-not-shown"  # file, its name or kind
    PICTURE_LEFT_OUT = "picture-left-out"  # reason, pictures: how many
    EVIDENCE_MISSING = "evidence-missing"  # file
    EVIDENCE_TWICE = "evidence-twice"  # file, other
    DOCUMENT_TWICE = "document-twice"  # document, other
    PREFIX_MIXED = "prefix-mixed"  # document, other_document, other
    # A table published elsewhere, compared with the data
    PUBLISHED_PERCENTAGE = "published-percentage"  # published, shown, counted, amounts
    PUBLISHED_WITHOUT = "published-without"  # shown, counted
    PUBLISHED_COUNTED = "published-counted"  # published, counted
    PUBLISHED_TARGETS = "published-targets"  # published, amounts
    PUBLISHED_DATES = "published-dates"  # published_starts, published_ends, starts, ends
    PUBLISHED_OUTSIDE = "published-outside"  # published_starts, published_ends, year
    PUBLISHED_TWICE = "published-twice"  # row, first: the numbers of rows of the file
    ONLY_PUBLISHED = "only-published"  # row
    NOT_PUBLISHED = "not-published"  # none


_WARNINGS = frozenset(
    {
        FindingKind.ENUMERATION, FindingKind.TOLD_NOT_COUNTED, FindingKind.NO_ACTIVITY,
        FindingKind.FIGURE_WITHOUT_TEXT, FindingKind.PICTURE_NOT_SHOWN, FindingKind.EVIDENCE_MISSING,
        FindingKind.EVIDENCE_TWICE, FindingKind.DOCUMENT_TWICE, FindingKind.PREFIX_MIXED,
        FindingKind.PUBLISHED_WITHOUT, FindingKind.WORDING, FindingKind.PICTURE_LEFT_OUT,
    }
)  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """A finding. `unit` is the unit's key, "" for a unit that only the published table has; `unit_name` its
    name.

    `line` and `activity` are None if the whole unit, or the whole line, is meant; `on` is the activity's last
    day. `facts` has values for JSON, with days in ISO format.
    """

    kind: FindingKind
    unit: str
    unit_name: str
    line: int | None = None
    activity: int | None = None
    on: date | None = None
    facts: dict[str, Any] = field(default_factory=dict, hash=False)

    @property
    def severity(self) -> Severity:
        return Severity.WARNING if self.kind in _WARNINGS else Severity.ERROR


@dataclass(frozen=True)
class CheckScope:
    """The unit, line and activity that a check examines."""

    unit: UnitPart
    line: LinePart | None = None
    activity: ActivityPart | None = None

    def found(self, kind: FindingKind, /, **facts: Any) -> Finding:
        return Finding(
            kind,
            self.unit.key,
            self.unit.name,
            self.line.number if self.line else None,
            self.activity.id if self.activity else None,
            self.activity.ends_on if self.activity else None,
            facts,
        )

    def as_other(self) -> dict[str, Any]:
        """Return the activity as a fact of another activity's finding."""
        assert self.line is not None and self.activity is not None
        return {
            "unit": self.unit.key,
            "unit_name": self.unit.name,
            "line": self.line.number,
            "activity": self.activity.id,
            "on": self.activity.ends_on.isoformat(),
        }
