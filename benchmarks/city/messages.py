"""Notices, reminders and mornings of a season, each tried; older letters are not kept."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

from benchmarks.city.people import BRANCHES, OFFICE, PEOPLE
from benchmarks.city.writing import Writing, at, stored
from storage.attempts import Attempt
from storage.broadcasts import Broadcast, Recipient, Stage
from storage.credits import Credit
from storage.outbox import Letter

SEASON, NOTICES = 90, 24
FOR_EACH = 46
"""Letters to each member in a season: every other day."""
KINDS = (("quiz", "quiz:", 5), ("notice", "broadcast:", 2), ("missing", "activity:", 2),
         ("ladder", "duty:", 1))  # fmt: skip
"""Of ten: what sort, for what, how many."""
OF_TEN = [(kind, cause) for kind, cause, share in KINDS for _ in range(share)]
HEADS = ("id", "key", "to", "kind", "body", "cause", "rank", "due", "org_id", "made_at", "state",
         "reason", "lane", "user", "not_before", "attempt", "settled_at")  # fmt: skip
TRIED = ("letter_id", "number", "to", "lane", "user", "call", "counted", "owner", "started",
         "finished", "result")  # fmt: skip
SAID = json.dumps(
    {"text": "您好，周五下午三点开展主题党日，地点在三楼会议室。"}, ensure_ascii=False
)


def send(writing: Writing, now: datetime) -> None:
    notices(writing, now)
    writing.put(Letter, HEADS, letters(now))
    writing.put(Attempt, TRIED, attempts(now))
    wrote = [
        ("wechat", f"o{n}", stored(now - timedelta(hours=n % 90)))
        for n in range(PEOPLE)
        if lane(n) == "wechat"
    ]
    writing.put(Credit, ("platform", "user", "wrote_at"), wrote)


def lane(n: int) -> str:
    return "wecom" if n % 100 < 60 else "telegram" if n % 100 >= 85 else "wechat"


def notices(writing: Writing, now: datetime) -> None:
    audience = json.dumps({"kind": "members", "status": "", "roles": [], "of": 0})
    columns = ("id", "author", "org_id", "words", "audience", "text", "receipt", "stage", "count",
               "made_at", "confirmed_at", "goes_at", "ended_at")  # fmt: skip
    days = [stored(now - timedelta(15 * n + 1)) for n in range(NOTICES)]
    rows = (
        (n + 1, OFFICE, "WC", "全体党员", audience, "周五开会。", True, Stage.COMPLETE, PEOPLE,
         *[days[NOTICES - 1 - n]] * 4)
        for n in range(NOTICES)
    )  # fmt: skip
    writing.put(Broadcast, columns, rows)
    got = (
        (n + 1, f"M{m}", days[NOTICES - 1 - n] if (m + n) % 9 else None)
        for n in range(NOTICES)
        for m in range(PEOPLE)
    )
    writing.put(Recipient, ("broadcast_id", "member_id", "read_at"), got)


def numbered(now: datetime) -> Iterator[tuple[int, int, int, str]]:
    """Number, member, which of theirs, and when it was due, the earliest first."""
    id, first = 1, now.date() - timedelta(SEASON)
    for turn in range(FOR_EACH):
        day = first + timedelta(turn * SEASON // FOR_EACH + 1)
        for n in range(PEOPLE):
            yield id, n, turn, at(day, 480 + n % 120, n % 60)
            id += 1


def letters(now: datetime) -> Iterator[tuple[object, ...]]:
    for id, n, turn, due in numbered(now):
        kind, cause = OF_TEN[(n + turn) % 10]
        of = turn // 2 + 1 if kind == "notice" else n * 3 + turn
        org = "WC" if kind == "notice" else "" if kind == "quiz" else f"B{n % BRANCHES}"
        state, reason = stands(id, turn)
        yield (
            id, f"{kind}:{turn}:M{n}", f"M{n}", kind, SAID, f"{cause}{of}", 2, due, org, due,
            state, reason, lane(n), f"o{n}", due, 1, None if state in ("waiting", "held") else due,
        )  # fmt: skip


def stands(id: int, turn: int) -> tuple[str, str]:
    if turn == FOR_EACH - 1 and id % 4 == 0:
        return "waiting", ""
    if id % 211 == 0:
        return "held", "contact"
    return ("failed", "blocked") if id % 97 == 0 else ("sent", "")


def attempts(now: datetime) -> Iterator[tuple[object, ...]]:
    for id, n, turn, due in numbered(now):
        state, _ = stands(id, turn)
        if state in ("sent", "failed"):
            result = "sent" if state == "sent" else "refused"
            yield id, 1, f"M{n}", lane(n), f"o{n}", f"c{id}", True, "p1", due, due, result
