"""Study, by choice: told as a conversation."""

from datetime import timedelta

import pytest
from sqlmodel import select

from storage import questions, study
from storage.study import Asking, Memory
from tests.handlers.studying import right_words, waiting, with_bank, wrong_words
from tests.world import Talker, World


@pytest.fixture
def wang(world: World) -> Talker:
    return with_bank(world).member("王芳")


def test_off_until_one_joins_with_one_word(world: World, wang: Talker) -> None:
    assert "自愿参加" in wang.says("每日一题")
    assert "［1 每天一题］［2 先做一题］" in wang.says("每日一题")
    assert wang.says("退出学习") == "您没有参加每日一题，所以不会给您发题。想参加，发「加入学习」。"

    joined = wang.says("加入学习")
    assert joined.startswith(
        "已加入：每天 8:30 发 1 题，全部主题。答得怎样只有您自己看得到，不进考核"
    )
    assert wang.says("每天三题").startswith("已改好：每天 8:30 发 3 题，全部主题。")
    assert wang.says("换学习时间").startswith("每天几点发给您")
    assert wang.says("晚上八点半").startswith("已改好：每天 20:30 发 3 题")
    wang.says("选学习主题")
    assert wang.says("消防和急救").startswith("已改好：每天 20:30 发 3 题，急救常识、消防安全。")
    assert wang.says("退出学习").startswith("已退出，以后不再给您发题。")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("考考我 网络安全", "【网络安全】"), ("考考我，急救", "【急救常识】"),
        ("出一道天文的题", "题库里没有「天文」。"), ("今天出道题", "【"),
    ],
)  # fmt: skip
def test_a_topic_wished_for(wang: Talker, words: str, told: str) -> None:
    assert wang.says(words).startswith(told)


@pytest.mark.parametrize(
    "words", ["我想参加每日一题", "每天给我发三道题", "我要每天学一题", "开通每日一题"]
)
def test_joined_in_a_sentence(wang: Talker, words: str) -> None:
    assert wang.says(words).startswith("已加入：")


@pytest.mark.parametrize(
    "words",
    ["取消每日一题", "别再给我发题了", "退出每日一题吧", "不要每日一题了", "我不想学了", "不学了"],
)
def test_left_in_a_sentence(wang: Talker, words: str) -> None:
    wang.says("加入学习")
    assert wang.says(words).startswith("已退出，以后不再给您发题。")


def test_a_question_about_leaving_is_no_leaving(world: World, wang: Talker) -> None:
    wang.says("加入学习")
    wang.says("每日一题怎么退出")
    with world.database.unit_of_work() as db:
        assert study.learner(db, wang.id)


def test_the_answer_shown_on_request(wang: Talker) -> None:
    for words in ("给我看答案", "想不起来了", "不会"):
        wang.says("考考我")
        assert wang.says(words).startswith("答案是：")


def test_a_right_answer_and_its_reason(world: World, wang: Talker) -> None:
    asked = wang.says("考考我")
    assert asked.startswith("【")
    told = wang.says(right_words(world, wang))
    assert told.startswith("对了：")
    assert "（依据：" in told
    assert "再问您这一题。" in told
    assert told.endswith("［1 再来一题］［2 今天就到这里］［3 这题有问题］")
    assert wang.taps("再来一题") != asked


def test_a_wrong_answer_goes_to_the_book_until_right_twice(world: World, wang: Talker) -> None:
    wang.says("考考我")
    id = waiting(world, wang)[0].question_id
    told = wang.says(wrong_words(world, wang))
    assert told.startswith("答案是：")
    assert "明天再问您这一题。" in told
    assert wang.says("错题本").startswith("错题本里有 1 题：")

    for left in (True, False):
        wang.says("练错题")
        assert waiting(world, wang)[0].question_id == id
        assert wang.says(right_words(world, wang)).startswith("对了")
        assert ("1 题" in wang.says("错题本")) is left
    assert wang.says("错题本").startswith("错题本是空的。")


