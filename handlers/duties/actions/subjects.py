"""Whom the rules may ask something of, with the days that are on record of them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from bot.clock import midnight
from bot.understanding.times.calendar import add_months
from handlers.duties.rules.dates import Facts
from handlers.duties.rules.planning import Subject, Window
from handlers.duties.rules.rulebook import Filter, Level
from storage import duties, duty_sources, hours, tasks
from storage.database import Session
from storage.members import Role
from storage.organisation import BRANCHES, OrgKind

LEVELS: Mapping[str, Level] = {
    **dict.fromkeys(BRANCHES, Level.BRANCH),
    OrgKind.PARTY_GROUP: Level.GROUP,
    OrgKind.ORGAN: Level.ORGAN,
    OrgKind.ORGAN_COMMITTEE: Level.ORGAN_COMMITTEE,
    OrgKind.GENERAL_BRANCH: Level.GENERAL_BRANCH,
    OrgKind.WORK_COMMITTEE: Level.COMMITTEE,
}
TERMS = {OrgKind.ORGAN_COMMITTEE: 5}
"""Years of a term where the register has none; three otherwise."""
AGED = frozenset({"aged_or_infirm", "seriously_ill", "incapacitated"})
OFFICERS = frozenset(
    {
        Role.SECRETARY,
        Role.DEPUTY_SECRETARY,
        Role.ORG_COMMISSIONER,
        Role.PUBLICITY_COMMISSIONER,
        Role.DISCIPLINE_COMMISSIONER,
    }
)
BY_DAY = {
    "member.away_from": Filter.AWAY,
    "member.mobile_from": Filter.MOBILE,
    "member.abroad_from": Filter.ABROAD,
}
MEETINGS = frozenset({"committee_meeting", "general_meeting", "study_session", "work_meeting"})
"""Where an organ's first agenda item is due."""
OF = {"candidate": Level.CANDIDATE, "finding": Level.FINDING}


@dataclass
class Registers:
    """Everything that is read for a plan."""

    db: Session
    now: datetime
    window: Window
    exempt: frozenset[str]

    def __post_init__(self) -> None:
        today = self.window.today
        self.orgs = duty_sources.organisations(self.db, today)
        self.people = duty_sources.people(self.db, today)
        self.children: dict[str, list[Any]] = defaultdict(list)
        for org in self.orgs:
            self.children[org.parent_id].append(org)
        self.first = {id: at.date() for id, at in duty_sources.first_records(self.db).items()}
        self.anchors: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        for row in duties.anchors(self.db):
            self.anchors[row.subject][row.field].append(row)
        self.counted_since, self.joined = hours.counted_since(self.db), hours.joined(self.db)
        self.held_by: dict[str, list[Any]] = defaultdict(list)
        self.vacant: dict[str, date] = {}
        self._posts()

    def _posts(self) -> None:
        """Who holds what now, and since when a branch has no secretary."""
        today, ended = self.window.today, dict[str, date]()
        led = set[str]()
        for post in duty_sources.posts(self.db):
            if post.until is None or post.until > today:
                if post.since <= today:
                    self.held_by[post.member_id].append(post)
                    led |= {post.org_id} if post.role == Role.SECRETARY else set()
            elif post.role == Role.SECRETARY:
                ended[post.org_id] = max(post.until, ended.get(post.org_id, date.min))
        self.vacant = {org: day for org, day in ended.items() if org not in led}

    def since(self, org_id: str) -> date:
        return self.first.get(org_id, self.window.started)

    def hours_since(self, person: Any) -> date | None:
        """From when on all their hours are here: their branch counts them, and they are in it."""
        counted = self.counted_since.get(person.branch_id)
        return counted and max(counted, self.joined[person.id])


def subjects(registers: Registers) -> Iterator[Subject]:
    yield from organisations(registers)
    yield from members(registers)
    yield from recorded(registers)
    yield from handed_out(registers)
    committee = next(
        (org for org in registers.orgs if LEVELS.get(org.kind) is Level.COMMITTEE), None
    )
    if committee is not None:
        facts, many = on_record(registers, "operator:1")
        yield Subject(
            "operator:1", Level.OPERATOR, committee.id, facts, registers.window.started, many=many
        )


def organisations(registers: Registers) -> Iterator[Subject]:
    aged = {each.branch_id for each in registers.people if each.chase_exempt in AGED}
    meetings = organ_meetings(registers)
    for org in registers.orgs:
        level = LEVELS.get(org.kind)
        if level is None or (level is Level.GROUP and alone(registers, org)):
            continue
        traits = {Filter.HAS_COMMITTEE} if org.has_committee else set()
        traits |= {Filter.HAS_AGED_MEMBERS} if org.id in aged else set()
        facts, many = on_record(registers, f"org:{org.id}")
        if level is Level.ORGAN:
            many = {**many, "meeting.start_at": meetings.get(org.id, ())}
        yield Subject(
            f"org:{org.id}",
            level,
            org.id,
            {**days_of(org, registers.vacant.get(org.id)), **facts},
            registers.since(org.id),
            frozenset(traits),
            many,
        )


def alone(registers: Registers, group: Any) -> bool:
    """A branch's only group meets when the branch does."""
    return len(registers.children[group.parent_id]) < 2


