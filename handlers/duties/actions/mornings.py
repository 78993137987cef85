"""What belongs into the message of the morning: what was told today, and what is open of before."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.messages import Button, Matter, Say, button
from bot.permissions import GRANTS, Action
from handlers.duties.actions.arranged import Arranged
from handlers.duties.actions.assigned import ASSIGNEE, FOUND
from handlers.duties.actions.climbing import PRIVATE
from handlers.duties.actions.officers import Officers
from handlers.duties.actions.planning import in_force
from handlers.duties.rules import climbing as rules
from handlers.duties.rules.dates import Turn
from handlers.duties.rules.fulfilling import ARRANGED_AS, BY_ACTIVITY
from handlers.duties.rules.rulebook import Level, Rule
from handlers.duties.rules.taps import Done, Press
from handlers.duties.text import mornings as text
from storage import hours, ladders, members, workdays
from storage.database import Session
from storage.ladders import Sort, Told
from storage.workdays import Calendar

AHEAD = timedelta(7)
DIGEST = "digest"
TOGETHER = 3
"""From so many on, what one rule asks of several is one line."""
NEAR = frozenset(
    {"secretary", "deputy_secretary", "org_commissioner", "publicity_commissioner"}
    | {"discipline_commissioner", "group_leader"}
)
"""Posts of a branch: they do it, and do not ask others to."""


@dataclass(frozen=True)
class Line:
    told: Told
    rule: Rule
    news: bool


def matters(db: Session, now: datetime) -> Mapping[str, Sequence[Matter]]:
    """Member id to what to say, but for tasks: their own capability has the words. Only what is
    worth a message by itself is `news`: a step that was taken today, the first morning after the
    due day, and at the beginning of a week whatever is still open. What is private to a member
    is said once, and never again."""
    book = in_force(db)
    officers = Officers(db, now, book.exempt)
    found = lines(officers, {r.id: r for r in book.rules if r.level is not Level.TASK})
    subjects = {line.told.subject for each in found.values() for line in each}
    ids = [subject.partition(":")[2] for subject in subjects if subject.startswith("member:")]
    names, studied = members.names(db, ids), hours_studied(db, found)
    desk = Wording(now.date(), officers, names, studied)
    return {member_id: list(desk.said(member_id, each)) for member_id, each in found.items()}


def lines(officers: Officers, known: Mapping[str, Rule]) -> Mapping[str, list[Line]]:
    db, now = officers.db, officers.now
    today, calendar, arranged = now.date(), workdays.calendar(db), Arranged.read(db, now)
    found: dict[tuple[str, int], Line] = {}
    for told in ladders.told_on(db, today):
        if told.to and told.state == "open" and (rule := known.get(told.rule_id)):
            found[told.to, told.duty_id] = Line(told, rule, news=True)
    shared = [rule.id for rule in known.values() if not rule.private]
    before = ladders.told_of(db, shared, today + AHEAD)
    for told in sorted(before, key=lambda it: it.sort != Sort.RUNG):
        key = told.to, told.duty_id
        if told.to and key not in found and not arranged.covers(told):
            found[key] = Line(told, known[told.rule_id], said_again(told, today, calendar))
    by_member: dict[str, list[Line]] = defaultdict(list)
    for (member_id, _), line in found.items():
        if not officers.is_reported(line.told.subject):
            by_member[member_id].append(line)
    return by_member


def hours_studied(db: Session, found: Mapping[str, Sequence[Line]]) -> Mapping[int, float]:
    """Duty to the hours on record, of those that are counted in hours."""
    turns: dict[tuple[date, date], dict[int, str]] = defaultdict(dict)
    for line in (line for each in found.values() for line in each):
        if line.rule.hours is not None and (span := line.rule.per.span):
            turn = Turn.of(span, line.told.due)
            turns[turn.first, turn.last][line.told.duty_id] = line.told.subject.partition(":")[2]
    studied: dict[int, float] = {}
    for (first, last), duties in turns.items():
        known = hours.of_members(db, list(duties.values()), first, last)
        studied |= {id: known[who].hours if who in known else 0 for id, who in duties.items()}
    return studied


def said_again(told: Told, today: date, calendar: Calendar) -> bool:
    """Once more when the day has just passed, and once a week."""
    if told.due >= today or told.sort != Sort.RUNG or told.channel != PRIVATE:
        return False
    return calendar.begins_a_week(today) or told.due >= calendar.before(today)


@dataclass(frozen=True)
class Wording:
    today: date
    officers: Officers
    names: Mapping[str, str]
    studied: Mapping[int, float]

    def said(self, member_id: str, found: Sequence[Line]) -> Iterable[Matter]:
        by_channel: dict[str, list[Line]] = defaultdict(list)
        for line in found:
            by_channel[line.told.channel].append(line)
        by_rule: dict[str, list[Line]] = defaultdict(list)
        for line in by_channel.pop(PRIVATE, []):
            by_rule[line.rule.id].append(line)
        for alike in by_rule.values():
            if len(alike) >= TOGETHER:
                yield self.together(alike)
            else:
                yield from (self.single(member_id, line) for line in alike)
        for channel, each in by_channel.items():
            yield self.digest(each) if channel == DIGEST else self.proposal(channel, each)

    def single(self, member_id: str, line: Line) -> Matter:
        told, rule = line.told, line.rule
        how = text.line if is_counted(rule) else text.dated
        name = self.name(member_id, told, rule)
        said = how(name, self.whose(member_id, told), told.due, self.today)
        if (have := self.studied.get(told.duty_id)) is not None:
            said += text.studied(have)
        shown = self.button(member_id, line)
        return Matter(said, told.due, shown, line.news, f"duty:{told.duty_id}")

    def name(self, member_id: str, told: Told, rule: Rule) -> str:
        """A finding by what was found: that there is one says nothing."""
        row = self.officers.assigned.rows.get(told.subject)
        if row is None or not told.subject.startswith(FOUND):
            return text.period(told.occurrence) + rule.name
        of = "" if self.puts_right(member_id, told) else self.unit(row.org_id)
        return text.finding(row.number, row.title, of)

    def puts_right(self, member_id: str, told: Told) -> bool:
        seats = self.officers.seats(ASSIGNEE, told.subject, told.org_id)
        return member_id in {seat.member_id for seat in seats}

    def button(self, member_id: str, line: Line) -> Button | None:
        told, rule = line.told, line.rule
        if not is_counted(rule):
            return None
        if rule.level is Level.FINDING:
            number = told.subject.partition(":")[2]
            if self.puts_right(member_id, told):
                return see(text.FINISH, text.finish_words(number))
            return see(text.FINDING, number)
        own = told.subject == f"member:{member_id}"
        if not (own or told.role in rule.responsible or self.is_near(member_id, told)):
            return button(text.PRESS, Press(duty_id=told.duty_id))
        if what := ARRANGED_AS.get(rule.id):
            return button(text.arrange(what), Say(words=text.arrange_words(what)))
        if rule.id in BY_ACTIVITY:
            return None
        if own or self.may_close(member_id, told):
            return button(text.DONE, Done(duty_id=told.duty_id))
        return None

    def together(self, alike: Sequence[Line]) -> Matter:
        due, rule = min(line.told.due for line in alike), alike[0].rule
        said = text.several(rule.name, len(alike), due, self.today)
        if not is_counted(rule):
            said = text.several_dated(rule.name, len(alike), due)
        return Matter(said, due, see(text.LIST, text.LIST_WORDS), any(each.news for each in alike))

    def digest(self, found: Sequence[Line]) -> Matter:
        counts: dict[str, int] = defaultdict(int)
        for line in found:
            counts[self.unit(line.told.org_id)] += 1
        worst = sorted(counts.items(), key=lambda it: (-it[1], it[0]))
        due, news = min(line.told.due for line in found), any(line.news for line in found)
        return Matter(text.digest(worst), due, see(text.LIST, text.LIST_WORDS), news)

    def proposal(self, channel: str, found: Sequence[Line]) -> Matter:
        due, news = min(line.told.due for line in found), any(line.news for line in found)
        shown = see(text.PROPOSALS, text.PROPOSAL_WORDS)
        return Matter(text.proposed(channel, len(found)), due, shown, news)

    def whose(self, member_id: str, told: Told) -> str:
        kind, _, id = told.subject.partition(":")
        if kind == "member":
            return "" if id == member_id else self.names.get(id, id)
        if kind == "org":
            alone = self.is_near(member_id, told) and self.officers.tree.branch_of(id) == id
            return "" if alone else self.officers.tree.name(id)
        return "" if kind in {"operator", "finding"} else id

    def is_near(self, member_id: str, told: Told) -> bool:
        line = self.officers.tree.line(told.org_id)
        posts = self.officers.posts.get(member_id, ())
        return any(role in NEAR and org in line for role, org in posts)

    def may_close(self, member_id: str, told: Told) -> bool:
        line = self.officers.tree.line(told.org_id)
        posts = self.officers.posts.get(member_id, ())
        return any(role in GRANTS[Action.CLOSE_DUTY] and org in line for role, org in posts)

    def unit(self, org_id: str) -> str:
        tree = self.officers.tree
        return tree.name(tree.branch_of(org_id) or org_id)


def is_counted(rule: Rule) -> bool:
    """Whether the record would show it: only then is anything said to be missing."""
    return rules.is_chased(rule) and rule.hours is None


def see(label: str, words: str) -> Button:
    return button(label, Say(words=words))
