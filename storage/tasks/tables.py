from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.database import Moment, where

FINISHED = ("closed", "withdrawn")
"""States in which nobody has to do anything any more."""
UNFINISHED = text("state NOT IN ('closed', 'withdrawn')")
"""As the index has it: of all that was ever issued, little is open."""
OWED = ("issued", "signed", "working", "returned")
"""States in which it lies with the unit. What is reported or accepted lies with the issuer."""


RULE = "TASK"
"""By which duties know what is owed of them: it has a ladder like any other."""


class TaskItem(SQLModel, table=True):
    """One item of a list, whichever units it was issued to. A finding of a supervision is one
    that a single unit has to put right."""

    __tablename__ = "task_item"
    __table_args__ = (UniqueConstraint("series", "number"),)

    id: int = Field(default=None, primary_key=True)
    kind: str = "task"
    """task or finding."""
    series: str = ""
    """The list it belongs to; numbers are unique within one."""
    number: str
    """As the list has it: T18, 3, F05."""
    title: str
    due: date
    """For all units; each may be given longer."""
    priority: str = "normal"
    """high, normal or low."""
    evidence: str = ""
    """What is wanted as evidence, in words: text, link, or a description. Never a picture."""
    goal: str = ""
    """The unit's own business that it serves."""
    suggestion: str = ""
    """How a finding may be put right."""
    note: str = ""
    org_id: str = Field(foreign_key="organisation.id", index=True)
    """Whoever issued it, and accepts it."""
    issued_by: str
    """A member's id, or `operator` for what was imported."""
    issued_at: datetime = Field(sa_type=Moment)
    found_on: date | None = None
    restricted: bool = False
    """Seen by who leads the unit and who issued it, by nobody between."""


class Task(SQLModel, table=True):
    """One item at one unit."""

    __table_args__ = (
        UniqueConstraint("item_id", "org_id", "issued_to"),
        Index("task_of_organisation", "org_id", "item_id", "state", "due"),
        Index("task_open", "org_id", "due", **where(UNFINISHED)),
    )

    id: int = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="task_item.id", index=True)
    org_id: str = Field(foreign_key="organisation.id")
    issued_to: str = ""
    """The person it was issued to, where it was to one."""
    owner: str = Field(default="", index=True)
    """Who has it now; empty: whoever leads the unit."""
    offered_to: str = Field(default="", index=True)
    """Whom it was offered to, until they take it."""
    state: str = "issued"
    due: date
    since: datetime = Field(sa_type=Moment)
    """In this state."""
    said: str = ""
    """What was last said of it: progress, evidence, or why it came back."""
    reported_by: str = ""
    asked_until: date | None = None
    """Until when an extension is asked for, while nobody has decided."""
    done_on: date | None = None
    told_at: datetime | None = Field(default=None, sa_type=Moment)
    """Whoever has to do it was written to; None until then."""
    nudged_on: date | None = None


class TaskStep(SQLModel, table=True):
    """What was done with a task, by whom. Only ever added to."""

    __tablename__ = "task_step"

    id: int = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id", index=True)
    at: datetime = Field(sa_type=Moment)
    by: str
    step: str
    state: str
    """In which it was afterwards."""
    words: str = ""
    until: date | None = None
    person: str = ""
    """Whom it was handed to."""
