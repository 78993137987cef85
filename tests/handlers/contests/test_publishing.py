"""Published by a person: appeals, standings, teams, the final."""

from handlers.contests.actions import staging, standing
from storage import contests
from tests.handlers.contests.playing import (
    answer,
    assert_counters_are_right,
    papers,
    play,
    rows,
    secretary,
)
from tests.world import Talker, World


def test_published_by_a_person_and_names_only_by_wish(contest: World, wang: Talker) -> None:
    li, zhao = contest.member("李强"), contest.member("赵敏")
    play(contest, wang, rights=3, seconds=9)
    play(contest, li, rights=3, seconds=5)
    play(contest, zhao, rights=2, seconds=2)
    li.says("公开姓名")
    boss = secretary(contest)
    assert boss.says("公布成绩 1") == "这一轮还没有结束，结束以后才能公布。"
    contest.at("10:01")
    assert wang.says("我的成绩").startswith("成绩还没有公布")
    contest.at("11-24 10:01")
    assert wang.says("竞赛").startswith("「应知应会竞赛」已经结束，成绩正在核对")
    assert zhao.says("公布成绩 1").startswith("这件事要由")
    assert "1. 应知应会竞赛 海选：3 人开始，3 份答完，0 件申诉，未公布" in boss.says("竞赛管理")
    seen = boss.taps("核对名次 1")
    assert "1. 李强 3 分，0 分 15 秒\n2. （未公开姓名）" in seen
    assert boss.says("公布成绩 1").startswith("已公布「应知应会竞赛 海选」")
    assert wang.says("我的成绩").startswith(
        "「应知应会竞赛 海选」您答对 3／3 题，用时 0 分 27 秒，第 2 名。只有您自己看得到"
    )
    assert wang.says("排行榜").startswith(
        "「应知应会竞赛 海选」名次\n1. 李强 3 分，0 分 15 秒\n2. （未公开姓名） 3 分，0 分 27 秒\n"
        "3. （未公开姓名） 2 分，0 分 4 秒\n"
    )
    outsider = contest.member("孙六")
    assert outsider.says("排行榜") == "您没有参加过竞赛。名次只在自己报名的竞赛里才有。"


def test_appeals_come_before_publication_and_a_bad_question_counts_for_nobody(
    contest: World, wang: Talker
) -> None:
    li = contest.member("李强")
    play(contest, wang, rights=3)
    play(contest, li, rights=1)
    assert li.says("申诉") == (
        "请写明哪一轮哪一题、您的理由，比如「申诉 第3题答案不对，依据是…」。"
    )
    assert li.says("申诉 第二题答案过时").startswith("已收到您的申诉，编号 1")
    assert contest.letters()[-1].to == "李书记"
    boss = secretary(contest)
    contest.at("10:01")
    assert boss.says("公布成绩 1") == "还有 1 件申诉没有答复，先答复再公布。"
    [theirs] = [row for row in rows(contest) if row.member_id == "李强"]
    disputed = papers(contest)[theirs.paper][1][0]
    assert f"「第二题答案过时」说的是 {disputed}：" in boss.says("申诉清单")
    assert disputed in contest.letters()[-1].body
    assert boss.says(f"作废赛题 1 {disputed}").endswith("答过它的都算对，名次已重算。")
    assert boss.says("答复申诉 1 已核对，该题作废").startswith("已答复申诉 1")
    assert [each.to for each in contest.letters()][-1] == "李强"
    assert boss.says("公布成绩 1").startswith("已公布")
    assert_counters_are_right(contest)


def test_a_wrong_question_counts_as_right_for_all_who_answer_it(
    contest: World, wang: Talker
) -> None:
    """Before and after it is found out; whoever had another paper has no less to win."""
    boss, players = secretary(contest), [contest.member(f"选手{number}") for number in range(9)]
    asked: dict[str, str] = {}
    for each in players:
        each.says("参赛")
        each.says("开始答题")
        [row] = [row for row in rows(contest) if row.member_id == each.id]
        asked[each.id] = papers(contest)[row.paper][1][0]
        answer(contest, each)
        if each is not players[-1]:
            answer(contest, each, right=False)
    wrong = asked[players[-1].id]
    assert boss.says(f"作废赛题 1 {wrong}").endswith("名次已重算。")
    answer(contest, players[-1], right=False)
    assert {row.member_id: row.score for row in rows(contest)} == {
        each.id: 1 + (asked[each.id] == wrong) for each in players
    }
    assert_counters_are_right(contest)


