"""Why somebody was told of a duty: from the rule with its article to the step that was taken."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from handlers.duties.actions.planning import rulebook
from handlers.duties.rules.rulebook import Rule
from storage import duties, ladders, organisation
from storage.database import Session
from storage.ladders import Case, Sort, Told


@dataclass(frozen=True)
class Reason:
    rule: Rule | None
    """None where the rule is not in the file any more."""
    rule_id: str
    duty_id: int
    of: str
    """The organisation whose officers look after it."""
    subject: str
    anchor: date | None
    due: date
    state: str
    sort: Sort
    number: int
    after_days: int
    """Of the rung."""
    role: str
    instead_of: str
    channel: str
    ladder: str
    """Name and version of the ladder that the case keeps; empty before the day has come."""


def reasons(db: Session, to: str, on: date, cause: str) -> Iterator[Reason]:
    """`cause`: duty:123 for one, anything else for all that `to` was told on that day."""
    duty = int(cause.removeprefix("duty:")) if cause.startswith("duty:") else None
    steps = ladders.steps_of(db, duty) if duty else ladders.told_on(db, on)
    found = [step for step in steps if step.to == to and step.on == on]
    if not duty:  # and what is said again because it is still open
        found += [step for step in ladders.told_to(db, to) if step.due < on and is_still(step, on)]
    tree, known = organisation.tree(db, on), rulebook().by_id
    for step in found:
        yield reason(db, step, known.get(step.rule_id), tree.name(step.org_id))


def is_still(step: Told, on: date) -> bool:
    return step.sort == Sort.RUNG and step.on < on


def reason(db: Session, step: Told, rule: Rule | None, of: str) -> Reason:
    row, case = duties.one(db, step.duty_id), db.get(Case, step.duty_id)
    sort = Sort(step.sort)
    return Reason(
        rule,
        step.rule_id,
        step.duty_id,
        of,
        step.subject,
        row.anchor if row else None,
        step.due,
        row.state if row else "",
        sort,
        step.number,
        ladders.rungs_of(case)[step.number][0] if case and sort is Sort.RUNG else 0,
        step.role,
        step.instead_of,
        step.channel,
        f"{case.ladder} {case.rules_version}" if case and sort is Sort.RUNG else "",
    )
