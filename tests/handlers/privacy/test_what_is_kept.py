"""隐私, 我的数据: what there is, and of whom."""

import json

import pytest
from sqlmodel import SQLModel

from handlers.privacy import text as wording
from storage import migrating
from storage.attendance import Attendance, State
from storage.personal import FREE, PERSONAL
from tests.world import World


def test_every_table_is_named_or_declared_free_of_personal_data() -> None:
    """A new table fails here: name it in storage/personal.py, and in the privacy notice."""
    migrating.load_tables()
    tables = set(SQLModel.metadata.tables)
    named = [each.table.name for each in PERSONAL]

    assert sorted([*named, *FREE]) == sorted(tables)
    assert set(named) == set(wording.CLASSES)


@pytest.mark.parametrize("words", ["隐私", "你会记录我的什么"])
def test_what_is_kept(world: World, words: str) -> None:
    assert world.stranger().says(words).startswith("我只记办事要用的")
    assert world.stranger().taps("分类说明").startswith("每一类为什么记、记多久：")


def test_ones_own_data_are_counted_and_given_as_json(world: World) -> None:
    world.activity("主题党日")
    wang = world.member("王芳")
    wang.says("签到")

    assert wang.says("我的数据").startswith(
        "王芳，这里存着您的：名册 1 条、所在支部 1 条、到会记录 1 条、绑定的账号 1 条"
    )
    data = json.loads(wang.taps("JSON"))
    assert data["member"][0]["name"] == "王芳"
    assert data["attendance"] == [
        {
            "activity_id": 1,
            "state": "present",
            "at": "2026-11-23T09:00:00+08:00",
            "source": "word",
            "entered_at": "2026-11-23T09:00:00+08:00",
            "reason": "",
        }
    ]
    assert json.loads(wang.says("我的数据 到会记录").partition("\n")[2]) == data["attendance"]


def test_others_are_not_in_my_data(world: World) -> None:
    world.activity()
    wang, li = world.member("王芳"), world.member("李强")
    li.says("签到")

    wang.says("我的数据 JSON")
    assert "李强" not in world.last.text


def test_a_long_life_comes_in_parts(world: World) -> None:
    wang = world.member("王芳")
    for n in range(30):
        activity = world.activity(f"活动{n}")
        row = Attendance(
            activity_id=activity,
            member_id="王芳",
            state=State.PRESENT,
            at=world.now,
            source="word",
            by="王芳",
            entered_at=world.now,
        )
        world.add(row)

    assert "· 我的数据 到会记录（30 条）" in wang.says("我的数据 JSON")
    said = wang.says("我的数据 到会记录")
    assert len(said) < 1600
    assert "更早的" in said
    newest = json.loads(said.split("\n")[1])
    assert newest[-1]["activity_id"] == 30


def test_what_was_given_out_is_not_kept(world: World) -> None:
    wang = world.member("王芳")
    asked = world.incoming(wang.address, text="我的数据 JSON")
    [first], [second] = world.answer(asked), world.answer(asked)

    assert first.text.startswith("{")
    assert second.text.startswith("这份数据只显示一次")


def test_a_guest_has_none(world: World) -> None:
    for words in ("我的数据", "删除我的数据", "撤回同意"):
        assert world.stranger().says(words).startswith("这个账号没有绑定，名下没有数据")
