"""The question bank as its keeper meets it."""

from pathlib import Path

import pytest

from bot.questions import Kind, Question
from handlers.bank.actions import importing
from handlers.bank.actions.importing import Faulty, Plan
from handlers.bank.actions.reading import findings, from_words
from handlers.bank.rules.comparing import Like, Likeness, likenesses
from storage import questions
from storage.members import Role
from storage.questions import State
from tests.commands.test_commands import Shell
from tests.handlers.studying import with_bank
from tests.world import World

FIRE = Question(kind=Kind.SINGLE, stem="火警电话是多少？", options=("110", "119"), right=(1,))


def changed(**facts: object) -> Question:
    return FIRE.model_copy(update=facts)


@pytest.mark.parametrize(
    ("other", "what"),
    [
        (changed(stem="火警电话，是多少"), Likeness.SAME),
        (changed(options=("119", "110"), right=(0,)), Likeness.SAME),
        (changed(right=(0,)), Likeness.CONTRADICTS),
        (changed(options=("110", "119", "120")), Likeness.NEAR),
        (changed(stem="我国火警电话是多少？"), Likeness.NEAR),
        (changed(stem="急救要点有哪些？"), None),
    ],
)
def test_what_is_alike(other: Question, what: Likeness | None) -> None:
    found = list(likenesses({"A": FIRE, "B": other}, {}))
    assert found == ([Like("B", "A", what)] if what else [])
    assert list(likenesses({"B": other}, {"A": FIRE})) == found


def test_the_demonstration_holds_no_question_twice() -> None:
    bank = {each.id: each.question for each in findings(importing.SEEDS / "questions.yaml").found}
    assert {each.what for each in likenesses(bank, {})} <= {Likeness.NEAR}


def test_one_line_wrong_and_nothing_is_taken(world: World) -> None:
    read = from_words("1. 甲？\nA. 一 B. 二\n答案：A\n2. 乙？\nA. 一 B. 二", ".txt")
    with world.database.unit_of_work() as db:
        plan = importing.plan(db, read)
        assert isinstance(plan, Faulty)
        assert [each.row for each in plan.faults] == [4]
        assert not questions.bank(db)


def test_a_second_import_changes_what_has_changed(world: World) -> None:
    with_bank(world)
    with world.database.unit_of_work() as db:
        read = findings(importing.SEEDS / "questions.csv")
        plan = importing.plan(db, read)
        assert isinstance(plan, Plan)
        assert (len(plan.new), len(plan.changed), plan.unchanged) == (0, 0, 60)

        questions.set_state(db, "Q001", State.WITHDRAWN, world.now)
        plan = importing.plan(db, read)
        assert isinstance(plan, Plan)
        assert list(plan.changed) == ["Q001"]
        importing.carry_out(db, plan, world.now, org_id="B1")
        assert questions.bank(db)["Q001"].version == 2


def test_what_has_no_number_and_is_there_is_not_taken_twice(world: World) -> None:
    """As from Aiken, which loses numbers and topics; the answer decides."""
    with_bank(world)
    paper = "1. 发现火情需要报警时，应拨打哪个电话？\nA. 119\nB. 110\nC. 120\nD. 12345\n答案：{}\n"
    with world.database.unit_of_work() as db:
        same, other = (importing.plan(db, from_words(paper.format(key), "")) for key in "AB")
        assert isinstance(same, Plan)
        assert (len(same.new), same.unchanged, same.likenesses) == (0, 1, [])
        assert isinstance(other, Plan)
        assert [each.what for each in other.likenesses] == [Likeness.CONTRADICTS]
        assert len(other.new) == 1


