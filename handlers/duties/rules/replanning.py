"""What a new plan changes in the one before. What is done or under way stays."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple, Protocol

from handlers.duties.rules.planning import State

AN_ELECTION = timedelta(days=300)
"""An election day that moves by less was corrected; by more, there has been another election."""
RECORDS = ("activity:", "election:", "candidate.", "member.")
"""What a record fulfilled, it opens again when it is corrected; what a person said stays said."""
Key = tuple[str, str, str]
"""Rule, subject, occurrence."""


class Wanted(NamedTuple):
    """A duty as the rules and the records want it now."""

    org_id: str
    anchor: date | None
    due: date | None
    hard: date | None
    state: str
    missing: str
    done_on: date | None
    fulfilled_by: str


class Stored(Protocol):
    @property
    def id(self) -> int: ...
    @property
    def rule_id(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def occurrence(self) -> str: ...
    @property
    def org_id(self) -> str: ...
    @property
    def anchor(self) -> date | None: ...
    @property
    def due(self) -> date | None: ...
    @property
    def hard(self) -> date | None: ...
    @property
    def state(self) -> str: ...
    @property
    def missing(self) -> str: ...
    @property
    def started_on(self) -> date | None: ...
    @property
    def done_on(self) -> date | None: ...
    @property
    def fulfilled_by(self) -> str: ...


@dataclass
class Changes:
    new: dict[Key, Wanted] = field(default_factory=dict)
    altered: dict[int, Wanted] = field(default_factory=dict)
    was: dict[int, str] = field(default_factory=dict)
    """The state of what is altered: whoever changes it meanwhile was faster."""


def changes(
    stored: Iterable[Stored],
    wanted: Mapping[Key, Wanted],
    elections: Mapping[tuple[str, str], date],
    floor: date,
) -> Changes:
    """`elections`: the day on record for each rule and subject that counts terms. What was due
    before `floor` is left as it is."""
    found, left = Changes(), dict(wanted)
    for row in stored:
        want = left.pop((row.rule_id, row.subject, row.occurrence), None)
        becomes = kept(row, want) if want else dropped(row, elections, floor)
        if becomes is not None and becomes != current(row):
            found.altered[row.id], found.was[row.id] = becomes, row.state
    found.new = left
    return found


def current(row: Stored) -> Wanted:
    return Wanted(
        row.org_id,
        row.anchor,
        row.due,
        row.hard,
        row.state,
        row.missing,
        row.done_on,
        row.fulfilled_by,
    )


def kept(row: Stored, want: Wanted) -> Wanted | None:
    """What becomes of a row that is still wanted; None: it stays as it is."""
    if row.state == State.DONE:
        undone = row.fulfilled_by.startswith(RECORDS) and want.state != State.DONE
        return want if undone else None
    if row.started_on is not None and want.state == State.OPEN:
        return want._replace(anchor=row.anchor, due=row.due, hard=row.hard)
    return want


def dropped(row: Stored, elections: Mapping[tuple[str, str], date], floor: date) -> Wanted | None:
    """What becomes of a row that nothing asks for any more; None: it stays as it is."""
    if row.state in {State.DONE, State.CANCELLED} or row.started_on is not None:
        return None
    if row.due is not None and row.due < floor and (row.rule_id, row.subject) not in elections:
        return None
    elected = elections.get((row.rule_id, row.subject))
    if elected and row.anchor and elected - row.anchor > AN_ELECTION:
        return current(row)._replace(
            state=State.DONE, done_on=elected, fulfilled_by=f"election:{elected}"
        )
    return current(row)._replace(state=State.CANCELLED)
