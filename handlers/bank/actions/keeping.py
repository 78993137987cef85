"""What becomes of questions that members doubt."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.messages import Reply
from bot.permissions import Action, may
from handlers.bank import text
from storage import audit, held_back, outbox, questions
from storage.database import Session
from storage.members import Speaker
from storage.outbox import Post
from storage.questions import Entry, State

PATIENCE = timedelta(days=14)


@dataclass(frozen=True)
class Doubted:
    id: str
    stem: str
    count: int


def mine(db: Session, actor: Speaker, entry: Entry, now: datetime) -> bool:
    """Its author, and whoever leads what it belongs to."""
    return entry.author == actor.id or may(db, actor, Action.KEEP_BANK, entry.org_id, now)


def concealed(db: Session, actor: Speaker, entry: Entry, now: datetime) -> bool:
    """Whether its answer is kept from `actor` too: it stands in a contest that has not ended, and
    they play in it, or do not run it."""
    return any(
        held_back.plays(db, hold, actor.id)
        or not may(db, actor, Action.RUN_CONTEST, hold.org_id, now)
        for hold in held_back.holds(db, now)
        if entry.id in hold.ids
    )


def doubted(db: Session, actor: Speaker, now: datetime) -> Sequence[Doubted]:
    bank = questions.bank(db)
    ids = [id for id, entry in bank.items() if mine(db, actor, entry, now)]
    counts = Counter(each.question_id for each in questions.doubts(db, ids))
    return [Doubted(id, bank[id].question.stem, count) for id, count in counts.most_common()]


def decide(db: Session, actor: Speaker, id: str, state: State, now: datetime) -> bool:
    """Withdrawn, asked as before, or asked again; False: not theirs. Whoever doubted is told.
    Nothing that was answered is touched."""
    entry = questions.bank(db).get(id)
    if entry is None or not mine(db, actor, entry, now):
        return False
    if entry.state != state:
        questions.set_state(db, id, state, now)
    words = text.TELL_WITHDRAWN if state == State.WITHDRAWN else text.TELL_KEPT
    say = Reply(text=words.format(stem=entry.question.stem[:30]))
    doubters = questions.settle(db, id, now)
    outbox.post(
        db,
        [
            Post(
                key=f"settled:{id}:{entry.version}:{state}:{each}",
                to=each,
                kind="doubt",
                say=say,
                cause=f"question:{id}",
                due=now,
                until=now + PATIENCE,
                rank=outbox.Rank.OWN,
            )
            for each in doubters
        ],
        now,
    )
    audit.note(db, actor.id, "question", f"question:{id}", now, state)
    return True