def test_a_changed_question_stays_whose_it_is(world: World) -> None:
    with_bank(world, author="赵敏")
    with world.database.unit_of_work() as db:
        question = questions.bank(db)["Q001"].question
        changed = question.model_copy(update={"topic": "消防"})
        questions.write(db, {"Q001": changed}, "B2", "", world.now)
        entry = questions.bank(db)["Q001"]
        assert (entry.org_id, entry.author, entry.version) == ("B1", "赵敏", 2)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("X1,single,,,甲,乙,A", (2, "stem", "no_stem")),
        ("X1,single,,问？,甲,乙,", (2, "answer", "no_answer")),
        ("X1,single,,问？,甲,乙,D", (2, "answer", "no_such_option")),
        ("X1,single,,问？,甲,,A", (2, "option_b", "no_options")),
        ("X1,singel,,问？,甲,乙,A", (2, "type", "no_kind")),
        ("X1,single,9,问？,甲,乙,A", (2, "difficulty", "bad_difficulty")),
    ],
)
def test_of_a_table_row_and_column_are_named(
    tmp_path: Path, row: str, fault: tuple[int, str, str]
) -> None:
    file = tmp_path / "题.csv"
    file.write_text(f"id,type,难度,stem,option_a,option_b,answer\n{row}\n", "utf-8")
    assert [(each.row, each.column, each.what) for each in findings(file).faults] == [fault]
    file.write_text(f"id,type,难度,stem,option_a,option_b,anser\n{row}\n", "utf-8")
    assert (1, "anser", "column_unknown") in [
        (each.row, each.column, each.what) for each in findings(file).faults
    ]


def test_the_keeper_sees_what_is_doubted(world: World) -> None:
    secretary = world.member("李书记", role=Role.SECRETARY)
    wang = with_bank(world).member("王芳")
    assert secretary.says("题目反馈") == "没有待处理的题目反馈。"
    wang.says("出一道消防的题")
    wang.says("这题有问题")
    assert secretary.says("题目反馈").startswith("这些题有人觉得不对：\n1. Q0")
    assert "答案：" in secretary.taps("Q0")
    assert "照常出题" in secretary.taps("没有问题")
    assert secretary.says("题目反馈") == "没有待处理的题目反馈。"
    assert wang.says("题目反馈").startswith("这件事要由")


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    shell = Shell(f"sqlite:///{tmp_path}/data/zhibu.db")
    shell("migrate")
    return shell


def test_on_the_command_line(shell: Shell, tmp_path: Path) -> None:
    bank = str(importing.SEEDS / "questions.yaml")
    assert "还没有组织" in shell("import", "questions", bank, "--yes")
    shell("import", "organisation", str(importing.SEEDS / "org.yaml"), "--yes")
    preview = shell("import", "questions", bank, "--dry-run")
    assert preview.startswith("看懂了 60 题：单选 ")
    assert "  Q001  单选  发现火情需要报警时，应拨打哪个电话？  答案 B\n" in preview
    assert preview.endswith("新增 60，更改 0，不变 0。\n这是预览，什么也没有改动。\n")
    assert shell("import", "questions", bank, "--yes").endswith("已导入题库：60 题有变动。\n")
    assert shell("import", "questions", bank).endswith("和题库里的完全一致，不用导入。\n")

    for ending in ("csv", "xlsx", "yaml", "txt", "docx"):
        file = tmp_path / f"out.{ending}"
        assert "已导出题目 60 题" in shell("export", "questions", str(file))
        assert "和题库里的完全一致" in shell("import", "questions", str(file)), ending
    gift = tmp_path / "out.gift"
    assert "这种格式写不下" in shell("export", "questions", str(gift))
    assert "和题库里的完全一致" in shell("import", "questions", str(gift))
    assert "文件名请以" in shell("export", "questions", str(tmp_path / "out.pdf"))


def test_every_fault_is_named_on_the_command_line(shell: Shell, tmp_path: Path) -> None:
    paper = tmp_path / "题.txt"
    paper.write_text("1. 甲？\nA. 一\nB. 二\n2. 乙？\nA. 一\n答案：A\n", "utf-8")
    said = shell("import", "questions", str(paper), "--yes")
    assert shell.code == 1
    assert said.splitlines() == [
        "有 2 处没有看懂，什么也没有导入：",
        "第 1 行：没有答案。请在题目下面写「答案：」。",
        "第 4 行：选项不到两个。请至少写出 A 和 B。",
    ]