def days_of(org: Any, vacant: date | None) -> Facts:
    facts: dict[str, date | int] = {}
    if org.theme_day:
        facts["branch.theme_day"] = org.theme_day
    if org.dues_day:
        facts["branch.dues_day"] = org.dues_day
    if org.elected_on:
        facts["branch.elected_on"] = facts["org.elected_on"] = org.elected_on
        years = org.term_years or TERMS.get(org.kind, 3)
        facts["org.term_ends_on"] = add_months(org.elected_on, 12 * years)
    if vacant:
        facts["post.vacant_from"] = vacant
    return facts


def organ_meetings(registers: Registers) -> dict[str, list[tuple[str, date]]]:
    """The meetings of each organ and of its party committee."""
    organ = {org.id: org.id for org in registers.orgs if org.kind == OrgKind.ORGAN}
    organ |= {
        child.id: id
        for id in list(organ)
        for child in registers.children[id]
        if child.kind in {OrgKind.ORGAN_COMMITTEE, OrgKind.GENERAL_BRANCH}
    }
    found: dict[str, list[tuple[str, date]]] = defaultdict(list)
    first, last = midnight(registers.window.floor), midnight(registers.window.until)
    for each in duty_sources.meetings(registers.db, first, last):
        if each.org_id in organ and each.kind in MEETINGS:
            found[organ[each.org_id]].append((f"activity:{each.id}", each.starts.date()))
    return found


def members(registers: Registers) -> Iterator[Subject]:
    branches = {org.id: org for org in registers.orgs}
    attended = duty_sources.last_attended(registers.db)
    for person in registers.people:
        key, branch = f"member:{person.id}", branches.get(person.branch_id)
        posts = registers.held_by.get(person.id, ())
        facts, many = on_record(registers, key)
        facts = {**own_days(person, branch, attended.get(person.id), posts), **facts}
        traits = set(traits_of(person, facts, posts, registers.window.today))
        traits |= {only for field, only in BY_DAY.items() if field in facts}
        yield Subject(
            key,
            Level.MEMBER,
            person.branch_id,
            facts,
            registers.since(person.branch_id),
            frozenset(traits),
            many,
            chased=person.chase_exempt not in registers.exempt,
            declines=frozenset() if person.theme_opt_in else frozenset({"anniversary"}),
            hours_since=registers.hours_since(person),
        )


def own_days(person: Any, branch: Any, attended: datetime | None, posts: Sequence[Any]) -> Facts:
    facts: dict[str, date | int] = {}
    if branch is not None and branch.dues_day:
        facts["branch.dues_day"] = branch.dues_day
    for name in ("accepted_on", "away_from", "mobile_from", "abroad_from", "dues_paid_through"):
        if day := getattr(person, name):
            facts[f"member.{name}"] = day
    if attended:
        facts["member.last_attended_on"] = attended.date()
    appointed = [post.since for post in posts if post.role == Role.SECRETARY]
    if appointed:
        facts["post.appointed_on"] = max(appointed)
    return facts


def traits_of(person: Any, facts: Facts, posts: Sequence[Any], today: date) -> Iterator[Filter]:
    if person.is_leader:
        yield Filter.IS_LEADER
    if not person.retired:
        yield Filter.IN_SERVICE
    if any(post.role in OFFICERS for post in posts):
        yield Filter.IS_BRANCH_OFFICER
    a_year_ago = add_months(today, -12)
    appointed = facts.get("post.appointed_on")
    if isinstance(appointed, date) and appointed > a_year_ago:
        yield Filter.IS_NEW_SECRETARY
    if person.status == "probationary" or (person.full_on and person.full_on > a_year_ago):
        yield Filter.PROBATIONARY_OR_FIRST_YEAR


def on_record(
    registers: Registers, key: str
) -> tuple[Facts, Mapping[str, Sequence[tuple[str, date]]]]:
    """Days that were entered for a subject: single ones, and those that it has several of."""
    if key not in registers.anchors:
        return {}, {}
    rows = registers.anchors[key]
    single = {name: each.day for name, days in rows.items() for each in days if not each.item}
    many = {
        name: [(each.item, each.day) for each in days if each.item] for name, days in rows.items()
    }
    return single, {name: days for name, days in many.items() if days}


def recorded(registers: Registers) -> Iterator[Subject]:
    """Candidates and findings exist by the days that were entered for them."""
    blank = Subject("", Level.CANDIDATE, "", {}, registers.window.floor)
    for key, fields in registers.anchors.items():
        level = OF.get(key.partition(":")[0])
        if level is not None:
            facts, many = on_record(registers, key)
            org_id = next(row.org_id for rows in fields.values() for row in rows)
            if "candidate.accepted_on" in facts and "candidate.probation_ends_on" not in facts:
                accepted = facts["candidate.accepted_on"]
                assert isinstance(accepted, date)
                facts = {**facts, "candidate.probation_ends_on": add_months(accepted, 12)}
            yield replace(blank, key=key, level=level, org_id=org_id, facts=facts, many=many)


def handed_out(registers: Registers) -> Iterator[Subject]:
    """A task, while its unit owes it: what is reported lies with whoever issued it. A finding has
    a rule of the file."""
    for row in tasks.owed(registers.db, date.max):
        if row.kind != "finding":
            facts = {"task.due_on": row.due}
            yield Subject(f"task:{row.id}", Level.TASK, row.org_id, facts, registers.window.started)
