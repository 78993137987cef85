"""The arrangement of workdays and 调休 that somebody brings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.files.tables import Block, Fault, Table
from handlers.duties.rules.workdays import Arrangement, arrangements
from storage import audit, workdays
from storage.database import Session


@dataclass(frozen=True)
class Brought:
    years: Sequence[Arrangement]
    faults: Sequence[Fault]
    """With one of them nothing is imported."""


def look_at(source: Table | Block) -> Brought:
    found = arrangements(source)
    faults = [each for each in found if isinstance(each, Fault)]
    return Brought([each for each in found if isinstance(each, Arrangement)], faults)


def put(db: Session, actor: str, years: Sequence[Arrangement], now: datetime) -> None:
    for each in years:
        workdays.put(db, each.year, each.works, each.notes, workdays.IMPORTED, now)
        audit.note(db, actor, "import_workdays", f"year:{each.year}", now)
