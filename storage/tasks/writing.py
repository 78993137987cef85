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


def change(db: Session, task_id: int, before: str, values: Mapping[str, Any]) -> bool:
    """Set these columns if it is still in the state `before`; False when somebody was faster."""
    changed = db.run(
        update(table(Task)).where(task.id == task_id, task.state == before).values(**values)
    )
    return changed.rowcount == 1


def offer(db: Session, task_id: int, before: str, to: str) -> bool:
    """Offer it to another person instead of whoever it was offered to `before`."""
    changed = db.run(
        update(table(Task))
        .where(task.id == task_id, task.offered_to == before)
        .values(offered_to=to)
    )
    return changed.rowcount == 1


def record(db: Session, step: TaskStep) -> None:
    db.add(step)
    db.flush()


def told(db: Session, ids: Sequence[int], at: datetime) -> None:
    """Whoever has to do these was written to."""
    db.run(update(table(Task)).where(task.id.in_(ids)).values(told_at=at))


task = table(Task).c
ADD = insert(table(Task))
