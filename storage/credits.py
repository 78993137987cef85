"""What a platform lets us say unasked, because a person did something there.

A WeChat official account may say five things within 48 hours of a member's message, and three
within a minute of a click, a follow or a scan. We count from the newest of each only, so that we
never believe in more than there is. By some templates it may say as many things as they have
agreed to, whenever.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, SQLModel

from bot.messages import Address, Incoming, Kind, by_platform
from storage.database import Moment, Session, among, table
from storage.lanes import limits_of, standing_for

AFTER_MESSAGE, MESSAGE_SPAN = 5, timedelta(hours=48)
AFTER_CLICK, CLICK_SPAN = 3, timedelta(minutes=1)
MARGIN = timedelta(seconds=30)
"""Our clock and theirs may differ, and a message needs its time."""


class Credit(SQLModel, table=True):
    platform: str = Field(primary_key=True)
    user: str = Field(primary_key=True)
    wrote_at: datetime | None = Field(default=None, sa_type=Moment)
    clicked_at: datetime | None = Field(default=None, sa_type=Moment)


class Consent(SQLModel, table=True):
    platform: str = Field(primary_key=True)
    user: str = Field(primary_key=True)
    template: str = Field(primary_key=True)
    left: int
    """How many more things they have agreed to be told by it."""


class Window(NamedTuple):
    """When somebody last did what lets us speak."""

    wrote_at: datetime | None
    clicked_at: datetime | None

    def left(self, said: Iterable[datetime], now: datetime) -> int:
        """How much may still be said, when this was said there already."""
        said = list(said)
        return max(
            _left(self.wrote_at, said, AFTER_MESSAGE, MESSAGE_SPAN, now),
            _left(self.clicked_at, said, AFTER_CLICK, CLICK_SPAN, now),
        )


SHUT = Window(None, None)


def _left(
    at: datetime | None, said: Collection[datetime], most: int, span: timedelta, now: datetime
) -> int:
    if at is None or now >= at + span - min(MARGIN, span / 2):
        return 0
    return max(0, most - sum(each >= at for each in said))


def earn(db: Session, heard: Iterable[Incoming]) -> None:
    """One row for each message, written with the others of the batch."""
    insert = EARN[db.dialect]
    for each in heard:
        if not limits_of(each.sender.platform).windowed or each.kind is Kind.UNFOLLOW:
            continue
        clicked = each.tap or each.scene or each.kind is Kind.FOLLOW
        row = {"platform": each.sender.platform, "user": each.sender.user, "at": each.at}
        db.together(insert["clicked_at" if clicked else "wrote_at"], row)


def windows(db: Session, addresses: Collection[Address]) -> Mapping[Address, Window]:
    """Those of `addresses` that have had one."""
    found: dict[Address, Window] = {}
    wanted = [each for each in addresses if limits_of(each.platform).windowed]
    for platform, users in by_platform(wanted).items():
        for user, *window in db.run(WINDOWS, {"on": platform, "users": users}):
            found[Address(platform, user)] = Window(*window)
    return found


def spent(db: Session, address: Address) -> None:
    """The platform says that there is nothing left, whatever we believed."""
    db.run(SPENT, {"on": address.platform, "of_user": address.user})


def agreed(db: Session, address: Address, template: str, *, more: bool) -> None:
    """To one more; else to none of those that are left either."""
    row = {"platform": address.platform, "user": address.user, "template": template}
    if more:
        db.run(AGREED[db.dialect], row)
    else:
        db.run(NONE_LEFT, {f"of_{name}": value for name, value in row.items()})


def used(db: Session, address: Address, lane: str, kind: str) -> None:
    """Something of this kind was said in this lane: where it needed a consent, one is gone."""
    limits = limits_of(lane)
    template = limits.consent(kind)
    if template and not limits.for_good(kind):
        row = {"of_platform": address.platform, "of_user": address.user, "of_template": template}
        db.run(USED, row)


def consents(db: Session, addresses: Collection[Address]) -> Mapping[Address, Mapping[str, int]]:
    """Template to how many are left, of those of `addresses` that have any. Only where something
    is sent by them is it asked for: every claim of letters does."""
    found: dict[Address, dict[str, int]] = {}
    wanted = [each for each in addresses if standing_for(each.platform)]
    for platform, users in by_platform(wanted).items():
        for user, template, left in db.run(CONSENTS, {"on": platform, "users": users}):
            found.setdefault(Address(platform, user), {})[template] = left
    return found


credit, consent = table(Credit).c, table(Consent).c
DIALECTS = {"sqlite": sqlite, "postgresql": postgresql}


def _earning(dialect: Any, column: str) -> Any:
    row: dict[str, Any] = {"platform": bindparam("platform"), "user": bindparam("user")}
    made = dialect.insert(table(Credit)).values(**row, **{column: bindparam("at", type_=Moment)})
    return made.on_conflict_do_update(
        index_elements=["platform", "user"], set_={column: made.excluded[column]}
    )


EARN = {
    name: {column: _earning(dialect, column) for column in ("wrote_at", "clicked_at")}
    for name, dialect in DIALECTS.items()
}
SPENT = (
    update(table(Credit))
    .where(credit.platform == bindparam("on"), credit.user == bindparam("of_user"))
    .values(wrote_at=None, clicked_at=None)
)


def _agreeing(dialect: Any) -> Any:
    row: dict[str, Any] = {name: bindparam(name) for name in ("platform", "user", "template")}
    made = dialect.insert(table(Consent)).values(**row, left=1)
    return made.on_conflict_do_update(index_elements=[*row], set_={"left": consent.left + 1})


AGREED = {name: _agreeing(dialect) for name, dialect in DIALECTS.items()}
_consent = update(table(Consent)).where(
    *(consent[name] == bindparam(f"of_{name}") for name in ("platform", "user", "template"))
)
NONE_LEFT = _consent.values(left=0)
USED = _consent.where(consent.left > 0).values(left=consent.left - 1)
CONSENTS = select(consent.user, consent.template, consent.left).where(
    consent.platform == bindparam("on"), among(consent.user, "users"), consent.left > 0
)
WINDOWS = select(credit.user, credit.wrote_at, credit.clicked_at).where(
    credit.platform == bindparam("on"), among(credit.user, "users")
)
