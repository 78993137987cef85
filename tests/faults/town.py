"""Members on WeChat and one meeting of all, and their visits."""

from datetime import timedelta
from functools import cache

import orjson
from sqlalchemy import insert

from benchmarks import town
from bot import clock
from bot.webhooks import Request
from storage.database import Database, table
from storage.members import Account
from tests.faults.victim import Job
from tests.platforms import payloads
from tests.platforms.telegram_pushes import SECRET


def settle(url: str, people: int) -> int:
    """`people` members o0… in ten branches; the id of the meeting that is open for them."""
    database = Database(url)
    now = clock.now()
    with database.unit_of_work() as db:
        town.organisations(db, 10)
        town.population(db, people, 10, now - timedelta(days=1))
        how = {"bound_at": now, "via": "invite", "consent": "1", "unreachable": ""}
        db.run(
            insert(table(Account)),
            [
                {"platform": "telegram", "user": str(10_000 + n), "member_id": f"M{n}"} | how
                for n in range(people)
            ],
        )
        meeting = town.meeting(db, now)
    database.close()
    return meeting


def wechat(number: int) -> Job:
    """The `number`-th member says 签到; always the same message, however often it is delivered."""
    return number, payloads.plain(body(number), at=clock.now())


@cache
def body(number: int) -> str:
    return payloads.text("签到", user=f"o{number}", at=clock.now(), number=1_000_000 + number)


def telegram(number: int) -> Job:
    """The `number`-th member says 签到 on Telegram; always the same update."""
    user = 10_000 + number
    update = {
        "update_id": 500_000 + number,
        "message": {
            "message_id": number,
            "date": int(SAID_AT.timestamp()),
            "chat": {"id": user, "type": "private"},
            "from": {"id": user, "is_bot": False, "first_name": "张"},
            "text": "签到",
        },
    }
    headers = {"x-telegram-bot-api-secret-token": SECRET}
    return number, Request("POST", "/webhooks/telegram", {}, headers, orjson.dumps(update))


SAID_AT = clock.now()
