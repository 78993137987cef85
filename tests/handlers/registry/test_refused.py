"""What is refused: each row and cell by its name, with the remedy."""

import pytest

from handlers.registry.actions import Subject
from storage import roster
from storage.members import Member
from tests.handlers.registry.files import MEMBERS, Files

HEAD = "member_id,name,branch_id,group,role,accepted_on,full_on,is_leader\n"


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (",钱七,B1,,,,,", "第 2 行「member_id」：是空的。请填写。"),
        (
            "M 7,钱七,B1,,,,,",
            "第 2 行「member_id」：写的是「M 7」。编号只用英文字母、数字和 - _ .，最多 40 个。",
        ),
        ("M7,,B1,,,,,", "第 2 行「name」：是空的。请填写。"),
        ("M7,钱\u202e七,B1,,,,,", "第 2 行「name」：里面有看不见的控制字符。请重新输入这一格。"),
        (f"M7,{'钱' * 41},B1,,,,,", "第 2 行「name」：有 41 个字。请不要超过 40 个字。"),
        ("M7,钱七,,,,,,", "第 2 行「branch_id」：是空的。请填写。"),
        (
            "M7,钱七,B9,,,,,",
            "第 2 行「branch_id」：没有编号为 B9 的组织。请更正编号，或先导入这个组织。",
        ),
        ("M7,钱七,W,,,,,", "第 2 行「branch_id」：W 不是党支部。请写党支部的编号。"),
        (
            "M7,钱七,B2,B1-G1,,,,",
            "第 2 行「group」：B1-G1 不是 B2 的党小组。请更正，或把这一格留空。",
        ),
        (
            "M7,钱七,B1,,secretry,,,",
            "第 2 行「role」：写的是「secretry」。可以写 secretary、deputy_secretary。",
        ),
        (
            "M7,钱七,B1,,group_leader,,,",
            "第 2 行「role」：写的是「group_leader」。请在 group 里写明是哪个党小组的组长。",
        ),
        (
            "M7,钱七,B1,,,2026-02-30,,",
            "第 2 行「accepted_on」：写的是「2026-02-30」。请写成 2026-11-23。",
        ),
        (
            "M7,钱七,B1,,,2020-05-01,2019-05-01,",
            "第 2 行「full_on」：写的是「2019-05-01」。不能早于入党日期 2020-05-01。",
        ),
        (
            "M7,钱七,B1,,,,,也许",
            "第 2 行「is_leader」：写的是「也许」。请写 1 或 0（是 或 否）。",
        ),
        (
            "M7,钱七,B1,,,,,1,多,余",
            "第 2 行：多出「多、余」。这一行比列名多出了格子，请检查是否多了逗号或引号。",
        ),
    ],
)
def test_a_wrong_cell_is_named_with_its_remedy(peopled: Files, row: str, fault: str) -> None:
    assert peopled.faults(Subject.MEMBERS, HEAD + row + "\n") == [fault]


def test_everything_wrong_is_told_at_once_and_nothing_is_taken(peopled: Files) -> None:
    words = "member_id,nam,branch_id,role\nM7,钱七,B9,boss\nM8,孙八,B1,\nM8,孙八,B1,\n"

    assert peopled.faults(Subject.MEMBERS, words) == [
        "第 1 行「nam」：没有这个列名。是不是「name」？请改列名，或删去这一列。",
        "第 1 行「name」：缺少这一列。请在第一行加上这个列名，并逐行填写。",
        "第 2 行「branch_id」：没有编号为 B9 的组织。请更正编号，或先导入这个组织。",
        "第 2 行「name」：是空的。请填写。",
        "第 2 行「role」：写的是「boss」。可以写 member、group_leader、secretary、"
        "deputy_secretary、org_commissioner、publicity_commissioner。",
        "第 3 行「name」：是空的。请填写。",
        "第 4 行「member_id」：写的是「M8」。与第 3 行重复，请只留一行。",
        "第 4 行「name」：是空的。请填写。",
    ]
    with peopled.world.database.reading() as db:
        assert len(roster.every(db, Member)) == 3


@pytest.mark.parametrize(
    ("rows", "faults"),
    [
        (
            "X,某部,work_committee,Y,\n",
            ["第 2 行「parent_id」：没有编号为 Y 的组织。请更正编号，或先导入这个组织。"],
        ),
        (
            "X,甲,organ,Y,\nY,乙,organ,X,\n",
            [
                "第 2 行「parent_id」：上级绕成了一个圈。请更正其中一个组织的上级。",
                "第 3 行「parent_id」：上级绕成了一个圈。请更正其中一个组织的上级。",
            ],
        ),
        ("G,组,party_group,W,\n", ["第 2 行「parent_id」：写的是「W」。党小组要挂在党支部下面。"]),
        (
            "B3,三支部,党支部,B1,\n",
            [
                "第 2 行「parent_id」：写的是「B1」。"
                "党支部不能挂在党支部或党小组下面，请改挂上一级。"
            ],
        ),
        (
            "B1,第一支部,branch,W,2024-13-12\n",
            ["第 2 行「elected_on」：写的是「2024-13-12」。请写成 2026-11-23。"],
        ),
    ],
)
def test_a_tree_that_cannot_be(peopled: Files, rows: str, faults: list[str]) -> None:
    head = "id,name,type,parent_id,elected_on\n"
    assert peopled.faults(Subject.ORGANISATION, head + rows) == faults


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (
            "A1,B9,党课,题目,2026-12-01T09:00,",
            "第 2 行「org_id」：没有编号为 B9 的组织。请更正编号，或先导入这个组织。",
        ),
        (
            "A1,B1,partylecture,题目,2026-12-01T09:00,",
            "第 2 行「type」：写的是「partylecture」。可以写 party_lecture。",
        ),
        (
            "A1,B1,党课,题目,明天九点,",
            "第 2 行「start_at」：写的是「明天九点」。请写成 2026-11-23T09:00。",
        ),
        (
            "A1,B1,党课,题目,2026-12-01T25:00,",
            "第 2 行「start_at」：写的是「2026-12-01T25:00」。请写成 2026-11-23T09:00。",
        ),
        (
            "A1,B1,党课,题目,2026-12-01T09:00,-5",
            "第 2 行「expected」：写的是「-5」。请写 0–100000 之间的数。",
        ),
    ],
)
def test_a_wrong_activity(peopled: Files, row: str, fault: str) -> None:
    head = "activity_id,org_id,type,title,start_at,expected\n"
    assert peopled.faults(Subject.ACTIVITIES, head + row + "\n") == [fault]


def test_members_need_organisations_first(files: Files) -> None:
    assert set(files.faults(Subject.MEMBERS, MEMBERS)) == {
        f"第 {row} 行「branch_id」：还没有导入组织。请先执行 zhibu import organisation。"
        for row in (2, 3, 4)
    }


def test_a_day_more_than_a_year_ahead_is_a_slip_of_the_pen(peopled: Files) -> None:
    rows = "编号,姓名,支部,外出日期,党费交至\nM1,王芳,B1,2062-07-01,2027-11-01\n"
    assert peopled.faults(Subject.MEMBERS, rows) == [
        "第 2 行「away_from」：写的是「2062-07-01」，在一年以后。请核对年份；回来了或不清楚就留空。"
    ]
