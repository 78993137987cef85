"""Registers from files: what is taken, what is refused and how, and what comes out again."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from bot.files.reading import read
from bot.files.writing import as_yaml, write
from handlers.registry import actions, text
from handlers.registry.actions import Applied, Faulty, Listing, Meanwhile, Plan, Subject
from storage import attendance, members, organisation, roster
from storage.activities import Activity
from storage.audit import AuditRow
from storage.members import Account, Appointment, Member, Membership, Post, Role
from tests.world import World

DEMO = Path(__file__).parents[2] / "storage" / "seeds" / "demo"

ORGANISATION = """\
id,name,type,parent_id,elected_on
W,工委,work_committee,,
B1,第一支部,branch,W,2024-03-12
B2,第二支部,branch,W,
B1-G1,第一党小组,party_group,B1,
"""
MEMBERS = """\
member_id,name,branch_id,group,role,accepted_on
M1,王芳,B1,B1-G1,secretary,1990-05-01
M2,李强,B1,,member,2000-05-01
M3,赵敏,B2,,,2010-05-01
"""


class Files:
    """Writes files and imports them, as the command does."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world, self.folder = world, folder

    def plan(self, subject: Subject, words: str | bytes | Path, as_of: str = "") -> Plan | Faulty:
        source = read(self.file(words))
        day = date.fromisoformat(as_of) if as_of else self.world.now.date()
        with self.world.database.reading() as db:
            return actions.plan(db, subject, source, now=self.world.now, as_of=day)

    def take(self, subject: Subject, words: str | bytes | Path, as_of: str = "") -> Plan:
        plan = self.plan(subject, words, as_of)
        assert isinstance(plan, Plan), [text.fault(each) for each in plan.faults]
        with self.world.database.unit_of_work() as db:
            outcome = actions.apply(db, plan, read(self.file(words)), actor="operator")
        assert isinstance(outcome, Applied)
        return plan

    def faults(self, subject: Subject, words: str) -> list[str]:
        plan = self.plan(subject, words)
        assert isinstance(plan, Faulty), plan
        return [text.fault(each) for each in plan.faults]

    def file(self, words: str | bytes | Path) -> Path:
        if isinstance(words, Path):
            return words
        path = self.folder / "table.csv"
        path.write_bytes(words if isinstance(words, bytes) else words.encode())
        return path

    def listed(self, what: Listing) -> Sequence[dict[str, str]]:
        with self.world.database.unit_of_work() as db:
            listed = actions.export(db, what, now=self.world.now, actor="operator")
        return [dict(row) for row in listed.rows]


@pytest.fixture
def files(world: World, tmp_path: Path) -> Files:
    return Files(world, tmp_path)


@pytest.fixture
def peopled(files: Files) -> Files:
    files.take(Subject.ORGANISATION, ORGANISATION)
    files.take(Subject.MEMBERS, MEMBERS)
    return files


def sums(plan: Plan) -> tuple[int, int, int, int]:
    return len(plan.new), len(plan.changed), len(plan.ended), plan.unchanged


# what an import means


def test_a_first_import_begins_long_ago(peopled: Files) -> None:
    with peopled.world.database.reading() as db:
        belongs = {each.member_id: each for each in roster.every(db, Membership)}
        [post] = roster.every(db, Appointment)
        tree = organisation.tree(db, date(1990, 5, 1))
    assert belongs["M1"].since == date(1990, 5, 1)
    assert (post.member_id, post.org_id, post.role) == ("M1", "B1", Role.SECRETARY)
    assert post.since == date(2024, 3, 12)  # the branch's election
    assert tree.line("B1-G1") == ("B1-G1", "B1", "W")


def test_again_it_changes_nothing(peopled: Files) -> None:
    for subject, words in ((Subject.ORGANISATION, ORGANISATION), (Subject.MEMBERS, MEMBERS)):
        plan = peopled.plan(subject, words, as_of="2027-02-03")
        assert isinstance(plan, Plan)
        assert plan.writes == ()
        assert not list(plan.entries)


