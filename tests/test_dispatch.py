"""A batch of messages: each as if it were alone."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import col, select

from bot import text
from bot.messages import Address, Refusal
from bot.permissions import Action
from bot.routing import Context, Router, Said
from storage import audit, inbox
from storage.audit import AuditRow
from storage.database import Session
from storage.members import Account, Member, Role
from storage.unheard import Unheard, note
from tests.world import World

router = Router()


@router.command("write", may=Action.CHECK_IN, help="")
def write(ctx: Context, said: Said) -> str:
    ctx.db.add(Unheard(at=ctx.now, text=said.rest))
    if said.rest == "crash":
        raise RuntimeError
    if said.rest == "refuse":
        raise Refusal("no")
    if said.rest == "no such member":
        ctx.db.add(Account(platform="x", user="x", member_id="nobody", bound_at=ctx.now))
    return "done"


@router.command("later", may=Action.CHECK_IN, help="")
def later(ctx: Context, said: Said) -> str:
    note(ctx.db, ctx.now, said.rest)
    if said.rest == "crash":
        raise RuntimeError
    return "done"


@router.command("rename", may=Action.CHECK_IN, help="")
def rename(ctx: Context, said: Said) -> str:
    row = ctx.db.get_one(Member, "甲")
    before, row.name = row.name, said.rest
    return before


@router.command("deadlock", may=Action.CHECK_IN, help="")
def deadlock(ctx: Context, _: Said) -> str:
    raise OperationalError("deadlock", {}, RuntimeError())


@router.command("look", may=Action.CHECK_IN, help="")
def look(ctx: Context, said: Said) -> str:
    """Writes before it reads aside, and again after."""
    note(ctx.db, ctx.now, "before")

    def read(db: Session) -> int:
        audit.note(db, ctx.member.id, "looked", "organisation:B1", ctx.now)
        if said.rest == "refuse":
            raise Refusal("not there")
        return len(db.exec(select(Member.id)).all())

    members = ctx.read_beside(read)
    note(ctx.db, ctx.now, "after")
    return f"{members} + {ctx.read_beside(read)}"


@pytest.fixture
def world(world: World) -> World:
    world.dispatcher.finder.router.include(router)
    return world


def stored(world: World) -> list[str]:
    with world.database.unit_of_work() as db:
        return list(db.exec(select(Unheard.text).order_by(col(Unheard.id))))


@pytest.mark.parametrize("word", ["write", "later"])
def test_a_failure_undoes_itself_alone(world: World, word: str) -> None:
    rests = ["a", "crash", "b", "c", "d"]
    heard = [
        world.incoming(world.member(f"M{n}").address, text=f"{word} {rest}")
        for n, rest in enumerate(rests)
    ]

    said = [reply.text for reply in world.answer(*heard)]

    assert said == ["done", text.BROKEN, "done", "done", "done"]
    assert stored(world) == ["a", "b", "c", "d"]


def test_all_ways_to_fail_in_one_batch(world: World) -> None:
    words = ["write a", "later b", "write refuse", "later crash", "write no such member", "later c"]
    heard = [
        world.incoming(world.member(f"M{n}").address, text=each) for n, each in enumerate(words)
    ]

    said = [reply.text for reply in world.answer(*heard)]

    assert said == ["done", "done", "no", text.BROKEN, text.BROKEN, "done"]
    assert sorted(stored(world)) == ["a", "b", "c"]


@pytest.mark.parametrize("rest", ["a", "refuse", "crash"])
def test_a_message_that_comes_again_gets_the_same_answer(world: World, rest: str) -> None:
    heard = world.incoming(world.member("王芳").address, text=f"write {rest}")

    first = world.answer(heard)
    again = world.answer(replace(heard, at=world.at("9:40").now))

    assert first == again
    assert stored(world) == (["a"] if rest == "a" else [])


def test_trouble_of_the_database_is_not_an_answer(world: World) -> None:
    heard = world.incoming(world.member("王芳").address, text="deadlock")

    with pytest.raises(OperationalError):
        world.answer(heard)


def test_the_same_number_on_another_platform_is_another_message(world: World) -> None:
    wang = world.member("王芳")
    world.add(Account(platform="other", user="w", member_id="王芳", bound_at=world.now))
    heard = world.incoming(wang.address, text="write a")

    world.answer(heard)
    world.answer(replace(heard, sender=Address("other", "w")))

    assert stored(world) == ["a", "a"]


def test_what_one_message_loads_is_fresh(world: World) -> None:
    """Rows do not linger between the messages of a batch."""
    one, other = world.member("甲"), world.member("乙")

    said = world.answer(
        world.incoming(one.address, text="rename A"), world.incoming(other.address, text="rename B")
    )

    assert [reply.text for reply in said] == ["甲", "A"]


def test_two_accounts_of_one_member_in_one_batch(world: World) -> None:
    """The second finds what the first has done, once the batch is done again one by one."""
    world.activity()
    wang = world.member("王芳")
    world.add(Account(platform="other", user="w", member_id="王芳", bound_at=world.now))
    heard = [
        world.incoming(wang.address, text="签到"),
        world.incoming(Address("other", "w"), text="签到"),
    ]

    said = world.answer_by_writer(*heard)

    assert sorted(reply.text[:4] for reply in said) == ["已签到：", "您已于 "]


def test_what_answers_no_question_is_a_wish_of_its_own(world: World) -> None:
    world.activity()
    chen, _ = world.member("陈静", role=Role.SECRETARY), world.member("王芳")
    assert "王芳" in chen.says("点名")

    assert chen.says("签到情况").startswith("11月23日")
    chen.says("点名")
    assert "没认出「赵六」" in chen.says("赵六")


def test_what_is_read_aside_is_done_once_and_owes_nothing(world: World) -> None:
    """Heard twice more for it; what was written before is written once, and news is not lost."""
    one, other = world.member("甲"), world.member("乙")
    with world.database.unit_of_work() as db:
        inbox.tell(db, one.address, "news", "新设备")
    heard = [
        world.incoming(one.address, text="look"),
        world.incoming(other.address, text="later x"),
    ]

    first, second = world.answer_by_writer(*heard)
    [again] = world.answer_by_writer(heard[0])

    assert (first.text, second.text) == (text.after_all(["新设备"], "2 + 2"), "done")
    assert again.text == first.text
    assert sorted(stored(world)) == ["after", "before", "x"]
    with world.database.reading() as db:
        looked = db.exec(select(AuditRow).where(col(AuditRow.action) == "looked")).all()
    assert len(looked) == 2  # each reading is on record


def test_what_is_refused_aside_is_refused(world: World) -> None:
    one = world.member("甲")

    [refused] = world.answer_by_writer(world.incoming(one.address, text="look refuse"))

    assert refused.text == "not there"
    assert stored(world) == []
