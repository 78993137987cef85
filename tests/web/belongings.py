"""One of everything that the console knows, under one committee; and who is of another."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from starlette.routing import Route

from handlers.contests.actions import running
from handlers.contests.actions.running import Made
from storage import tasks
from storage.drafts import Draft
from storage.members import Role
from storage.organisation import OrgKind
from storage.reports import FileWanted
from storage.tasks import TaskItem
from tests.handlers.contests.playing import FINAL, plan
from tests.handlers.studying import with_bank
from tests.web.test_roles import owed
from tests.world import World
from web import files
from web.app import Console

OWNER, OTHER = "陈委员", "钱委员"
STYLE = next(name for name in files.kept() if name.endswith(".css"))
THERE = {
    "id": "1", "org": "B1", "member": "王一", "question": "Q001", "state": "withdrawn",
    "figure": "held", "form": "docx", "how": "yes", "key": "x",
    "name": STYLE, "secret": "A" * 43,
}  # fmt: skip
PLAIN = {"how", "step", "state", "figure", "form", "key", "name", "secret", "what"}
"""Places in a path that name no thing of anybody's."""
NOWHERE = {"id": "9999", "org": "B404", "member": "无人", "question": "Q404"}
STEPS = {"tasks": "accept", "reports": "check", "contests": "ask"}


@dataclass(frozen=True)
class Way:
    """A route of the application, as it is declared."""

    method: str
    template: str

    def path(self, **changed: str) -> str:
        step = next((STEPS[part] for part in self.template.split("/") if part in STEPS), "")
        said = {**dict.fromkeys(self.places, "x"), **THERE, "step": step, **changed}
        return self.template.format(**said)

    @property
    def places(self) -> list[str]:
        return re.findall(r"\{(\w+)\}", self.template)

    def takes(self, path: str) -> bool:
        return Route(self.template, lambda _: None).path_regex.match(path) is not None


def ways(console: Console) -> list[Way]:
    """Every route × method that the server really has."""
    found = []
    for route in console._router.routes:
        assert isinstance(route, Route)
        methods = (route.methods or {"GET"}) - {"HEAD"}
        found += [Way(method, route.path) for method in sorted(methods)]
    return found


def settle(world: World, folder: Path) -> None:
    """What belongs to the committee PC and its branch B1, each number one; PD has nothing."""
    world.organisation("WC", kind=OrgKind.WORK_COMMITTEE)
    for committee, branch in (("PC", "B1"), ("PD", "B2")):
        world.organisation(committee, under="WC", kind=OrgKind.ORGAN_COMMITTEE)
        world.organisation(branch, under=committee)
    with_bank(world)
    wang = world.member("王一")
    for name, branch, post in ((OWNER, "B1", "PC"), (OTHER, "B2", "PD")):
        world.appoint(world.member(name, branch=branch), post, Role.ORGAN_COMMITTEE)
    world.activity(starts=world.now + timedelta(hours=5))
    wang.says("请假 今天的主题党日 出差")
    world.add(owed("B1", date(2026, 11, 1)))
    world.add(Draft(made_by=OWNER, made_at=world.now, org_id="B1", title="会"))
    owner = world.talker(OWNER)
    assert "草稿" in owner.says("生成第三季度通报")
    world.add(wanted(world))
    handed_out(world)
    with world.database.unit_of_work() as db:
        assert isinstance(running.make(db, plan(world, folder, FINAL), OWNER, world.now), Made)


def wanted(world: World) -> FileWanted:
    return FileWanted(
        member_id=OWNER, what="attendance", org_id="B1", first=date(2026, 11, 1),
        last=date(2026, 11, 30), made_at=world.now, expires=world.now + timedelta(minutes=15),
    )  # fmt: skip


def handed_out(world: World) -> None:
    item = TaskItem(
        number="T1", title="核对名册", due=date(2026, 11, 20), org_id="PC", issued_by=OWNER,
        issued_at=world.now,
    )  # fmt: skip
    with world.database.unit_of_work() as db:
        tasks.issue(db, item, [("B1", "")])
