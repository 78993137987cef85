"""Buttons that letters and lists carry, before anybody asks."""

from datetime import date
from typing import Literal

from bot.messages import Tap


class Take(Tap, prefix="task"):
    """One step, done by this tap."""

    task_id: int
    step: Literal[
        "sign", "take_back", "take", "keep", "accept", "close", "grant", "decline", "nudge"
    ]


class Finish(Tap, prefix="task_done"):
    """It is done: reported at once, or after one question where evidence is wanted."""

    task_id: int


class FinishBare(Tap, prefix="task_bare"):
    """Done, without a word of evidence."""

    task_id: int


class Tell(Tap, prefix="task_tell"):
    """A step that needs a sentence, which is asked for."""

    task_id: int
    step: Literal["progress", "return", "extend", "hand_over"]


class Extend(Tap, prefix="task_until"):
    task_id: int
    until: date


class HandTo(Tap, prefix="task_to"):
    task_id: int
    member: str


class Look(Tap, prefix="task_look"):
    task_id: int


class History(Tap, prefix="task_past"):
    task_id: int


class SignAll(Tap, prefix="task_sign"):
    """All that is new for whoever taps."""


class AcceptAll(Tap, prefix="task_all_ok"):
    item_id: int


class NudgeAll(Tap, prefix="task_nudge"):
    """Those of one item, or of one unit, or all that are overdue."""

    item_id: int = 0
    org_id: str = ""


class LookAt(Tap, prefix="task_item"):
    item_id: int


class Unit(Tap, prefix="task_unit"):
    """What is open at one unit."""

    org_id: str
