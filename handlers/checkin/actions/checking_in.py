"""What check-in does: called from chat, and from the secretary's console."""

from datetime import datetime

from bot.permissions import Action, may
from handlers.checkin.rules import checking_in as rules
from handlers.checkin.rules.checking_in import Accepted, Option, Proxy, Verdict, Window
from storage import activities, attendance, members
from storage.activities import Audience, Held
from storage.attendance import CAME, Entry, State
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
    if words and (proxy := somebody_else(db, member, now, words)):
        return proxy
    options = [
        option(each, member)
        for each in today
        if (each.id == activity_id if activity_id else meant(each, member, code))
    ]
    named = options[0] if activity_id and options else None
    chosen = named or rules.choose(options, now, code=code, words=words)
    if not isinstance(chosen, Option):
        return chosen
    held = next(each for each in today if each.id == chosen.id)
    return check_in_to(db, member, held, chosen, now, code)


def check_in_to(
    db: Session, member: Speaker, held: Held, chosen: Option, now: datetime, code: str
) -> Verdict:
    standing = attendance.standing(db, held.id, member.id)
    came = standing is not None and standing.state in (*CAME, State.OBSERVING)
    annulled = standing is not None and standing.state is State.ANNULLED
    earlier = standing.at if standing and came else None
    if objection := rules.objection(chosen, now, code=code, earlier=earlier, annulled=annulled):
        return objection
    late = rules.is_late(chosen.window, now)
    expected = member.id in attendance.expected(db, held)
    joins = not expected and chosen.mine and held.audience == Audience.SIGNED_UP
    observing = not (expected or joins)
    state = State.OBSERVING if observing else State.LATE if late else State.PRESENT
    tally = attendance.tally(db, held)
    if joins:
        activities.sign_up(db, held.id, member.id, now)
    entry = Entry(state, now, held.manner, member.id, now)
    attendance.enter(db, held.id, member.id, entry, standing)
    if not observing:
        tally.add(member.id, was_expected=expected)
    return Accepted(
        held.title, now, late, observing, tally.came, tally.expected, held.starts, held.venue
    )


def option(held: Held, member: Speaker) -> Option:
    return Option(
        id=held.id,
        title=held.title,
        kind=held.kind,
        venue=held.venue,
        window=Window(held.opens, held.starts, held.ends, held.closes),
        mine=activities.concerns(held, member),
        manner=held.manner,
        code=held.code,
        secret=held.secret,
    )


def meant(held: Held, member: Speaker, code: str) -> bool:
    """Whether it may be what somebody wants who only says «check in», or a code.

    Another organisation's rotating code is read by its QR, which names the activity.
    """
    return activities.concerns(held, member) or bool(code and held.code == code)


def somebody_else(db: Session, member: Speaker, now: datetime, words: str) -> Proxy | None:
    """Whether a colleague's name was said instead of an activity's."""
    colleagues = members.belonging(db, [member.branch_id], now.date())
    if words == member.name or words not in colleagues.values():
        return None
    return Proxy(words, is_organiser(db, member, now))


def is_organiser(db: Session, member: Speaker, now: datetime) -> bool:
    return may(db, member, Action.RUN_CHECK_IN, member.branch_id, now)
