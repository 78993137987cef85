"""邀请: who may invite whom, and how codes end."""

from datetime import date

from sqlalchemy import select

from storage.invites import Invite, WrongCode
from storage.members import Account, Appointment, Role, changed
from tests.handlers.binding.joining import code_in, invited, on_the_roster, rows, secretary
from tests.world import World


def test_who_is_invited_by_name_number_or_sound(branch: World) -> None:
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
