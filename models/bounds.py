"""Limits of what one person or one card may have at once; what exceeds them waits, or is refused."""

OPEN_CARDS = 20  # of one person in one chat; as many again of all other drafts: observations, signatures, …
WAITING_CARDS = 200  # of one person in one chat: stored, and each shown when another one is finished
FILES = 50  # of one card or one activity
STRANGERS = 1_000  # accounts without an invitation that have a row
SAME_TAPS = 5  # taps in a row of one button that are handled; further ones are only answered
WAITING_UPDATES = 10_000  # of one person, queued in the inbox
