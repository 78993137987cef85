"""Rows by the thousand, for what must be quick in a city."""

from datetime import datetime

from bot.clock import HOME

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=HOME)


def blank_member(id: str) -> dict[str, object]:
    return {
        "id": id, "name": id, "status": "full", "is_leader": False, "retired": False,
        "chase_exempt": "", "theme_opt_in": True,
    }  # fmt: skip


def arrival(activity: int, member: str) -> dict[str, object]:
    return {
        "activity_id": activity, "member_id": member, "state": "present", "at": NOW,
        "source": "word", "by": member, "entered_at": NOW, "reason": "",
    }  # fmt: skip


# calendars
