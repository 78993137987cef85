"""What check-in does: called from chat, and from the secretary's console."""

from collections.abc import Sequence
from datetime import datetime

from bot.permissions import Action, authorize
from handlers.checkin import rules
from handlers.checkin.rules import Accepted, Option, Verdict, Window
from storage import activities, attendance, organisation
from storage.activities import Audience, Held
from storage.attendance import State
from storage.database import Session
from storage.members import Speaker


def check_in(
    db: Session,
    member: Speaker,
    now: datetime,
    *,
    code: str = "",
    words: str = "",
    activity_id: int | None = None,
) -> Verdict:
    """Record that `member` is there, for the activity that is meant."""
    today = activities.around(db, now.date())
    options = [
        option(db, each, member)
        for each in today
        if (each.id == activity_id if activity_id else meant(db, each, member, code))
    ]
    chosen = rules.choose(options, now, code=code, words=words)
    if not isinstance(chosen, Option):
        return chosen
    held = next(each for each in today if each.id == chosen.id)
    return check_in_to(db, member, held, chosen, now, code)


def check_in_to(
    db: Session, member: Speaker, held: Held, chosen: Option, now: datetime, code: str
) -> Verdict:
    standing = attendance.standing(db, held.id, member.id)
    came = standing is not None and standing.state not in {State.ON_LEAVE, State.ANNULLED}
    annulled = standing is not None and standing.state is State.ANNULLED
    earlier = standing.at if standing and came else None
    if objection := rules.objection(chosen, now, code=code, earlier=earlier, annulled=annulled):
        return objection
    late = rules.is_late(chosen.window, now)
    observing = member.id not in attendance.expected(db, held) and not chosen.mine
    state = State.OBSERVING if observing else State.LATE if late else State.PRESENT
    tally = attendance.tally(db, held)
    if standing:  # was on leave, and came after all
        attendance.restate(db, held.id, member.id, state, now, by=member.id)
    else:
        attendance.record(
            db, held, member.id, state, at=now, source=chosen.manner, by=member.id, entered_at=now
        )
    tally.came += not observing
    return Accepted(
        held.title, now, late, observing, tally.came, tally.expected, held.starts, held.venue
    )


def option(db: Session, held: Held, member: Speaker) -> Option:
    return Option(
        id=held.id,
        title=held.title,
        venue=held.venue,
        window=Window(held.opens, held.starts, held.closes),
        mine=is_mine(db, held, member),
        manner=held.manner,
        code=held.code,
        secret=held.secret,
    )


def meant(db: Session, held: Held, member: Speaker, code: str) -> bool:
    """Whether it may be what somebody wants who only says «check in», or a code.

    Another organisation's rotating code is read by its QR, which names the activity.
    """
    return is_mine(db, held, member) or bool(code and held.code == code)


def is_mine(db: Session, held: Held, member: Speaker) -> bool:
    """Whether `member` may come without having been let in by a code."""
    if held.audience == Audience.OFFICERS:
        return any(post.org_id == held.org_id for post in member.posts)
    return held.org_id in member.line


def runnable(db: Session, actor: Speaker, now: datetime) -> Sequence[Held]:
    """Today's activities whose check-in `actor` may open and close."""
    tree = organisation.tree(db, now.date())
    return [
        each
        for each in activities.around(db, now.date())
        if authorize(actor, Action.RUN_CHECK_IN, tree.line(each.org_id))
    ]
