import dataclasses
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from threading import Barrier, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from bot.messages import Address
from handlers.binding import rules
from handlers.binding.actions.inviting import new_code
from storage.audit import AuditRow
from storage.database import Database
from storage.invites import Invite, WrongCode
from storage.members import Account, Appointment, Member, Membership, Role, changed
from tests.world import LONG_AGO, Talker, World

DOORS = {
    "webchat": "https://zhibu.example/chat#s={scene}",
    "telegram": "https://t.me/b?start={scene}",
}


@pytest.fixture
def branch(world: World) -> World:
    """A branch with a secretary, and links to come in by."""
    world.dispatcher = dataclasses.replace(world.dispatcher, doors=DOORS)
    world.organisation("B1", name="第一党支部")
    world.member("李书记", role=Role.SECRETARY)
    return world


def secretary(world: World) -> Talker:
    return Talker(world, Address("fake", "李书记"), id="李书记")


def on_the_roster(world: World, name: str, branch: str = "B1", id: str = "") -> str:
    """A member without any account."""
    with world.database.unit_of_work() as db:
        db.add(Member(id=id or name, name=name))
        db.flush()
        db.add(Membership(member_id=id or name, branch_id=branch, since=LONG_AGO))
        changed(db)
    return id or name


def code_in(answer: str) -> str:
    [code] = re.findall(r"^\w{5} \w{5}$", answer, re.M)
    return str(code)


def invited(world: World, name: str) -> str:
    return code_in(secretary(world).says(f"邀请 {name}"))


def rows(world: World, model: type) -> int:
    with world.database.reading() as db:
        return int(db.execute(select(func.count()).select_from(model)).scalar_one())


# the first contact


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
        "今天 15:00 有「11月主题党日」三楼，到场后发「签到」就行。\n［1 会记录我的什么］"
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


def test_by_scanning(branch: World) -> None:
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


# who may invite whom


def test_names(branch: World) -> None:
    for name, id in (("张三", "M1"), ("张三", "M2"), ("𠮷䶮", "M3"), ("阿卜杜·买买提", "M4")):
        on_the_roster(branch, name, id=id)
    li = secretary(branch)

    assert li.says("邀请 张三") == (
        "同名的不止一位，您要邀请哪一位？\n［1 张三 第一党支部 M1］［2 张三 第一党支部 M2］"
    )
    assert li.says("2").startswith("张三的邀请码")
    assert li.says("邀请 M3").startswith("𠮷䶮的邀请码")
    assert li.says("邀请 𠮷䶮").startswith("𠮷䶮的邀请码")
    assert li.says("邀请码 阿卜杜•买买提").startswith("阿卜杜·买买提的邀请码")
    on_the_roster(branch, "王芳")
    assert li.says("邀请 王方").startswith("王芳的邀请码")
    assert li.says("邀请 无此人").startswith("在您的组织里没有找到这个人")


def test_only_ones_own(branch: World) -> None:
    branch.organisation("B2")
    branch.member("孙书记", branch="B2", role=Role.SECRETARY)
    on_the_roster(branch, "王芳", branch="B2")

    assert secretary(branch).says("邀请 王芳").startswith("在您的组织里没有找到")
    branch.last.buttons = []
    forged = branch.hear(secretary(branch).address, tap="invite:王芳")
    assert forged.startswith("在您的组织里没有找到")
    member = branch.member("赵四")
    assert member.says("邀请 王芳").startswith("这件事要由")
    assert member.says("邀请码 王芳").startswith("这个账号已经绑定了")
    assert branch.hear(member.address, tap="invite:王芳").startswith("这件事要由")
    assert rows(branch, Invite) == 0


def test_a_former_secretary_invites_nobody(branch: World) -> None:
    """Neither anew, nor by the codes that were handed out before."""
    on_the_roster(branch, "王芳")
    code = invited(branch, "王芳")
    with branch.database.unit_of_work() as db:
        post = db.execute(select(Appointment)).scalars().one()
        post.until = date(2026, 11, 24)
        changed(db)

    branch.at("11-24 9:00")
    assert secretary(branch).says("邀请 王芳").startswith("这件事要由")
    assert branch.stranger().says(code).startswith("这个码已经用过、过期或收回了")


def test_the_post_ends_between_code_and_consent(branch: World) -> None:
    on_the_roster(branch, "王芳")
    guest = branch.stranger()
    guest.says(invited(branch, "王芳"))
    with branch.database.unit_of_work() as db:
        db.execute(select(Appointment)).scalars().one().until = date(2026, 11, 23)
        changed(db)

    assert guest.says("同意").startswith("这个码已经用过")
    assert rows(branch, Account) == 1


# codes end


