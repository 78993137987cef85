"""删除我的数据: nothing personal stays, and nobody is deleted by mistake."""

from sqlalchemy import func, select

from storage import personal
from storage.attendance import Attendance
from storage.database import Session
from storage.personal import PERSONAL
from storage.whose import Fate, Personal, Whose
from tests.handlers.privacy.life import CANARY, heard, holding, lived
from tests.world import World


def test_nothing_personal_is_left(world: World) -> None:
    wang = lived(world)
    with world.database.reading() as db:
        before = holding(db, CANARY)
        who = personal.whose(db, "王芳")
        filled = {each.table.name for each in PERSONAL if count(db, each, who)}
    assert filled == {each.table.name for each in PERSONAL} - {"appointment", "activity"}
    assert {"account", "attendance_request", "opendialog", "feedback", "joining"} <= before

    explained = wang.says("删除我的数据")
    assert "要保留：名册、任职和应到会议的到会记录" in explained
    assert wang.taps("确认删除").startswith("已删除，这个账号和您的身份不再相连")

    with world.database.reading() as db:
        # the message that is being answered: it goes with the inbox of these days
        assert holding(db, CANARY) == {"heard"}
        [left] = db.run(select(heard.c.reply).where(heard.c.user.contains(CANARY)))
        assert "王芳" not in left.reply
        kept = {each.table.name for each in PERSONAL if each.fate is Fate.KEPT}
        assert holding(db, "王芳") == kept & filled | {"tombstone", "letter", "attempt"}
        left_over = {each.table.name for each in PERSONAL if count(db, each, who)}
        assert left_over == kept & filled | {"heard", "letter", "attempt"}
        assert [row.activity_id for row in db.execute(select(Attendance)).scalars()] == [2]


def count(db: Session, each: Personal, who: Whose) -> int:
    query = select(func.count()).select_from(each.table).where(each.of(who))
    return int(db.run(query).scalar_one())


def test_deletion_can_be_thought_better_of(world: World) -> None:
    wang = world.member("王芳")
    for words in ("2", "先不删"):
        wang.says("删除我的数据")
        assert wang.says(words) == "好的，什么都没有删。"
    assert wang.says("我的账号").startswith("您绑定了 1 个账号")


def test_an_old_button_deletes_nothing(world: World) -> None:
    wang = world.member("王芳")
    wang.says("删除我的数据")
    [now] = [each.tap for each in world.last.buttons if each.label == "确认删除"]
    wang.says("帮助")

    assert world.hear(wang.address, tap=now).startswith("隔得有点久")
    wang.says("删除我的数据")
    world.at("9:31")
    assert world.hear(wang.address, tap=now).startswith("隔得有点久")
    assert wang.says("我的账号").startswith("您绑定了 1 个账号")


def test_withdrawing_consent_deletes(world: World) -> None:
    wang = world.member("王芳")
    assert wang.says("撤回同意").startswith("撤回同意后我不再处理您的数据")
    assert wang.says("确认删除").startswith("已删除")
    assert wang.says("签到").startswith("您好，我是支部助手")


def test_deletion_asked_for_in_other_words(world: World) -> None:
    wang = world.member("王芳")
    assert "会删除：您的全部账号" in wang.says("把我的信息都删了吧")
    wang.says("先不删")
    assert wang.says("把我2025年的记录删了").startswith("不能只删某一段时间的")
