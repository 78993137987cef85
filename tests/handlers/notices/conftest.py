"""A committee's office, an organ with two branches; and the same above five hundred people."""

import pytest

from storage.members import Role
from storage.organisation import OrgKind
from tests.world import World


@pytest.fixture
def town(world: World) -> World:
    """A committee's office, an organ with two branches, two groups; nine people."""
    world.organisation("WC", kind=OrgKind.WORK_COMMITTEE, name="市直机关工委")
    world.organisation("PC", "WC", OrgKind.ORGAN_COMMITTEE, "园林局机关党委")
    world.organisation("B1", "PC", name="园林局第一党支部")
    world.organisation("B2", "PC", name="园林局第二党支部")
    world.organisation("G1", "B1", OrgKind.PARTY_GROUP, "第一党小组")
    world.organisation("G2", "B1", OrgKind.PARTY_GROUP, "第二党小组")
    world.member("李书记", "B1", Role.SECRETARY, group="G1")
    world.member("王芳", "B1", group="G1")
    world.member("赵四", "B1", group="G2", status="probationary")
    world.member("孙退休", "B1", group="G2", retired=True)
    world.member("周书记", "B2", Role.SECRETARY)
    world.member("吴八", "B2")
    return world


@pytest.fixture
def city(town: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """Five hundred are three here."""
    monkeypatch.setattr("handlers.notices.rules.wording.SECOND_ABOVE", 3)
    return town
