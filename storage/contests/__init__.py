"""Contests: who plays, what each was asked and answered, and how they stand.

Like study it is voluntary: only `handlers/contests`, and the export and erasure of one's own data,
may import this file. Standings are counters beside the answers; `recount` is what they must equal.
"""

from storage.contests.playing import (
    Saved,
    attempt,
    attempts,
    begin,
    finish,
    mark,
    running,
    save,
)
from storage.contests.standing import (
    best_of,
    my_result,
    rank,
    recount,
    teams,
    top,
    totals,
)
from storage.contests.tables import (
    Answer,
    Appeal,
    Buzz,
    Contest,
    Heat,
    Player,
    Result,
    Round,
    Sitting,
    alter,
    changed,
    heats,
    leave,
    player,
)

__all__ = [
    "Answer",
    "Appeal",
    "Buzz",
    "Contest",
    "Heat",
    "Player",
    "Result",
    "Round",
    "Saved",
    "Sitting",
    "alter",
    "attempt",
    "attempts",
    "begin",
    "best_of",
    "changed",
    "finish",
    "heats",
    "leave",
    "mark",
    "my_result",
    "player",
    "rank",
    "recount",
    "running",
    "save",
    "teams",
    "top",
    "totals",
]