def test_a_transfer_keeps_last_years_attendance(peopled: Files) -> None:
    world = peopled.world
    activity_id = world.activity("主题党日", "B1")

    plan = peopled.take(Subject.MEMBERS, MEMBERS.replace("李强,B1", "李强,B2"), as_of="2026-12-01")

    assert sums(plan) == (0, 1, 0, 2)
    [change] = plan.changed[0].changes
    assert (change.column, change.before, change.after) == ("branch", "B1", "B2")
    later = world.activity("主题党日", "B1", starts=world.now.replace(month=12, day=1))
    with world.database.reading() as db:
        from storage import activities

        before, after = (activities.held(db, each) for each in (activity_id, later))
        assert before
        assert after
        assert attendance.expected(db, before) == {"M1", "M2"}
        assert attendance.expected(db, after) == {"M1"}
        rows = [each for each in roster.every(db, Membership) if each.member_id == "M2"]
    assert [(each.branch_id, each.since, each.until) for each in rows] == [
        ("B1", date(2000, 5, 1), date(2026, 12, 1)),
        ("B2", date(2026, 12, 1), None),
    ]


def test_a_transfer_before_the_last_one_is_refused(peopled: Files) -> None:
    moved = MEMBERS.replace("李强,B1", "李强,B2")
    peopled.take(Subject.MEMBERS, moved, as_of="2026-12-01")

    plan = peopled.plan(Subject.MEMBERS, MEMBERS, as_of="2026-11-30")
    assert isinstance(plan, Faulty)
    assert [text.fault(each) for each in plan.faults] == [
        "第 3 行「branch_id」：现有记录从 2026-12-01 才开始。请用 --as-of 2026-12-01 或更晚的日期。"
    ]


def test_whoever_moves_and_returns_on_one_day_was_never_away(peopled: Files) -> None:
    peopled.take(Subject.MEMBERS, MEMBERS.replace("李强,B1", "李强,B2"))
    peopled.take(Subject.MEMBERS, MEMBERS)

    with peopled.world.database.reading() as db:
        tree = organisation.tree(db, peopled.world.now.date())
        speaker = members.speaker(db, "M2", tree)
    assert speaker
    assert speaker.branch_id == "B1"


def test_posts_change_hands_on_the_day(peopled: Files) -> None:
    words = MEMBERS.replace("secretary", "member").replace("B1,,member", "B1,,secretary")

    plan = peopled.take(Subject.MEMBERS, words, as_of="2026-12-01")

    assert sums(plan) == (0, 1, 1, 2)
    with peopled.world.database.reading() as db:
        for day, who in ((date(2026, 11, 30), "M1"), (date(2026, 12, 1), "M2")):
            assert members.holders(db, Role.SECRETARY, ["B1"], day) == [(who, "B1")]


def test_two_secretaries_are_one_too_many(peopled: Files) -> None:
    only_the_new = "member_id,name,branch_id,role\nM2,李强,B1,secretary\n"

    assert peopled.faults(Subject.MEMBERS, only_the_new) == [
        "第 2 行「role」：B1 已有书记 M1。一个支部一位书记，请把另一位的新职务也写进文件。"
    ]


def test_an_absent_column_says_nothing(peopled: Files) -> None:
    plan = peopled.take(Subject.MEMBERS, "member_id,name,branch_id\nM1,王小芳,B1\n")

    assert sums(plan) == (0, 1, 0, 0)
    assert plan.notices == ("名册里另有 2 人不在这份文件里，保持原样。",)
    with peopled.world.database.reading() as db:
        speaker = members.speaker(db, "M1", organisation.tree(db, peopled.world.now.date()))
    assert speaker
    assert speaker.line == ("B1-G1", "B1", "W")
    assert speaker.posts == (Post(Role.SECRETARY, "B1"),)


