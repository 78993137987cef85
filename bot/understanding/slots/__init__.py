"""What is asked for besides the intent itself: times, things, people, numbers, free words.

Each function here makes a finder for an `Intent`'s `slots`. A capability may write its own: a
finder takes the `Hearing` and returns the slots it found, {} for none.
"""

from bot.understanding.slots.branches import branch
from bot.understanding.slots.free import after, first_of, reason, rest
from bot.understanding.slots.numbers import amount, code, days, hours, ordinal
from bot.understanding.slots.patterns import fixed, keyword, matching, spoken_digits
from bot.understanding.slots.people import person
from bot.understanding.slots.things import activity, english_activity
from bot.understanding.slots.times import lasting, period, recurring, when
from bot.understanding.slots.venues import venue

__all__ = [
    "activity", "after", "amount", "branch", "code", "days", "english_activity", "first_of",
    "fixed", "hours", "keyword", "lasting", "matching", "ordinal", "period", "person", "reason",
    "recurring", "rest", "spoken_digits", "venue", "when",
]  # fmt: skip
