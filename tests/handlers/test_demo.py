"""The demonstration: whoever starts it for the first time can check in at once."""

from datetime import timedelta

from handlers.registry.actions import Demo, load_demo
from storage import activities, attendance, members, organisation, roster
from storage.activities import Activity
from storage.members import Account, Member, Post, Role
from storage.organisation import OrgKind
from tests.world import Talker, World


def loaded(world: World) -> Demo:
    with world.database.unit_of_work() as db:
        return load_demo(db, world.now)


def newcomer(world: World, member_id: str) -> Talker:
    world.add(
        Account(
            platform="fake", user=member_id, member_id=member_id, bound_at=world.now, consent="1"
        )
    )
    return world.stranger(member_id)


def test_a_newcomer_checks_in_at_once(world: World) -> None:
    world.at("11-21 14:07:23")
    assert loaded(world) == Demo.LOADED

    zhang = newcomer(world, "M001")
    assert zhang.says("签到") == "已签到：体验签到：支部主题党日，14:07。今天到会 1／13 人。"
    world.now += timedelta(minutes=20)
    assert newcomer(world, "M005").says("签到").startswith("已签到：体验签到")


def test_everybody_is_there_with_their_posts(world: World) -> None:
    loaded(world)

    with world.database.reading() as db:
        assert len(roster.every(db, Member)) == 96
        assert len(roster.every(db, Activity)) == 426 + 1
        tree = organisation.tree(db, world.now.date())
        assert len(tree.below("WC-0")) == 30
        assert tree.kind("PC-B") == OrgKind.GENERAL_BRANCH
        assert tree.line("BR-A1-G1") == ("BR-A1-G1", "BR-A1", "PC-A", "ORG-A", "WC-0")
        officer = members.speaker(db, "M002", tree)
    assert officer
    assert officer.posts == (
        Post(Role.ORG_COMMISSIONER, "BR-A1"),
        Post(Role.COMMITTEE_OFFICE, "WC-0"),
    )
    assert officer.line[0] == "BR-A1-G2"


def test_what_was_held_in_january_finds_its_members_and_officers(world: World) -> None:
    loaded(world)

    with world.database.reading() as db:
        held = {each.ref: each for each in roster.every(db, Activity)}
        meeting, day = held["A0001"], held["A0012"]
        values = [activities.held(db, each.id) for each in (meeting, day)]
        expected = [len(attendance.expected(db, each)) for each in values if each]
    assert expected == [4, 13]  # M014 came in July
    assert (meeting.reported_expected, meeting.reported_present) == (4, 3)


def test_again_it_refreshes_only_what_is_open(world: World) -> None:
    loaded(world)
    assert loaded(world) == Demo.REFRESHED
    assert len(demonstrations(world)) == 1

    world.now += timedelta(hours=3)
    zhang = newcomer(world, "M001")
    assert loaded(world) == Demo.REFRESHED
    assert len(demonstrations(world)) == 2
    assert zhang.says("签到").startswith("已签到：体验签到")


def test_somebody_elses_database_is_left_alone(world: World) -> None:
    world.member("王芳")

    assert loaded(world) == Demo.OTHER_ORGANISATION
    with world.database.reading() as db:
        assert [each.id for each in roster.every(db, Member)] == ["王芳"]


def demonstrations(world: World) -> list[str]:
    with world.database.reading() as db:
        refs = [each.ref or "" for each in roster.every(db, Activity)]
    return [ref for ref in refs if ref.startswith("DEMO-")]
