"""What the message of the morning and the committee's digest say of tasks."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.messages import Matter, Say, button
from handlers.tasks.actions import parties
from handlers.tasks.actions.listing import ABOUT, as_matter, unit_of, worst_first
from handlers.tasks.actions.taps import Look
from handlers.tasks.rules import stages
from handlers.tasks.text import listing as text
from handlers.tasks.text.common import matter
from handlers.tasks.text.letters import LOOK
from storage import ladders, tasks, workdays
from storage.database import Session
from storage.ladders import Sort, Told
from storage.members import Speaker
from storage.organisation import Tree
from storage.tasks import Row

PRIVATE, DIGEST = "private", "digest"
"""How a step of the ladder is said: the line itself, or a count."""


@dataclass(frozen=True)
class Digest:
    issued: int = 0
    closed: int = 0
    waiting: int = 0
    overdue: int = 0
    units_overdue: Sequence[tuple[str, int, int]] = ()
    """(unit, overdue, open), the most overdue first."""
    nil: int = 0


def digest(db: Session, now: datetime, org_ids: Sequence[str]) -> Digest:
    """The counts for a committee: over all units in `org_ids`."""
    found = tasks.counts(db, org_ids, now.date())
    total: dict[str, int] = {}
    late: dict[str, tuple[int, int]] = {}
    for each in found:
        total[each.state] = total.get(each.state, 0) + each.tasks
        if each.state in tasks.OWED:
            before = late.get(each.org_id, (0, 0))
            late[each.org_id] = before[0] + each.overdue, before[1] + each.tasks
    units = stages.worst([(org, counts[0], counts[1]) for org, counts in late.items()])
    return Digest(
        sum(total.values()) - total.get("withdrawn", 0),
        total.get("closed", 0),
        total.get("reported", 0) + total.get("accepted", 0),
        sum(each[1] for each in units),
        units,
        len(tasks.nil_returns(db, org_ids)),
    )


def digest_of(db: Session, actor: Speaker, now: datetime) -> Digest:
    """The counts for the units that `actor` looks after."""
    return digest(db, now, parties.overseen(parties.tree_of(db, now.date()), actor))


def matters(db: Session, now: datetime) -> Mapping[str, Sequence[Matter]]:
    """For the one message of the morning: what the ladder says today, what is due by tomorrow or
    overdue, and what waits for a decision. Member id to lines, worst first; whoever owes nothing
    is not in it. Only a step of today is `news`, and once a week what is still overdue. A finding
    has a rule of its own, and is told by it."""
    today, tree = now.date(), parties.tree_of(db, now.date())
    calendar = workdays.calendar(db)
    again, before = calendar.begins_a_week(today), calendar.before(today)
    rows = worst_first(tasks.owed(db, today + timedelta(stages.BLUE_DAYS)))
    rows = [row for row in rows if row.kind != "finding"]
    told = Steps.read(db, today)
    whose = parties.doers(db, tree, rows)
    found: dict[str, list[Matter]] = {}
    for row in rows:
        doers = {person.id for person in whose[row.id]}
        near = row.due <= today + timedelta(stages.MORNING_DAYS)
        for member_id in sorted({*told.people(row.id), *(doers if near else ())}):
            line = said_to(member_id, row, unit_of(tree, row), today, own=member_id in doers)
            news = told.today(row.id, member_id) or (again and row.due < today)
            found.setdefault(member_id, []).append(line._replace(news=news))
    for member_id, line in above(tree, rows, told, today):
        found.setdefault(member_id, []).append(line._replace(news=line.news or again))
    for issuer, (count, newest) in tasks.decisions(db).items():
        go = button(text.GO_AND_LOOK, Say(words=text.WAITING))
        news = again or newest.date() >= before
        waits = Matter(text.to_decide(count), newest.date(), go, news, ABOUT)
        for person in parties.leaders(db, tree, [issuer])[issuer]:
            found.setdefault(person.id, []).append(waits)
    return found


@dataclass(frozen=True)
class Steps:
    """Who was told of which task, and in which manner: the last time counts."""

    private: Mapping[int, Mapping[str, bool]]
    """Task to member to whether it was today."""
    counted: Mapping[str, Mapping[int, Told]]
    """Whoever issued it to task to the highest rung that they were told of."""

    @classmethod
    def read(cls, db: Session, today: date) -> "Steps":
        private: dict[int, dict[str, bool]] = {}
        counted: dict[str, dict[int, Told]] = {}
        until = today + timedelta(stages.BLUE_DAYS)
        found = ladders.told_of(db, [tasks.RULE], until)
        for step in sorted(found, key=lambda it: it.number):
            task_id, new = int(step.subject.partition(":")[2]), step.on == today
            if step.to and step.channel != PRIVATE:
                counted.setdefault(step.to, {})[task_id] = step
            elif step.to and (new or step.sort == Sort.RUNG):
                people = private.setdefault(task_id, {})
                people[step.to] = people.get(step.to, False) or new
        return cls(private, counted)

    def people(self, task_id: int) -> Sequence[str]:
        return [*self.private.get(task_id, ())]

    def today(self, task_id: int, member_id: str) -> bool:
        return self.private.get(task_id, {}).get(member_id, False)


def said_to(member_id: str, row: Row, unit: str, today: date, *, own: bool) -> Matter:
    """Whoever is told because another has it can look, and remind."""
    if own or row.offered_to == member_id:
        return as_matter(row, unit, member_id, today)
    words = matter(row.number, row.title, unit, row.due, today)
    return Matter(words, row.due, button(LOOK, Look(task_id=row.id)), about=f"{ABOUT}:{row.id}")


def above(
    tree: Tree, rows: Sequence[Row], told: Steps, today: date
) -> Iterator[tuple[str, Matter]]:
    """Whoever issued it reads counts: how many are overdue, and how many so long that they may
    want to do something about it. Nothing of that happens by itself."""
    by_id = {row.id: row for row in rows}
    for member_id, theirs in told.counted.items():
        for long in (False, True):
            late = [
                by_id[id]
                for id, step in theirs.items()
                if id in by_id and (step.channel != DIGEST) is long
            ]
            if late:
                count = Counter(row.org_id for row in late)
                units = stages.worst([(tree.name(org), n, n) for org, n in count.items()])
                said = text.overdue_at(len(late), units, long=long)
                go = button(text.GO_AND_LOOK, Say(words=text.OVERDUE))
                news = any(theirs[row.id].on == today for row in late)
                day = min(row.due for row in late)
                yield member_id, Matter(said, day, go, news, ABOUT)
