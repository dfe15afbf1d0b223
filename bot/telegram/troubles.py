"""Rows that fail: whether the network is to blame or the row itself, and when the tries are enough."""

from dataclasses import dataclass
from enum import Enum, auto

BACK_OFF = (0.5, 1, 2, 5, 10, 30)  # seconds before another try, the last for ever
LOCAL_TRIES = 3  # of a call that fails in this program, before its row steps aside
PASSED = 3  # failures after which the chat's next row may go first,
ALONE = 2  # if so many of them at least came after another call was answered: not the last of an outage
OWN_TRIES = 5  # of a row that fails on the way, where others are sent meanwhile
OWN_FAILURES = 3  # of these tries at least, with other rows sent since the one before
ANSWERED_FAILURES = 15  # or so many, with any other call answered since the one before: some eight minutes


class TroubleAction(Enum):
    HOLD = auto()  # the chat waits for this row
    PASS = auto()  # the row waits by itself, others of its chat may pass
    ASIDE = auto()  # it is enough


@dataclass
class _Trouble:
    tries: int = 0
    own: int = 0
    lonely: int = 0
    prompted: bool = False
    sent: int = 0
    answered: int = 0


class Troubles:
    """How often rows failed, by their numbers. What failed before a restart is not counted."""

    def __init__(self) -> None:
        self._rows: dict[int, _Trouble] = {}

    def __contains__(self, row: int) -> bool:
        return row in self._rows

    def pause(self, row: int) -> float:
        """Seconds before the next try of a row that failed."""
        return BACK_OFF[min(self._rows[row].tries, len(BACK_OFF)) - 1]

    def over(self, row: int) -> None:
        """The row is done with."""
        self._rows.pop(row, None)

    def prompt(self, row: int, answered: int) -> bool:
        """Whether the row is to be tried at once, since another of its chat came: it failed often enough, and
        the server answered other calls since. If it fails now, the other may pass."""
        trouble = self._rows.get(row)
        if trouble is None or trouble.tries < PASSED or answered <= trouble.answered:
            return False
        trouble.prompted = True
        return True

    def failed_here(self, row: int) -> TroubleAction:
        """The call could not be made, which is this row's own fault."""
        trouble = self._rows.setdefault(row, _Trouble())
        trouble.tries += 1
        return TroubleAction.ASIDE if trouble.tries >= LOCAL_TRIES else TroubleAction.HOLD

    def failed_on_the_way(self, row: int, sent: int, answered: int) -> TroubleAction:
        """No answer came. `sent` rows and `answered` calls there were so far, whosever.

        A row is to blame where others are sent between its tries. While all fail the network is.
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
