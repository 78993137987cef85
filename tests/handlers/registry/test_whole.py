"""All or nothing: plans out of date, imports cut short, a city at once."""

import pytest

from bot.files.reading import read
from handlers.registry import actions
from handlers.registry.actions import Listing, Meanwhile, Plan, Subject
from storage import roster
from storage.audit import AuditRow
from storage.members import Member
from tests.handlers.registry.files import MEMBERS, Files, sums


def test_who_was_erased_is_not_brought_back(peopled: Files) -> None:
    with peopled.world.database.unit_of_work() as db:
        member = db.get_one(Member, "M3")
        member.name, member.erased_at = "", peopled.world.now

    assert peopled.faults(Subject.MEMBERS, MEMBERS) == [
        "第 4 行「member_id」：M3 已要求删除本人资料。请删去这一行。"
    ]
    assert [row["member_id"] for row in peopled.listed(Listing.MEMBERS)] == ["M1", "M2"]


def test_a_plan_that_is_out_of_date_is_not_carried_out(peopled: Files) -> None:
    words = MEMBERS.replace("王芳", "王小芳")
    plan = peopled.plan(Subject.MEMBERS, words)
    assert isinstance(plan, Plan)
    with peopled.world.database.unit_of_work() as db:
        db.get_one(Member, "M1").name = "王芳芳"

    with peopled.world.database.unit_of_work() as db:
        outcome = actions.apply(db, plan, read(peopled.file(words)), actor="operator")

    assert isinstance(outcome, Meanwhile)
    assert [row["name"] for row in peopled.listed(Listing.MEMBERS)] == ["王芳芳", "李强", "赵敏"]


def test_an_import_that_breaks_half_way_leaves_nothing(peopled: Files) -> None:
    words = MEMBERS + "".join(f"N{n},新人{n},B2,,,\n" for n in range(2500))
    plan = peopled.plan(Subject.MEMBERS, words)
    assert isinstance(plan, Plan)

    class PowerCut(Exception):
        pass

    def wrote(_: int) -> None:
        raise PowerCut

    with pytest.raises(PowerCut), peopled.world.database.unit_of_work() as db:
        actions.apply(db, plan, read(peopled.file(words)), actor="operator", wrote=wrote)

    assert len(peopled.listed(Listing.MEMBERS)) == 3


def test_every_change_is_on_record(peopled: Files) -> None:
    peopled.take(Subject.MEMBERS, MEMBERS.replace("李强,B1", "李强,B2"))
    peopled.listed(Listing.MEMBERS)

    with peopled.world.database.reading() as db:
        *_, moved, taken_out = roster.every(db, AuditRow)
    assert (moved.actor, moved.action, moved.object, moved.detail) == (
        "operator",
        "import_members",
        "members:M2",
        "changed branch",
    )
    assert (taken_out.action, taken_out.object, taken_out.detail) == (
        "export",
        "members:*",
        "3 rows",
    )


def test_thirteen_thousand_members_in_one_go(files: Files) -> None:
    branches = [f"B{n}" for n in range(260)]
    files.take(
        Subject.ORGANISATION,
        "id,name,type,parent_id\nW,工委,work_committee,\n"
        + "".join(f"{each},支部{each},branch,W\n" for each in branches),
    )
    words = "member_id,name,branch_id,role,accepted_on\n" + "".join(
        f"M{n:05},党员{n},{branches[n % 260]},{'secretary' if n < 260 else ''},2001-07-01\n"
        for n in range(13_000)
    )

    assert sums(files.take(Subject.MEMBERS, words)) == (13_000, 0, 0, 0)
    assert sums(files.take(Subject.MEMBERS, words)) == (0, 0, 0, 13_000)
    broken = words.replace("M09000,党员9000,", "M09000,,")
    assert files.faults(Subject.MEMBERS, broken) == ["第 9002 行「name」：是空的。请填写。"]
