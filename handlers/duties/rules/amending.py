"""What may be altered in the rules from the desk: when somebody is reminded, on which ladder, and
whom nobody chases. What a regulation asks for, and who is told, stays with the file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from handlers.duties.rules.rulebook import Rulebook

FURTHEST = 200
"""Days: no rule reminds earlier, no rung comes later."""
MOST = 6
PERSONAL = "personal"
"""The ladder of what stays between a member and one officer."""


@dataclass(frozen=True)
class RuleChange:
    rule_id: str
    remind: tuple[int, ...]
    escalation: str

    @property
    def target(self) -> str:
        return f"rule:{self.rule_id}"

    @property
    def says(self) -> dict[str, Any]:
        return {"remind": list(self.remind), "escalation": self.escalation}


@dataclass(frozen=True)
class LadderChange:
    ladder: str
    days: tuple[int | None, ...]
    """Of each rung in the file; None: this rung is not taken."""

    @property
    def target(self) -> str:
        return f"ladder:{self.ladder}"

    @property
    def says(self) -> dict[str, Any]:
        return {"days": list(self.days)}


@dataclass(frozen=True)
class ExemptChange:
    reasons: frozenset[str]

    target = "exempt"

    @property
    def says(self) -> dict[str, Any]:
        return {"reasons": sorted(self.reasons)}


Change = RuleChange | LadderChange | ExemptChange


class Fault(StrEnum):
    """Why a change is not possible."""

    UNKNOWN = "unknown"
    """There is no such rule, ladder or reason."""
    TOO_MANY = "too_many"
    OUT_OF_RANGE = "out_of_range"
    NO_RUNG = "no_rung"
    PERSONAL = "personal"
    """What is a member's own must not go up, and what is not, not vanish into it."""


def fault(book: Rulebook, change: Change) -> Fault | None:
    match change:
        case RuleChange(rule_id, remind, escalation):
            return fault_of_rule(book, rule_id, remind, escalation)
        case LadderChange(ladder, days):
            if ladder not in book.ladders or len(days) != len(book.ladders[ladder]):
                return Fault.UNKNOWN
            taken = [each for each in days if each is not None]
            if not taken:
                return Fault.NO_RUNG
            return None if in_range(taken) else Fault.OUT_OF_RANGE
        case ExemptChange():
            return None


def fault_of_rule(
    book: Rulebook, rule_id: str, remind: Sequence[int], escalation: str
) -> Fault | None:
    rule = book.by_id.get(rule_id)
    if rule is None or escalation not in book.ladders:
        return Fault.UNKNOWN
    if rule.private != (escalation == PERSONAL):
        return Fault.PERSONAL
    if len(remind) > MOST:
        return Fault.TOO_MANY
    return None if in_range(remind) else Fault.OUT_OF_RANGE


def in_range(days: Sequence[int]) -> bool:
    return all(0 <= each <= FURTHEST for each in days)


def amended(book: Rulebook, change: Change) -> Rulebook:
    """`book` with the change. What is no longer possible, because the file has changed since,
    changes nothing."""
    if fault(book, change):
        return book
    match change:
        case RuleChange(rule_id, remind, escalation):
            rules = tuple(
                replace(rule, remind=remind, escalation=escalation) if rule.id == rule_id else rule
                for rule in book.rules
            )
            return replace(book, rules=rules)
        case LadderChange(ladder, days):
            rungs = tuple(
                replace(rung, after_days=at)
                for rung, at in zip(book.ladders[ladder], days, strict=True)
                if at is not None
            )
            return replace(book, ladders={**book.ladders, ladder: rungs})
        case ExemptChange(reasons):
            return replace(book, exempt=reasons)


def change_of(target: str, says: Mapping[str, Any]) -> Change:
    """As it was kept."""
    kind, _, name = target.partition(":")
    if kind == "rule":
        return RuleChange(name, tuple(says["remind"]), says["escalation"])
    if kind == "ladder":
        return LadderChange(name, tuple(says["days"]))
    return ExemptChange(frozenset(says["reasons"]))


def concerned(book: Rulebook, change: Change) -> frozenset[str]:
    """The rules that a change can make a difference to."""
    match change:
        case RuleChange(rule_id):
            return frozenset({rule_id})
        case LadderChange(ladder):
            return frozenset(rule.id for rule in book.rules if rule.escalation == ladder)
        case ExemptChange():
            return frozenset(book.by_id)