def test_one_double_tap_counts_once(world: World, wang: Talker) -> None:
    wang.says("出一道消防的题")
    tap = world.last.buttons[0].tap
    first = world.hear(wang.address, tap=tap)
    assert world.hear(wang.address, tap=tap) == "这一题您已经答过了，以第一次为准。"
    assert world.hear(wang.address, tap=world.last.buttons[0].tap if world.last.buttons else tap)
    assert first
    with world.database.unit_of_work() as db:
        assert len(study.memories(db, wang.id)) == 1


def test_nobody_answers_for_another(world: World, wang: Talker) -> None:
    li = world.member("李强")
    wang.says("出一道消防的题")
    tap = world.last.buttons[0].tap
    assert world.hear(li.address, tap=tap) == "这一题不是问您的。想做一题，发「考考我」。"


def ask(world: World, member: Talker, question_id: str) -> int:
    """Put this very question."""
    with world.database.unit_of_work() as db:
        entry = questions.bank(db)[question_id]
        row = Asking(
            member_id=member.id, day=world.now.date(), why="practice", question_id=question_id,
            version=entry.version, order="".join(map(str, range(len(entry.question.options)))),
            asked_at=world.now,
        )  # fmt: skip
        return study.ask(db, row).id


@pytest.mark.parametrize(
    ("question_id", "words"),
    [
        ("Q001", "B"), ("Q001", "b"), ("Q001", "Ｂ。"), ("Q001", "选第二个"), ("Q001", "我选币"),
        ("Q001", "2"), ("Q002", "2"), ("Q013", "1"),
        ("Q001", "第二个"), ("Q001", "119"), ("Q002", "不是的"), ("Q013", "是的"),
        ("Q003", "ABC"), ("Q003", "a、b、c"), ("Q003", "选A和B和C"), ("Q003", "CAB。"),
        ("Q002", "错"), ("Q002", "不对"), ("Q002", "选错"), ("Q013", "对"), ("Q013", "正确的"),
        ("Q007", "11月9日"), ("Q007", "11，9"), ("Q007", "十一月九日"), ("Q007", "11 9"),
        ("Q030", "三年"), ("Q030", "3"), ("Q032", "十五种"), ("Q057", "一年"),
        ("Q031", "合法，正当，必要"), ("Q008", "弯腰低姿，用湿毛巾捂住口鼻"),
    ],
)  # fmt: skip
def test_an_answer_is_understood_however_it_is_said(
    world: World, wang: Talker, question_id: str, words: str
) -> None:
    """After a letter too, so that no conversation waits."""
    ask(world, wang, question_id)
    assert wang.says(words).startswith("对了")


def test_numbers_press_the_buttons_of_a_letter(world: World, wang: Talker) -> None:
    ask(world, wang, "Q003")
    assert "已选：A。" in wang.says("1")
    for number in "235":
        said = wang.says(number)
    assert said.startswith("对了：ABC。")


@pytest.mark.parametrize("words", ["我明天要请假", "活动", "帮助", "打印机又坏了", "好的", "9"])
@pytest.mark.parametrize("question_id", ["Q001", "Q002", "Q003"])
def test_other_words_are_no_answer(
    world: World, wang: Talker, question_id: str, words: str
) -> None:
    before = wang.says(words)
    world.now += timedelta(hours=1)
    ask(world, wang, question_id)
    assert wang.says(words) == before
    assert waiting(world, wang)


@pytest.mark.parametrize("question_id", ["Q007", "Q031"])
def test_another_wish_is_no_try(world: World, wang: Talker, question_id: str) -> None:
    """Of words one can never tell; but whoever wants something else gets it, at no cost."""
    ask(world, wang, question_id)
    assert "请假" in wang.says("我明天要请假")
    world.now += timedelta(hours=1)
    assert "再" in wang.says("不大清楚这个")
    said = wang.says(right_words(world, wang))
    assert said.startswith("对了")


def test_words_of_the_day_before_yesterday_are_forgotten(world: World, wang: Talker) -> None:
    ask(world, wang, "Q002")
    world.now += timedelta(hours=24)
    assert wang.says("错") == "好的，什么都没有办。"


