"""Terms, dues, anniversaries and steps of development: the days that one may ask for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.permissions import Action, reach
from bot.understanding.times.calendar import add_months
from handlers.duties.actions.planning import rulebook
from handlers.duties.actions.subjects import days_of
from handlers.duties.rules.rulebook import Level
from storage import audit, duties, duty_sources, members, organisation
from storage.database import Session
from storage.members import Member, Role, Speaker
from storage.organisation import BRANCHES, OrgKind

TERMS = frozenset({*BRANCHES, OrgKind.ORGAN_COMMITTEE, OrgKind.GENERAL_BRANCH})
DUES = "DU01"
KEEPERS = frozenset({Role.ORG_COMMISSIONER, Role.SECRETARY})
"""Who keeps the days of a branch's members."""
A_MONTH = timedelta(31)
A_YEAR = timedelta(366)


@dataclass(frozen=True)
class Term:
    of: str
    elected: date | None
    ends: date | None
    """None: the day of the election is not on record."""


@dataclass(frozen=True)
class Anniversary:
    name: str
    since: date
    next: date


@dataclass(frozen=True)
class Dues:
    now: duties.Row | None
    """Of this month, or of the next where this month's is not asked for."""
    before: Sequence[duties.Row]
    """Of months before that are not on record, the latest first."""


@dataclass(frozen=True)
class Step:
    who: str
    what: str
    due: date


def terms(db: Session, actor: Speaker, now: datetime) -> list[Term]:
    """Of the actor's own branch, or of what is below their posts; the first to end first."""
    tree = organisation.tree(db, now.date())
    orgs = set(reach(actor, Action.SEE_DUTIES, tree)) or {actor.branch_id}
    found = []
    for org in duty_sources.organisations(db, now.date()):
        if org.id in orgs and org.kind in TERMS:
            ends = days_of(org, None).get("org.term_ends_on")
            found.append(Term(org.name, org.elected_on, ends if isinstance(ends, date) else None))
    return sorted(found, key=lambda it: (it.ends is not None, it.ends or date.max, it.of))


def own_anniversary(db: Session, member: Speaker, now: datetime) -> Anniversary | None:
    """None where the day is not on record."""
    row = db.get(Member, member.id)
    return anniversary(row, now.date()) if row and row.accepted_on else None


def wants_anniversary(db: Session, member: Speaker) -> bool:
    row = db.get(Member, member.id)
    return row is not None and row.theme_opt_in


def want_anniversary(db: Session, member: Speaker, now: datetime, *, wanted: bool) -> None:
    """From the next plan on."""
    row = db.get(Member, member.id)
    if row and row.theme_opt_in != wanted:
        row.theme_opt_in = wanted
        db.add(row)
        audit.note(db, member.id, "anniversary", f"member:{member.id}", now, str(wanted))


def anniversary(row: Member, today: date) -> Anniversary:
    assert row.accepted_on
    years = today.year - row.accepted_on.year
    day = add_months(row.accepted_on, 12 * years)
    if day < today:
        day = add_months(row.accepted_on, 12 * (years + 1))
    return Anniversary(row.name, row.accepted_on, day)


def anniversaries(db: Session, actor: Speaker, now: datetime) -> list[Anniversary] | None:
    """In the next month, of those in the actor's branches who like it; None: none of theirs."""
    tree, today = organisation.tree(db, now.date()), now.date()
    own = [post.org_id for post in actor.posts if post.role in KEEPERS]
    if not own:
        return None
    ids = members.belonging(db, [each for org in own for each in tree.below(org)], today)
    people = [row for id in ids if (row := db.get(Member, id)) and row.theme_opt_in]
    found = [anniversary(row, today) for row in people if row.accepted_on]
    return sorted((each for each in found if each.next <= today + A_MONTH), key=lambda it: it.next)


def dues(db: Session, member: Speaker, now: datetime) -> Dues:
    first = now.date().replace(day=1)
    rows = duties.of_subject(db, f"member:{member.id}", DUES, add_months(first, 2) - timedelta(1))
    later = [row for row in rows if row.due and row.due >= first]
    before = [row for row in rows if row not in later and row.state == duties.OPEN]
    return Dues(later[-1] if later else None, before)


def development(db: Session, actor: Speaker, now: datetime) -> list[Step]:
    """What is next for each candidate of the actor's branches, by number; no names are kept."""
    tree, known = organisation.tree(db, now.date()), rulebook().by_id
    rules = [rule.id for rule in known.values() if rule.level is Level.CANDIDATE]
    orgs = reach(actor, Action.SEE_DUTIES, tree)
    nearest: dict[str, Step] = {}
    for row in duties.open_of(db, orgs, now.date() + A_YEAR, rules):
        if row.due:
            who = row.subject.partition(":")[2]
            nearest.setdefault(who, Step(who, known[row.rule_id].name, row.due))
    return sorted(nearest.values(), key=lambda it: (it.due, it.who))