def test_a_code_ends(branch: World) -> None:
    over = "这个码已经用过、过期或收回了。请向支部书记再要一个，七天内有效。"
    on_the_roster(branch, "王芳")
    old = invited(branch, "王芳")
    withdrawn = invited(branch, "王芳")
    assert branch.stranger().says(old) == over

    assert secretary(branch).says("收回邀请 王芳").startswith("王芳的邀请码已收回")
    assert branch.stranger().says(withdrawn) == over

    expiring = invited(branch, "王芳")
    branch.at("11-30 8:59:59")
    assert "同意并绑定" in branch.stranger().says(expiring)
    branch.at("11-30 9:00:00")
    assert branch.stranger().says("同意") == over
    assert branch.stranger().says(expiring) == over

    used = invited(branch, "王芳")
    branch.stranger().says(used)
    branch.stranger().says("同意")
    assert branch.stranger("other").says(used) == over
    assert rows(branch, WrongCode) == 0


def test_a_code_is_kept_nowhere(branch: World) -> None:
    """Not in the inbox, where answers are kept for a second delivery."""
    on_the_roster(branch, "王芳")
    asked = branch.incoming(secretary(branch).address, text="邀请 王芳")
    [first] = branch.answer(asked)
    [second] = branch.answer(asked)
    code = code_in(first.text)

    assert second.text.startswith("邀请码只显示一次")
    assert second.picture == b""
    branch.stranger().says(code)
    kept = repr(everything(branch))
    assert code not in kept
    assert code.replace(" ", "") not in kept


def everything(world: World) -> list[object]:
    from sqlmodel import SQLModel

    with world.database.reading() as db:
        return [
            tuple(row) for table in SQLModel.metadata.sorted_tables for row in db.run(select(table))
        ]


# guessing


def test_brute_force_stops(branch: World) -> None:
    """45 accounts try six codes each: 225 are let try, 200 are looked up, the rest is refused.

    There are 6.3 × 10¹⁴ codes. Whoever always uses up the 200 tries of every hour makes 33,600
    in the seven days that a code lives; with 13,000 codes alive all the time, one of them is hit
    with a probability of 33,600 × 13,000 / 6.3 × 10¹⁴ = 7 × 10⁻⁷.
    """
    guests = [branch.stranger(f"guest{n}") for n in range(45)]
    for _ in range(6):
        heard = [branch.incoming(each.address, text=new_code()) for each in guests]
        last = [reply.text for reply in branch.answer(*heard)]

    assert rows(branch, WrongCode) == rules.TRIES_OF_ALL == 200
    assert all("10:00 之后再试" in each for each in last)

    on_the_roster(branch, "王芳")
    code = invited(branch, "王芳")
    assert branch.stranger("wang").says(code).startswith("现在试错的人太多，10:00 之后再试")
    branch.at("10:00:00")
    assert "同意并绑定" in branch.stranger("wang").says(code)


def test_five_tries_an_hour(branch: World) -> None:
    on_the_roster(branch, "王芳")
    code, guest = invited(branch, "王芳"), branch.stranger()

    for left in (4, 3, 2, 1):
        assert f"还可以试 {left} 次" in guest.says(new_code())
        branch.at(f"9:{30 - left}")
    assert "这一小时不能再试了" in guest.says(new_code())
    assert guest.says(code).startswith("试的次数多了，10:00 之后再试")
    assert "同意并绑定" in branch.stranger("another").says(code)
    branch.at("10:00")
    assert "同意并绑定" in guest.says(code)


@given(st.text(rules.ALPHABET, min_size=10, max_size=10))
def test_a_code_is_never_a_word_with_a_number(symbols: str) -> None:
    word_and_number = symbols[:5].isalpha() or symbols[5:].isdigit()

    assert rules.well_formed(symbols) == (not word_and_number)
    assert bool(re.fullmatch(rules.CODE_ALONE, symbols)) == (not word_and_number)
    assert (rules.code_in(rules.spaced(symbols).lower()) == symbols) == (not word_and_number)


def test_a_new_code_is_well_formed() -> None:
    assert all(rules.well_formed(new_code()) for _ in range(500))


@pytest.mark.parametrize("words", ["daka 482653", "qiandao 482", "abcdefghjk"])
def test_other_words_are_no_codes(branch: World, words: str) -> None:
    assert "邀请码" not in branch.stranger().says(words).partition("先绑定一下身份")[0]
    assert rows(branch, WrongCode) == 0


# at the same time


@contextmanager
def another(url: str) -> Iterator[World]:
    database = Database(url)
    yield World(database)
    database.close()


def test_of_two_with_one_code_one_wins(branch: World, database_url: str) -> None:
    """Each on its own connections, as two processes would."""
    with another(database_url) as elsewhere:
        for n in range(5):
            on_the_roster(branch, f"王{n}")
            code = invited(branch, f"王{n}")
            guests = [branch.stranger(f"here{n}"), elsewhere.stranger(f"there{n}")]
            elsewhere._ids = iter(range(10_000 + 100 * n, 20_000))  # type: ignore[assignment]
            for each in guests:
                assert "同意并绑定" in each.says(code)
            answers = at_once(guests, "同意")
            assert sorted(each[:4] for each in answers) == sorted([f"王{n}，您", "这个码已"])
    assert rows(branch, Account) == 1 + 5


