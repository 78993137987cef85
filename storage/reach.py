"""By which account somebody can be reached now, and whom nobody can reach.

Used at the moment of sending, for 「联系不上」, and to say beforehand what a large push will do.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, exists, func, or_, select

from bot.messages import Address
from storage import aftermath, attempts, courtesy, credits, lanes
from storage.attempts import Push
from storage.credits import MESSAGE_SPAN, SHUT, Consent, Credit, Window
from storage.database import Moment, Session, among, table
from storage.lanes import limits_of
from storage.members import Account, Member
from storage.outbox import Letter, State

WINDOW, BLOCKED, NO_ACCOUNT, NOT_THERE = "window", "blocked", "no_account", "not_there"
NO_CONSENT, NOT_DELIVERED = "no_consent", aftermath.NOT_DELIVERED
BY_TEMPLATE_IN_VAIN = frozenset({NO_CONSENT, NOT_DELIVERED})
"""Reasons after which no template is tried again."""
NOTICE = "notice"
"""The kind of letter that is meant where none is named."""


@dataclass(frozen=True)
class Way:
    """One account of a member."""

    address: Address
    unreachable: str = ""
    window: Window | None = None
    """None where no window is needed."""
    consents: Mapping[str, int] = field(default_factory=dict)
    """What they have agreed to, to how often more; for a lane that stands for an account."""


@dataclass(frozen=True)
class Whereabouts:
    """What is known of one member when something is to be sent."""

    ways: tuple[Way, ...] = ()
    """As they like it: the one they chose, then the one bound last."""
    pushes: tuple[Push, ...] = ()
    """What they got in the last two days."""
    erased: bool = False


GONE = Whereabouts(erased=True)


@dataclass(frozen=True)
class By:
    """Can be reached here."""

    address: Address


@dataclass(frozen=True)
class Nowhere:
    why: str
    """blocked, window, no_account."""
    waits: Address | None = None
    """Where it can be said when they come back by themselves."""


def way_now(
    who: Whereabouts,
    lanes_here: Collection[str] | None,
    now: datetime,
    *,
    kind: str = NOTICE,
    reason: str = "",
) -> By | Nowhere:
    """The first account that can be reached now by a letter of this kind. `lanes_here`: what we
    can send by, None: any; `reason`: why the last try failed, so that it is not tried again."""
    open_ways = [way for way in who.ways if not way.unreachable]
    out = reason == NOT_THERE
    for way in open_ways:
        lane, limits = way.address.platform, limits_of(way.address.platform)
        if (out and limits.at_home) or (reason in BY_TEMPLATE_IN_VAIN and limits.stands_for):
            continue
        if not limits.kinds(kind):
            continue
        if (lanes_here is None or lane in lanes_here) and has_room(way, who.pushes, now, kind):
            return By(way.address)
    if open_ways:
        return Nowhere(NOT_THERE if out else WINDOW, open_ways[0].address)
    return Nowhere(BLOCKED) if who.ways else Nowhere(NO_ACCOUNT)


def has_room(
    way: Way, pushes: Iterable[Push], now: datetime, kind: str, spoken_for: int = 0
) -> bool:
    """For one more letter of this kind, when `spoken_for` are about to go out."""
    if needed := limits_of(way.address.platform).consent(kind):
        return way.consents.get(needed, 0) > spoken_for
    if way.window is None:
        return True
    said = [push.at for push in pushes if push.lane == way.address.platform]
    return way.window.left(said, now) > 0


def whereabouts(db: Session, ids: Collection[str], now: datetime) -> Mapping[str, Whereabouts]:
    """All of `ids`: whoever is not known any more is `GONE`."""
    rows = db.run(WAYS, {"members": list(ids)}).all()
    first = courtesy.first_choice(db, ids)
    addresses = [Address(row.platform, row.user) for row in rows if row.platform]
    windows, consents = credits.windows(db, addresses), credits.consents(db, addresses)
    pushes = attempts.pushes(db, ids, now - MESSAGE_SPAN)
    ways: dict[str, list[Way]] = {row.id: [] for row in rows if not row.erased_at}
    for row in rows:
        if row.platform and row.id in ways:
            address = Address(row.platform, row.user)
            window = windows.get(address, SHUT) if limits_of(row.platform).windowed else None
            ways[row.id].append(Way(address, row.unreachable, window))
            ways[row.id] += (
                Way(Address(lane, row.user), row.unreachable, consents=consents.get(address, {}))
                for lane in lanes.standing_for(row.platform)
            )
    return {
        id: Whereabouts(in_order(ways[id], first.get(id, "")), tuple(pushes.get(id, ())))
        if id in ways
        else GONE
        for id in ids
    }


def in_order(ways: Iterable[Way], first: str) -> tuple[Way, ...]:
    """The chosen one first; what can only be reached while it is open, last."""

    def rank(way: Way) -> tuple[bool, bool]:
        platform = lanes.account_of(way.address.platform)
        return platform != first, limits_of(platform).at_home

    return tuple(sorted(ways, key=rank))


def unreachable(db: Session, ids: Collection[str], now: datetime) -> Mapping[str, str]:
    """Of these, who cannot be reached by anything we could send by (「联系不上」), and why:
    no_account, blocked, unfollowed, window."""
    shut, doubtful = looked_over(db, NOT_OPEN, ids, now)
    found = {id: told for id, (_, told) in shut.items()}
    for id, who in whereabouts(db, doubtful, now).items():
        match way_now(who, None, now):
            case By():
                continue
            case Nowhere(why):
                told = next((way.unreachable for way in who.ways if way.unreachable), why)
                found[id] = told if why == BLOCKED else why
    return dict(sorted(found.items()))


def looked_over(
    db: Session, statement: Select[Any], ids: Collection[str], now: datetime
) -> tuple[dict[str, tuple[str, str]], list[str]]:
    """Of those whom `statement` leaves open: member id to why no way leads to them, and to what
    the platform said of it; and the doubtful, who have to be looked at one by one. In a city
    one statement can say it of nearly everybody."""
    shut, doubtful = dict[str, tuple[str, str]](), []
    values = {"members": list(ids), "windowed": windowed(), "since": now - MESSAGE_SPAN}
    for id, open_, may_have_room, first_told, last_told in db.run(statement, values).all():
        if may_have_room or first_told != last_told:
            doubtful.append(id)
            continue
        why = WINDOW if open_ else BLOCKED if first_told else NO_ACCOUNT
        shut[id] = why, first_told if why == BLOCKED else why
    return shut, doubtful


def windowed() -> list[str]:
    """Platforms that can be written to only while a window is open, and in no other way."""
    return [
        name
        for name, limits in lanes.LIMITS.items()
        if limits.windowed and not any(_reaches_all(lane) for lane in lanes.standing_for(name))
    ]


def _reaches_all(lane: str) -> bool:
    limits = limits_of(lane)
    return limits.kinds(NOTICE) and not limits.consent(NOTICE)


@dataclass(frozen=True)
class Forecast:
    """What a push would do, if nothing else came between."""

    by: Mapping[str, int]
    """Lane to the number of people."""
    not_reached: Mapping[str, int] = field(default_factory=dict)
    """Why to the number of people."""
    last_at: datetime | None = None
    """When the last one goes out; None when nobody is reached."""


def forecast(db: Session, ids: Collection[str], now: datetime) -> Forecast:
    """For one text to all of them, sent from `now` on behind what is waiting already."""
    shut, doubtful = looked_over(db, NOT_PLAIN, ids, now)
    plain = db.run(PLAIN, {"members": list(ids), "windowed": windowed()})
    by = {lane: count for lane, count in plain}
    not_reached: dict[str, int] = dict(Counter(why for why, _ in shut.values()))
    for who in whereabouts(db, doubtful, now).values():
        match way_now(who, None, now):
            case By(address):
                by[address.platform] = by.get(address.platform, 0) + 1
            case Nowhere(why):
                not_reached[why] = not_reached.get(why, 0) + 1
    queued = {row.lane: row.letters for row in db.run(QUEUED, {"now": now})}
    standing = {lane.name: lane for lane in lanes.all_lanes(db)}
    ends = []
    for name, people in by.items():
        limits = limits_of(name)
        calls = -(-(people + queued.get(name, 0)) // limits.joins)
        begins = max([now, standing[name].paused_until] if name in standing else [now])
        ends.append(begins + calls * limits.apart_by)
    return Forecast(by, not_reached, max(ends, default=None))


member, account, letter = table(Member).c, table(Account).c, table(Letter).c
credit, consent = table(Credit).c, table(Consent).c
WAYS = (
    select(member.id, member.erased_at, account.platform, account.user, account.unreachable)
    .outerjoin_from(table(Member), table(Account), account.member_id == member.id)
    .where(among(member.id, "members"))
    .order_by(account.bound_at.desc(), account.platform)
)
_open = account.unreachable == ""
_at_any_time = and_(_open, ~among(account.platform, "windowed"))


def _count(which: Any) -> Any:
    return func.coalesce(func.sum(case((which, 1), else_=0)), 0)


_single = and_(func.count(account.user) == 1, _count(_at_any_time) == 1)
_singles = (
    select(func.min(account.platform).label("lane"))
    .join_from(table(Account), table(Member), member.id == account.member_id)
    .where(among(account.member_id, "members"), member.erased_at.is_(None))
    .group_by(account.member_id)
    .having(_single)
    .subquery()
)
PLAIN = select(_singles.c.lane, func.count()).group_by(_singles.c.lane)
"""Lane to how many people have it, and nothing else."""
_since = bindparam("since", type_=Moment)
_agreed = exists().where(
    consent.platform == account.platform, consent.user == account.user, consent.left > 0
)
_may_have_room = or_(
    ~among(account.platform, "windowed"),
    credit.wrote_at > _since,
    credit.clicked_at > _since,
    _agreed,
)
_told = func.nullif(account.unreachable, "")
_LOOKED_OVER = (
    select(
        member.id,
        _count(_open),
        _count(and_(_open, _may_have_room)),
        func.coalesce(func.min(_told), ""),
        func.coalesce(func.max(_told), ""),
    )
    .select_from(
        table(Member)
        .outerjoin(table(Account), and_(account.member_id == member.id, member.erased_at.is_(None)))
        .outerjoin(
            table(Credit),
            and_(credit.platform == account.platform, credit.user == account.user),
        )
    )
    .where(among(member.id, "members"))
    .group_by(member.id)
)
NOT_OPEN = _LOOKED_OVER.having(_count(_at_any_time) == 0)
"""Whoever has one account that can be written to at any time is reachable."""
NOT_PLAIN = _LOOKED_OVER.having(~_single)
"""Whoever has only such an account is reached there."""
QUEUED = (
    select(letter.lane, func.count().label("letters"))
    .where(letter.state == State.WAITING, letter.not_before <= bindparam("now", type_=Moment))
    .group_by(letter.lane)
)
