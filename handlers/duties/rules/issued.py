"""What is handed out has a ladder, too: a rule of ours beside those of the file."""

from dataclasses import replace

from handlers.duties.rules.grammar import Field
from handlers.duties.rules.rulebook import Kind, Level, Per, Rule, Rulebook, Rung, Source

LADDER = "task"
"""The profile of the file that tasks climb by, where it has one."""
STAGES = (7, 3)
"""Days before: blue, and yellow. Red begins on the day after."""
USUAL = (
    Rung(0, "assignee", "private"),
    Rung(1, "assignee", "private"),
    Rung(3, "unit_lead", "private"),
    Rung(5, "issuer", "digest"),
    Rung(10, "issuer", "supervision_list"),
)
"""The one who has it; the next in the unit; then whoever issued it, and nobody above them."""


def with_tasks(book: Rulebook, rule_id: str) -> Rulebook:
    ladders = {LADDER: USUAL, **book.ladders}
    return replace(book, rules=(*book.rules, rule(rule_id)), ladders=ladders)


def rule(rule_id: str) -> Rule:
    return Rule(
        id=rule_id,
        name="布置的任务",
        group="task",
        level=Level.TASK,
        filter=None,
        per=Per.ITEM,
        times=1,
        years=None,
        hours=None,
        kind=Kind.DEADLINE,
        expression=Field("task.due_on"),
        hard_limit=None,
        anchor="task.due_on",
        responsible=("assignee",),
        remind=STAGES,
        escalation=LADDER,
        evidence=(),
        quorum="",
        notes="",
        limit_basis="draft",
        binding="local",
        source=Source("", "", "unverified"),
        line=0,
    )
