"""Looking through the bank, and writing into it by hand: what is one's own to keep."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.permissions import GRANTS, Action
from handlers.bank.actions import importing, keeping
from handlers.bank.actions.importing import Empty, Faulty, Homeless, Plan
from handlers.bank.actions.reading import from_words
from storage import questions
from storage.database import Session
from storage.members import Speaker
from storage.questions import Entry


@dataclass(frozen=True)
class Kept:
    """The questions that somebody keeps."""

    entries: Sequence[Entry]
    topics: Mapping[str, int]
    doubts: Mapping[str, int]


@dataclass(frozen=True)
class NotYours:
    """A question with this number is there, and others keep it."""

    id: str


def kept(db: Session, actor: Speaker, now: datetime, topic: str = "", words: str = "") -> Kept:
    mine = [e for e in questions.bank(db).values() if keeping.mine(db, actor, e, now)]
    doubts = Counter(d.question_id for d in questions.doubts(db, [each.id for each in mine]))
    chosen = [
        each
        for each in mine
        if topic in ("", each.question.topic)
        and (words in each.question.stem or words.upper() == each.id)
    ]
    return Kept(chosen, Counter(e.question.topic for e in mine if e.question.topic), doubts)


def one(db: Session, actor: Speaker, id: str, now: datetime) -> Entry | None:
    """With its key, and so only for those who keep it."""
    entry = questions.bank(db).get(id)
    return entry if entry and keeping.mine(db, actor, entry, now) else None


def look_at(
    db: Session, actor: Speaker, words: str, now: datetime
) -> Plan | Faulty | Empty | NotYours:
    """What writing `words`, as pasted, would do. Changes nothing."""
    read = from_words(words, "")
    for id in {each.id for each in read.found} & questions.bank(db).keys():
        if one(db, actor, id, now) is None:  # even unchanged: that would tell that the key is right
            return NotYours(id)
    return importing.plan(db, read)


def write(
    db: Session, actor: Speaker, words: str, now: datetime
) -> int | Faulty | Empty | NotYours | Homeless:
    """How many were written, for the organisation that `actor` keeps the bank of."""
    match look_at(db, actor, words, now):
        case Plan() as plan:
            roles = GRANTS[Action.KEEP_BANK]
            home = next((post.org_id for post in actor.posts if post.role in roles), "")
            return importing.carry_out(db, plan, now, org_id=home, author=actor.id)
        case otherwise:
            return otherwise
