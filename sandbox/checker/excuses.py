"""What explains a message that is missing, or there once more: a platform's own no, an answer that
nobody can have known, a process that was stopped in the middle."""

from sandbox.checker.history import Attempt, Fetch, History, Key, Promise, Seen

FINAL = {
    "wechat": frozenset({40003, 43004, 43101, 45015, 45047, 48002}),
    "wecom": frozenset({60111, 81013}),
    "telegram": frozenset({400, 403}),
}
"""Refusals after which nobody need try again, or could."""
IN_THE_AIR = 0.1
"""Seconds in which a process that was stopped lets go what was about to leave."""


def may_be_missing(history: History, promise: Promise) -> bool:
    if promise.key in history.cancelled or promise.to in history.gone:
        return True
    key = (promise.key, promise.to)
    attempts = history.attempts.get(key, [])
    if any(each.code in FINAL.get(each.platform, frozenset()) for each in attempts):
        return True
    end = history.ends.get(key)
    if end and end.state == "expired" and end.at > promise.until:
        return True  # it was over before its turn came, or came again
    doubtful = sum(each.unclear or is_cut(history, each) for each in attempts)
    return doubtful + cut_unseen(history, promise, key) >= promise.tries


def cut_unseen(history: History, promise: Promise, key: Key) -> int:
    """Attempts that were on record, and whose process was stopped before the call left: only the
    assistant can tell of those, and only where enough was stopped meanwhile."""
    end = history.ends.get(key)
    if end is None or end.state != "uncertain":
        return 0
    return sum(promise.at <= at <= end.at for at in history.all_stops)


def excused(history: History, key: Key, at: float, number: int) -> bool:
    """Whether an attempt before this one had an end that nobody could know, or this one was about
    to leave when its process was stopped."""
    return any(
        in_the_air(history, each)
        if each.number == number
        else each.unclear or is_cut(history, each, before=at)
        for each in history.attempts.get(key, [])
        if each.at <= at
    )


def is_cut(history: History, attempt: Attempt | Fetch, before: float = float("inf")) -> bool:
    """Its process was stopped before it can be sure to have recorded the answer: a claim is closed
    when it is recorded, not when it is sent. Or it had been stopped when the call was about to
    leave, and came back when others had taken over."""
    stops = history.stops_of(attempt.via)
    soon = min(before, attempt.at + history.grace)
    return in_the_air(history, attempt) or any(
        attempt.at <= stop.at <= soon or (not stop.pause and stop.at <= attempt.at)
        for stop in stops  # after a kill, only what was already on the wire still comes
    )


def in_the_air(history: History, attempt: Attempt | Fetch) -> bool:
    return any(
        stop.pause and stop.at <= attempt.at <= stop.until + IN_THE_AIR
        for stop in history.stops_of(attempt.via)
    )


def said_before(history: History, key: Key, seen: Seen) -> bool:
    """In the same words, by an attempt whose end nobody could know."""
    return any(
        each.version == seen.version and (each.unclear or is_cut(history, each))
        for each in history.attempts.get(key, [])
        if each.number != seen.number and each.at <= seen.at
    )


def begun_before(history: History, key: Key, edited: float) -> bool:
    """By a process that was stopped before its call left, or may have: only the assistant can tell
    that there was such a one, and only where something was stopped then."""
    end, promise = history.ends.get(key), history.promises.get(key)
    if not (end and promise and end.doubts):
        return False
    return any(promise.at <= stop <= edited + history.lease for stop in history.all_stops)
