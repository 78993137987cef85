"""Weeks of the day's questions through the real conversation, with a break: never more than chosen,
whatever has become due meanwhile."""

from collections import Counter
from datetime import date, timedelta

from sqlmodel import select

from handlers.quiz.actions import pushing
from storage.study import Asking, Why
from tests.handlers.studying import right_words, with_bank, wrong_words
from tests.world import Talker, World

DAYS = 45
AWAY = range(20, 32)


def a_day_of(world: World, member: Talker, number: int) -> None:
    """Until nothing more is asked. Every third answer is wrong, so that much becomes due."""
    for count in range(99):
        if not member.says("每日一题").startswith("【"):
            return
        words = wrong_words if (number + count) % 3 == 0 else right_words
        member.says(words(world, member))


def test_the_cap_holds_on_each_of_many_days(world: World) -> None:
    chosen = {"王芳": 3, "李强": 1}
    with_bank(world)
    people = {name: world.member(name) for name in chosen}
    for name, member in people.items():
        member.says("加入学习")
        member.says(f"每天{chosen[name]}题")
    start = world.now
    for number in range(DAYS):
        world.now = start + timedelta(days=number)
        with world.database.unit_of_work() as db:
            sum(part(db) for part in pushing.push_in_parts(db, world.now))
        if number not in AWAY:
            for member in people.values():
                a_day_of(world, member, number)

    asked: Counter[tuple[str, date]] = Counter()
    with world.database.unit_of_work() as db:
        for row in db.exec(select(Asking).where(Asking.why == Why.DAILY)):
            asked[row.member_id, row.day] += 1
    assert all(count <= chosen[name] for (name, _), count in asked.items())
    for name, most in chosen.items():
        studied = [count for (who, day), count in asked.items() if who == name]
        assert max(studied) == most
        back = (start + timedelta(days=AWAY.stop)).date()
        assert asked[name, back] == most  # and no wall of what waited
