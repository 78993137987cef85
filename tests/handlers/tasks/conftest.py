import pytest

from storage.members import Role
from storage.organisation import OrgKind
from tests.handlers.tasks.town import Town
from tests.world import World


@pytest.fixture
def town(world: World) -> Town:
    world.organisation("WC", kind=OrgKind.WORK_COMMITTEE, name="机关工委")
    for n, name in enumerate(("第一党支部", "第二党支部", "第三党支部"), start=1):
        world.organisation(f"B{n}", "WC", name=name)
    office = world.member("孙科长", branch="B3", role=None)
    world.appoint(office, "WC", Role.COMMITTEE_OFFICE)
    secretaries = [
        world.member(name, branch=f"B{n}", role=Role.SECRETARY)
        for n, name in enumerate(("李书记", "王书记", "张书记"), start=1)
    ]
    return Town(world, office, secretaries, world.member("赵四", branch="B1"))
