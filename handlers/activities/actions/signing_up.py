"""Signing up, and taking it back."""

from datetime import datetime, timedelta

from bot.messages import Refusal
from bot.permissions import Action, may
from bot.understanding.occasions import Occasion
from handlers.activities.rules import signing_up as rules
from handlers.activities.rules.signing_up import Choice, SignedOff, SignedUp, Verdict
from handlers.activities.text import listing as text
from storage import activities, attendance, audit, participation
from storage.activities import Audience, Held, Status
from storage.attendance import CAME
from storage.database import Session
from storage.members import Speaker

AHEAD = timedelta(days=90)


def sign_up(
    db: Session, member: Speaker, now: datetime, said: Occasion, *, joining: bool
) -> Verdict:
    """Sign up for what is meant, or (not `joining`) take it back."""
    there = activities.of_member(db, member, now - timedelta(days=1), now + AHEAD)
    own = participation.signed_up_by(db, member.id)
    open_for = [
        each
        for each in there
        if each.audience == Audience.SIGNED_UP and now < each.starts and (each.id in own) != joining
    ]
    meant = said.among(open_for) or ([] if said.vague else said.among(there)[:1])
    if not meant:
        if not joining and said.vague:
            return rules.NothingSignedUp()
        return rules.NothingOffered(tuple(choice(each) for each in open_for))
    if len(meant) > 1:
        return rules.WhichMeeting(not joining, tuple(choice(each) for each in meant))
    return sign_up_for(db, member, now, meant[0].id, joining=joining)


def sign_up_for(
    db: Session, member: Speaker, now: datetime, activity_id: int, *, joining: bool
) -> Verdict:
    """`Refusal` where it is not for `member`."""
    held = activities.held(db, activity_id)
    if (
        held is None
        or held.status == Status.CANCELLED
        or not activities.concerns(held, member)
        or not may(db, member, Action.SIGN_UP, held.org_id, now)
    ):
        raise Refusal(text.NOT_FOUND)
    if objection := _objection(db, member, now, held, joining):
        return objection
    if joining:
        activities.sign_up(db, held.id, member.id, now)
    else:
        activities.sign_off(db, held.id, member.id)
    audit.note(db, member.id, "sign_up" if joining else "sign_off", f"activity:{held.id}", now)
    if not joining:
        return SignedOff(choice(held))
    return SignedUp(choice(held), len(activities.signed_up(db, held.id)))


def _objection(
    db: Session, member: Speaker, now: datetime, held: Held, joining: bool
) -> rules.Objection | None:
    standing = attendance.standing(db, held.id, member.id)
    return rules.objection(
        choice(held),
        now,
        joining=joining,
        for_all=held.audience != Audience.SIGNED_UP,
        signed_up=member.id in activities.signed_up(db, held.id),
        came=standing is not None and standing.state in CAME,
    )


def choice(held: Held) -> Choice:
    return Choice(held.id, held.title, held.starts, held.venue)