def at_once(talkers: list[Talker], words: str) -> list[str]:
    gate, answers = Barrier(len(talkers)), []

    def say(talker: Talker) -> None:
        gate.wait()
        answers.append(talker.says(words))

    threads = [Thread(target=say, args=[each]) for each in talkers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


# a second device


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


def join(old: Talker, new: Talker) -> None:
    new.says(code_in(old.says("绑定新设备")))
    new.says("同意")
    old.says("确认绑定")
    assert "已绑定" in old.taps("确认绑定")


def test_an_invite_for_somebody_who_is_bound_is_told_to_them(branch: World) -> None:
    wang, lost = branch.member("王芳"), branch.stranger("lost-phone")
    branch.at("9:01")
    lost.says(invited(branch, "王芳"))
    lost.says("同意")

    assert wang.says("帮助").startswith("您的身份刚绑定了新账号：fake（尾号 hone）")
    assert wang.says("这不是我").startswith("已撤销")


# leaving


def test_unbinding_restores_what_was_before(branch: World) -> None:
    branch.activity()
    on_the_roster(branch, "王芳")
    guest = branch.stranger("wang")
    before = guest.says("签到")
    guest.says(invited(branch, "王芳"))
    guest.says("同意")
    guest.says("签到")

    assert guest.says("解绑").startswith("解绑 fake（尾号 wang）？解绑后它和您的身份不再相连")
    assert guest.says("2") == "好的，没有解绑。"
    guest.says("解绑")
    assert guest.taps("确认解绑").startswith("已解绑")
    assert guest.says("签到") == before

    guest.says(invited(branch, "王芳"))
    guest.says("同意")
    assert guest.says("签到").startswith("您已于 09:00 签到")


def test_one_of_several_is_unbound(branch: World) -> None:
    old, new = branch.member("王芳"), branch.stranger("new")
    branch.at("9:01")
    join(old, new)
    assert old.says("解绑") == (
        "您有 2 个账号，解绑哪一个？\n［1 fake（尾号 王芳），现在用的］［2 fake（尾号 new）］"
    )
    assert "别的账号照常用" in old.says("2")
    assert old.says("1") == "已解绑 fake（尾号 new）。"
    assert old.says("我的账号").startswith("您绑定了 1 个账号")
    assert "先绑定一下身份" in new.says("签到")


def test_nobody_unbinds_another(branch: World) -> None:
    wang, zhao = branch.member("王芳"), branch.member("赵四")
    tap = f"unbound:{rules.mark(*wang.address)}"

    assert branch.hear(zhao.address, tap=tap).startswith("这个账号已经不在绑定里了")
    assert wang.says("我的账号").startswith("您绑定了 1 个账号")


def test_equal_ids_of_two_platforms_are_two_people(branch: World) -> None:
    """T10: the key is platform and user."""
    branch.member("王芳")

    assert branch.stranger("王芳", platform="fake2").says("签到").startswith("您好，我是支部助手")


# whom an import has bound


def test_an_imported_account_reads_the_consent_once(branch: World) -> None:
    branch.activity()
    on_the_roster(branch, "王芳")
    account = Account(
        platform="wecom", user="wf", member_id="王芳", bound_at=branch.now, via="import"
    )
    branch.add(account)
    wang = branch.stranger("wf", platform="wecom")

    first = wang.says("签到")
    assert first.startswith("已签到：主题党日，09:00。今天到会 1／2 人。\n\n（只说一次，第 1 版）")
    assert "撤回同意" in first
    assert wang.says("签到") == "您已于 09:00 签到：主题党日，不用再签。"
    with branch.database.reading() as db:
        assert db.get_one(Account, ("wecom", "wf")).consent == "told 1"


def test_what_is_done_is_audited(branch: World) -> None:
    on_the_roster(branch, "王芳")
    guest = branch.stranger("wang")
    secretary(branch).says("邀请")
    guest.says(invited(branch, "王芳"))
    guest.says("同意")
    guest.says("解绑")
    guest.says("1")

    with branch.database.reading() as db:
        done = [
            (each.actor, each.action, each.object)
            for each in db.execute(
                select(AuditRow).order_by(AuditRow.id)  # type: ignore[arg-type]
            ).scalars()
        ]
    assert done == [
        ("李书记", "read_unbound", "organisation:B1"),
        ("李书记", "invite", "member:王芳"),
        ("王芳", "consent", "member:王芳"),
        ("王芳", "bind", "member:王芳"),
        ("王芳", "unbind", "member:王芳"),
    ]
