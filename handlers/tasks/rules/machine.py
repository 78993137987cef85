"""The life of a task: which step leads where, and who may take it. Plain values only.

issued → signed → working → reported → closed, or returned with a reason. A finding is re-checked
first: reported → accepted → closed; and it can come back from there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias


class State(StrEnum):
    ISSUED = "issued"
    SIGNED = "signed"
    """Somebody has said that they have it."""
    WORKING = "working"
    REPORTED = "reported"
    """Done, says who did it; now it lies with whoever issued it."""
    RETURNED = "returned"
    ACCEPTED = "accepted"
    """A finding has been put right, says who re-checked it."""
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    SIGN = "sign"
    PROGRESS = "progress"
    REPORT = "report"
    TAKE_BACK = "take_back"
    """Whoever reported it was too quick."""
    EXTEND = "extend"
    HAND_OVER = "hand_over"
    TAKE = "take"
    """Whoever it was handed to takes it."""
    KEEP = "keep"
    """It is not to be handed over after all."""
    ACCEPT = "accept"
    RETURN = "return"
    CLOSE = "close"
    GRANT = "grant"
    DECLINE = "decline"
    NUDGE = "nudge"
    WITHDRAW = "withdraw"


class Side(StrEnum):
    """What somebody is to a task; one may be several."""

    DOER = "doer"
    ISSUER = "issuer"
    RECEIVER = "receiver"
    """It was offered to them."""
    OVERSEER = "overseer"
    """Stands above the unit, and may remind it."""


OWED = (State.ISSUED, State.SIGNED, State.WORKING, State.RETURNED)
LASTING = (*OWED, State.REPORTED, State.ACCEPTED)
WHO: Mapping[Step, frozenset[Side]] = {
    Step.SIGN: frozenset({Side.DOER}),
    Step.PROGRESS: frozenset({Side.DOER}),
    Step.REPORT: frozenset({Side.DOER}),
    Step.TAKE_BACK: frozenset({Side.DOER}),
    Step.EXTEND: frozenset({Side.DOER}),
    Step.HAND_OVER: frozenset({Side.DOER}),
    Step.TAKE: frozenset({Side.RECEIVER}),
    Step.KEEP: frozenset({Side.DOER}),
    Step.ACCEPT: frozenset({Side.ISSUER}),
    Step.RETURN: frozenset({Side.ISSUER}),
    Step.CLOSE: frozenset({Side.ISSUER}),
    Step.GRANT: frozenset({Side.ISSUER}),
    Step.DECLINE: frozenset({Side.ISSUER}),
    Step.NUDGE: frozenset({Side.ISSUER, Side.OVERSEER}),
    Step.WITHDRAW: frozenset({Side.ISSUER}),
}
STAYS = frozenset(
    {Step.EXTEND, Step.GRANT, Step.DECLINE, Step.HAND_OVER, Step.TAKE, Step.KEEP, Step.NUDGE}
)
"""Steps that leave the state as it is."""
LEADS: Mapping[tuple[State, Step], State] = {
    (State.ISSUED, Step.SIGN): State.SIGNED,
    **{(state, Step.PROGRESS): State.WORKING for state in OWED},
    **{(state, Step.REPORT): State.REPORTED for state in OWED},
    **{(state, step): state for state in OWED for step in STAYS},
    (State.REPORTED, Step.TAKE_BACK): State.WORKING,
    (State.REPORTED, Step.ACCEPT): State.CLOSED,
    (State.REPORTED, Step.RETURN): State.RETURNED,
    (State.ACCEPTED, Step.RETURN): State.RETURNED,
    (State.ACCEPTED, Step.CLOSE): State.CLOSED,
    **{(state, Step.WITHDRAW): State.WITHDRAWN for state in LASTING},
}
"""The whole machine, for tasks. What is not listed is refused."""
OF_FINDINGS: Mapping[tuple[State, Step], State] = {
    **LEADS,
    (State.REPORTED, Step.ACCEPT): State.ACCEPTED,
}
NEEDS_WORDS = frozenset({Step.PROGRESS, Step.RETURN})
LONGEST = 200
"""Characters of a progress, a reason or an evidence."""


@dataclass(frozen=True)
class Standing:
    """A task, as far as its next step depends on it."""

    state: State
    due: date
    is_finding: bool = False
    offered: bool = False
    asked_until: date | None = None
    reported_by: str = ""
    nudged_on: date | None = None


@dataclass(frozen=True)
class Asked:
    """Somebody wants to take a step."""

    step: Step
    by: str
    sides: frozenset[Side]
    today: date
    words: str = ""
    until: date | None = None


@dataclass(frozen=True)
class Moved:
    to: State


@dataclass(frozen=True)
class NotYours:
    """Not theirs to take; how far it is remains unsaid."""


@dataclass(frozen=True)
class NotNow:
    """It stands elsewhere: finished, or not yet so far."""

    state: State


@dataclass(frozen=True)
class SayWhy:
    """It needs a sentence."""


@dataclass(frozen=True)
class TooLate:
    """An extension is asked for before the day has passed."""

    due: date


@dataclass(frozen=True)
class NotLater:
    """The new day does not lie after the old."""

    due: date


@dataclass(frozen=True)
class AskedBefore:
    until: date


@dataclass(frozen=True)
class NothingAsked:
    """No extension, or no hand-over, waits: somebody has decided meanwhile."""


@dataclass(frozen=True)
class OwnReport:
    """A finding is re-checked by another than reported it."""


@dataclass(frozen=True)
class NudgedToday:
    """Once a day is enough."""


Refused: TypeAlias = (
    NotYours
    | NotNow
    | SayWhy
    | TooLate
    | NotLater
    | AskedBefore
    | NothingAsked
    | OwnReport
    | NudgedToday
)
Verdict: TypeAlias = Moved | Refused


def decide(task: Standing, asked: Asked) -> Verdict:
    """Where the step leads, or why it does not."""
    if not WHO[asked.step] & asked.sides:
        return NotYours()
    leads = OF_FINDINGS if task.is_finding else LEADS
    to = leads.get((task.state, asked.step))
    if to is None:
        return NotNow(task.state)
    if asked.step in NEEDS_WORDS and not asked.words.strip():
        return SayWhy()
    return _objection(task, asked) or Moved(to)


def _objection(task: Standing, asked: Asked) -> Refused | None:
    match asked.step:
        case Step.EXTEND:
            return _extension(task, asked)
        case Step.GRANT | Step.DECLINE if task.asked_until is None:
            return NothingAsked()
        case Step.TAKE | Step.KEEP if not task.offered:
            return NothingAsked()
        case Step.NUDGE if task.nudged_on == asked.today:
            return NudgedToday()
        case Step.ACCEPT if task.is_finding and task.reported_by == asked.by:
            return OwnReport()
        case _:
            return None


def _extension(task: Standing, asked: Asked) -> Refused | None:
    if asked.today > task.due:
        return TooLate(task.due)
    if task.asked_until is not None:
        return AskedBefore(task.asked_until)
    if asked.until is None or asked.until <= task.due:
        return NotLater(task.due)
    return None
