"""What is forgotten at night, a little at a time."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from bot.messages import Reply
from scheduler import housekeeping, runs
from scheduler.timetable import TIMETABLE
from storage import attempts, inbox, outbox
from storage.database import table
from storage.outbox import Letter, Post
from tests.world import World

FORGET = next(job for job in TIMETABLE if job.name == "forget")


def test_what_is_old_is_forgotten_in_parts(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters with their attempts after a season, deliveries after days; what is young stays."""
    monkeypatch.setattr(housekeeping, "AT_ONCE", 1)
    zhang, now = world.member("张三"), world.now
    letter = table(Letter).c
    for name, age in (("old", 91), ("older", 92), ("young", 89)):
        with world.database.unit_of_work() as db:
            post = Post(key=name, to="张三", kind="x", say=Reply(text="x"), cause="x", due=now)
            outbox.post(db, [post], now)
            db.write_what_waits()
            at = now - timedelta(age)
            db.run(update(table(Letter)).where(letter.key == name).values(settled_at=at))
            id = db.run(select(letter.id).where(letter.key == name)).scalar_one()
            row = {"letter_id": id, "number": 1, "lane": "x", "started": at, "to": "张三"}
            more = {"counted": True, "words": "", "user": "x", "call": "x", "owner": "x"}
            attempts.began(db, [row | more])
    zhang.says("帮助")
    world.now = now + timedelta(hours=20)
    runs.strike(world.database, [FORGET], world.now, "one")
    with world.database.reading() as db:
        assert db.run(select(letter.key)).scalars().all() == ["young"]
        assert db.run(select(func.count()).select_from(table(attempts.Attempt))).scalar_one() == 1
        assert len(inbox.heard_before(db, world.now)) == 1
    runs.strike(world.database, [FORGET], now + timedelta(4), "one")
    with world.database.reading() as db:
        assert inbox.heard_before(db, world.now) == []
