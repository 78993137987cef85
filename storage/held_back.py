"""Questions that stand in a paper of a round that has not ended. Until then nobody who may play is
asked them elsewhere, or shown their answers: all that others may know of contests."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage import contests, revisions
from storage.contests.tables import CONTESTS
from storage.database import Session
from storage.organisation import Line


@dataclass(frozen=True)
class Hold:
    """The papers of one round."""

    contest_id: int
    org_id: str
    """Whose members may play: everybody at or under it."""
    until: datetime
    """Its last answer may arrive then."""
    ids: frozenset[str]


def held_back(db: Session, line: Line, now: datetime) -> frozenset[str]:
    """From whoever belongs to `line`."""
    theirs = [each.ids for each in holds(db, now) if each.org_id in line]
    return frozenset().union(*theirs)


def holds(db: Session, now: datetime) -> list[Hold]:
    return [each for each in _all(db) if now <= each.until]


def plays(db: Session, hold: Hold, member_id: str) -> bool:
    """Whether they have entered the contest."""
    return contests.player(db, hold.contest_id, member_id) is not None


def _all(db: Session) -> Sequence[Hold]:
    def load() -> Sequence[Hold]:
        return [_of(heat) for heat in contests.heats(db).values()]

    return revisions.kept(db, CONTESTS, "held back", load)


def _of(heat: contests.Heat) -> Hold:
    until = heat.round.closes + timedelta(seconds=heat.round.grace)
    ids = frozenset(id for paper in heat.round.papers for id, _ in paper)
    return Hold(heat.contest.id, heat.contest.org_id, until, ids)
