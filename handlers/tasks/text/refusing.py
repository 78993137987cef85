"""Why a step was not taken, in the chat and in the console alike."""

from handlers.tasks.rules.machine import (
    AskedBefore,
    NothingAsked,
    NotLater,
    NotNow,
    NotYours,
    NudgedToday,
    OwnReport,
    Refused,
    SayWhy,
    TooLate,
)
from handlers.tasks.text import stepping as text


def refused(name: str, why: Refused) -> str:
    """`name`: of the task, with its number."""
    match why:
        case NotYours():
            return text.NOT_YOURS
        case NotNow(state):
            return text.not_now(name, state)
        case SayWhy():
            return text.WHAT_WRONG
        case TooLate(due):
            return text.too_late(name, due)
        case NotLater(due):
            return text.not_later(due)
        case AskedBefore(until):
            return text.asked_before(name, until)
        case NothingAsked():
            return text.NOTHING_ASKED
        case OwnReport():
            return text.OWN_REPORT
        case NudgedToday():
            return text.NUDGED_TODAY
