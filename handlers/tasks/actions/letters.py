"""Who is written to when a task has moved."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from bot.messages import Reply, button
from bot.permissions import Action
from handlers.tasks.actions import parties
from handlers.tasks.actions.parties import Person
from handlers.tasks.actions.taps import Finish, Look, SignAll, Take, Tell
from handlers.tasks.rules.machine import State, Step
from handlers.tasks.text import letters as text
from storage import members, outbox, tasks
from storage.database import Session
from storage.members import Speaker
from storage.organisation import Tree
from storage.outbox import Post, Rank
from storage.tasks import Row

KIND = "task"
USEFUL = timedelta(hours=12)
"""Of a nudge; PROMISES.md P4."""


def announce(db: Session, now: datetime) -> int:
    """Write to whoever has something new to do, once for all of it; how many letters. What
    nobody has to do yet, because a post is vacant, is told when somebody holds it."""
    rows = tasks.untold(db)
    if not rows:
        return 0
    tree = parties.tree_of(db, now.date())
    whose = parties.doers(db, tree, rows)
    theirs: dict[Person, list[Row]] = {}
    for row in rows:
        if row.state == State.ISSUED:
            for person in whose[row.id]:
                theirs.setdefault(person, []).append(row)
    tasks.told(db, [row.id for row in rows if whose[row.id]], now)
    posts = [_issued(tree, person, own, now) for person, own in theirs.items()]
    outbox.post(db, posts, now)
    return len(posts)


def _issued(tree: Tree, person: Person, rows: Sequence[Row], now: datetime) -> Post:
    first = rows[0]
    listed = [(each.number, each.title, each.due) for each in rows]
    single = [
        button(text.FINISH, Finish(task_id=first.id)),
        button(text.LOOK, Look(task_id=first.id)),
    ]
    buttons = [button(text.SIGN, SignAll()), *(single if len(rows) == 1 else [])]
    by = tree.name(first.issuer)
    found = len(rows) == 1 and first.kind == "finding"
    said = text.found(by, listed[0], first.suggestion) if found else text.issued(by, listed)
    return Post(
        key=f"task:{first.id}:issued:{person.id}:{person.post_in}",
        to=person.id,
        kind=KIND,
        say=Reply(text=said, buttons=buttons),
        cause=f"task:{first.id}",
        due=now,
        org_id=person.post_in,
        reader_may=Action.DO_TASKS if person.post_in else "",
    )


def moved(
    db: Session, tree: Tree, actor: Speaker, row: Row, step: Step, number: int, now: datetime
) -> None:
    """What others have to know of the step `number` that `actor` took; `row` is as it is now."""
    if row.state not in tasks.OWED:
        outbox.cancel(db, f"task:{row.id}", "done", now)
    to, say = _message(db, tree, actor, row, step)
    posts = [
        Post(
            key=f"task:{row.id}:{step}:{number}:{person.id}",
            to=person.id,
            kind=KIND,
            say=say,
            cause=f"task:{row.id}",
            due=now,
            until=now + USEFUL if step is Step.NUDGE else None,
            rank=Rank.NORMAL,
            flow=f"task:{row.id}",
            org_id=person.post_in,
            reader_may=Action.DO_TASKS if person.post_in else "",
            author=actor.id,
        )
        for person in to
        if person.id != actor.id
    ]
    outbox.post(db, posts, now)


def not_any_more(db: Session, before: Row, row: Row, number: int, now: datetime) -> None:
    """Whoever was asked to take it is told that they need not, where another is asked now, or
    nobody, or it is settled."""
    asked = before.offered_to
    if not asked or (row.state in tasks.OWED and asked in {row.offered_to, row.owner}):
        return
    post = Post(
        key=f"task:{row.id}:keep:{number}:{asked}",
        to=asked,
        kind=KIND,
        say=Reply(text=text.not_any_more(text.named(row.number, row.title))),
        cause=f"task:{row.id}",
        due=now,
        flow=f"task:{row.id}",
    )
    outbox.post(db, [post], now)


def _message(
    db: Session, tree: Tree, actor: Speaker, row: Row, step: Step
) -> tuple[Iterable[Person], Reply]:
    """Who is told, and what; nobody where it concerns nobody else."""
    name = text.named(row.number, row.title)
    match step:
        case Step.EXTEND:
            return parties.issuers(db, tree, row), _extension(db, tree, row, name)
        case Step.HAND_OVER:
            take = Take(task_id=row.id, step="take")
            said = text.offered(name, actor.name, row.due)
            return [Person(row.offered_to, "")], _say(said, take, text.TAKE, row)
        case Step.NUDGE:
            return _to_nudge(db, tree, row), _reminder(row, text.nudged(name, row.due, tree.day))
        case Step.SIGN | Step.PROGRESS | Step.REPORT | Step.TAKE_BACK | Step.TAKE | Step.KEEP:
            return (), Reply(text="")
        case _:
            return _doers(db, tree, row), _decided(row, step, name)


def _decided(row: Row, step: Step, name: str) -> Reply:
    """What whoever does it hears of the issuer's decision."""
    match step:
        case Step.RETURN:
            said = text.returned(name, row.said, row.due)
            return _say(said, Finish(task_id=row.id), text.FINISH, row)
        case Step.GRANT | Step.DECLINE:
            said = text.extension_decided(name, row.due, granted=step is Step.GRANT)
            return Reply(text=said, buttons=[button(text.LOOK, Look(task_id=row.id))])
        case Step.ACCEPT | Step.CLOSE:
            closed = row.state == State.CLOSED
            return Reply(text=text.accepted(name, finding=row.kind == "finding", closed=closed))
        case _:
            return Reply(text=text.withdrawn(name))


def _extension(db: Session, tree: Tree, row: Row, name: str) -> Reply:
    assert row.asked_until
    unit = tree.name(row.org_id)
    return Reply(
        text=text.extension_asked(name, unit, row.due, row.asked_until, _reason(db, row)),
        buttons=[
            button(text.GRANT, Take(task_id=row.id, step="grant")),
            button(text.DECLINE, Take(task_id=row.id, step="decline")),
        ],
    )


def _reminder(row: Row, said: str) -> Reply:
    return Reply(
        text=said,
        buttons=[
            button(text.FINISH, Finish(task_id=row.id)),
            button(text.PROGRESS, Tell(task_id=row.id, step="progress")),
            button(text.EXTEND, Tell(task_id=row.id, step="extend")),
        ],
    )


def _say(words: str, tap: Take | Finish, label: str, row: Row) -> Reply:
    look = button(text.LOOK, Look(task_id=row.id))
    return Reply(text=words, buttons=[button(label, tap), look])


def _doers(db: Session, tree: Tree, row: Row) -> list[Person]:
    return parties.doers(db, tree, [row])[row.id]


def _to_nudge(db: Session, tree: Tree, row: Row) -> list[Person]:
    people = _doers(db, tree, row)
    spared = tasks.exempt(db, [each.id for each in people])
    return [each for each in people if each.id not in spared]


def _reason(db: Session, row: Row) -> str:
    steps = tasks.history(db, row.id)
    return next((each.words for each in reversed(steps) if each.step == Step.EXTEND), "")


def names(db: Session, ids: Iterable[str]) -> dict[str, str]:
    return members.names(db, sorted(set(ids) - {""}))
