"""When somebody is told of a duty: in advance by the rule's days, and up the ladder afterwards.

A rung with `after_days: 3` is taken on the third day after the due day, `after_days: 0` on the due
day itself; on the next working morning where that day is off. Where a duty is found out late, its
days are counted from then, so that everybody on the ladder has the time that it gives them.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from handlers.duties.rules.rulebook import Kind, Rule, Rung

WISHES = "anniversary"
"""The group of rules that wish somebody well: where they come round, nobody is behind."""
Ladder = Sequence[tuple[int, str, str]]
"""(after_days, to, channel), as a case keeps it."""


def windows(rule: Rule, today: date) -> Iterator[tuple[int, date, date]]:
    """Of each reminder of a rule: its days, and the due days that it is now the latest for."""
    days = sorted(set(rule.remind), reverse=True)
    for at, next_at in zip(days, [*days[1:], -1], strict=False):
        yield at, today + timedelta(next_at + 1), today + timedelta(at)


def is_reminded(rule: Rule) -> bool:
    return rule.kind is not Kind.RECORDED and rule.times is not None


def is_chased(rule: Rule) -> bool:
    """Whether anybody can be behind with it."""
    if rule.times is None or (rule.group == WISHES and rule.kind is Kind.RECURRING):
        return False
    return rule.kind in {Kind.DEADLINE, Kind.RECURRING}


def told_first(rule: Rule) -> tuple[str, ...]:
    """Who is reminded in advance. What is a member's own goes to the member alone; what an
    officer does for a member, to that one officer."""
    if not rule.private:
        return rule.responsible
    return ("member",) if "member" in rule.responsible else rule.responsible[:1]


def on_ladder(rule: Rule, to: str) -> str:
    """Whom a rung means: a rule that asks nothing of the member does not tell them."""
    return rule.responsible[0] if to == "member" and "member" not in rule.responsible else to


def kept(rungs: Sequence[Rung]) -> list[tuple[int, str, str]]:
    """The lowest first."""
    return sorted(
        ((each.after_days, each.to, each.channel) for each in rungs), key=lambda it: it[0]
    )


def base(due: date, found_on: date, morning: date) -> date:
    """`morning`: the first working morning after the due day."""
    return due if found_on <= morning else found_on


def reached(ladder: Ladder, base: date, taken: int, today: date) -> int:
    """How many rungs are behind it after today."""
    return max(taken, sum(base + timedelta(days) <= today for days, _, _ in ladder))


def next_on(ladder: Ladder, base: date, taken: int) -> date | None:
    return base + timedelta(ladder[taken][0]) if taken < len(ladder) else None