def test_whoever_has_left_belongs_nowhere_and_holds_nothing(peopled: Files) -> None:
    words = "member_id,name,branch_id,status\nM1,王芳,,left\n"

    plan = peopled.take(Subject.MEMBERS, words)

    assert len(plan.ended) == 2
    with peopled.world.database.reading() as db:
        speaker = members.speaker(db, "M1", organisation.tree(db, peopled.world.now.date()))
    assert speaker
    assert (speaker.branch_id, speaker.posts) == ("", ())
    assert not peopled.plan(Subject.MEMBERS, words).writes  # type: ignore[union-attr]


def test_an_organisation_moves_under_another_and_its_past_stays(peopled: Files) -> None:
    words = ORGANISATION.replace("B2,第二支部,branch,W,", "B2,第二支部,branch,P,") + (
        "P,机关党委,organ_committee,W,\n"
    )

    plan = peopled.take(Subject.ORGANISATION, words, as_of="2027-01-01")

    assert sums(plan) == (1, 1, 0, 3)
    with peopled.world.database.reading() as db:
        assert organisation.tree(db, date(2026, 12, 31)).line("B2") == ("B2", "W")
        assert organisation.tree(db, date(2027, 1, 1)).line("B2") == ("B2", "P", "W")


def test_chinese_headings_and_words_are_understood(peopled: Files) -> None:
    words = "编号,姓名,支部,党小组,职务,状态\nM9,周杰,B2,,组织委员；宣传委员,预备党员\n"

    peopled.take(Subject.MEMBERS, words)

    with peopled.world.database.reading() as db:
        speaker = members.speaker(db, "M9", organisation.tree(db, peopled.world.now.date()))
    assert speaker
    assert {post.role for post in speaker.posts} == {
        Role.ORG_COMMISSIONER,
        Role.PUBLICITY_COMMISSIONER,
    }


def test_what_is_not_needed_is_named_and_not_kept(peopled: Files) -> None:
    plan = peopled.plan(
        Subject.MEMBERS, "member_id,name,branch_id,手机号\nM1,王芳,B1,13800000000\n"
    )

    assert isinstance(plan, Plan)
    assert plan.notices[0] == "没有用到的列：手机号。不会保存。"


def test_accounts_are_bound_once(peopled: Files) -> None:
    words = "member_id,platform,user\nM1,wecom,wang\nM2,企业微信,li\n"
    assert sums(peopled.take(Subject.ACCOUNTS, words)) == (2, 0, 0, 0)

    assert sums(peopled.take(Subject.ACCOUNTS, words)) == (0, 0, 0, 2)
    assert peopled.faults(Subject.ACCOUNTS, "member_id,platform,user\nM3,wecom,wang\n") == [
        "第 2 行「user」：这个账号已经是 M1 的。请本人先发「解除绑定」，再导入。"
    ]
    with peopled.world.database.reading() as db:
        [wang, _] = sorted(roster.every(db, Account), key=lambda it: it.member_id)
    assert (wang.via, wang.consent, wang.bound_at) == ("import", "", peopled.world.now)


def test_activities_know_their_audience_and_their_code(peopled: Files) -> None:
    peopled.take(
        Subject.ACTIVITIES,
        "activity_id,org_id,type,title,start_at,minutes,check_in,status,expected,present\n"
        "A1,B1,支委会,1月支委会,2026-01-04T09:00,45,code,done,4,3\n"
        "A2,W,volunteer,便民服务,2026/3/5 9:00,180,rotating,planned,,\n"
        "A3,B1,volunteer,社区清洁,2026年3月6日 9:00,180,,planned,,\n",
    )

    with peopled.world.database.reading() as db:
        meeting, city, branch = roster.every(db, Activity)
    assert [each.audience for each in (meeting, city, branch)] == ["officers", "signed_up", "all"]
    assert len(meeting.code) == 4
    assert meeting.code.isdecimal()
    assert len(city.secret) == 32
    assert (branch.manner, branch.code, branch.secret) == ("word", "", "")
    assert (meeting.reported_expected, meeting.reported_present) == (4, 3)
    assert f"{city.opens:%H:%M}–{city.closes:%H:%M}" == "08:30–12:00"


