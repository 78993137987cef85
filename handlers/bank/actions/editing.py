"""Looking through the bank, and writing into it by hand: what is one's own to keep."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.permissions import GRANTS, Action
from handlers.bank.actions import importing, keeping
from handlers.bank.actions.importing import Empty, Faulty, Homeless, Plan
from handlers.bank.actions.reading import from_words
from storage import organisation, questions
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
    read, bank = from_words(words, ""), questions.bank(db)
    theirs = {
        id: each
        for id, each in bank.items()
        if keeping.mine(db, actor, each, now) and not keeping.concealed(db, actor, each, now)
    }
    for each in read.found:
        if each.id in bank and each.id not in theirs:  # unchanged too: it would tell the key
            return NotYours(each.id)
    return importing.plan(db, read, theirs)


def write(
    db: Session, actor: Speaker, words: str, now: datetime
) -> int | Faulty | Empty | NotYours | Homeless:
    """How many were written; new ones for the widest organisation whose bank `actor` keeps."""
    match look_at(db, actor, words, now):
        case Plan() as plan:
            return importing.carry_out(db, plan, now, org_id=home(db, actor, now), author=actor.id)
        case otherwise:
            return otherwise


def home(db: Session, actor: Speaker, now: datetime) -> str:
    tree = organisation.tree(db, now.date())
    mine = [post.org_id for post in actor.posts if post.role in GRANTS[Action.KEEP_BANK]]
    return min(mine, key=lambda org: len(tree.line(org)), default="")
