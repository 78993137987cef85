"""What the assistant says became of its letters, for the checker to doubt."""

from datetime import date, datetime

from sqlmodel import col, or_, select

from bot.clock import HOME
from rehearsal.life import Life
from storage.outbox import Letter

KINDS = ("notice", "own", "task")


class Ends:
    """Told month by month: after a season the assistant forgets them."""

    def __init__(self, life: Life) -> None:
        self.life = life
        self._since = datetime.fromtimestamp(0, HOME)

    def plan_month(self, first: date, days: int) -> None:
        self.tell()

    def tell(self) -> None:
        """What has ended since the last time, and what has not."""
        now = datetime.fromtimestamp(self.life.now(), HOME)
        recent = or_(col(Letter.settled_at) >= self._since, col(Letter.settled_at).is_(None))
        with self.life.house.database.reading() as db:
            for letter in db.exec(select(Letter).where(col(Letter.kind).in_(KINDS), recent)):
                ended = (letter.settled_at or now).timestamp()
                told = {"state": letter.state, "reason": letter.reason}
                self.life.ledger.note(
                    "ended", ended, key=self._key(letter.body), to=letter.to, **told
                )
        self._since = now

    def _key(self, body: str) -> str:
        marked = body.partition("#")[2].partition("/")[0]
        known = (key for words, key in self.life.phrases.items() if words in body)
        return marked or next(known, "")
