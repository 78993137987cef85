"""Work that is handed out: items of a list, at one unit or at many, and how far each has come."""

from storage.tasks.reading import (
    Counts,
    Row,
    Summary,
    by_number,
    counts,
    decisions,
    exempt,
    findings,
    history,
    how_many,
    item_titles,
    nil_returns,
    of_item,
    of_persons,
    of_units,
    offered_at,
    one,
    open_until,
    owed,
    summaries,
    titles,
    untold,
    waiting,
)
from storage.tasks.tables import FINISHED, OWED, RULE, Task, TaskItem, TaskStep
from storage.tasks.writing import change, issue, record, told

__all__ = [
    "FINISHED", "OWED", "RULE", "Counts", "Row", "Summary", "Task", "TaskItem", "TaskStep",
    "by_number", "change", "counts", "decisions", "exempt", "findings", "history", "how_many",
    "issue", "item_titles", "nil_returns", "of_item", "of_persons", "of_units", "offered_at", "one",
    "open_until", "owed", "record", "summaries", "titles", "told", "untold", "waiting",
]  # fmt: skip
