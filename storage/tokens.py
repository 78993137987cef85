"""Access tokens of our accounts: one for all processes, fetched by one of them at a time.

A renewal is a compare-and-set on the version that was seen: two processes that find the same
token expired fetch one new token between them.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update
from sqlmodel import Field, SQLModel

from storage import claims
from storage.database import Database, Moment, Session, insert_new, table

RENEWING = timedelta(seconds=20)
"""How long a process may be at it before another tries: more than twice the deadline of a call."""
LONG_AGO = datetime.fromisoformat("2000-01-01T00:00:00+00:00")


class Token(SQLModel, table=True):
    app: str = Field(primary_key=True)
    """Platform and app id."""
    value: str
    until: datetime = Field(sa_type=Moment)
    version: int
    renewing_until: datetime = Field(sa_type=Moment)
    """Some process is fetching the next one."""
    refused_at: datetime = Field(sa_type=Moment)
    """When a token was last renewed because the platform refused it before its time."""


@dataclass(frozen=True)
class Kept:
    value: str
    until: datetime
    version: int
    refused_at: datetime
    now: datetime
    """The database's clock."""

    @property
    def lasts(self) -> bool:
        return bool(self.value) and self.now < self.until


def read(db: Session, app: str) -> Kept:
    now = claims.moment(db)
    row = db.run(READ, {"of_app": app}).one_or_none()
    if row is None:
        return Kept("", LONG_AGO, 0, LONG_AGO, now)
    return Kept(row.value, row.until, row.version, row.refused_at, now)


def begin(db: Session, app: str, seen: Kept) -> bool:
    """Whether this process is to fetch the next one; nobody else may meanwhile."""
    first = {"app": app, "value": "", "until": LONG_AGO, "version": 0}
    never = {"renewing_until": LONG_AGO, "refused_at": LONG_AGO}
    db.run(FIRST[db.dialect], first | never)
    values: dict[str, object] = {"of_app": app, "seen": seen.version, "now": seen.now}
    values |= {"until_then": seen.now + RENEWING}
    return db.run(BEGIN, values).rowcount == 1


def put(db: Session, app: str, seen: Kept, value: str, lasts: timedelta, *, refused: bool) -> bool:
    """Whether it took the place of the version that was seen: a late one changes nothing."""
    values = {
        "of_app": app,
        "seen": seen.version,
        "new_value": value,
        "new_until": seen.now + lasts,
        "new_refused": seen.now if refused else seen.refused_at,
    }
    return db.run(PUT, values).rowcount == 1


def give_up(db: Session, app: str, seen: Kept, *, refused: bool) -> None:
    """It could not be fetched; the next one may try."""
    values = {"of_app": app, "seen": seen.version}
    db.run(GIVE_UP, values | {"new_refused": seen.now if refused else seen.refused_at})


@dataclass(frozen=True)
class Shelf:
    """The tokens of one database, for those who wait for them."""

    database: Database

    async def read(self, app: str) -> Kept:
        return await self.database.run(lambda db: read(db, app))

    async def begin(self, app: str, seen: Kept) -> bool:
        return await self.database.run(lambda db: begin(db, app, seen))

    async def put(
        self, app: str, seen: Kept, value: str, lasts: timedelta, *, refused: bool
    ) -> bool:
        return await self.database.run(lambda db: put(db, app, seen, value, lasts, refused=refused))

    async def give_up(self, app: str, seen: Kept, *, refused: bool) -> None:
        await self.database.run(lambda db: give_up(db, app, seen, refused=refused))


token = table(Token).c
_seen = (token.app == bindparam("of_app"), token.version == bindparam("seen"))
READ = select(token.value, token.until, token.version, token.refused_at).where(
    token.app == bindparam("of_app")
)
FIRST = insert_new(Token)
BEGIN = (
    update(table(Token))
    .where(*_seen, token.renewing_until <= bindparam("now", type_=Moment))
    .values(renewing_until=bindparam("until_then", type_=Moment))
)
_done = {
    "renewing_until": LONG_AGO,
    "refused_at": bindparam("new_refused", type_=Moment),
}
PUT = (
    update(table(Token))
    .where(*_seen)
    .values(
        value=bindparam("new_value"),
        until=bindparam("new_until", type_=Moment),
        version=token.version + 1,
        **_done,
    )
)
GIVE_UP = update(table(Token)).where(*_seen).values(**_done)
