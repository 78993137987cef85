"""Letters, the message of the morning, and the ladder of a finding."""

from datetime import date

from sqlmodel import select

from handlers.duties.actions import planning
from handlers.tasks.actions import letters, morning
from storage import duties
from storage.members import Role
from storage.outbox import Letter
from tests.handlers.tasks.town import Town, issue_many


def test_several_tasks_are_told_in_one_letter(town: Town) -> None:
    with town.world.database.unit_of_work() as db:
        issue_many(db, town.world, items=5)
    town.office.says("布置任务：各支部核对名册，下周五前")
    town.office.says("布置")
    [letter] = town.letters(town.secretaries[0])
    assert letter.text.startswith("机关工委布置了 6 件任务：")
    assert "…… 还有 3 件" in letter.text


def test_the_morning_says_only_what_is_wrong(town: Town) -> None:
    li, wang, _ = town.secretaries
    town.hand_out()
    wang.says("A1 办完了")
    town.world.at("12-5 8:30")
    with town.world.database.reading() as db:
        found = morning.matters(db, town.world.now)
        assert {who: [each.text for each in lines] for who, lines in found.items()} == {
            "李书记": ["核对名册（A1），过了 1 天（12月4日前）"],
            "张书记": ["核对名册（A1），过了 1 天（12月4日前）"],
            "孙科长": ["有 1 件报上来，等您验收或答复"],
        }
        digest = morning.digest(db, town.world.now, ["B1", "B2", "B3"])
    assert (digest.issued, digest.waiting, digest.overdue, digest.nil) == (3, 1, 2, 2)
    tap = found["李书记"][0].button
    assert tap
    assert town.world.hear(li.address, tap=tap.tap).startswith("已报完成")


def test_a_letter_that_is_not_needed_any_more_is_called_back(town: Town) -> None:
    town.hand_out()
    town.secretaries[0].says("A1 办完了")
    with town.world.database.reading() as db:
        rows = db.exec(select(Letter).order_by("id")).all()
        assert [each.state for each in rows] == ["cancelled", "waiting", "waiting"]


def test_a_finding_climbs_the_ladder_of_the_rules_and_stops(town: Town) -> None:
    """It is a duty by its day on record; no tap but the re-check ends it."""
    li, office = town.secretaries[0], town.office
    office.says("发现问题：第一党支部版面陈旧，12月1日前整改")
    office.says("布置")
    with town.world.database.unit_of_work() as db:
        planning.plan(db, planning.rulebook(), town.world.now)
        [duty] = [each for each in duties.every(db) if each.subject == "finding:W1"]
    assert (duty.rule_id, duty.due, duty.state) == ("LD08", date(2026, 12, 1), "open")
    assert town.world.hear(li.address, tap=f"duty:{duty.id}") == "这一件不归您管，没有改动。"
    li.says("W1整改完成：已换新")
    office.says("待验收")
    office.taps("通过")
    office.taps("销号")
    with town.world.database.reading() as db:
        done = duties.one(db, duty.id)
        assert done
        assert (done.state, done.fulfilled_by) == ("done", "task:1")


def test_who_is_appointed_later_is_told_in_the_morning(town: Town) -> None:
    world = town.world
    world.organisation("B9", "WC", name="第九党支部")
    assert "第九党支部还没有负责人，通知不到" in town.office.says(
        "布置任务：第九党支部核对名册，下周五前"
    )
    town.office.says("布置")
    new = world.member("周新", branch="B9", role=Role.SECRETARY)
    assert town.letters(new) == []
    world.at("11-24 8:20")
    with world.database.unit_of_work() as db:
        assert letters.announce(db, world.now) == 1
        assert letters.announce(db, world.now) == 0
    assert town.letters(new)[0].text.startswith("机关工委布置了一件任务：核对名册（A1）")
