"""A letter whose text is changed on its way: nothing stale is said but what may have arrived."""

from datetime import timedelta
from threading import Event, Thread

import pytest
from sqlalchemy import text

from bot.messages import Reply
from scheduler.delivery.claiming import claim
from scheduler.delivery.routing import route
from scheduler.delivery.settling import set_off
from scheduler.delivery.text import RESENT
from storage import outbox
from storage.database import Database
from storage.outbox import State
from tests.delivery.conftest import PostOffice, StandIn, Taken, ToMany, only
from tests.world import World


def test_edited_before_it_goes_it_says_the_new_and_who_got_what_is_counted(
    office: PostOffice, fake: StandIn
) -> None:
    office.posts(office.member("王芳"), "旧")
    office.works()
    office.posts(office.member("李强"), "旧", due=office.world.now + timedelta(hours=1))
    with office.database.unit_of_work() as db:
        assert outbox.reword(db, "test:1", "test", Reply(text="新")) == 1

    office.waits(hours=1).works()
    assert fake.got == [("王芳", "旧"), ("李强", "新")]
    office.posts(office.member("赵四"), due=office.world.now + timedelta(hours=1))
    with office.database.unit_of_work() as db:
        assert outbox.cancel(db, "test:1", "recalled", office.world.now) == 1
        assert outbox.counts(db, "test:1") == {State.SENT: 2, State.CANCELLED: 1}


@pytest.mark.parametrize(("platform", "mark"), [("wecom", ""), ("telegram", RESENT)])
def test_what_may_have_arrived_is_said_again_as_it_was(
    office: PostOffice, platform: str, mark: str
) -> None:
    """Nobody is to have both."""
    kind = ToMany if platform == "wecom" else StandIn
    app = office.platforms[platform] = kind(platform, trouble=[Taken()])
    key = office.posts(only(office, "王芳", platform))
    office.works()
    office.rewords("改到三点")

    office.waits(minutes=5).works()
    assert [words for _, words in app.got][-1] == f"{mark}开会"
    assert office.state(key) == ("sent", "")


@pytest.mark.parametrize(("left", "said"), [(False, "改到三点"), (True, "开会")])
def test_changed_after_the_claim_of_a_process_that_dies(
    office: PostOffice, left: bool, said: str
) -> None:
    """As long as its call cannot have left, whoever takes over says the new."""
    app = office.platforms["wecom"] = ToMany()
    key = office.posts(only(office, "王芳", "wecom"))
    now = office.world.now
    with office.database.unit_of_work() as db:
        route(db, now, ["wecom"])
        claimed = claim(db, now, "wecom", "dead")
    office.rewords("改到三点")
    if left:
        with office.database.unit_of_work() as db:
            set_off(db, now, "dead", claimed.parcels)

    office.waits(minutes=2).works()
    office.waits(minutes=2).works()
    assert [words for _, words in app.got] == [said]
    assert office.state(key) == ("sent", "")


@pytest.mark.parametrize("change", ["reword", "cancel"])
def test_what_is_claimed_in_that_very_moment_is_changed_too(postgres_url: str, change: str) -> None:
    """The change finds the letter waiting, has to wait for who is claiming it, and finds it under
    way. (SQLite has one writer.)"""
    database = Database(postgres_url)
    office = PostOffice(World(database), {"fake": StandIn("fake")})
    key = office.posts(office.member("王芳"))
    now = office.world.now
    with office.database.unit_of_work() as db:
        route(db, now, ["fake"])

    def changes() -> None:
        with database.unit_of_work() as db:
            if change == "reword":
                outbox.reword(db, "test:1", "test", Reply(text="改到三点"))
            else:
                outbox.cancel(db, "test:1", "recalled", now)

    with database.unit_of_work() as db:
        claim(db, now, "fake", "quick")
        later = Thread(target=changes)
        later.start()
        wait_until_blocked(database)
    later.join(10)
    letter = office.letter(key)
    heard = (bool(letter.instead), letter.stop)
    assert heard == ((True, "") if change == "reword" else (False, "recalled"))
    database.close()


def wait_until_blocked(database: Database) -> None:
    """Until somebody waits for a row that we hold."""
    for _ in range(1_000):
        with database.reading() as db:
            waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
            if db.execute(text(waiting)).scalar_one():
                return
        Event().wait(0.01)
    raise AssertionError("nobody waits")
