"""Circulars, by talking: drafted from records, vouched for by another, refused by clause."""

from datetime import datetime, timedelta

import pytest

from bot.clock import HOME
from handlers.reports.actions import printing, reading
from handlers.reports.actions.printing import Form, Printed
from handlers.reports.chat.circulars import Look, Records, Take
from handlers.reports.rules.figures import Sum
from handlers.reports.rules.stages import Step
from storage import members, organisation, reports
from storage.attendance import Attendance
from storage.members import Role
from storage.organisation import Organisation, OrgKind
from storage.reports import Circular
from tests.world import Talker, World

JULY = datetime(2026, 7, 15, 9, 0, tzinfo=HOME)


def came(world: World, activity: int, *members: Talker, state: str = "present") -> None:
    for each in members:
        world.add(
            Attendance(
                activity_id=activity,
                member_id=each.id,
                state=state,
                at=JULY,
                source="word",
                by=each.id,
                entered_at=JULY,
            )
        )


@pytest.fixture
def organ(world: World) -> World:
    """Two branches under one committee; of six people four came to one theme day each."""
    world.organisation("WC", kind=OrgKind.WORK_COMMITTEE, name="市直机关工委")
    world.organisation("PC", under="WC", kind=OrgKind.ORGAN_COMMITTEE, name="财政局机关党委")
    world.organisation("B1", under="PC", name="办公室党支部")
    world.organisation("B2", under="PC", name="预算科党支部")
    ones = [world.member(name) for name in ("王一", "王二", "王三")]
    twos = [world.member(name, branch="B2") for name in ("李一", "李二", "李三")]
    came(world, world.activity(starts=JULY), *ones[:2])
    came(world, world.activity(branch="B2", starts=JULY + timedelta(days=1)), *twos[:2])
    return world


def officer(world: World, name: str, role: Role = Role.ORGAN_COMMITTEE, at: str = "PC") -> Talker:
    talker = world.member(name, branch="B1" if at == "PC" else "B2")
    world.appoint(talker, at, role)
    return talker


def test_from_a_sentence_to_what_is_published(organ: World) -> None:
    chen, zhao = officer(organ, "陈委员"), officer(organ, "赵书记")

    said = chen.says("生成第三季度通报")
    assert "财政局机关党委2026年第三季度通报：草稿" in said
    assert "开展活动 2 场" in said
    assert "到会 4／8 人次（50%）" in said
    assert "校核" in chen.taps("校核")
    assert [b.label for b in organ.last.buttons] == ["作废", "为什么是这个数"]

    assert "已校核，待签发" in zhao.says("通报清单")
    zhao.taps("看第 1 份")
    assert "已签发" in zhao.taps("签发")
    assert "已发布" in chen.says("通报清单") or chen.taps("看第 1 份")
    assert "已发布" in chen.taps("发布")


@pytest.mark.parametrize(
    ("said", "clause"),
    [
        ("写一份学习时长的通报", "第（四）项"),
        ("生成积分情况通报", "第（二）项"),
        ("拟一份答题正确率的通报", "第（四）项"),
        ("生成在线时长通报", "第（二）（三）项"),
        ("写一份登录次数的通报", "第（二）（三）项"),
        ("生成点赞量通报", "第（四）项"),
        ("拟一份党员排名的通报", "第（二）项"),
        ("写个通报，请各支部附照片", "第（四）项"),
        ("写个点名通报", "第六条、第二十五条"),
    ],
)
def test_what_would_burden_is_refused_with_its_clause(organ: World, said: str, clause: str) -> None:
    answer = officer(organ, "陈委员").says(f"生成通报 {said}")

    assert clause in answer
    assert "不能写进通报" in answer
    with organ.database.reading() as db:
        assert reports.latest(db, ["PC"]) is None


def test_what_is_known_is_not_asked_for_again(organ: World) -> None:
    said = officer(organ, "陈委员").says("生成通报 请各支部上报到会人数")

    assert "签到记录里都有" in said
    assert "第（一）项" in said


def test_nobody_is_named(organ: World) -> None:
    chen = officer(organ, "陈委员")

    assert "1 个名册上的姓名" in chen.says("拟一份关于王一主题党日的通报")
    chen.says("生成第三季度通报")
    organ.member("开展活动", branch="B9")  # who happens to be called as one of our own words
    assert "已校核" in chen.taps("校核")


def test_what_nobody_records_is_no_topic(organ: World) -> None:
    chen = officer(organ, "陈委员")

    assert "「党费收缴情况」还没有可以汇总的记录" in chen.says("出一个党费收缴情况的通报")
    assert "草稿" in chen.says("写一份三季度情况通报")
    assert "财政局机关党委2026年第三季度通报" in chen.says("生成财政局机关党委三季度通报")


def test_a_name_that_came_to_the_roster_meanwhile(organ: World) -> None:
    chen = officer(organ, "陈委员")
    chen.says("拟一份关于春风行动主题党日的通报")
    organ.member("春风行动", branch="B9")

    assert "1 个名册上的姓名" in chen.taps("校核")


def test_not_by_whoever_wrote_it(organ: World) -> None:
    chen = officer(organ, "陈委员")
    chen.says("生成第三季度通报")
    chen.taps("校核")
    [row] = circulars(organ)

    organ.hear(chen.address, tap=Take(step=Step.APPROVE, id=row.id).pack())
    assert "另一位同志签发" in organ.last.text
    assert circulars(organ)[0].state == "checked"


def test_a_branch_secretary_writes_none(organ: World) -> None:
    secretary = organ.member("支书", role=Role.SECRETARY)

    assert "这件事要由机关党委（党总支）、工委办公室来办" in secretary.says("生成第三季度通报")
    assert "还没有通报" in secretary.says("通报清单")


