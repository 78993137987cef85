"""The page for the room: what to send or scan, and how many have come. No names."""

from handlers.checkin.actions import showing
from web.screen import codes
from web.visit import Shown, Visit


def show(visit: Visit) -> Shown:
    screen = showing.screen(visit.db, visit.who, visit.now, visit.id)
    values = {
        "held": screen.held,
        "of": visit.tree.name(screen.held.org_id),
        "numbers": showing.numbers(visit.db, visit.id),
        "screen": codes(screen, visit.now, visit.scene),
    }
    return Shown("screen.html", values)
