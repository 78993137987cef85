"""The one place that asks what time it is.

Everything else receives `now` as an argument, so a test can live on any day.
"""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.settings import Settings

HOME = ZoneInfo(Settings().timezone)
"""Where the organisations live: local dates, quiet hours and due dates are computed here."""


def now() -> datetime:
    return datetime.now(HOME)


def midnight(day: date) -> datetime:
    """The moment at which `day` begins in home time."""
    return datetime.combine(day, time(), HOME)