def test_counters_equal_the_recount(contest: World, wang: Talker) -> None:
    for number in range(6):
        play(contest, contest.member(f"选手{number}"), rights=number % 4, seconds=number + 1)
    assert_counters_are_right(contest)


def test_teams_by_their_best_and_the_page_on_the_wall(contest: World, wang: Talker) -> None:
    for branch, people in (("甲支部", 3), ("乙支部", 1)):
        contest.organisation(branch, under="B1")
        for number in range(people):
            player = contest.member(f"{branch}{number}", branch=branch)
            play(contest, player, rights=3 - number)
    with contest.database.unit_of_work() as db:
        heat = contests.heats(db)[1]
        heat.round.best_of = 2
        board = standing.board(db, heat, contest.now)
    assert [(line.rank, line.who, line.score) for line in board.teams] == [
        (1, "甲支部", 5),
        (2, "乙支部", 3),
    ]
    assert {line.who for line in board.people} == {""}

    boss, first, second = (
        secretary(contest),
        *(contest.talker(name) for name in ("乙支部0", "甲支部0")),
    )
    assert first.says("抢答") == "现在没有可以抢的题。"
    contest.at("11-24 9:10")
    assert boss.says("开抢 3") == "决赛只有 2 题，请写「开抢 1」到「开抢 2」。"
    assert boss.says("开抢 1").startswith("第 1 题开始抢答，大家发「抢答」。")
    assert first.says("抢答") == "收到，您是第 1 个。"
    assert second.says("抢答") == "收到，您是第 2 个。"
    assert first.says("抢答") == "收到，您是第 1 个。"
    another = contest.talker("甲支部1")
    assert another.says("抢答") == "收到，您是第 3 个。"  # and the team stands on the wall once
    with contest.database.unit_of_work() as db:
        wall = staging.wall(db, 2, contest.now)
        assert wall
        assert wall.question
        assert (wall.question.number, wall.open) == (1, True)
        assert [(each.team, each.who) for each in wall.buzzed] == [("乙支部", ""), ("甲支部", "")]
        assert staging.wall(db, 99, contest.now) is None
    boss.says("停抢")
    assert second.says("抢答") == "现在没有可以抢的题。"


def test_a_final_is_played_by_what_stands_on_the_wall(contest: World, wang: Talker) -> None:
    boss, zhang = secretary(contest), contest.member("张三")
    for each in (wang, zhang):
        each.says("参赛")
    contest.at("11-24 9:10")
    assert wang.says("开始答题").startswith("请看大屏：第 1 题出来以后，点「继续答题」作答。")
    assert "第 1" not in wang.says("A")  # nothing has been asked yet

    contest.at("11-24 9:15")
    boss.says("开抢 1")
    contest.at("11-24 9:15:20")
    assert wang.says("继续答题").startswith("第 1／2 题，10 秒：")  # since it is on the wall
    assert answer(contest, wang).startswith("第 1 题已收到。\n请看大屏：第 2 题")
    assert wang.says("继续答题").startswith("请看大屏：第 2 题")

    boss.says("开抢 2")
    zhang.says("开始答题")  # what he has missed is over
    contest.at("11-24 9:15:30")
    boss.says("揭晓")
    contest.at("11-24 9:15:33")
    assert answer(contest, zhang).startswith("第 2 题晚了 3 秒，没有计入。")
    with contest.database.unit_of_work() as db:
        scores = {row.member_id: row.score for row in contests.top(db, 2, 9)}
    assert scores == {"王芳": 1, "张三": 0}


def test_quick_and_right_is_a_question_not_a_penalty(contest: World, wang: Talker) -> None:
    play(contest, wang, rights=3, seconds=1)
    assert "有 1 份答卷快得少见，可以问问是不是提前见过题" in secretary(contest).says("竞赛管理")
    [row] = rows(contest)
    assert row.score == 3
