"""Questions from a file: shown first, then taken whole or not at all."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.files.tables import Fault
from bot.questions import Kind, Question
from handlers.bank.actions.reading import findings
from handlers.bank.rules.comparing import Like, Likeness, likenesses
from handlers.bank.rules.found import Findings, id_of
from storage import audit, organisation, questions
from storage.database import Session
from storage.questions import Entry, State

SEEDS = Path(__file__).parents[3] / "storage" / "seeds" / "demo"


@dataclass(frozen=True)
class Plan:
    """What an import would do."""

    new: Mapping[str, Question]
    changed: Mapping[str, Question]
    unchanged: int
    likenesses: Sequence[Like]

    @property
    def kinds(self) -> Mapping[Kind, int]:
        return Counter(each.kind for each in self.all.values())

    @property
    def topics(self) -> Mapping[str, int]:
        return Counter(each.topic for each in self.all.values())

    @property
    def all(self) -> Mapping[str, Question]:
        return {**self.new, **self.changed}


@dataclass(frozen=True)
class Faulty:
    """Something was not understood: nothing is taken."""

    faults: Sequence[Fault]


@dataclass(frozen=True)
class Empty:
    """There is no question in it."""


@dataclass(frozen=True)
class Homeless:
    """There is no organisation that they could belong to."""


def plan(
    db: Session, read: Findings, there: Mapping[str, Entry] | None = None
) -> Plan | Faulty | Empty:
    """Compared with the questions that are `there`, or all. What has no number of its own, and is
    there word by word under another, is there already."""
    if read.faults:
        return Faulty(sorted(read.faults, key=lambda each: (each.sheet, each.row)))
    if not read.found:
        return Empty()
    there = questions.bank(db) if there is None else there
    found = {each.id: each.question for each in read.found}
    new = {id: each for id, each in found.items() if id not in there}
    changed = {
        id: each
        for id, each in found.items()
        if id in there and (there[id].question != each or there[id].state == State.WITHDRAWN)
    }
    known = {id: each.question for id, each in there.items() if each.state == State.ASKED}
    alike = list(likenesses({**new, **changed}, {**known, **found}))
    again = {
        each.id
        for each in alike
        if each.what is Likeness.SAME and each.other in known and each.id == id_of(found[each.id])
    } & new.keys()
    new = {id: each for id, each in new.items() if id not in again}
    alike = [each for each in alike if not {each.id, each.other} & again]
    return Plan(new, changed, len(found) - len(new) - len(changed), alike)


def carry_out(
    db: Session, plan: Plan, now: datetime, *, org_id: str = "", author: str = ""
) -> int | Homeless:
    """How many were written. Without `org_id` they belong to everybody."""
    org_id = org_id or top(db, now)
    if not org_id:
        return Homeless()
    questions.write(db, plan.all, org_id, author, now)
    audit.note(db, author or "operator", "import", "questions", now, str(len(plan.all)))
    return len(plan.all)


def load_demo(db: Session, now: datetime) -> None:
    """The question bank of the demonstration, so that a newcomer can say «考考我»; where there are
    questions already, nothing."""
    if questions.bank(db):
        return
    planned = plan(db, findings(SEEDS / "questions.yaml"))
    if not isinstance(planned, Plan):  # a test loads it: only who edits the file sees this
        raise RuntimeError(f"the demonstration's questions are broken: {planned}")
    carry_out(db, planned, now)


def top(db: Session, now: datetime) -> str:
    tree = organisation.tree(db, now.date())
    return next((id for id, node in tree.nodes.items() if node.parent_id is None), "")
