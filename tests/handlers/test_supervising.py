"""督查: which units were visited, how the next ones are drawn, and that it can be proven."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.tasks.rules import drawing
from storage.members import Role
from storage.organisation import OrgKind
from tests.world import Talker, World


@pytest.fixture
def office(world: World) -> Talker:
    world.organisation("WC", kind=OrgKind.WORK_COMMITTEE, name="机关工委")
    for n, name in enumerate(("园林养护局", "档案资料馆", "便民热线办", "数字服务中心")):
        world.organisation(f"O{n}", "WC", kind=OrgKind.ORGAN, name=f"青禾市{name}（示例）")
        world.organisation(f"B{n}", f"O{n}", name=f"青禾市{name}第{'一二三四'[n]}党支部")
    talker = world.member("孙科长", branch="B0")
    world.appoint(talker, "WC", Role.COMMITTEE_OFFICE)
    return talker


def test_what_was_visited_and_what_was_not(world: World, office: Talker) -> None:
    assert office.says("督查覆盖").startswith(
        "第 1 轮督查（11月23日起）：4 家去过 0 家。\n还没去：青禾市园林养护局（示例）、"
    )
    assert office.says("督查记录 园林养护局 暗访").startswith(
        "已记：今天督查青禾市园林养护局（示例），还有 3 家没去。"
    )
    assert office.says("督查记录 园林养护局").endswith("这一轮已经记过了，没有重复记。")
    assert office.says("督查记录").startswith("去的是哪一家？")
    office.says("发现问题：档案资料馆版面陈旧，12月5日前整改")
    office.says("布置")
    for unit in ("档案资料馆", "便民热线办", "数字服务中心"):
        office.says(f"督查记录 {unit}")
    assert office.says("督查覆盖") == (
        "第 1 轮督查（11月23日起）：4 家去过 4 家。全覆盖了。\n本轮发现问题 1 项，销号 0 项。"
    )
    assert office.says("督查抽签 2").startswith("这一轮都去过了")
    world.at("12-1 9:00")
    assert office.says("新一轮督查").startswith("第 2 轮督查开始，共 4 家。")
    assert "本轮发现问题 0 项，销号 0 项；上一轮 1 项，已销号 0 项。" in office.says("督查覆盖")


def test_a_draw_can_be_proven(office: Talker) -> None:
    assert office.says("抽签依据").startswith("这一轮还没有抽过签")
    office.says("督查记录 园林养护局")
    said = office.says("督查抽签 2")
    assert said.startswith("第 1 号抽签，从还没去的 3 家里抽出 2 家：")
    assert "园林养护局" not in said
    proof = office.taps("抽签依据")
    assert "刚刚复算一遍，结果一致。" in proof
    seed = proof.partition("种子 ")[2].partition("，")[0]
    again = drawing.drawn(seed, ["O3", "O1", "O2"], 2)
    names = {"O1": "档案资料馆", "O2": "便民热线办", "O3": "数字服务中心"}
    assert all(names[unit] in proof for unit in again)


def test_only_for_those_who_supervise(world: World, office: Talker) -> None:
    for who in (world.member("李书记", branch="B1", role=Role.SECRETARY), world.member("赵四")):
        assert who.says("督查抽签").startswith("这件事要由")


@given(st.text("0123456789abcdef", min_size=8), st.sets(st.text(min_size=1, max_size=5)))
def test_the_order_of_the_pool_makes_no_difference(seed: str, pool: set[str]) -> None:
    drawn = drawing.drawn(seed, sorted(pool), 3)
    assert drawn == drawing.drawn(seed, sorted(pool, reverse=True), 3)
    assert len(drawn) == min(3, len(pool))
    assert set(drawn) <= pool


@pytest.mark.parametrize(
    ("words", "count"), [("3", 3), ("", 3), ("两家", 2), ("十", 10), ("0", 1), ("99", 20)]
)
def test_how_many_units_are_to_be_drawn(words: str, count: int) -> None:
    assert drawing.count_in(words) == count
