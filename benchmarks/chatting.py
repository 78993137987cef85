"""What those may say who look after much, answered in process; nothing of it is kept."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import NamedTuple

from benchmarks.city import NOW
from benchmarks.city.people import ROLES
from bot.app import dispatcher
from bot.dispatch import Dispatcher
from bot.messages import Address, Incoming, Reply
from bot.permissions import authorize
from handlers.console.actions import entering
from storage import members
from storage.database import Database
from storage.writer import LookFirst

MS, UNIT_MS, TIMES = 300, 200, 5
"""The goal of an answer, and of what of it is done at the writer, where everybody waits; how often
each is said."""
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


@dataclass
class Took:
    ms: float = 0
    cpu: float = 0
    units: list[float] = field(default_factory=list)
    """Processor's milliseconds of each unit of work at the writer."""

    @contextmanager
    def part(self, *, unit: bool) -> Iterator[None]:
        began, worked = time.perf_counter(), time.process_time()
        yield
        worked = (time.process_time() - worked) * 1000
        self.ms += (time.perf_counter() - began) * 1000
        self.cpu += worked
        self.units += [worked] if unit else []

    @property
    def unit(self) -> float:
        return max(self.units)


class Said(NamedTuple):
    first: Took
    later: Took
    role: str
    words: str
    reply: str


def measure(url: str, only: str = "", role: str = "") -> None:
    roles = [each for each in ("office", "committee", "secretary", "leader") if role in ("", each)]
    said = [line for each in roles for line in of(url, each, only)]
    print(f"\n{'first':>8}{'(cpu)':>8}{'later':>8}{'(cpu)':>8}{'unit':>8}", end="   ")
    print(f"goal: {MS} ms, of them {UNIT_MS} ms in one unit of work; ! is missed")
    for first, later, whose, words, reply in sorted(said, key=lambda it: -it.first.cpu):
        missed = max(first.ms, later.ms) > MS or max(first.unit, later.unit) > UNIT_MS
        times = f"{first.ms:8.0f}{first.cpu:8.0f}{later.ms:8.0f}{later.cpu:8.0f}{later.unit:8.0f}"
        print(f"{times} {'!' if missed else ' '} {whose:10}{words} → {reply[:36]!r}")


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
            (first, reply), *more = [
                answered(database, talking, address, words) for _ in range(TIMES + 1)
            ]
            later = sorted((took for took, _ in more), key=lambda it: it.cpu)
            yield Said(first, later[TIMES // 2], role, words, reply)
    database.close()


def answered(
    database: Database, talking: Dispatcher, address: Address, words: str
) -> tuple[Took, str]:
    """As the writer has it: in a unit of work, but for what is looked up aside."""
    took = Took()
    heard = Incoming(id=f"b{next(NUMBERS)}", sender=address, at=NOW, text=words)
    while True:
        with database.reading() as db, took.part(unit=True):
            [answer] = talking.answer_or_look(db, [heard])
            db.write_what_waits()
        match answer:
            case Reply():
                return took, answer.text.replace("\n", " ")
            case LookFirst(look):
                with database.reading() as db, took.part(unit=False):
                    heard = look(db)
