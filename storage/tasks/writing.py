from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, update

from storage.database import Session, table
from storage.tasks.tables import Task, TaskItem, TaskStep


def issue(db: Session, item: TaskItem, to: Iterable[tuple[str, str]]) -> int:
    """The number of the new item, issued to units, each with a person or with ''."""
    db.add(item)
    db.flush()
    rows = [
        {
            "item_id": item.id,
            "org_id": org_id,
            "issued_to": person,
            "owner": person,
            "offered_to": "",
            "state": "issued",
            "due": item.due,
            "since": item.issued_at,
            "said": "",
            "reported_by": "",
        }
        for org_id, person in to
    ]
    db.run(ADD, rows)
    return item.id


def change(
    db: Session,
    task_id: int,
    before: str,
    values: Mapping[str, Any],
    offered_to: str | None = None,
) -> bool:
    """Set these columns if it is still in the state `before`, and where that is said, offered to
    the same person; False when somebody was faster."""
    still = [task.id == task_id, task.state == before]
    still += [] if offered_to is None else [task.offered_to == offered_to]
    return db.run(update(table(Task)).where(*still).values(**values)).rowcount == 1


def record(db: Session, step: TaskStep) -> None:
    db.add(step)
    db.flush()


def told(db: Session, ids: Sequence[int], at: datetime) -> None:
    """Whoever has to do these was written to."""
    db.run(update(table(Task)).where(task.id.in_(ids)).values(told_at=at))


task = table(Task).c
ADD = insert(table(Task))
