"""The codes of a screen, drawn."""

from datetime import datetime
from functools import lru_cache
from typing import Any

import segno

from handlers.checkin.actions.showing import Screen, Slot


def codes(screen: Screen, now: datetime, scene: str) -> dict[str, Any]:
    """What the page shows now and in the next minute. Of the secret nothing but its codes."""
    held = screen.held
    return {
        "now": now.timestamp(),
        "state": "soon" if now < held.opens else "over" if now > held.closes else "open",
        "opens": f"{held.opens:%H:%M}",
        "manner": held.manner,
        "slots": [told(held.id, slot, scene) for slot in screen.slots],
    }


def told(activity_id: int, slot: Slot, scene: str) -> dict[str, Any]:
    said = f"in-{activity_id}-{slot.code}" if slot.code else f"in-{activity_id}"
    address = scene.format(scene=said) if scene else said
    return {"code": slot.code, "begins": slot.begins, "ends": slot.ends, "qr": drawn(address)}


@lru_cache(maxsize=256)
def drawn(address: str) -> str:
    """As an address that holds the picture itself."""
    picture = segno.make(address, error="m", micro=False)
    return picture.svg_data_uri(border=0, dark="#211d1a", light=None, nl=False)
