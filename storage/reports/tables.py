from datetime import date, datetime

from sqlmodel import Field, SQLModel

from storage.database import Moment


class Circular(SQLModel, table=True):
    """One version of one circular. After it is published no column changes any more."""

    id: int = Field(default=None, primary_key=True)
    number: int = Field(index=True)
    """The same for all versions of one circular."""
    version: int = 1
    org_id: str = Field(foreign_key="organisation.id", index=True)
    """Whom it tells of: that organisation and everything under it."""
    org_name: str
    """As it was called when this version was made."""
    first: date
    last: date
    topic: str = ""
    """As the author said it."""
    frozen: str
    """The numbers and their definitions, as canonical JSON. Everything that is ever shown of this
    version is made from it and its records."""
    records: str = ""
    """Those behind each number: megabytes of a city, and read when somebody looks at them."""
    digest: str
    """SHA-256 of `frozen`, in which is the one of `records`."""
    state: str = "draft"
    """draft, checked, approved, published or dropped."""
    author: str
    made_at: datetime = Field(sa_type=Moment)
    checked_by: str = ""
    checked_at: datetime | None = Field(default=None, sa_type=Moment)
    approved_by: str = ""
    approved_at: datetime | None = Field(default=None, sa_type=Moment)
    published_by: str = ""
    published_at: datetime | None = Field(default=None, sa_type=Moment)
    files: str = "{}"
    """JSON: form to the SHA-256 of the file as it was published."""


class NumberShown(SQLModel, table=True):
    """The number that somebody was shown last, so that they can ask why it is that number."""

    __tablename__ = "number_shown"

    member_id: str = Field(primary_key=True, foreign_key="member.id")
    circular_id: int | None = Field(default=None, foreign_key="circular.id")
    """None: it was in no circular."""
    figure: str = ""
    words: str = ""
    """Of any other number: what it counts, from which records, as of when. No names."""
    at: datetime = Field(sa_type=Moment)


class FileWanted(SQLModel, table=True):
    """A table that was asked for in chat and may be fetched in the console, for a while. Nothing
    is prepared: it is made when it is fetched, of what the person may see then."""

    __tablename__ = "file_wanted"

    id: int = Field(default=None, primary_key=True)
    member_id: str = Field(foreign_key="member.id", index=True)
    what: str
    org_id: str
    first: date
    last: date
    made_at: datetime = Field(sa_type=Moment)
    expires: datetime = Field(sa_type=Moment)
    session: str = ""
    """The console session that fetched it first; no other gets it."""


class CalendarFeed(SQLModel, table=True):
    """A secret address under which a calendar program reads somebody's activities and duties."""

    __tablename__ = "calendar_feed"

    member_id: str = Field(primary_key=True, foreign_key="member.id")
    digest: str = Field(unique=True)
    """Of the secret; the secret itself is with the member alone."""
    made_at: datetime = Field(sa_type=Moment)
