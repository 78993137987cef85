from storage.activities import Manner
from tests.world import World


def test_one_word_is_enough(world: World) -> None:
    world.activity("11月主题党日")
    wang, _li = world.member("王芳"), world.member("李强")

    world.at("8:29:59")
    assert wang.says("签到") == (
        "现在没有可以签到的活动。下一场「11月主题党日」11月23日（周一）08:30 开放签到。"
    )
    world.at("8:30:00")
    assert wang.says("签到") == "已签到：11月主题党日，08:30。今天到会 1／2 人。"
    world.at("8:41")
    assert wang.says("签到") == "您已于 08:30 签到：11月主题党日，不用再签。"


def test_after_the_grace_one_is_late(world: World) -> None:
    world.activity()
    wang, li = world.member("王芳"), world.member("李强")

    world.at("9:05:00")
    assert wang.says("签到").startswith("已签到：")
    world.at("9:05:01")
    assert li.says("签到").startswith("已签到（迟到）：")


def test_a_code_where_the_activity_asks_for_it(world: World) -> None:
    world.activity(manner=Manner.CODE, code="4826")
    wang = world.member("王芳")

    assert wang.says("签到").startswith("「主题党日」要口令")
    assert wang.says("签到 1111").startswith("口令和「主题党日」对不上")
    assert wang.says("签到 4826").startswith("已签到")


def test_where_two_are_open_one_is_asked(world: World) -> None:
    world.activity("主题党日")
    world.activity("消防志愿服务", venue="南门广场")
    wang = world.member("王芳")

    assert wang.says("签到") == (
        "现在有两场可以签到，您在哪一场？\n［1 主题党日 三楼］［2 消防志愿服务 南门广场］"
    )
    assert wang.says("2").startswith("已签到：消防志愿服务")
