"""Asking for leave, or for being recorded afterwards."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.clock import midnight
from bot.messages import Refusal
from bot.permissions import GRANTS, Action
from bot.understanding.occasions import Occasion
from handlers.checkin.rules import requests as rules
from handlers.checkin.rules.requests import Kind, Submitted, Verdict
from handlers.checkin.text import requests as text
from storage import attendance, audit, members, organisation, participation, requests
from storage.activities import Held
from storage.database import Session
from storage.members import Role, Speaker
from storage.requests import Asked, RequestKind, RequestState

LOOK_BACK = timedelta(days=31)
"""What lies behind is found this long, so that one can be told that it is too late."""
DAY = timedelta(days=1)


def ask(
    db: Session, member: Speaker, now: datetime, kind: Kind, said: Occasion, reason: str
) -> Verdict:
    """Submit at once where it is clear what is meant; at most one question is left."""
    candidates = _candidates(db, member, now, kind)
    likely = [each for each in candidates if rules.is_likely(kind, each, now)]
    meant = said.among(likely)
    if not meant and not said.vague:  # found, to be told why not
        meant = said.among(candidates)[-1:]
    if said.vague:
        soon = rules.soonest(kind, meant, now)
        meant = [e for e in soon if not _objection(db, member, now, kind, e)] or soon[-1:]
    several_days = bool(said.first and said.last != said.first)
    why = rules.category(reason)
    if question := rules.which(kind, meant, likely, several_days=several_days, why=why):
        return _on_that_day(question, said)
    [held] = meant
    if objection := _objection(db, member, now, kind, held):
        return objection
    if kind == "leave" and not reason:
        return rules.Confirm(rules.choice(held))
    return _submit(db, member, now, kind, [held], reason=reason, category=why)


def _on_that_day(question: Verdict, said: Occasion) -> Verdict:
    alone = said.first and said.first == (said.last or said.first) and not (said.words or said.part)
    if isinstance(question, rules.NoneFits) and alone:
        return replace(question, on=said.first)
    return question


def ask_for(
    db: Session,
    member: Speaker,
    now: datetime,
    kind: Kind,
    activity_id: int,
    *,
    reason: str = "",
    category: str = "",
) -> Verdict:
    """For the activity that was chosen. `Refusal` when the member is not expected there."""
    held = next((e for e in _candidates(db, member, now, kind) if e.id == activity_id), None)
    if held is None:
        raise Refusal(text.NOT_EXPECTED)
    if objection := _objection(db, member, now, kind, held):
        return objection
    category = category or rules.category(reason)
    return _submit(db, member, now, kind, [held], reason=reason, category=category)


def ask_for_days(
    db: Session, member: Speaker, now: datetime, first: date, last: date, category: str
) -> Verdict:
    """Leave from everything between two days."""
    said = Occasion(first=first, last=last)
    ahead = [e for e in _candidates(db, member, now, "leave") if rules.is_likely("leave", e, now)]
    free = [e for e in said.among(ahead) if not _objection(db, member, now, "leave", e)]
    if not free:
        return rules.NoneFits("leave", ())
    return _submit(db, member, now, "leave", free, category=category)


def withdrawable(db: Session, member: Speaker, now: datetime) -> list[Asked]:
    recent = requests.of_member(db, member.id, now - rules.AHEAD)
    return [each for each in recent if each.state == RequestState.PENDING]


def own(db: Session, member: Speaker, now: datetime) -> list[Asked]:
    return requests.of_member(db, member.id, now - LOOK_BACK)


def withdraw(db: Session, member: Speaker, now: datetime, request_id: int) -> Asked:
    """`Refusal` when it is not theirs, or has been decided."""
    asked = requests.asked(db, request_id)
    if asked is None or asked.member_id != member.id:
        raise Refusal(text.NOT_YOUR_REQUEST)
    if not requests.settle(db, request_id, RequestState.WITHDRAWN, by=member.id, at=now):
        raise Refusal(text.decided_already(asked.kind, asked.title, asked.state))
    audit.note(db, member.id, f"withdraw_{asked.kind}", f"request:{asked.id}", now)
    return asked


def _candidates(db: Session, member: Speaker, now: datetime, kind: Kind) -> list[Held]:
    """At what the member was or will be expected, as far as it matters."""
    dawn = midnight(now.date())
    until = rules.AHEAD if kind == "leave" else DAY
    return participation.of_member(db, member.id, dawn - LOOK_BACK, dawn + until)


def _objection(
    db: Session, member: Speaker, now: datetime, kind: Kind, held: Held
) -> rules.Objection | None:
    standing = attendance.standing(db, held.id, member.id)
    return rules.objection(
        kind,
        held,
        now,
        state=standing.state if standing else "",
        at=standing.at if standing else None,
        pending=requests.pending_for(db, kind, held.id, member.id),
    )


def _submit(
    db: Session,
    member: Speaker,
    now: datetime,
    kind: Kind,
    meetings: Sequence[Held],
    *,
    reason: str = "",
    category: str,
) -> Submitted:
    number = 0
    for held in meetings:
        number = requests.ask(
            db, RequestKind(kind), held, member.id, category=category, reason=reason, at=now
        )
        audit.note(db, member.id, f"ask_{kind}", f"activity:{held.id}", now)
    chosen = tuple(rules.choice(held) for held in meetings)
    return Submitted(kind, number, chosen, decider(db, meetings[0].org_id, member, now))


def decider(db: Session, org_id: str, asking: Speaker, now: datetime) -> str:
    """The name of the nearest person who may decide, and is not the one who asks."""
    line = organisation.tree(db, now.date()).line(org_id)
    near = [role for role in Role if role in GRANTS[Action.DECIDE_REQUEST]]
    able = [
        (line.index(post.org_id), near.index(post.role), member_id)
        for member_id, post in members.posts_in(db, line, now.date())
        if post.role in near and member_id != asking.id
    ]
    if not able:
        return ""
    _, _, member_id = min(able)
    return members.name_of(db, member_id)
