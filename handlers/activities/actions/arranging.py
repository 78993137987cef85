"""Arranging an activity: a draft until it is published."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.messages import Refusal
from bot.permissions import Action, may, reach
from bot.understanding import Names
from bot.understanding.normal import normalise
from handlers.activities.rules import arranging as rules
from handlers.activities.rules.arranging import Plan, Question, Trouble
from handlers.activities.text import arranging as text
from storage import activities, attendance, audit, drafts, organisation
from storage.activities import Activity, Audience, Manner
from storage.database import Session
from storage.drafts import Draft
from storage.members import Speaker


@dataclass(frozen=True)
class Ask:
    """The next thing that has to be asked."""

    draft_id: int
    question: Question
    title: str
    day: date | None = None
    """Known, where only the clock time is missing."""
    venue: str = ""
    """Where the organisation met last: most likely the answer."""
    trouble: Trouble = ""
    """What was wrong with the time that was given."""
    doubtful: str = ""
    """Its words, where they were not understood."""


@dataclass(frozen=True)
class Preview:
    draft_id: int
    title: str
    starts: datetime
    ends: datetime
    venue: str
    organiser: str
    expected: int | None
    """None where one signs up."""
    clash: str
    """What the organisation holds at the same time."""


@dataclass(frozen=True)
class Published:
    title: str
    starts: datetime
    venue: str
    opens: datetime
    to_sign_up: bool


def begin(
    db: Session, actor: Speaker, now: datetime, words: str, org_id: str = ""
) -> Ask | Preview:
    """For `org_id`, or for whom the words mean."""
    draft = Draft(made_by=actor.id, made_at=now, org_id="")
    plan = rules.plan(words, now)
    draft.org_id = org_id or _organiser(db, actor, now, words, plan.kind)
    if not may(db, actor, Action.ARRANGE_ACTIVITY, draft.org_id, now):
        raise Refusal(text.NOT_YOURS)
    return _learn(db, drafts.begin(db, draft), plan, now)


def learn(db: Session, actor: Speaker, now: datetime, asked: Ask, words: str) -> Ask | Preview:
    """The answer to what was asked; what it says besides is learnt too."""
    draft = _own(db, actor, asked.draft_id)
    plan = rules.answer(asked.question, words, now, asked.day)
    return _learn(db, draft, plan, now)


def ask_time(db: Session, actor: Speaker, draft_id: int) -> Ask:
    draft = _own(db, actor, draft_id)
    return Ask(draft.id, "when", draft.title)


def publish(db: Session, actor: Speaker, now: datetime, draft_id: int) -> Published:
    """`Refusal` for what is published, past, or not for `actor` to arrange any more."""
    draft = _own(db, actor, draft_id)
    if draft.starts is None or rules.is_past(draft.starts, now):
        raise Refusal(text.PAST)
    if not may(db, actor, Action.ARRANGE_ACTIVITY, draft.org_id, now):
        raise Refusal(text.NOT_YOURS)
    minutes = draft.minutes or rules.minutes_of(draft.kind)
    audience = Audience(rules.audience_of(draft.kind))
    row = Activity(
        org_id=draft.org_id,
        kind=draft.kind,
        title=draft.title,
        starts=draft.starts,
        minutes=minutes,
        venue=draft.venue,
        audience=audience,
        manner=Manner.WORD,
        opens=draft.starts - rules.OPENS_BEFORE,
        closes=draft.starts + timedelta(minutes=minutes),
        study_hours=activities.study_hours(draft.kind, minutes),
        made_by=actor.id,
        made_at=now,
    )
    draft.activity_id = activities.publish(db, row)
    audit.note(db, actor.id, "publish_activity", f"activity:{draft.activity_id}", now)
    return Published(row.title, row.starts, row.venue, row.opens, audience is Audience.SIGNED_UP)


def discard(db: Session, actor: Speaker, draft_id: int) -> None:
    drafts.drop(db, _own(db, actor, draft_id))


def _learn(db: Session, draft: Draft, plan: Plan, now: datetime) -> Ask | Preview:
    draft.title = plan.title or draft.title
    draft.kind = plan.kind or draft.kind
    draft.minutes = plan.minutes or draft.minutes
    draft.venue = plan.venue or draft.venue
    trouble = rules.trouble(plan, now)
    if plan.starts and not trouble:
        draft.starts = plan.starts
    db.add(draft)
    db.flush()
    question: Question | None = "when" if trouble else _open_question(draft)
    if question is None:
        return _preview(db, draft)
    venue = activities.last_venue(db, draft.org_id) if question == "where" else ""
    day = plan.day.date if plan.day else None
    return Ask(draft.id, question, draft.title, day, venue, trouble, plan.doubtful)


def _open_question(draft: Draft) -> Question | None:
    if not draft.title:
        return "what"
    if draft.starts is None:
        return "when"
    return None if draft.venue else "where"


def _preview(db: Session, draft: Draft) -> Preview:
    starts, audience = draft.starts, Audience(rules.audience_of(draft.kind))
    if starts is None:
        raise Refusal(text.PAST)
    ends = starts + timedelta(minutes=draft.minutes or rules.minutes_of(draft.kind))
    there = activities.between(db, [draft.org_id], starts - timedelta(hours=12), ends)
    clash = next((each.title for each in there if each.ends > starts), "")
    held = activities.imagined(draft.org_id, audience, starts)
    signed = audience is Audience.SIGNED_UP
    expected = None if signed else len(attendance.expected(db, held) - attendance.exempt(db))
    organiser = organisation.tree(db, starts.date()).name(draft.org_id)
    return Preview(draft.id, draft.title, starts, ends, draft.venue, organiser, expected, clash)


def _own(db: Session, actor: Speaker, draft_id: int) -> Draft:
    draft = drafts.of(db, draft_id, actor.id)
    if draft is None:
        raise Refusal(text.NO_DRAFT)
    if draft.activity_id:
        raise Refusal(text.PUBLISHED_BEFORE)
    return draft


def _organiser(db: Session, actor: Speaker, now: datetime, words: str, kind: str) -> str:
    """The organisation that is named; else the one nearest to the actor that they arrange for."""
    tree = organisation.tree(db, now.date())
    allowed = reach(actor, Action.ARRANGE_ACTIVITY, tree)
    if not allowed:
        raise Refusal(text.NOT_YOURS)
    names = {tree.name(org_id): org_id for org_id in allowed}
    for _, name in Names(branches=sorted(names)).branches_in(normalise(words).plain):
        return names[name]
    posts = [post.org_id for post in actor.posts if post.org_id in allowed]
    near = [org_id for org_id in actor.line if org_id in posts]
    if kind in rules.OF_THE_COMMITTEE:
        near.reverse()
    return (near or posts)[0]
