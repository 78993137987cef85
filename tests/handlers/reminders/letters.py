"""What the tests of own reminders do again and again."""

from sqlmodel import col, select

from bot.messages import Reply
from handlers.reminders.actions.posting import post_due
from storage.outbox import Letter
from tests.world import Talker, World

SET = "［1 改时间］［2 取消这条］"


def letters(world: World) -> list[Letter]:
    with world.database.reading() as db:
        return list(db.execute(select(Letter).order_by(col(Letter.id))).scalars())


def tick(world: World, words: str = "") -> int:
    if words:
        world.at(words)
    with world.database.unit_of_work() as db:
        return post_due(db, world.now)


def say(letter: Letter) -> Reply:
    return Reply.model_validate_json(letter.body)


def taps(talker: Talker, letter: Letter, label: str) -> str:
    [tap] = [each.tap for each in say(letter).buttons if label in each.label]
    return talker.world.hear(talker.address, tap=tap)
