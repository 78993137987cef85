"""免打扰, and where one likes to read."""

import pytest

from storage import courtesy
from storage.members import Account
from tests.world import World

STILL = "紧急通知和您自己定的提醒照常。\n［1 恢复接收］"


@pytest.mark.parametrize(
    ("words", "understood"),
    [
        ("今天别打扰我", "好的，到 11月24日（周二）00:00 不发消息给您。"),
        ("明天免打扰", "好的，从 11月24日（周二）00:00 到 11月25日（周三）00:00 不发消息给您。"),
        ("这周别给我发消息", "好的，到 11月30日（周一）00:00 不发消息给您。"),
        ("12月1日前免打扰", "好的，到 12月2日（周三）00:00 不发消息给您。"),
        ("两小时内别打扰我", "好的，到 11月23日（周一）11:00 不发消息给您。"),
        ("每天中午十二点到两点免打扰", "好的，每天 12:00 到 14:00 不发消息给您。"),
        ("晚上十点后别发", "好的，每天 22:00 到第二天 8:00 不发消息给您。"),
        ("一小时后再发", "好的，11月23日（周一）10:00 之前先不发给您。"),
        ("稍后再发", "好的，11月23日（周一）10:00 之前先不发给您。"),
    ],
)
def test_what_is_understood_is_said(world: World, words: str, understood: str) -> None:
    assert world.member("王芳").says(words) == f"{understood}{STILL}"


def test_when_is_asked(world: World) -> None:
    wang = world.member("王芳")

    assert wang.says("别再推送了").startswith("多久不打扰您？")
    assert wang.says("2") == f"好的，到 11月30日（周一）00:00 不发消息给您。{STILL}"
    assert wang.says("免打扰").startswith("多久不打扰您？")
    assert wang.says("到12月5日").startswith("好的，到 12月6日（周日）00:00")
    wang.says("免打扰")
    assert wang.says("谢谢").startswith("不客气")


def test_once_or_every_day_is_asked(world: World) -> None:
    wang = world.member("王芳")

    assert wang.says("晚上九点到早上八点别打扰我") == (
        "21:00 到 8:00 不打扰您，只这一次，还是每天？\n［1 只这一次］［2 每天都这样］"
    )
    assert wang.taps("只这一次") == (
        f"好的，从 11月23日（周一）21:00 到 11月24日（周二）08:00 不发消息给您。{STILL}"
    )
    wang.says("晚上九点到早上八点别打扰我")
    assert wang.taps("每天") == f"好的，每天 21:00 到第二天 8:00 不发消息给您。{STILL}"


def test_quiet_times_are_lifted_all_at_once(world: World) -> None:
    wang = world.member("王芳")
    assert wang.says("恢复接收").startswith("现在没有开免打扰")
    wang.says("今天别打扰我")
    wang.says("晚上十点后别发")
    with world.database.reading() as db:
        assert courtesy.quiet_until(db, ["王芳"], world.now)

    assert wang.says("取消免打扰") == "好的，免打扰已解除，消息照常发给您。"
    with world.database.reading() as db:
        assert not courtesy.quiet_until(db, ["王芳"], world.at("23:00").now)


def test_where_one_likes_to_read(world: World) -> None:
    wang = world.member("王芳")

    assert wang.says("以后发到企业微信").startswith("您还没有绑定企业微信")
    world.add(Account(platform="wecom", user="w", member_id="王芳", bound_at=world.now))
    for words in ("以后发到企业微信", "优先发企业微信", "以后用企业微信通知我"):
        assert wang.says(words) == "好的，以后先发到企业微信；发不到时再换您别的账号。"
    with world.database.reading() as db:
        assert courtesy.first_choice(db, ["王芳"]) == {"王芳": "wecom"}
