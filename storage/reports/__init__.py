"""Circulars and tables: what was counted, from which records, and who has vouched for it."""

from storage.reports.circulars import (
    by_number,
    latest,
    listed,
    make,
    noted,
    one,
    settle,
    showing,
    shown,
    telling,
    under_way,
)
from storage.reports.files import (
    Want,
    feed_owner,
    has_feed,
    have_feed,
    of_member,
    stop_feed,
    take,
    want,
    wanted,
)
from storage.reports.held import Meeting, meetings
from storage.reports.persons import Change, attended, belonging, called, changes, names
from storage.reports.records import (
    Owed,
    Todo,
    duties_due,
    headcount,
    task_title,
    tasks_due,
)
from storage.reports.rules import rule_name
from storage.reports.tables import CalendarFeed, Circular, FileWanted, NumberShown

__all__ = [
    "CalendarFeed", "Change", "Circular", "FileWanted", "Meeting", "NumberShown", "Owed", "Todo",
    "Want", "attended", "belonging", "by_number", "called", "changes", "duties_due", "feed_owner",
    "has_feed", "have_feed", "headcount", "latest", "listed", "make", "meetings", "names", "noted",
    "of_member", "one", "rule_name", "settle", "showing", "shown", "stop_feed", "take",
    "task_title", "tasks_due", "telling", "under_way", "want", "wanted",
]  # fmt: skip
