"""Counts failures of outbox rows, and distinguishes failures of the network from those of the row."""

from dataclasses import dataclass
from enum import Enum, auto

BACK_OFF = (0.5, 1, 2, 5, 10, 30)  # seconds before another attempt, the last one repeatedly
LOCAL_TRIES = 3  # failures in this program after which a row is set aside
# After `PASSED` failures without a response the chat's next row may be sent first, if before at least `ALONE`
# of them another call was answered, so that the cause is not an outage.
PASSED = 3
ALONE = 2
# A row is set aside after `OWN_TRIES` failures without a response, if another row was sent before at least
# `OWN_FAILURES` of them; or after `ANSWERED_FAILURES`, some eight minutes, with other calls answered between.
OWN_TRIES = 5
OWN_FAILURES = 3
ANSWERED_FAILURES = 15


class TroubleAction(Enum):
    HOLD = auto()  # the chat waits for this row
    PASS = auto()  # the row waits, other rows of its chat are sent meanwhile
    ASIDE = auto()  # the row is set aside


@dataclass
class _Trouble:
    tries: int = 0
    own: int = 0
    lonely: int = 0
    prompted: bool = False
    sent: int = 0
    answered: int = 0


class Troubles:
    """Failures per row number since the start."""

    def __init__(self) -> None:
        self._rows: dict[int, _Trouble] = {}

    def __contains__(self, row: int) -> bool:
        return row in self._rows

    def pause(self, row: int) -> float:
        """Return the seconds before the next try of a row that failed."""
        return BACK_OFF[min(self._rows[row].tries, len(BACK_OFF)) - 1]

    def over(self, row: int) -> None:
        """Forget the row."""
        self._rows.pop(row, None)

    def prompt(self, row: int, answered: int) -> bool:
        """Return whether to retry the row at once because another row of its chat was added.

        True if it failed often and the server has answered other calls since. If it fails again, the other
        row is sent first.
        """
        trouble = self._rows.get(row)
        if trouble is None or trouble.tries < PASSED or answered <= trouble.answered:
            return False
        trouble.prompted = True
        return True

    def failed_here(self, row: int) -> TroubleAction:
        """Count a failure of the row itself: the request could not be made."""
        trouble = self._rows.setdefault(row, _Trouble())
        trouble.tries += 1
        return TroubleAction.ASIDE if trouble.tries >= LOCAL_TRIES else TroubleAction.HOLD

    def failed_on_the_way(self, row: int, sent: int, answered: int) -> TroubleAction:
        """Count a failure without a response, after `sent` rows and `answered` calls of anybody.

        The cause is the row if others are sent between its attempts; otherwise it is the network.
        """
        trouble = self._rows.setdefault(row, _Trouble(sent=sent, answered=answered))
        trouble.tries += 1
        trouble.own += sent > trouble.sent
        others_answered = answered > trouble.answered
        trouble.lonely += others_answered
        trouble.sent, trouble.answered = sent, answered
        if trouble.own >= OWN_FAILURES and trouble.tries >= OWN_TRIES:
            return TroubleAction.ASIDE
        if trouble.lonely >= ANSWERED_FAILURES:
            return TroubleAction.ASIDE
        passes = trouble.prompted or (trouble.tries >= PASSED and trouble.lonely >= ALONE)
        trouble.prompted = False
        return TroubleAction.PASS if passes else TroubleAction.HOLD
