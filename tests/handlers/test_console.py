"""The way into the console, asked for in chat."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.app import dispatcher
from bot.routing import Links
from handlers.console.actions import entering
from handlers.console.rules import Entered, LinkOver, NoPost, digest
from scheduler import housekeeping
from storage import console as stored
from storage import members
from storage.console import ConsoleLink
from storage.members import Appointment, Role
from tests.world import Talker, World


@pytest.fixture(autouse=True)
def running(world: World) -> None:
    """A console that has an address."""
    world.dispatcher = dispatcher(Links(console="https://desk.test/console/enter#{token}"))


def token(said: str) -> str:
    return said.partition("#")[2].split("\n")[0]


def by(world: World, word: str) -> Entered | LinkOver | NoPost:
    with world.database.unit_of_work() as db:
        return entering.by_link(db, word, world.now)


@pytest.fixture
def zhang(world: World) -> Talker:
    return world.member("张一", role=Role.SECRETARY)


def test_a_link_for_one_use(world: World, zhang: Talker) -> None:
    said = zhang.says("控制台")
    assert "09:05 前有效，只能用一次" in said

    entered = by(world, token(said))

    assert isinstance(entered, Entered)
    assert entered.member_id == "张一"
    assert by(world, token(said)) == LinkOver()


@pytest.mark.parametrize(("seconds", "good"), [(299, True), (300, False), (301, False)])
def test_five_minutes_to_the_second(world: World, zhang: Talker, seconds: int, good: bool) -> None:
    word = token(zhang.says("控制台"))
    world.now += timedelta(seconds=seconds)

    assert isinstance(by(world, word), Entered) is good


def test_a_new_link_makes_the_old_one_void(world: World, zhang: Talker) -> None:
    old, new = token(zhang.says("控制台")), token(zhang.says("打开控制台"))

    assert by(world, old) == LinkOver()
    assert isinstance(by(world, new), Entered)


def test_only_for_those_with_a_post(world: World) -> None:
    assert "#" not in world.member("钱五").says("控制台")
    assert "#" not in world.stranger().says("控制台")
    assert "#" in world.member("李二", role=Role.GROUP_LEADER).says("控制台")


def test_in_a_group_it_goes_to_who_asked(world: World, zhang: Talker) -> None:
    assert zhang.says("控制台", group="G1") == "控制台的链接已私信您。"


def test_delivered_again_the_link_is_not_repeated(world: World, zhang: Talker) -> None:
    heard = world.incoming(zhang.address, text="控制台")
    [first] = world.answer(heard)
    [again] = world.answer(heard)

    assert "#" in first.text
    assert again.text == "进控制台的链接只给一次。要新的，请再发一次「控制台」。"


def test_the_database_holds_only_its_digest(world: World, zhang: Talker) -> None:
    word = token(zhang.says("控制台"))
    with world.database.reading() as db:
        assert db.get(ConsoleLink, word) is None
        assert db.get(ConsoleLink, digest(word)) is not None


def test_what_is_over_is_forgotten_at_night(world: World, zhang: Talker) -> None:
    by(world, token(zhang.says("控制台")))
    with world.database.unit_of_work() as db:
        stored.note_try(db, ["x"], world.now)
        housekeeping.forget_little(db, world.now + timedelta(days=2))
        assert stored.tries(db, "x", world.now - timedelta(1))[0] == 1
        housekeeping.forget_little(db, world.now + timedelta(days=4))
        assert stored.tries(db, "x", world.now - timedelta(1))[0] == 0
        assert not stored.of_member(db, "张一")
        assert db.exec(select(ConsoleLink)).all() == []


def test_who_lost_the_post_meanwhile_stays_out(world: World, zhang: Talker) -> None:
    word = token(zhang.says("控制台"))
    dismiss(world, "张一")

    assert by(world, word) == NoPost()


def dismiss(world: World, member_id: str) -> None:
    with world.database.unit_of_work() as db:
        for row in db.exec(select(Appointment).where(Appointment.member_id == member_id)):
            row.until = world.now.date()
            db.add(row)
        members.changed(db)