def test_words_that_miss_are_not_held_against_anybody(world: World, wang: Talker) -> None:
    wang.says("加入学习")
    with world.database.unit_of_work() as db:
        for id in list(questions.bank(db)):
            if id != "Q031":
                questions.set_state(db, id, questions.State.WITHDRAWN, world.now)
    assert wang.says("考考我").startswith("【个人信息与数据】处理个人信息应当遵循哪些原则")
    assert wang.says("合法和正当") == ("说到了 2 点，要 3 点，再补充一下？想不起来就回「看答案」。")
    assert wang.says("合法、正当、必要").startswith("对了：合法；正当；必要；诚信。")
    with world.database.unit_of_work() as db:
        assert not study.memories(db, wang.id)["Q031"].mistaken


def test_a_multiple_choice_by_taps(world: World, wang: Talker) -> None:
    with world.database.unit_of_work() as db:
        for id in list(questions.bank(db)):
            if id != "Q003":
                questions.set_state(db, id, questions.State.WITHDRAWN, world.now)
    wang.says("考考我")
    assert [each.label for each in world.last.buttons] == ["A", "B", "C", "D", "提交"]
    assert wang.taps("提交").startswith("刚才这一题还等着您")
    row, entry = waiting(world, wang)
    for place, number in enumerate(row.order):
        if int(number) in entry.question.right:
            world.hear(wang.address, tap=f"q:{row.id}:{place}")
    assert "已选：" in world.last.text
    assert wang.taps("提交").startswith("对了：")


def test_never_more_than_chosen_and_no_wall_after_a_month(world: World, wang: Talker) -> None:
    wang.says("每天三题")
    for _ in range(3):
        assert wang.says("每日一题").startswith("【")
        wang.says(wrong_words(world, wang))
    assert wang.says("每日一题").startswith("今天的题都答过了。")
    world.now += timedelta(days=31)
    for _ in range(3):
        assert wang.says("每日一题").startswith("【")
        wang.says(right_words(world, wang))
    assert wang.says("每日一题").startswith("今天的题都答过了。")


def test_tomorrows_choice_is_what_memory_needs(world: World, wang: Talker) -> None:
    wang.says("每天三题")
    answered: dict[str, bool] = {}
    for right in (True, False, True):
        wang.says("每日一题")
        answered[waiting(world, wang)[0].question_id] = right
        wang.says(right_words(world, wang) if right else wrong_words(world, wang))
    world.now += timedelta(days=1)
    wang.says("每日一题")
    assert not answered[waiting(world, wang)[0].question_id]  # the mistake comes back first
    wang.says(right_words(world, wang))
    for _ in range(2):
        wang.says("每日一题")
        assert waiting(world, wang)[0].question_id not in answered  # those are still remembered
        wang.says(right_words(world, wang))


def test_what_was_asked_keeps_its_text(world: World, wang: Talker) -> None:
    asking_id = ask(world, wang, "Q001")
    with world.database.unit_of_work() as db:
        entry = questions.bank(db)["Q001"]
        changed = entry.question.model_copy(update={"right": (0,), "explanation": "新解析"})
        questions.write(db, {"Q001": changed}, "B1", "", world.now)
    told = world.hear(wang.address, tap=f"q:{asking_id}:1")
    assert told.startswith("对了：B 119。119是火警电话")


def test_progress_is_ones_own(world: World, wang: Talker) -> None:
    assert wang.says("学习进度").startswith("还没有学习记录。")
    for _ in range(3):
        wang.says("考考我")
        wang.says(right_words(world, wang))
    said = wang.says("我的积分")
    assert world.last.picture.startswith(b"\x89PNG")
    assert said.startswith("学过 3 题，到明天大约还记得 95%。")
    assert said.endswith("只有您自己看得到，不进任何考核。")
    wang.says("删除学习记录")
    assert wang.taps("全部删除") == "您的学习记录已经全部删除，每日一题也停了。"
    assert wang.says("学习进度").startswith("还没有学习记录。")
    with world.database.unit_of_work() as db:
        assert not db.exec(select(Memory)).all()
        assert not db.exec(select(Asking)).all()
