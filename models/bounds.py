"""How much one person, or one card, may hold at once. What is beyond is refused with a sentence, or waits."""

OPEN_CARDS = (
    20  # of one person in one chat; as many again of all that is no card: observations, signatures, …
)
WAITING_CARDS = 200  # of one person in one chat: stored whole, each shown when another one is finished
FILES = 50  # of one card, and of one activity
STRANGERS = 1_000  # accounts without an invitation of which something is remembered
SAME_TAPS = 5  # of one button in a row that are heard; the others are only answered
WAITING_UPDATES = 10_000  # of one person that wait in the inbox for their turn
