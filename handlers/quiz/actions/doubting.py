"""A member says that a question is wrong. The author hears it, and not from whom."""

from datetime import datetime, timedelta

from bot.messages import Reply, Say, button
from handlers.quiz.text import doubting as text
from storage import members, organisation, outbox, questions, study
from storage.database import Session
from storage.members import Role, Speaker
from storage.outbox import Post
from storage.study import Asking

PATIENCE = timedelta(days=14)
"""A letter that could not be delivered for so long has no reader."""


def last_seen(db: Session, member_id: str) -> Asking | None:
    """The question that is being talked about: the one that waits, else the last answered."""
    open_one = study.latest(db, member_id, answered=False)
    answered = study.latest(db, member_id, answered=True)
    if open_one and answered and answered.answered_at:
        return open_one if open_one.asked_at > answered.answered_at else answered
    return open_one or answered


def doubt(db: Session, member: Speaker, row: Asking, words: str, now: datetime) -> bool:
    """Whether it was new."""
    id, version = row.question_id, row.version
    if not questions.doubt(db, id, version, member.id, now.date(), words):
        return False
    stem = questions.text_of(db, id, version).stem
    say = Reply(
        text=text.letter(id, stem, words),
        buttons=[button(text.LOOK, Say(words=text.look(id)))],
    )
    number = len(questions.doubts(db, [id]))
    outbox.post(
        db,
        [
            Post(
                key=f"doubt:{id}:{version}:{number}:{reader}",
                to=reader,
                kind="doubt",
                say=say,
                cause=f"question:{id}",
                due=now,
                until=now + PATIENCE,
            )
            for reader in readers(db, id, now)
        ],
        now,
    )
    return True


def readers(db: Session, question_id: str, now: datetime) -> list[str]:
    """The author; where there is none, whoever leads the organisation that it belongs to."""
    entry = questions.bank(db)[question_id]
    if entry.author:
        return [entry.author]
    line = organisation.tree(db, now.date()).line(entry.org_id)
    for role in (Role.PUBLICITY_COMMISSIONER, Role.COMMITTEE_OFFICE, Role.SECRETARY):
        if found := members.holders(db, role, line, now.date()):
            return [found[0][0]]
    return []
