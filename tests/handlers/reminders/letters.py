"""What the tests of own reminders do again and again."""

from handlers.reminders.actions.posting import post_due
from tests.world import World

SET = "［1 改时间］［2 取消这条］"


def tick(world: World, words: str = "") -> int:
    if words:
        world.at(words)
    with world.database.unit_of_work() as db:
        return post_due(db, world.now)
