"""Registers as files: a small organisation, and what an import makes of it."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bot.files.reading import read
from handlers.registry import actions, text
from handlers.registry.actions import Applied, Faulty, Listing, Plan, Subject
from tests.world import World

ORGANISATION = """\
id,name,type,parent_id,elected_on
W,工委,work_committee,,
B1,第一支部,branch,W,2024-03-12
B2,第二支部,branch,W,
B1-G1,第一党小组,party_group,B1,
"""


MEMBERS = """\
member_id,name,branch_id,group,role,accepted_on
M1,王芳,B1,B1-G1,secretary,1990-05-01
M2,李强,B1,,member,2000-05-01
M3,赵敏,B2,,,2010-05-01
"""


class Files:
    """Writes files and imports them, as the command does."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world, self.folder = world, folder

    def plan(self, subject: Subject, words: str | bytes | Path, as_of: str = "") -> Plan | Faulty:
        source = read(self.file(words))
        day = date.fromisoformat(as_of) if as_of else self.world.now.date()
        with self.world.database.reading() as db:
            return actions.plan(db, subject, source, now=self.world.now, as_of=day)

    def take(self, subject: Subject, words: str | bytes | Path, as_of: str = "") -> Plan:
        plan = self.plan(subject, words, as_of)
        assert isinstance(plan, Plan), [text.fault(each) for each in plan.faults]
        with self.world.database.unit_of_work() as db:
            outcome = actions.apply(db, plan, read(self.file(words)), actor="operator")
        assert isinstance(outcome, Applied)
        return plan

    def faults(self, subject: Subject, words: str) -> list[str]:
        plan = self.plan(subject, words)
        assert isinstance(plan, Faulty), plan
        return [text.fault(each) for each in plan.faults]

    def file(self, words: str | bytes | Path) -> Path:
        if isinstance(words, Path):
            return words
        path = self.folder / "table.csv"
        path.write_bytes(words if isinstance(words, bytes) else words.encode())
        return path

    def listed(self, what: Listing) -> Sequence[dict[str, str]]:
        with self.world.database.unit_of_work() as db:
            listed = actions.export(db, what, now=self.world.now, actor="operator")
        return [dict(row) for row in listed.rows]


def sums(plan: Plan) -> tuple[int, int, int, int]:
    return len(plan.new), len(plan.changed), len(plan.ended), plan.unchanged