def test_an_activity_that_is_moved_keeps_its_code(peopled: Files) -> None:
    words = "activity_id,org_id,type,title,start_at,check_in\nA1,B1,党课,党课,{},code\n"
    peopled.take(Subject.ACTIVITIES, words.format("2026-12-01T09:00"))
    with peopled.world.database.reading() as db:
        [before] = roster.every(db, Activity)

    peopled.take(Subject.ACTIVITIES, words.format("2026-12-02T10:00"))

    with peopled.world.database.reading() as db:
        [after] = roster.every(db, Activity)
    assert (after.id, after.code) == (before.id, before.code)
    assert f"{after.opens:%m-%d %H:%M}" == "12-02 09:30"


# what is refused

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


# as large as a city


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


# out as it went in


@pytest.mark.parametrize("form", ["csv", "xlsx", "yaml"])
def test_the_demonstration_comes_out_as_it_went_in(files: Files, tmp_path: Path, form: str) -> None:
    taken = {
        Subject.ORGANISATION: DEMO / "org.yaml",
        Subject.MEMBERS: DEMO / "members.csv",
        Subject.ACTIVITIES: DEMO / "activities.csv",
    }
    for subject, file in (*taken.items(), (Subject.ORGANISATION, DEMO / "org.yaml")):
        files.take(subject, file)

    for subject in taken:
        with files.world.database.unit_of_work() as db:
            listed = actions.export(db, Listing(subject), now=files.world.now, actor="operator")
        path = tmp_path / f"{subject}.{form}"
        write(path, subject, listed.columns, listed.rows)
        plan = files.plan(subject, path)
        assert isinstance(plan, Plan)
        assert plan.writes == ()
        assert plan.unchanged == len(listed.rows)


def test_the_demonstrations_own_rows_are_found_again_cell_by_cell(files: Files) -> None:
    for subject, name in (
        (Subject.ORGANISATION, "org.yaml"),
        (Subject.MEMBERS, "members.csv"),
        (Subject.ORGANISATION, "org.yaml"),
        (Subject.ACTIVITIES, "activities.csv"),
    ):
        files.take(subject, DEMO / name)

    for listing in (Listing.MEMBERS, Listing.ACTIVITIES):
        original = read(DEMO / f"{listing}.csv")
        rows = files.listed(listing)
        for row, before in zip(rows, original.rows, strict=True):  # type: ignore[union-attr]
            assert {key: row[key] for key in before.cells} == before.cells


def test_the_nested_document_comes_out_as_it_went_in(files: Files, tmp_path: Path) -> None:
    import yaml

    for subject, name in (
        (Subject.ORGANISATION, "org.yaml"),
        (Subject.MEMBERS, "members.csv"),
        (Subject.ORGANISATION, "org.yaml"),
    ):
        files.take(subject, DEMO / name)
    with files.world.database.unit_of_work() as db:
        listed = actions.export(db, Listing.ORGANISATION, now=files.world.now, actor="operator")

    assert listed.document
    before = yaml.safe_load((DEMO / "org.yaml").read_text("utf-8"))
    del before["note"]
    for branch in (each for organ in before["organs"] for each in organ["branches"]):
        for told_by_the_members in ("members", "secretary", "full_name_note"):
            del branch[told_by_the_members]
    del before["committee"]["officers"][0]["duty"]
    assert yaml.safe_load(as_yaml(listed.document)) == before
    path = tmp_path / "out.yaml"
    path.write_bytes(as_yaml(listed.document))
    again = files.plan(Subject.ORGANISATION, path)
    assert isinstance(again, Plan)
    assert again.writes == ()
