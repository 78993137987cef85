"""绑定: a guest with a code becomes a member, with consent."""

import pytest

from storage.invites import WrongCode
from storage.members import Account
from tests.handlers.binding.joining import code_in, invited, on_the_roster, rows, secretary
from tests.world import World


def test_a_guest_becomes_a_member(branch: World) -> None:
    branch.activity("11月主题党日", starts=branch.now.replace(hour=15))
    on_the_roster(branch, "王芳")
    guest = branch.stranger("wang-3344")

    assert guest.says("签到").startswith("您好，我是支部助手")
    assert guest.says("绑定") == (
        "绑定要一个邀请码：请向支部书记或组织委员要，收到后把这十位字母数字直接发给我，"
        "大小写、空格都不要紧。名册里有您、码又对得上，就绑好了。\n［1 会记录我的什么］"
    )
    assert secretary(branch).says("邀请") == ("还没有绑定的有 1 位，邀请哪一位？\n［1 王芳］")
    handed = secretary(branch).says("1")
    code = code_in(handed)
    assert handed == (
        f"王芳的邀请码：\n{code}\n"
        "11月30日 09:00 前有效，只能用一次。请当面或私聊给本人，本人把它发给我就行。\n"
        f"用网页打开：https://zhibu.example/chat#s=bind-{code.replace(' ', '')}\n"
        f"用Telegram打开：https://t.me/b?start=bind-{code.replace(' ', '')}"
    )
    assert branch.last.picture.startswith(b"\x89PNG")

    consent = guest.says(code)
    assert consent.startswith("绑定前请看一下（第 1 版）：")
    assert consent.endswith("［1 同意并绑定］［2 先不绑］")
    assert "王芳" not in consent
    assert rows(branch, Account) == 1
    assert guest.taps("同意") == (
        "王芳，您好。已绑定：第一党支部。\n"
        "今天 15:00 有「11月主题党日」，三楼，到场后发「签到」就行。\n［1 会记录我的什么］"
    )
    branch.at("15:01")
    assert guest.says("签到").startswith("已签到：11月主题党日")


def test_nothing_is_bound_without_consent(branch: World) -> None:
    on_the_roster(branch, "王芳")
    code, guest = invited(branch, "王芳"), branch.stranger()

    guest.says(code)
    assert guest.says("嗯？").startswith("要绑定请回「同意」")
    assert guest.says("先不绑") == "好的，先不绑，什么都没有保存。想好了把码再发一次就行。"
    assert rows(branch, Account) == 1
    assert "同意并绑定" in guest.says(code)
    assert guest.says("同意").startswith("王芳，您好")


@pytest.mark.parametrize(
    "as_typed",
    [
        lambda code: code,
        lambda code: code.lower(),
        lambda code: f"绑定 {code}",
        lambda code: f"邀请码 {code}",
        lambda code: f"绑定 王芳 第一党支部 邀请码{code.replace(' ', '')}",
        lambda code: code.replace(" ", "-"),
        lambda code: " ".join(code.replace(" ", "")),
        lambda code: "".join(chr(ord(c) + 0xFEE0) for c in code.replace(" ", "")),
    ],
)
def test_a_code_however_it_is_typed(branch: World, as_typed) -> None:  # type: ignore[no-untyped-def]
    on_the_roster(branch, "王芳")

    assert "同意并绑定" in branch.stranger().says(as_typed(invited(branch, "王芳")))


def test_a_scanned_code_asks_for_consent_first(branch: World) -> None:
    on_the_roster(branch, "王芳")
    guest = branch.stranger("1234", platform="telegram")
    code = invited(branch, "王芳").replace(" ", "")

    consent = guest.scans(f"bind-{code}")
    assert "Telegram 的服务器在境外" in consent
    assert guest.taps("同意").startswith("王芳，您好")
    assert len(f"bind-{code}") <= 64


def test_asking_without_a_code_says_the_same_of_everybody(branch: World) -> None:
    on_the_roster(branch, "张一")
    guest = branch.stranger()

    assert guest.says("绑定 张一 第一党支部") == guest.says("绑定 无此人 第一党支部")


def test_what_cannot_be_a_code_costs_no_try(branch: World) -> None:
    guest = branch.stranger()

    assert guest.says("绑定 ZB8K2M").startswith("邀请码是十位，您发的是 6 位")
    assert guest.says("绑定 2B8KO3M7XT").startswith("邀请码里没有 0、O、1、I、L")
    assert rows(branch, WrongCode) == 0


def test_no_code_in_a_group(branch: World) -> None:
    on_the_roster(branch, "王芳")
    code = invited(branch, "王芳")

    said = branch.stranger().says(code, group="g1")
    assert said == "邀请码和绑定请私聊我，群里别发。"
    assert secretary(branch).says("邀请 王芳", group="g1") == said
    assert "同意并绑定" in branch.stranger().says(code)


def test_whoever_is_bound_needs_no_code(branch: World) -> None:
    on_the_roster(branch, "王芳")
    other = branch.member("赵四")

    assert other.says(invited(branch, "王芳")).startswith("这个账号已经绑定了")