def test_a_neighbouring_organ_does_not_see_it(organ: World) -> None:
    organ.organisation("PD", under="WC", kind=OrgKind.ORGAN_COMMITTEE, name="审计局机关党委")
    officer(organ, "陈委员").says("生成第三季度通报")
    [row] = circulars(organ)
    other = organ.member("邻居", branch="B9")
    organ.appoint(other, "PD", Role.ORGAN_COMMITTEE)

    for tap in (
        Take(step=Step.CHECK, id=row.id),
        Look(id=row.id),
        Records(id=row.id, figure="held"),
    ):
        assert "没有找到这份通报" in organ.hear(other.address, tap=tap.pack())


def test_why_it_is_that_number(organ: World) -> None:
    chen = officer(organ, "陈委员")
    assert "刚才没有看过" in chen.says("为什么是这个数")
    chen.says("生成第三季度通报")

    said = chen.says("为什么是这个数")
    assert said.startswith("开展活动 2 场。")
    assert "口径：期内开始、已经办过的活动" in said
    assert "2026年7月1日至2026年9月30日" in said
    assert "· 7月16日 预算科党支部 主题党日：1" in said
    assert "到会 4／7 人次，分母是应到人次" in chen.says("到会为什么是这个数")


def test_records_that_change_before_it_is_checked(organ: World) -> None:
    chen = officer(organ, "陈委员")
    chen.says("生成第三季度通报")
    came(
        organ, organ.activity(starts=JULY + timedelta(days=2)), Talker(organ, chen.address, "王三")
    )

    assert "开展活动 2→3" in chen.taps("校核")
    assert "已校核" in chen.taps("校核")


def test_in_a_group_nothing_is_said_but_where_it_went(organ: World) -> None:
    assert officer(organ, "陈委员").says("生成第三季度通报", group="g") == "通报的事已私信您。"


@pytest.mark.parametrize("form", list(Form))
def test_what_was_published_is_rebuilt_to_the_byte(organ: World, form: Form) -> None:
    chen, zhao = officer(organ, "陈委员"), officer(organ, "赵书记")
    published(organ, chen, zhao)
    first = rebuilt(organ, "赵书记", form)

    came(organ, 1, Talker(organ, chen.address, "王三"))
    with organ.database.unit_of_work() as db:
        db.get_one(Organisation, "B1").name = "改了名的支部"
        organisation.changed(db)
    organ.at("12-31 9:00")
    again = rebuilt(organ, "赵书记", form)

    assert again.body == first.body
    assert again.same


@pytest.mark.parametrize("form", list(Form))
def test_nothing_that_comes_later_changes_what_was_published(organ: World, form: Form) -> None:
    """Neither its correction, nor who is imported, nor who has their data deleted: whoever
    was counted, wrote or signed it."""
    chen, zhao = officer(organ, "陈委员"), officer(organ, "赵书记")
    published(organ, chen, zhao)
    first = rebuilt(organ, "赵书记", form, version=1)

    came(organ, 1, Talker(organ, chen.address, "王三"))
    chen.says("通报清单")
    chen.taps("看第 1 份")
    chen.taps("更正")
    vouched(chen, zhao)
    organ.organisation("B3", under="PC", name="新来的支部")
    organ.member("新人", branch="B3")
    organ.activity(branch="B3", starts=JULY)
    for name in ("王一", "陈委员"):
        gone = organ.talker(name)
        gone.says("删除我的数据")
        assert "已删除" in gone.taps("确认删除")
    organ.at("12-31 9:00")

    again = rebuilt(organ, "赵书记", form, version=1)
    assert again.body == first.body
    assert again.same
    assert rebuilt(organ, "赵书记", form, version=2).body != first.body


def test_a_correction_is_a_new_version(organ: World) -> None:
    chen, zhao = officer(organ, "陈委员"), officer(organ, "赵书记")
    published(organ, chen, zhao)
    came(organ, 1, Talker(organ, chen.address, "王三"))

    chen.says("通报清单")
    chen.taps("看第 1 份")
    assert "已按最新记录起草更正版" in chen.taps("更正")
    old, new = sorted(circulars(organ), key=lambda each: each.version)

    assert (old.state, new.state, new.version, new.number) == ("published", "draft", 2, old.number)
    assert reading.of(old).sums["attendance"] == Sum(4, 8)
    assert reading.of(new).sums["attendance"] == Sum(5, 8)


def test_what_was_tampered_with_goes_no_further(organ: World) -> None:
    chen = officer(organ, "陈委员")
    chen.says("生成第三季度通报")
    with organ.database.unit_of_work() as db:
        row = db.get_one(Circular, circulars(organ)[0].id)
        row.frozen = row.frozen.replace('"whole":8', '"whole":4').replace(",2,4]", ",4,4]")

    assert "不一致" in chen.taps("校核")


def published(world: World, author: Talker, other: Talker) -> None:
    author.says("生成第三季度通报")
    vouched(author, other)


def vouched(author: Talker, other: Talker) -> None:
    author.taps("校核")
    other.says("通报清单")
    other.taps("看第 1 份")
    other.taps("签发")
    assert "已发布" in other.taps("发布")


def circulars(world: World) -> list[Circular]:
    with world.database.reading() as db:
        rows = list(reports.listed(db, ["PC", "WC", "B1"]))
        return [reports.one(db, row.id) or row for row in rows]


def rebuilt(world: World, who: str, form: Form, version: int = 1) -> Printed:
    with world.database.unit_of_work() as db:
        speaker = members.speaker(db, who, organisation.tree(db, world.now.date()))
        assert speaker
        [row] = [each for each in reports.listed(db, ["PC"]) if each.version == version]
        return printing.printed(db, speaker, row, form, world.now)
