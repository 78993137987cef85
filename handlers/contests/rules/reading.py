"""A contest as it is written in a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.files.tables import Block, Fault
from handlers.contests.rules.papers import Cell


class Trouble(StrEnum):
    MISSING = "missing"
    BAD_MOMENT = "bad_moment"
    BAD_NUMBER = "bad_number"
    BAD_KIND = "bad_kind"
    CLOSES_TOO_EARLY = "closes_too_early"
    NO_ROUNDS = "no_rounds"
    NO_QUESTIONS = "no_questions"


KINDS = {"individual": "individual", "个人": "individual", "team": "team", "团体": "team",
         "final": "final", "决赛": "final"}  # fmt: skip
NUMBERS = {"seconds_each": (30, 5, 600), "seconds": (900, 30, 14_400), "grace": (3, 0, 30),
           "attempts": (1, 1, 10), "papers": (4, 1, 50), "best_of": (5, 1, 1_000)}  # fmt: skip
"""Usual, least, most."""


@dataclass(frozen=True)
class RoundPlan:
    name: str
    kind: str
    opens: datetime
    closes: datetime
    numbers: Mapping[str, int]
    cells: tuple[Cell, ...]
    fixed: tuple[str, ...]


@dataclass
class ContestPlan:
    name: str = ""
    season: str = ""
    org_id: str = ""
    rounds: list[RoundPlan] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, block: Block, column: str, what: Trouble) -> None:
        self.faults.append(Fault(block.line, column, what, block.text(column)[:30]))


def read(root: Block, now: datetime) -> ContestPlan:
    """Every fault of the file, or none. Moments are home time."""
    plan = ContestPlan(root.text("name"), root.text("season"), root.text("org_id"))
    if not plan.name:
        plan.fault(root, "name", Trouble.MISSING)
    for block in root.blocks("rounds"):
        plan_round(plan, block, now)
    if not plan.rounds and not plan.faults:
        plan.fault(root, "rounds", Trouble.NO_ROUNDS)
    return plan


def plan_round(plan: ContestPlan, block: Block, now: datetime) -> None:
    before = len(plan.faults)
    kind = KINDS.get(block.text("kind") or "individual", "")
    if not kind:
        plan.fault(block, "kind", Trouble.BAD_KIND)
    opens, closes = (moment(plan, block, name, now) for name in ("opens", "closes"))
    if opens >= closes and len(plan.faults) == before:
        plan.fault(block, "closes", Trouble.CLOSES_TOO_EARLY)
    numbers = {name: number(plan, block, name, *span) for name, span in NUMBERS.items()}
    cells = tuple(cell(plan, each) for each in block.blocks("questions"))
    given = block.values.get("fixed")
    listed = given if isinstance(given, list) else []
    fixed = tuple(each for each in listed if isinstance(each, str))
    if not cells and not fixed:
        plan.fault(block, "questions", Trouble.NO_QUESTIONS)
    if len(plan.faults) == before:
        name = block.text("name") or block.text("kind")
        plan.rounds.append(RoundPlan(name, kind, opens, closes, numbers, cells, fixed))


def moment(plan: ContestPlan, block: Block, name: str, now: datetime) -> datetime:
    try:
        return datetime.fromisoformat(block.text(name)).replace(tzinfo=now.tzinfo)
    except ValueError:
        plan.fault(block, name, Trouble.BAD_MOMENT)
        return now


def number(plan: ContestPlan, block: Block, name: str, usual: int, least: int, most: int) -> int:
    said = block.text(name)
    if not said:
        return usual
    if not said.isdecimal() or not least <= int(said) <= most:
        plan.fault(block, name, Trouble.BAD_NUMBER)
        return usual
    return int(said)


def cell(plan: ContestPlan, block: Block) -> Cell:
    difficulty = number(plan, block, "difficulty", 0, 1, 3)
    return Cell(block.text("topic"), difficulty, number(plan, block, "count", 1, 1, 200))
