"""Chinese time expressions to values: one reader for the whole project.

`find` gives every time expression of a message; `iso` writes a value as a slot, `echo` as we say
it back. Nothing is guessed: what looks like a time and is not understood is `Unclear`, and where
people would differ `Found.others` is not empty. Both mean a question.
"""

from bot.understanding.times.finding import LONGEST, find
from bot.understanding.times.slots import iso
from bot.understanding.times.spoken import echo
from bot.understanding.times.values import (
    Day,
    Deadline,
    Duration,
    Found,
    Looking,
    Moment,
    Moved,
    Part,
    Period,
    Recurrence,
    Shift,
    Span,
    Unclear,
    Value,
)
from bot.understanding.times.workdays import OFFICIAL, Workdays

__all__ = [
    "LONGEST",
    "OFFICIAL",
    "Day",
    "Deadline",
    "Duration",
    "Found",
    "Looking",
    "Moment",
    "Moved",
    "Part",
    "Period",
    "Recurrence",
    "Shift",
    "Span",
    "Unclear",
    "Value",
    "Workdays",
    "echo",
    "find",
    "iso",
]
