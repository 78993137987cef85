"""Notices to many that wait for a second person: seen as they will be read, then yes or no."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.notices.actions import releasing
from handlers.notices.actions.releasing import Already, Declined, Released
from handlers.notices.text import publishing as said
from storage import members
from storage.broadcasts import Broadcast
from web import text
from web.visit import Done, Missing, Visit, number


@dataclass(frozen=True)
class Waiting:
    row: Broadcast
    author: str


def waiting(visit: Visit) -> Sequence[Waiting]:
    rows = releasing.waiting(visit.db, visit.who, visit.now)
    names = members.names(visit.db, [row.author for row in rows])
    return [Waiting(row, names.get(row.author, "")) for row in rows]


def decide(visit: Visit) -> Done:
    """On the version that was seen."""
    how, version = visit.place["how"], number(visit.form.get("version", "0"))
    if how not in ("yes", "no"):
        raise Missing
    step = releasing.agree if how == "yes" else releasing.decline
    match step(visit.db, visit.who, visit.now, visit.id, version):
        case Released(words, count, goes_at, _):
            return Done(said.counting_down(words, count, goes_at))
        case Declined(author):
            return Done(said.declined(author))
        case Already():
            return Done(text.NOTICE_SETTLED)
