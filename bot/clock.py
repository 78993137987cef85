"""The one place that asks what time it is.

Everything else receives `now` as an argument, so a test can live on any day.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

HOME = ZoneInfo("Asia/Shanghai")
"""Where the organisations live: local dates, quiet hours and due dates are computed here."""


def now() -> datetime:
    return datetime.now(HOME)
