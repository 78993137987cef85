"""A reminder is set, or set to another time."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.clock import HOME
from bot.messages import Refusal
from bot.understanding import times
from bot.understanding.times import Moment, Recurrence, Shift
from handlers.reminders import text
from handlers.reminders.rules import reading
from handlers.reminders.rules.reading import Again, Once, Open, When
from handlers.reminders.rules.recurring import Rhythm, next_after
from storage import activities, outbox, own_reminders, workdays
from storage.activities import Held
from storage.database import Session
from storage.members import Speaker
from storage.own_reminders import OwnReminder

MOST = 50
"""Reminders of one person at a time."""
JUST_NOW = timedelta(minutes=30)
A_WHILE = timedelta(hours=12)
ACTIVITIES_AHEAD = timedelta(days=60)
LEADS = (1440, 120, 60, 30, 10)
"""Minutes ahead that are offered where what was asked for is over."""


@dataclass(frozen=True)
class Wish:
    """What is known of it so far."""

    content: str = ""
    ahead: int = 0
    """Minutes."""
    changing: int = 0
    """The reminder that is to be set to another time; 0: a new one."""
    activity_id: int | None = None
    """Of a reminder before an activity."""


@dataclass(frozen=True)
class Ask:
    wish: Wish
    open: Open


@dataclass(frozen=True)
class AskWhich:
    """Before which activity?"""

    ahead: int
    activities: tuple[Held, ...]
    nearer: int = 0
    """How many begin before that."""


@dataclass(frozen=True)
class TooNear:
    """It begins before such a reminder could come."""

    held: Held
    ahead: int
    possible: tuple[int, ...]
    """Minutes ahead that still are."""


@dataclass(frozen=True)
class Set:
    id: int
    content: str
    at: datetime
    """When it comes next."""
    ahead: int
    again: str
    """How often, in words; empty: once."""
    assumed: tuple[int, ...] = ()
    changed: bool = False


def create(
    db: Session, member: Speaker, now: datetime, words: str, heard: str
) -> Set | Ask | AskWhich | TooNear:
    """`heard` is what is to be done, as far as it was understood."""
    when, ahead = reading.when(words, now, workdays.calendar(db))
    content = reading.content(heard, words, now)
    if reading.is_once_more(content):
        content = _just_said(db, member, now)
    if ahead and when == Open("when"):
        return _before_something(db, member, now, ahead, content)
    return settle(db, member, now, Wish(content, ahead), when)


def _just_said(db: Session, member: Speaker, now: datetime) -> str:
    """Of what they were reminded of last; empty where that is long ago."""
    last = own_reminders.last_said(db, member.id, now - A_WHILE)
    return last.content if last else ""


def learn(db: Session, member: Speaker, now: datetime, asked: Ask, words: str) -> Set | Ask | None:
    """None: it answers nothing that was asked."""
    if reading.is_whole(words, now, workdays.calendar(db)) and not asked.wish.changing:
        found = create(db, member, now, words, "")
        return None if isinstance(found, AskWhich | TooNear) else found
    if asked.open.question == "what":
        wish = replace(asked.wish, content=reading.answer(words, now))
        known = asked.open.known or words
        return settle(db, member, now, wish, reading.when(known, now, workdays.calendar(db))[0])
    when, ahead = reading.answered(asked.open.known, words, now, workdays.calendar(db))
    if when == Open("when") or (isinstance(when, Open) and when.known == asked.open.known != ""):
        return None
    content = asked.wish.content or reading.content("", words, now)
    wish = replace(asked.wish, content=content, ahead=ahead or asked.wish.ahead)
    return settle(db, member, now, wish, when)


def before_activity(
    db: Session, member: Speaker, now: datetime, activity_id: int, ahead: int
) -> Set | Ask | TooNear:
    """`Refusal` for one that is none of theirs, or over."""
    for held in _coming(db, member, now):
        if held.id == activity_id:
            return _before(db, member, now, held, ahead)
    raise Refusal(text.NO_SUCH_ACTIVITY)


def settle(db: Session, member: Speaker, now: datetime, wish: Wish, when: When) -> Set | Ask:
    """Set, if all is known; else the next question."""
    if isinstance(when, Open):
        return Ask(wish, when)
    if not wish.content:
        known = times.echo(Moment(when.at) if isinstance(when, Once) else when.value)
        return Ask(wish, Open("what", known=known))
    row = OwnReminder(
        member_id=member.id,
        content=wish.content,
        since=now.astimezone(HOME).date(),
        ahead=wish.ahead,
        activity_id=wish.activity_id,
        made_at=now,
    )
    match when:
        case Once(at):
            row.next_at = at - timedelta(minutes=wish.ahead)
        case Again(value):
            row.rule, row.shift, row.since = value.rule, value.shift, value.since or row.since
            row.next_at = next_time(db, row, now)
    if row.next_at is None or row.next_at <= now:
        return Ask(replace(wish, ahead=0), Open("when", trouble="lead_past"))
    saved = _change(db, member, row, wish.changing, now) if wish.changing else _add(db, member, row)
    assumed = when.assumed if isinstance(when, Again) else ()
    return as_set(saved, now, assumed, changed=bool(wish.changing))


def move(db: Session, member: Speaker, now: datetime, reminder_id: int, words: str) -> Set | Ask:
    """To another time; «下午四点» alone keeps the day."""
    row, known = to_move(db, member, now, reminder_id)
    when, ahead = reading.answered(known, words, now, workdays.calendar(db))
    return settle(db, member, now, Wish(row.content, ahead or row.ahead, row.id), when)


def to_move(
    db: Session, member: Speaker, now: datetime, reminder_id: int
) -> tuple[OwnReminder, str]:
    """And what a clock time alone would complete."""
    row = own(db, member, reminder_id)
    event = (row.next_at or now) + timedelta(minutes=row.ahead)
    return row, reading.known_day(event, row.rule)


def next_time(db: Session, row: OwnReminder, after: datetime) -> datetime | None:
    """Of what comes again: the next time to remind later than `after`."""
    lead = timedelta(minutes=row.ahead)
    event = next_after(rhythm(row), after + lead, workdays.calendar(db), HOME)
    return event - lead if event else None


def rhythm(row: OwnReminder) -> Rhythm:
    return Rhythm(row.rule, row.since, Shift(row.shift))


def as_set(
    row: OwnReminder, now: datetime, assumed: tuple[int, ...] = (), *, changed: bool = False
) -> Set:
    at = row.next_at or now
    again = times.echo(_recurrence(row, at), now) if row.rule else ""
    return Set(row.id, row.content, at, row.ahead, again, assumed, changed)


def _recurrence(row: OwnReminder, at: datetime) -> Recurrence:
    event = at + timedelta(minutes=row.ahead)
    since = row.since if "INTERVAL" in row.rule else None
    return Recurrence(row.rule, Moment(event), Shift(row.shift), since=since)


def _add(db: Session, member: Speaker, row: OwnReminder) -> OwnReminder:
    """The same once more is the same reminder."""
    mine = own_reminders.of(db, member.id)
    for each in mine:
        if (each.content, each.rule, each.next_at) == (row.content, row.rule, row.next_at):
            return each
    if len(mine) >= MOST:
        raise Refusal(text.too_many(MOST))
    return own_reminders.add(db, row)


def _change(
    db: Session, member: Speaker, new: OwnReminder, reminder_id: int, now: datetime
) -> OwnReminder:
    row = own(db, member, reminder_id)
    row.rule, row.shift, row.since = new.rule, new.shift, new.since
    row.ahead, row.next_at, row.ended = new.ahead, new.next_at, ""
    row.activity_id = None  # it keeps the time that they have chosen now
    outbox.cancel(db, f"reminder:{row.id}", "changed", now)
    return own_reminders.add(db, row)


def own(db: Session, member: Speaker, reminder_id: int) -> OwnReminder:
    """`Refusal` where it is not theirs."""
    row = own_reminders.one(db, reminder_id, member.id)
    if row is None:
        raise Refusal(text.NOT_THERE)
    return row


def _before_something(
    db: Session, member: Speaker, now: datetime, ahead: int, content: str
) -> Set | Ask | AskWhich | TooNear:
    """提前一天提醒: before the activity that is named, or what was just set, or which?"""
    coming = _coming(db, member, now)
    named = [held for held in coming if content and content in held.title]
    if len(named) == 1:
        return _before(db, member, now, named[0], ahead)
    if content and not named:
        return Ask(Wish(content, ahead), Open("when"))
    last = own_reminders.last_made(db, member.id, now - JUST_NOW)
    if last and not named:
        return _earlier(db, last, ahead, now)
    known = named or coming
    in_time = [held for held in known if still_possible(held, ahead, now)]
    if known and not in_time:
        return too_near(known[0], ahead, now)
    return AskWhich(ahead, tuple(in_time[:3]), len(known) - len(in_time))


def still_possible(held: Held, ahead: int, now: datetime) -> bool:
    return held.starts - timedelta(minutes=ahead) > now


def too_near(held: Held, ahead: int, now: datetime) -> TooNear:
    possible = [each for each in LEADS if each < ahead and still_possible(held, each, now)]
    return TooNear(held, ahead, tuple(possible[:3]))


def _earlier(db: Session, row: OwnReminder, ahead: int, now: datetime) -> Set | Ask:
    event = (row.next_at or now) + timedelta(minutes=row.ahead)
    if not row.rule and event - timedelta(minutes=ahead) <= now:
        raise Refusal(text.lead_past(times.echo(Moment(event - timedelta(minutes=ahead)), now)))
    row.ahead = ahead
    row.next_at = next_time(db, row, now) if row.rule else event - timedelta(minutes=ahead)
    return as_set(own_reminders.add(db, row), now, changed=True)


def _before(
    db: Session, member: Speaker, now: datetime, held: Held, ahead: int
) -> Set | Ask | TooNear:
    if not still_possible(held, ahead, now):
        return too_near(held, ahead, now)
    wish = Wish(about(held, now), ahead, activity_id=held.id)
    return settle(db, member, now, wish, Once(held.starts))


def about(held: Held, now: datetime) -> str:
    """An activity with its time, which says more than how long it is until then."""
    return text.activity(times.echo(Moment(held.starts), now), held.title)


def _coming(db: Session, member: Speaker, now: datetime) -> list[Held]:
    found = activities.of_member(db, member, now, now + ACTIVITIES_AHEAD)
    return [held for held in found if held.starts > now]
