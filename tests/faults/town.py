"""Members on WeChat and one meeting of all, and their visits."""

from datetime import timedelta
from functools import cache

from benchmarks import town
from bot import clock
from storage.database import Database
from tests.faults.victim import Job
from tests.platforms import payloads


def settle(url: str, people: int) -> int:
    """`people` members o0… in ten branches; the id of the meeting that is open for them."""
    database = Database(url)
    now = clock.now()
    with database.unit_of_work() as db:
        town.organisations(db, 10)
        town.population(db, people, 10, now - timedelta(days=1))
        meeting = town.meeting(db, now)
    database.close()
    return meeting


def wechat(number: int) -> Job:
    """The `number`-th member says 签到; always the same message, however often it is delivered."""
    return number, payloads.plain(body(number), at=clock.now())


@cache
def body(number: int) -> str:
    return payloads.text("签到", user=f"o{number}", at=clock.now(), number=1_000_000 + number)
