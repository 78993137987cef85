"""A second device: added, confirmed by the member only, taken back."""

from storage.members import Account
from tests.handlers.binding.joining import code_in, invited, join, rows
from tests.world import World


def test_a_second_device(branch: World) -> None:
    old, new = branch.member("王芳"), branch.stranger("ox9988", platform="wechat")
    shown = old.says("绑定新设备")
    assert shown.startswith("您的绑定码：")
    assert "同意后，还要在原来的账号上确认一次" in new.says(code_in(shown))
    assert new.says("1").startswith("还差一步：请在您原来的账号")
    assert new.says("签到").startswith("您好，我是支部助手")

    asked = old.says("帮助")
    assert asked.startswith("有新设备想绑定您的身份：微信（尾号 9988）")
    assert old.says("确认绑定").startswith("确认绑定 微信（尾号 9988）？")
    branch.at("9:05")
    assert old.taps("确认绑定").startswith("已绑定 微信（尾号 9988），两边都能用了")
    assert new.says("我的账号") == (
        "王芳，您好。这台设备已经绑定好了。\n"
        "您绑定了 2 个账号：\n· fake（尾号 王芳），11月23日 09:00 绑定\n"
        "· 微信（尾号 9988），11月23日 09:05 绑定（现在用的）\n［1 绑定新设备］［2 解绑］"
    )


def test_without_the_last_word_nothing_is_bound(branch: World) -> None:
    """A stolen code alone is useless."""
    old, thief = branch.member("王芳"), branch.stranger("thief")
    thief.says(code_in(old.says("绑定新设备")))
    thief.says("同意")
    branch.at("9:10:00")
    assert old.says("确认绑定").endswith("现在没有等您确认的新设备。要加一台，发「绑定新设备」。")
    assert thief.says("签到").startswith("您好，我是支部助手")

    thief.says(code_in(old.says("绑定新设备")))
    thief.says("同意")
    assert old.says("这不是我").endswith("请告诉支部书记。")
    assert old.says("确认绑定").startswith("现在没有等您确认")
    assert thief.says("签到").startswith("这次绑定没有被确认")
    assert rows(branch, Account) == 2


def test_a_device_code_is_for_one_and_for_ten_minutes(branch: World) -> None:
    old = branch.member("王芳")
    first, second = branch.stranger("first"), branch.stranger("second")
    code = code_in(old.says("绑定新设备"))
    for each in (first, second):
        assert "同意并绑定" in each.says(code)
    assert first.says("同意").startswith("还差一步")
    assert second.says("同意").startswith("这个码已经用过")

    code = code_in(old.says("绑定新设备"))
    branch.at("9:10:00")
    assert second.says(code).startswith("这个码已经用过")


def test_the_link_of_a_device_carries_256_bits(branch: World) -> None:
    old, new = branch.member("王芳"), branch.stranger("new")
    old.says("绑定新设备")
    scene = branch.last.fields["用网页打开"].partition("#s=")[2]
    assert len(scene) == len("join-") + 43 <= 64

    assert new.scans(f"{scene}x").startswith("没有这个邀请码")
    assert "同意并绑定" in new.scans(scene)
    assert new.says("同意").startswith("还差一步")


def test_only_the_member_confirms(branch: World) -> None:
    old, other, new = branch.member("王芳"), branch.member("赵四"), branch.stranger("new")
    new.says(code_in(old.says("绑定新设备")))
    new.says("同意")
    old.says("确认绑定")
    [confirm] = [each.tap for each in branch.last.buttons if each.label == "确认绑定"]

    for thief in (other.address, new.address):
        branch.hear(thief, tap=confirm)
    assert rows(branch, Account) == 3
    assert branch.hear(old.address, tap=confirm).startswith("已绑定")


def test_undone_within_seven_days(branch: World) -> None:
    old, new = branch.member("王芳"), branch.stranger("new")
    branch.at("9:01")
    join(old, new)
    assert new.says("这不是我").endswith(
        "最近七天没有新绑定的账号，不用撤销。发「我的账号」可以核对。"
    )
    new.says("解绑")
    assert new.taps("fake（尾号 王芳）").startswith("解绑")
    assert new.taps("确认解绑").startswith("刚绑定的账号七天内只能解绑自己")

    branch.at("11-30 9:01:00")
    assert old.says("这不是我").startswith("已撤销：fake（尾号 new）")
    assert new.says("签到") == (
        "这个账号已由您的另一个账号解绑。有疑问请找支部书记。\n"
        "您好，我是支部助手，可以签到、请假、看本周活动。\n"
        "先绑定一下身份：向支部书记要一个邀请码，发给我就行。"
    )


def test_after_seven_days_one_unbinds(branch: World) -> None:
    old, new = branch.member("王芳"), branch.stranger("new")
    branch.at("9:01")
    join(old, new)
    branch.at("11-30 9:01:01")
    assert old.says("这不是我").startswith("最近七天没有新绑定的账号")


def test_an_invite_for_somebody_who_is_bound_is_told_to_them(branch: World) -> None:
    wang, lost = branch.member("王芳"), branch.stranger("lost-phone")
    branch.at("9:01")
    lost.says(invited(branch, "王芳"))
    lost.says("同意")

    assert wang.says("帮助").startswith("您的身份刚绑定了新账号：fake（尾号 hone）")
    assert wang.says("这不是我").startswith("已撤销")
