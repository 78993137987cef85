"""解绑, and accounts that an import has bound."""

from sqlalchemy import select

from handlers.binding import rules
from storage.audit import AuditRow
from storage.members import Account
from tests.handlers.binding.joining import invited, join, on_the_roster, secretary
from tests.world import World


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
