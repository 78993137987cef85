"""«2» means the second button of what we said last: an answer, or a letter since then."""

from datetime import datetime, timedelta

from bot import text
from bot.messages import Incoming, Reply, Say
from bot.together import in_one
from bot.understanding import picking
from storage import sent
from storage.database import Session
from storage.dialogs import PATIENCE, Waiting

LETTERS_STAND = timedelta(days=1)
"""How long the numbers under a letter mean its buttons."""


def under_a_letter(
    db: Session, member_id: str, said: str, incoming: Incoming, waiting: Waiting | None
) -> str:
    """The packed tap of button number `said` of the last letter that reached this account since our
    last answer to it; empty where there is none. One digit only: more may be a code."""
    if not (said.isdecimal() and len(said) == 1):
        return ""
    answered = waiting.expires - PATIENCE if waiting else incoming.at - LETTERS_STAND
    letter = sent.last(db, member_id, incoming.sender, answered)
    if letter is None:
        return ""
    shown = in_one([Reply.model_validate_json(body) for body in letter.bodies]).buttons
    return shown[int(said) - 1].tap if 1 <= int(said) <= len(shown) else ""


def offered(said: str, waiting: Waiting | None) -> str:
    """The packed tap of the button of our last answer that `said` names, by number or label; empty
    where none is."""
    if waiting is None or not waiting.offered:
        return ""
    if said.isdecimal() and 1 <= int(said) <= len(waiting.offered):
        return waiting.offered[int(said) - 1].tap
    return next((each.tap for each in waiting.offered if each.label == said), "")


def picked(said: str, waiting: Waiting | None, now: datetime) -> str:
    """The tap of the button that is meant by its place, or by a part of what stands on it."""
    offered = waiting.offered if waiting else []
    labels = [each.label for each in offered]
    if text.CHANGE_TIME in labels and picking.is_another_time(said, now):
        return offered[labels.index(text.CHANGE_TIME)].tap
    at = picking.picked(said, labels, now)
    tap = "" if at is None else offered[at].tap
    return "" if tap.startswith(f"{Say.prefix}:") else tap
