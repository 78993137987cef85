"""A letter is written once, and whoever writes it is told whether it was new."""

from bot.messages import Reply
from storage import outbox
from storage.outbox import Post
from tests.world import World


def test_how_many_were_new(world: World) -> None:
    """Also on PostgreSQL, which does not count what it inserts."""

    def letter(key: str) -> Post:
        said = Reply(text="明天开会")
        return Post(key=key, to="M001", kind="own", say=said, cause="x:1", due=world.now)

    with world.database.unit_of_work() as db:
        assert outbox.post(db, [letter("a")], world.now) == 1
        assert outbox.post(db, [letter("a"), letter("b")], world.now) == 1
        assert outbox.post(db, [], world.now) == 0
