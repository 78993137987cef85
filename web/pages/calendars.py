"""One's own calendar: an address for other programs, shown once, and taken back."""

from handlers.reports.actions import feeds
from handlers.reports.text import exporting as text
from web.pages import settings
from web.visit import Done, Shown, Visit


def subscribe(visit: Visit) -> Shown:
    """The address is on this page only: what is stored is its digest."""
    secret = feeds.subscribe(visit.db, visit.who, visit.now)
    web = visit.scene.partition("/chat#")[0]
    return settings.show(visit, f"{web}/calendar/{secret}.ics")


def stop(visit: Visit) -> Done:
    there = feeds.stop(visit.db, visit.who, visit.now)
    return Done(text.CALENDAR_GONE if there else text.CALENDAR_NONE, settings.HERE)
