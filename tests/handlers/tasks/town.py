"""A committee, three branches, their secretaries, and what they say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import select

from bot.messages import Reply
from storage import tasks
from storage.database import Session
from storage.outbox import Letter
from storage.tasks import Task, TaskItem, TaskStep
from tests.world import Talker, World

UNITS = ("B1", "B2", "B3")


@dataclass
class Town:
    world: World
    office: Talker
    secretaries: list[Talker]
    member: Talker

    def letters(self, to: Talker) -> list[Reply]:
        with self.world.database.reading() as db:
            rows = db.exec(select(Letter).where(Letter.to == to.id).order_by("id")).all()
            return [Reply.model_validate_json(each.body) for each in rows]

    def taps_letter(self, who: Talker, label: str) -> str:
        """The button of the letter that came last."""
        shown = [each for each in self.letters(who)[-1].buttons if each.label == label]
        return self.world.hear(who.address, tap=shown[0].tap)

    def states(self) -> list[str]:
        with self.world.database.reading() as db:
            return [each.state for each in db.exec(select(Task).order_by("id")).all()]

    def steps(self) -> list[tuple[str, str, str]]:
        with self.world.database.reading() as db:
            rows = db.exec(select(TaskStep).order_by("id")).all()
            return [(each.by, each.step, each.state) for each in rows]

    def hand_out(self, words: str = "布置任务：各支部核对名册，下周五前") -> str:
        self.office.says(words)
        return self.office.says("布置")


def issue_many(db: Session, world: World, items: int, units: Sequence[str] = UNITS) -> None:
    for n in range(1, items + 1):
        item = TaskItem(
            number=f"T{n}", title=f"第 {n} 项", due=date(2026, 12, 1 + n % 20), org_id="WC",
            issued_by="operator", issued_at=world.now,
        )  # fmt: skip
        tasks.issue(db, item, [(unit, "") for unit in units])
