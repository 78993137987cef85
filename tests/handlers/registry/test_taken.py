"""What an import of a register means for what was there before."""

from datetime import date

from handlers.duties.actions import planning
from handlers.registry import text
from handlers.registry.actions import Faulty, Plan, Subject
from storage import attendance, duties, members, organisation, roster
from storage.activities import Activity
from storage.members import Account, Appointment, Membership, Post, Role
from tests.handlers.registry.files import MEMBERS, ORGANISATION, Files, sums


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


AWAY = """\
编号,姓名,支部,外出日期,流动日期,出国日期,党费交至
M1,王芳,B1,2026-07-01,,,
M2,李强,B1,,2026-01-10,,
M3,赵敏,B2,,,2026-02-01,2026-11-30
"""


def owed(files: Files) -> set[tuple[str, str]]:
    """What of relations and dues is asked of the members now: rule and member."""
    with files.world.database.unit_of_work() as db:
        planning.plan(db, planning.rulebook(), files.world.now)
        rows = duties.every(db)
    return {
        (row.rule_id, row.subject.removeprefix("member:"))
        for row in rows
        if row.state == "open" and row.rule_id in {"RL01", "RL02", "RL03", "DU01", "DU04"}
        if row.due and row.due <= date(2027, 1, 31)
    }


def test_who_is_away_and_whose_dues_are_paid_comes_with_the_members(peopled: Files) -> None:
    """And goes: an empty cell says that they are back. Without the column nothing changes."""
    dated = ORGANISATION.replace("elected_on", "elected_on,dues_day")
    peopled.take(Subject.ORGANISATION, dated.replace("2024-03-12", "2024-03-12,10"))
    before = owed(peopled)
    assert {rule for rule, _ in before} == {"DU01"}

    peopled.take(Subject.MEMBERS, AWAY)
    assert owed(peopled) - before == {("RL01", "M1"), ("RL02", "M2"), ("RL03", "M3")}
    peopled.take(Subject.MEMBERS, MEMBERS)
    assert ("RL01", "M1") in owed(peopled)

    peopled.take(Subject.MEMBERS, AWAY.replace("2026-07-01,", ",").replace("2026-01-10", ""))
    assert owed(peopled) - before == {("RL03", "M3")}


def test_what_is_paid_is_not_asked_for(peopled: Files) -> None:
    """To the end of December: neither the months until then, nor to look after it."""
    dated = ORGANISATION.replace("elected_on", "elected_on,dues_day")
    peopled.take(Subject.ORGANISATION, dated.replace("2024-03-12", "2024-03-12,10"))
    paid = AWAY.replace("王芳,B1,2026-07-01,,,", "王芳,B1,,,,2026-12-31")
    peopled.take(Subject.MEMBERS, paid)
    with peopled.world.database.unit_of_work() as db:
        planning.plan(db, planning.rulebook(), peopled.world.now)
        dues = [row for row in duties.every(db) if row.rule_id == "DU01"]
    assert {row.state for row in dues if row.subject == "member:M1" and row.due} == {"done", "open"}
    assert min(
        row.due for row in dues if row.subject == "member:M1" and row.state == "open" and row.due
    ) == date(2027, 1, 11)
    wang = peopled.world.stranger("王芳")
    peopled.world.add(
        Account(
            platform="fake", user="王芳", member_id="M1", bound_at=peopled.world.now, consent="1"
        )
    )
    assert wang.says("我的党费") == "12月党费名册里记着已交。只记交没交，不记金额。"

    peopled.take(Subject.MEMBERS, AWAY)  # it was a slip: nothing is known of hers
    with peopled.world.database.unit_of_work() as db:
        planning.plan(db, planning.rulebook(), peopled.world.now)
    assert wang.says("我的党费").startswith("12月党费还没有记录")
