"""Leave and make-up on their own page, on today's, and on the activity's."""

from collections.abc import Callable

import pytest
from sqlmodel import select

from storage.audit import AuditRow
from storage.members import Role
from tests.web.desk import Desk
from tests.world import World

Desks = Callable[..., Desk]
YES, NO = "/console/requests/1/yes", "/console/requests/1/no"


@pytest.fixture
def zhang(world: World, desk: Desks) -> Desk:
    """A secretary with two requests for leave before her."""
    world.member("张一", role=Role.SECRETARY)
    world.activity("支部党员大会", starts=world.now.replace(hour=15))
    for name in ("孙六", "周七"):
        world.member(name).says("请假 今天的支部党员大会 出差")
    return desk().enter(world, "张一")


@pytest.mark.parametrize("page", ["/console", "/console/requests", "/console/activities/1"])
def test_yes_with_one_tap_from_wherever_it_stands(zhang: Desk, world: World, page: str) -> None:
    answer = zhang.fill(page, YES, back=page)
    assert (answer.status_code, answer.headers["location"]) == (303, page)
    shown = zhang.get(page).text
    assert "已同意孙六的请假：支部党员大会。" in shown
    assert YES not in shown
    assert "/console/requests/2/yes" in shown
    assert world.letters("request") == []


def test_back_with_a_reason_that_only_the_person_reads(zhang: Desk, world: World) -> None:
    zhang.fill("/console/requests", NO, why="今天要选举，请务必参加。", back="/console/requests")
    said = zhang.get("/console/requests").text
    assert "没有同意孙六的请假：支部党员大会。原因会私下告诉本人。" in said
    [letter] = world.letters("request")
    assert letter.to == "孙六"
    assert "请假没有同意：今天要选举，请务必参加。有疑问可以直接问张一。" in letter.body
    assert "要选举" not in said


def test_who_read_a_reason_is_on_record(zhang: Desk, world: World) -> None:
    def read() -> int:
        with world.database.reading() as db:
            query = select(AuditRow).where(AuditRow.action == "read_request")
            return len(db.exec(query).all())

    before = read()
    zhang.get("/console/requests?kind=make_up")
    assert read() == before
    zhang.get("/console/requests?kind=leave")
    assert read() == before + 2


def test_an_empty_list_of_requests_says_how_they_come(world: World, desk: Desks) -> None:
    world.member("张一", role=Role.SECRETARY)
    assert "党员在聊天里发「请假」「补签」，就会出现在这里" in (
        desk().enter(world, "张一").get("/console/requests").text
    )


def test_not_ones_own(zhang: Desk, world: World, desk: Desks) -> None:
    li = world.member("李二", role=Role.DEPUTY_SECRETARY)
    li.says("请假 今天的支部党员大会 出差")
    shown = desk().enter(world, "李二").get("/console/requests").text.partition("<main")[2]
    assert "孙六" in shown
    assert "李二" not in shown
