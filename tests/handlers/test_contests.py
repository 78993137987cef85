"""A contest, from the file to the standing, told as conversations."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from bot.files.reading import read as read_file
from bot.files.tables import Block
from bot.messages import Address
from handlers.contests.actions import running, staging, standing
from handlers.contests.actions.playing import shown
from handlers.contests.actions.running import Impossible, Made
from handlers.contests.rules import reading
from handlers.contests.rules.papers import Cell, Item, TooFew, annulled_places, drawn, paper_for
from handlers.contests.rules.reading import Trouble
from handlers.contests.rules.timing import InTime, Late, Limits, PaperOver, in_time
from storage import contests, questions
from storage.contests import Answer, Result, Sitting
from storage.members import Account, Role
from tests.handlers.studying import with_bank
from tests.handlers.test_quiz import letters
from tests.world import Talker, World

FILE = """
name: 应知应会竞赛
season: 2026
org_id: B1
rounds:
  - name: 海选
    kind: individual
    opens: 2026-11-23T09:00
    closes: 2026-11-23T10:00
    seconds_each: 30
    seconds: 100
    papers: 3
    questions:
      - {topic: 消防安全, count: 2}
      - {topic: 网络安全, difficulty: 2, count: 1}
  - name: 决赛
    kind: final
    opens: 2026-11-24T09:00
    closes: 2026-11-24T10:00
    best_of: 2
    fixed: [Q001, Q003]
