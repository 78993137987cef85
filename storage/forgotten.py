"""Letters that came to their end long ago, with all that was tried for them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, select

from storage.attempts import Attempt
from storage.database import Moment, Session, among, table
from storage.outbox import Letter


def settled_before(db: Session, moment: datetime) -> list[int]:
    return list(db.run(SETTLED_BEFORE, {"moment": moment}).scalars())


def forget(db: Session, letters: Sequence[int]) -> None:
    for statement in FORGET:
        db.run(statement, {"letters": list(letters)})


letter, attempt = table(Letter).c, table(Attempt).c
SETTLED_BEFORE = select(letter.id).where(letter.settled_at < bindparam("moment", type_=Moment))
FORGET = (
    delete(table(Attempt)).where(among(attempt.letter_id, "letters")),
    delete(table(Letter)).where(among(letter.id, "letters")),
)
