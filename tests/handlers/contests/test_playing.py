"""A paper from the first question to the last, told as conversations."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.messages import Address
from handlers.contests.rules.timing import InTime, Late, Limits, PaperOver, in_time
from storage.contests import Answer
from storage.members import Account
from tests.handlers.contests.playing import answer, play, rows
from tests.world import Talker, World


def test_nobody_plays_who_has_not_joined(contest: World, wang: Talker) -> None:
    assert wang.says("开始答题") == "您还没有报名。想参加，发「参赛」。"
    told = wang.says("竞赛")
    assert "海选（个人赛）11月23日（周一）09:00至11月23日（周一）10:00，3 题，每题 30 秒" in told
    assert "名次并列" in told
    assert wang.says("我要参赛").startswith("已报名「应知应会竞赛」")
    assert wang.says("参赛").startswith("您已经报名")
    assert wang.says("排行榜") == "成绩还没有公布，由组织方核对后公布。"


def test_a_paper_from_the_first_to_the_last(contest: World, wang: Talker) -> None:
    last = play(contest, wang, rights=3)
    assert last == "3 题都答完了，共用 0 分 15 秒。成绩公布后发「我的成绩」就能看。"
    assert wang.says("开始答题").startswith("这一轮的机会用完了")
    assert wang.says("我的成绩").startswith("成绩还没有公布")


def test_no_answer_says_whether_it_was_right(contest: World, wang: Talker) -> None:
    """Nor the key: what is said depends on the place alone."""
    li = contest.member("李强")
    for talker, right in ((wang, True), (li, False)):
        talker.says("参赛")
        talker.says("开始答题")
        assert answer(contest, talker, right=right).startswith("第 1 题已收到。\n第 2／3 题")


def test_one_double_tap_counts_once_and_so_does_the_other_phone(
    contest: World, wang: Talker
) -> None:
    contest.add(
        Account(platform="other", user="w", member_id=wang.id, bound_at=contest.now, consent="1")
    )
    phone = Talker(contest, Address("other", "w"), id=wang.id)
    wang.says("参赛")
    wang.says("开始答题")
    tap = next(each.tap for each in contest.last.buttons)
    [row] = rows(contest)
    if len(contest.last.buttons) > 4:  # several may be right: it takes «提交»
        wang.says("ab")
    else:
        contest.hear(wang.address, tap=tap)
    assert contest.hear(wang.address, tap=tap) == "这一题已经收到了，以第一次为准。"
    assert contest.hear(phone.address, tap=tap) == "这一题已经收到了，以第一次为准。"
    with contest.database.unit_of_work() as db:
        assert len(db.exec(select(Answer).where(Answer.attempt_id == row.id)).all()) == 1


def test_two_phones_in_one_batch(contest: World, wang: Talker) -> None:
    contest.add(
        Account(platform="other", user="w", member_id=wang.id, bound_at=contest.now, consent="1")
    )
    wang.says("参赛")
    wang.says("开始答题")
    other = Talker(contest, Address("other", "w"), id=wang.id)
    assert other.says("继续答题").startswith("第 1／3 题")
    said_first = "a" if contest.last.buttons[0].label == "A" else "对"
    said = contest.answer_by_writer(
        contest.incoming(wang.address, text=said_first),
        contest.incoming(Address("other", "w"), text=said_first),
    )
    assert "这一题已经收到了，以第一次为准。" in {each.text for each in said}
    with contest.database.unit_of_work() as db:
        assert len(db.exec(select(Answer)).all()) == 1


def test_who_drops_out_goes_on_with_another_phone(contest: World, wang: Talker) -> None:
    wang.says("参赛")
    wang.says("开始答题")
    answer(contest, wang)
    asked = contest.last.text.partition("\n")[2]
    contest.add(
        Account(platform="other", user="w", member_id=wang.id, bound_at=contest.now, consent="1")
    )
    contest.now += timedelta(seconds=20)
    first = asked.split("\n")[0].replace("30 秒", "10 秒")
    assert Talker(contest, Address("other", "w")).says("继续答题").startswith(first)


def test_who_asks_something_else_meanwhile_still_answers(contest: World, wang: Talker) -> None:
    wang.says("参赛")
    for said in ("竞赛规则", "帮助"):
        wang.says("开始答题")
        assert not wang.says(said).startswith("第 ")
        letter = "b" if "（判断对错）" in wang.says("继续答题") else "A"
        wang.says(said)
        assert "已收到。\n第 " in wang.says(letter)


def test_late_by_a_second_is_late_and_told(contest: World, wang: Talker) -> None:
    wang.says("参赛")
    wang.says("开始答题")
    contest.now += timedelta(seconds=33)
    assert answer(contest, wang).startswith("第 1 题已收到。")
    contest.now += timedelta(seconds=34)
    assert answer(contest, wang).startswith("第 2 题晚了 4 秒，没有计入。\n第 3／3 题")
    contest.now += timedelta(seconds=50)
    assert answer(contest, wang) == ("答题时间已经过了 17 秒，这一题没有计入；之前收到的都存着。")
    [row] = rows(contest)
    assert (row.score, row.finished_at is not None) == (1, True)


LIMITS = dict(each=30, paper=100, grace=3)


@pytest.mark.parametrize(
    ("since_shown", "since_start", "verdict"),
    [
        (30, 30, InTime()), (33, 33, InTime()), (33.001, 33.001, Late(4)), (34, 34, Late(4)),
        (5, 103, InTime()), (5, 103.001, PaperOver(4)), (40, 103.001, PaperOver(4)),
    ],
)  # fmt: skip
def test_the_clock_to_the_millisecond(
    world: World, since_shown: float, since_start: float, verdict: object
) -> None:
    now = world.now
    limits = Limits(**LIMITS, closes=now + timedelta(hours=1))
    found = in_time(
        limits,
        started=now - timedelta(seconds=since_start),
        shown=now - timedelta(seconds=since_shown),
        now=now,
    )
    assert found == verdict
    over = Limits(**LIMITS, closes=now - timedelta(seconds=4))
    assert in_time(over, started=now, shown=now, now=now) == PaperOver(4)