"""


def plan(world: World, path: Path, words: str = FILE) -> reading.ContestPlan:
    file = path / "contest.yaml"
    file.write_text(words, "utf-8")
    root = read_file(file)
    assert isinstance(root, Block)
    return reading.read(root, world.now)


@pytest.fixture
def contest(world: World, tmp_path: Path) -> World:
    with_bank(world)
    world.member("李书记", role=Role.SECRETARY)
    with world.database.unit_of_work() as db:
        assert running.make(db, plan(world, tmp_path), "李书记", world.now) == Made(
            "应知应会竞赛", 2
        )
    return world


@pytest.fixture
def wang(contest: World) -> Talker:
    return contest.member("王芳")


def secretary(world: World) -> Talker:
    return Talker(world, Address("fake", "李书记"), id="李书记")


def answer(world: World, talker: Talker, *, right: bool = True) -> str:
    """To the question that waits, by letters or words."""
    with world.database.unit_of_work() as db:
        row = next(each for each in contests.running(db, talker.id))
        heat = contests.heats(db)[row.round_id]
        asked = shown(db, heat, row)
    places = [at for at, n in enumerate(asked.order) if n in asked.question.right]
    if asked.question.kind == "true_false":
        truth = asked.question.right == (0,)
        return talker.says("对" if truth == right else "错")
    if not right:
        places = [next(at for at, n in enumerate(asked.order) if n not in asked.question.right)]
    letters = "".join("abcdef"[at] for at in places)
    if asked.question.kind == "multiple" and len(letters) == 1:
        talker.taps(letters.upper())
        return talker.taps("提交")
    return talker.says(letters)


def play(world: World, talker: Talker, rights: int, seconds: int = 5) -> str:
    talker.says("参赛")
    said = talker.says("开始答题")
    for number in range(3):
        world.now += timedelta(seconds=seconds)
        said = answer(world, talker, right=number < rights)
    return said


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


def rows(world: World) -> list[Sitting]:
    with world.database.unit_of_work() as db:
        return list(db.exec(select(Sitting)))


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
    assert Talker(contest, Address("other", "w")).says("继续答题").startswith(asked.split("\n")[0])


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
    assert zhao.says("公布成绩 1").startswith("这件事要由")
    assert "1. 应知应会竞赛 海选：3 人开始，3 份答完，0 件申诉，未公布" in boss.says("竞赛管理")
    assert boss.taps("公布成绩 1").startswith("已公布「应知应会竞赛 海选」")
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
    assert letters(contest)[-1].to == "李书记"
    boss = secretary(contest)
    contest.at("10:01")
    assert boss.says("公布成绩 1") == "还有 1 件申诉没有答复，先答复再公布。"
    assert "第二题答案过时" in boss.says("申诉清单")
    asked = {id for row in rows(contest) for id, _ in papers(contest)[row.paper]}
    for id in sorted(asked)[:1]:
        assert boss.says(f"作废赛题 1 {id}").endswith("对谁都不计分，名次已重算。")
    assert boss.says("答复申诉 1 已核对，该题作废").startswith("已答复申诉 1")
    assert [each.to for each in letters(contest)][-1] == "李强"
    assert boss.says("公布成绩 1").startswith("已公布")
    assert_counters_are_right(contest)


def papers(world: World) -> list[list[list[str]]]:
    with world.database.unit_of_work() as db:
        return contests.heats(db)[1].round.papers


def assert_counters_are_right(world: World) -> None:
    """Standings are counters; this is the recount."""
    with world.database.unit_of_work() as db:
        heat = contests.heats(db)[1]
        annulled = annulled_places(heat.round.papers, heat.round.annulled)
        best = contests.best_of(contests.totals(db, 1, annulled).values())
        kept = {r.member_id: (r.score, r.spent_ms) for r in db.exec(select(Result))}
    assert {m: v for m, v in kept.items() if v[0]} == {m: v for m, v in best.items() if v[0]}


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
        *(Talker(contest, Address("fake", name)) for name in ("乙支部0", "甲支部0")),
    )
    assert first.says("抢答") == "现在没有可以抢的题。"
    contest.at("11-24 9:10")
    assert boss.says("开抢 3") == "决赛只有 2 题，请写「开抢 1」到「开抢 2」。"
    assert boss.says("开抢 1").startswith("第 1 题开始抢答，大家发「抢答」。")
    assert first.says("抢答") == "收到，您是第 1 个。"
    assert second.says("抢答") == "收到，您是第 2 个。"
    assert first.says("抢答") == "收到，您是第 1 个。"
    with contest.database.unit_of_work() as db:
        wall = staging.wall(db, 2, contest.now)
        assert wall
        assert wall.question
        assert (wall.question.number, wall.open) == (1, True)
        assert [(each.team, each.who) for each in wall.buzzed] == [("乙支部", ""), ("甲支部", "")]
        assert staging.wall(db, 99, contest.now) is None
    boss.says("停抢")
    assert second.says("抢答") == "现在没有可以抢的题。"


def test_quick_and_right_is_a_question_not_a_penalty(contest: World, wang: Talker) -> None:
    play(contest, wang, rights=3, seconds=1)
    assert "有 1 份答卷快得少见，可以问问是不是提前见过题" in secretary(contest).says("竞赛管理")
    [row] = rows(contest)
    assert row.score == 3


def test_equally_hard_papers() -> None:
    bank = [Item(f"Q{n}", "甲" if n % 2 else "乙", n % 3 + 1) for n in range(60)]
    cells = [Cell("甲", 1, 3), Cell("乙", 0, 4), Cell("", 3, 2)]
    papers = drawn(bank, cells, 5, "种子")
    assert not isinstance(papers, TooFew)
    assert papers == drawn(bank, cells, 5, "种子")
    by_id = {item.id: item for item in bank}
    for paper in papers:
        assert len(set(paper)) == 9
        assert sum(by_id[id].topic == "甲" and by_id[id].difficulty == 1 for id in paper) >= 3
    assert len({tuple(paper) for paper in papers}) == 5
    assert drawn(bank, [Cell("甲", 1, 99)], 1, "") == TooFew(Cell("甲", 1, 99), 10)
    assert {paper_for("M1", number, 3) for number in (1, 2, 3)} == {0, 1, 2}


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ("name: 应知应会竞赛", "season: x", Trouble.MISSING),
        ("opens: 2026-11-23T09:00", "opens: 明天", Trouble.BAD_MOMENT),
        ("closes: 2026-11-23T10:00", "closes: 2026-11-23T08:00", Trouble.CLOSES_TOO_EARLY),
        ("kind: individual", "kind: 乱写", Trouble.BAD_KIND),
        ("seconds_each: 30", "seconds_each: 0", Trouble.BAD_NUMBER),
        ("    fixed: [Q001, Q003]", "", Trouble.NO_QUESTIONS),
    ],
)
def test_a_wrong_file_is_named(
    world: World, tmp_path: Path, before: str, after: str, what: Trouble
) -> None:
    words = FILE.replace("season: 2026\n", "") if what is Trouble.MISSING else FILE
    assert what in {
        each.what for each in plan(world, tmp_path, words.replace(before, after)).faults
    }


def test_what_the_bank_cannot_give(world: World, tmp_path: Path) -> None:
    with_bank(world)
    with world.database.unit_of_work() as db:
        few = plan(world, tmp_path, FILE.replace("count: 2", "count: 99"))
        assert isinstance(running.make(db, few, "", world.now), Impossible)
        short = plan(world, tmp_path, FILE.replace("Q003", "Q008"))
        found = running.make(db, short, "", world.now)
        assert isinstance(found, Impossible)
        assert "Q008" in found.reason
        questions.set_state(db, "Q001", questions.State.WITHDRAWN, world.now)
        assert isinstance(running.make(db, plan(world, tmp_path), "", world.now), Impossible)
        assert not contests.heats(db)
