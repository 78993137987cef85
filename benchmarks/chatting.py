"""What those may say who look after much, answered in process; nothing of it is kept."""

import time
from collections.abc import Iterator
from itertools import count
from statistics import median
from typing import NamedTuple

from benchmarks.city import NOW
from benchmarks.city.people import ROLES
from bot.app import dispatcher
from bot.dispatch import Dispatcher
from bot.messages import Address, Incoming
from bot.permissions import authorize
from handlers.console.actions import entering
from storage import members
from storage.database import Database

MS, TIMES = 200, 5
"""The goal, and how often each is said."""
BESIDE = (
    "谁还没到",
    "还有谁没签到",
    "上季度通报",
    "通知全体党员：周五下午三点开会",
    "导出上季度考勤",
    "导出名册",
    "哪些支部任务逾期",
    "T3情况",
    "今天有什么事",
)
"""Sentences, where a command by itself would only ask back."""
NUMBERS = count()


class Said(NamedTuple):
    first: float
    later: float
    role: str
    words: str
    reply: str


def measure(url: str, only: str = "") -> None:
    print(f"\n{'first ms':>9}{'later ms':>9}  goal: {MS} ms in process; ! is missed")
    said = [each for role in ("office", "committee", "secretary") for each in of(url, role, only)]
    for first, later, role, words, reply in sorted(said, reverse=True):
        mark = "!" if later > MS or first > MS else " "
        print(f"{first:9.0f}{later:9.0f} {mark} {role:10}{words} → {reply[:36]!r}")


def of(url: str, role: str, only: str) -> Iterator[Said]:
    """The first word of each command that the role has, in a process that knows nothing yet."""
    database, talking = Database(url), dispatcher()
    with database.reading() as db:
        who = entering.who(db, ROLES[role], NOW)
        address = members.addresses(db, ROLES[role])[0]
    commands = {id(r): words for words, r in reversed(talking.finder.router.commands.items())}
    routes = talking.finder.router.commands
    mine = [each for each in commands.values() if who and authorize(who, routes[each].may)]
    answered(database, talking, address, "帮助")
    for words in sorted({*mine, *BESIDE}):
        if only in words:
            took = [answered(database, talking, address, words) for _ in range(TIMES)]
            later = median(ms for ms, _ in took[1:])
            yield Said(took[0][0], later, role, words, took[0][1])
    database.close()


def answered(
    database: Database, talking: Dispatcher, address: Address, words: str
) -> tuple[float, str]:
    incoming = Incoming(id=f"b{next(NUMBERS)}", sender=address, at=NOW, text=words)
    with database.reading() as db:
        began = time.perf_counter()
        [reply] = talking.answer_all(db, [incoming])
        db.write_what_waits()
        return (time.perf_counter() - began) * 1000, reply.text.replace("\n", " ")
