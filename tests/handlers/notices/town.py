"""What the tests of notices do again and again."""

from sqlmodel import select

from handlers.notices.actions.posting import post_in_parts
from storage.members import Role
from storage.outbox import Letter
from tests.world import Talker, World

EVERYBODY = {"李书记", "王芳", "赵四", "孙退休", "周书记", "吴八", "郑主任"}


def office(world: World, name: str = "郑主任") -> Talker:
    return world.member(name, "WC", Role.COMMITTEE_OFFICE)


def letters(world: World, kind: str = "notice") -> list[Letter]:
    """In the order of their readers."""
    return sorted(world.letters(kind), key=lambda each: each.to)


def tick(world: World, words: str = "") -> None:
    if words:
        world.at(words)
    with world.database.reading() as db:
        parts = list(post_in_parts(db, world.now))
    for part in parts:
        with world.database.unit_of_work() as db:
            part(db)


def set_states(world: World, **states: str) -> None:
    """As if they had been sent: member to state."""
    with world.database.unit_of_work() as db:
        for letter in db.execute(select(Letter).where(Letter.kind == "notice")).scalars():
            letter.state = states.get(letter.to, letter.state)
            db.add(letter)


def order(city: World) -> Talker:
    zheng = office(city)
    zheng.says("给全体党员发通知：周五大扫除")
    zheng.says("1")
    return zheng
