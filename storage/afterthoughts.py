"""A letter that was called back or edited while it was on its way, and then was not taken."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import BindParameter, and_, case, literal

from storage.database import table
from storage.outbox import Letter, State

letter = table(Letter).c


def heeded(new: Mapping[str, BindParameter[Any]]) -> dict[str, Any]:
    """What is to be written of it instead of `new`: called back, it is not tried again; edited, it
    says the new text, unless it may have arrived and is said once more as it was."""
    again = new["state"].in_([State.WAITING, State.HELD])
    called_back = and_(letter.stop != "", again)
    edited = and_(letter.instead != "", again, new["doubts"] == letter.doubts)
    return {
        **new,
        "state": case((called_back, literal(State.CANCELLED)), else_=new["state"]),
        "reason": case((called_back, letter.stop), else_=new["reason"]),
        "body": case((edited, letter.instead), else_=letter.body),
        "version": case((edited, letter.version + 1), else_=letter.version),
        "instead": "",
    }
