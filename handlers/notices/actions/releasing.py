"""A notice is let go: by its author, by a second person above 500 readers, with a minute to think
again."""

from dataclasses import dataclass
from datetime import datetime

from bot.messages import Refusal, Reply, Tap, button
from bot.permissions import Action, reach
from handlers.notices.actions import posting, unsaying
from handlers.notices.actions.addressing import may_order, others_who_may, recipients
from handlers.notices.actions.drafting import Preview, new_hosts, preview
from handlers.notices.rules import wording
from handlers.notices.text import publishing as text
from storage import audit, broadcasts, members, organisation, outbox
from storage.broadcasts import Broadcast, Stage
from storage.database import Session
from storage.members import Speaker
from storage.outbox import Post, Rank
from storage.writer import Looking

AT_ONCE = 100
"""So many letters are written while the author waits; more are left to the clock."""


class Second(Tap, prefix="second"):
    """Stands on the letter to the second person, who has seen `version`."""

    broadcast_id: int
    version: int
    agree: bool


class TakeBack(Tap, prefix="takeback"):
    broadcast_id: int


@dataclass(frozen=True)
class Released:
    words: str
    count: int
    goes_at: datetime
    broadcast_id: int


@dataclass(frozen=True)
class AskedSecond:
    words: str
    count: int
    names: tuple[str, ...]
    broadcast_id: int


@dataclass(frozen=True)
class Already:
    """A second click, or a button that was shown long ago: what stands is said once more."""

    row: Broadcast


@dataclass(frozen=True)
class Declined:
    author: str


def confirm(
    db: Session,
    actor: Speaker,
    now: datetime,
    draft_id: int,
    version: int,
    read_beside: Looking,
    *,
    receipt: bool = False,
    urgent: bool = False,
) -> Released | AskedSecond | Already | Preview:
    """Done twice it is done once. What was changed since it was shown is shown again."""
    row = ordered(db, actor, now, draft_id)
    if row.author != actor.id:
        raise Refusal(text.NO_DRAFT)
    if row.stage != Stage.DRAFT:
        return Already(row)
    if row.version != version:
        return preview(db, row, now, read_beside)
    row.receipt, row.urgent = row.receipt or receipt, row.urgent or urgent
    row.count, row.confirmed_at = len(recipients(db, row.org_id, row.audience, now)), now
    row.until = wording.best_before(row.text, now)
    audit.note(db, actor.id, "send_notice", f"broadcast:{row.id}", now, str(row.count))
    if row.count > wording.SECOND_ABOVE:
        return _ask_second(db, actor, row, now)
    return _release(db, row, now, now)


def agree(
    db: Session, second: Speaker, now: datetime, broadcast_id: int, version: int
) -> Released | Already:
    """Another person than the author, who may order the same. From here there is a minute."""
    row = ordered(db, second, now, broadcast_id)
    if row.author == second.id:
        raise Refusal(text.NOT_YOUR_OWN)
    if row.stage != Stage.SECOND and not row.revised:
        return Already(row)
    if row.version != version:
        raise Refusal(text.CHANGED_SINCE)
    audit.note(db, second.id, "confirm_notice", f"broadcast:{row.id}", now)
    row.second = second.id
    if row.revised:
        posting.reword(db, row, row.revised, now)
        if unsaying.possible(db, row, now):
            unsaying.begin(db, row, now, row.changed_by or row.author)
        return Already(row)
    goes_at = now + wording.UNDO_WITHIN
    _tell_author(db, row, text.second_agreed(second.name, goes_at), now, can_undo=True)
    return _release(db, row, goes_at, now)


def decline(
    db: Session, second: Speaker, now: datetime, broadcast_id: int, version: int
) -> Declined | Already:
    row = ordered(db, second, now, broadcast_id)
    if row.author == second.id:
        raise Refusal(text.NOT_YOUR_OWN)
    if row.version != version or (row.stage != Stage.SECOND and not row.revised):
        return Already(row)
    if row.revised:
        row.revised = ""
    else:
        row.stage, row.ended_at = Stage.CANCELLED, now
    broadcasts.save(db, row)
    _tell_author(db, row, text.second_declined(second.name), now)
    return Declined(members.name_of(db, row.author))


def waiting(db: Session, actor: Speaker, now: datetime) -> list[Broadcast]:
    """What somebody else has ordered and `actor` may agree to."""
    orgs = reach(actor, Action.SEND_NOTICE, organisation.tree(db, now.date()))
    rows = broadcasts.to_confirm(db, orgs) if orgs else ()
    return [row for row in rows if row.author != actor.id]


def ordered(db: Session, actor: Speaker, now: datetime, broadcast_id: int) -> Broadcast:
    """Locked. `Refusal` where `actor` may not order it."""
    row = broadcasts.locked(db, broadcast_id)
    if row is None or not may_order(db, actor, row, now):
        raise Refusal(text.NO_DRAFT)
    return row


def ask_second(db: Session, actor: Speaker, row: Broadcast, now: datetime) -> tuple[str, ...]:
    """The names of those who are asked, all of whom may. `Refusal` where there is nobody else."""
    others = others_who_may(db, row, now)
    if not others:
        raise Refusal(text.no_second(row.count))
    said = row.revised or row.text
    words = text.please_confirm(
        actor.name, row.words, row.count, said, new_hosts(db, said), changed=bool(row.revised)
    )
    yes, no = (
        Second(broadcast_id=row.id, version=row.version, agree=agree) for agree in (True, False)
    )
    buttons = [button(text.AGREE, yes), button(text.DISAGREE, no)]
    letters = [
        Post(
            key=f"second:{row.id}:{row.version}:{each}",
            to=each,
            kind="confirm",
            say=Reply(text=words, buttons=buttons),
            cause=f"second:{row.id}",
            due=now,
            until=row.until,
            rank=Rank.URGENT if row.urgent else Rank.NORMAL,
            org_id=row.org_id,
            reader_may="send_notice",
        )
        for each in others
    ]
    outbox.post(db, letters, now)
    return tuple(others.values())


def _ask_second(db: Session, actor: Speaker, row: Broadcast, now: datetime) -> AskedSecond:
    names = ask_second(db, actor, row, now)
    row.stage = Stage.SECOND
    broadcasts.save(db, row)
    return AskedSecond(row.words, row.count, names, row.id)


def _release(db: Session, row: Broadcast, goes_at: datetime, now: datetime) -> Released:
    row.stage, row.goes_at = Stage.RELEASED, goes_at
    broadcasts.save(db, row)
    if row.count <= AT_ONCE and goes_at <= now:
        posting.start(db, row.id, recipients(db, row.org_id, row.audience, now), now)
        posting.post_some(db, row.id, now)
    return Released(row.words, row.count, goes_at, row.id)


def _tell_author(
    db: Session, row: Broadcast, words: str, now: datetime, *, can_undo: bool = False
) -> None:
    buttons = [button(text.TAKE_BACK, TakeBack(broadcast_id=row.id))] if can_undo else []
    letter = Post(
        key=f"second:{row.id}:{row.version}:{now.isoformat()}:author",
        to=row.author,
        kind="confirm",
        say=Reply(text=words, buttons=buttons),
        cause=f"second:{row.id}",
        due=now,
        rank=Rank.OWN,
    )
    outbox.post(db, [letter], now)
