"""What stands on the pages is Chinese, and times are as people write them."""

import ast
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from handlers.activities.rules import arranging
from handlers.duties.actions import planning
from storage.members import Role
from tests.web.desk import Desk, Forms
from tests.world import World
from web import text
from web.text import noted, rules, settings

ROOT = Path(__file__).parents[2]
LATIN = re.compile(r"[A-Za-z_]{3,}")
ENUMERATED = ("task_", "circular_", "export_", "import_", "issue_", "ask_", "withdraw_")
"""Words of the record that are made of two; the second half is an enumeration's, which the
tables of `web/text/noted.py` are typed by, or is listed there."""


def noted_in(source: str) -> Iterator[tuple[str, str]]:
    """Each deed that a file puts on record, and the kind of thing it is done to; both as far as
    they are written out."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.note":
            deed, thing = node.args[2:4]
            yield beginning(deed), beginning(thing).partition(":")[0]


def beginning(said: ast.expr) -> str:
    match said:
        case ast.Constant(value=str(words)):
            return words
        case ast.JoinedStr(values=[ast.Constant(value=str(words)), *_]):
            return words
        case _:
            return ""


def test_every_deed_on_record_has_words() -> None:
    files = [
        f for top in ("handlers", "bot", "storage", "scheduler") for f in (ROOT / top).rglob("*.py")
    ]
    found = {pair for file in files for pair in noted_in(file.read_text("utf-8"))}

    deeds = {deed for deed, _ in found if deed and deed not in ENUMERATED}
    assert len(deeds) > 50
    assert deeds - set(noted.DEEDS) == set()
    assert {thing for _, thing in found if thing} - set(noted.THINGS) == set()


def test_every_rule_and_ladder_has_words() -> None:
    book = planning.rulebook()
    said = [rules.ladder(name) for name in book.ladders]
    said += [
        settings.rung(each, book.roles[each.to]) for on in book.ladders.values() for each in on
    ]
    said += [settings.GROUPS[rule.group] for rule in book.rules]
    said += [f"{settings.asks(rule)}{settings.basis(rule)}{rule.name}" for rule in book.rules]

    assert [each for each in said if LATIN.search(each)] == []


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (text.day(date(2026, 11, 27), date(2026, 11, 22)), "11月27日（周五）"),
        (text.day(date(2027, 2, 20), date(2026, 11, 22)), "2027年2月20日"),
        (text.until(date(2026, 11, 27), date(2026, 11, 22)), "11月27日（周五）前"),
        (text.until(date(2027, 1, 5), date(2026, 11, 22)), "2027年1月5日前"),
        (text.since(date(2018, 5, 29), None), "2018年5月29日起"),
        (text.since(date(1900, 1, 1), None), "一直"),
        (text.since(date(1900, 1, 1), date(2026, 3, 1)), "到2026年3月1日前"),
        (text.since(date(2018, 5, 29), date(2026, 3, 1)), "2018年5月29日起，到2026年3月1日前"),
    ],
)  # fmt: skip
def test_how_days_are_written(said: str, words: str) -> None:
    assert said == words


@pytest.fixture
def zhang(world: World, desk: Callable[..., Desk]) -> Desk:
    world.member("张一", role=Role.SECRETARY)
    return desk().enter(world, "张一")


@pytest.mark.parametrize(
    ("said", "then"),
    [
        ("周五下午三点", "11月27日（周五）15:00"),
        ("后天", "11月25日（周三）09:30"),
        ("2026-12-01 14:00", "12月1日（周二）14:00"),
        ("过两天再说", "没有看懂改到什么时候"),
    ],
)
def test_an_activity_is_moved_in_words(world: World, zhang: Desk, said: str, then: str) -> None:
    number = world.activity(starts=world.now.replace(hour=9, minute=30) + timedelta(days=1))
    here = f"/console/activities/{number}"
    answer = zhang.fill(here, f"{here}/move", to=said)

    assert then in (answer.text or zhang.get(here).text)


def test_what_is_wrong_with_a_task_loses_nothing(world: World, office: Desk) -> None:
    path = "/console/tasks/new"
    given = Forms(office.get(path).text).found[path]
    wish = {**given, "title": "核对名册", "to": ["B1"]}
    page = office.post(path, {**wish, "due": "过几天"}).text

    assert "没有看懂期限" in page
    assert 'value="核对名册"' in page
    assert 'value="B1" data-kind="branch" checked' in page
    assert "期限已经过了" in office.post(path, {**wish, "due": "2026-11-01"}).text
    office.post(path, {**wish, "due": "下周五"})
    assert "12月4日（周五）前" in office.get("/console/tasks/items/1").text


def test_quiet_hours_in_words(world: World, zhang: Desk) -> None:
    path = "/console/settings"
    zhang.fill(path, f"{path}/quiet", begins="晚上十点", ends="七点")
    assert "每天 22:00 到 07:00 不打扰您" in zhang.get(path).text


def test_a_time_is_no_title(world: World) -> None:
    asked = arranging.answer("what", "周五下午三点", world.now, None)

    assert asked.title == ""
    assert asked.starts is not None


def test_what_was_understood_is_offered_as_one_line(world: World, zhang: Desk) -> None:
    path = "/console/activities/plan"
    given = Forms(zhang.get(path).text).found[path]
    page = zhang.post(path, {**given, "line": "周五下午三点支部党员大会，三楼会议室"}).text
    [line] = re.findall(r'value="(11月27日15:00[^"]+)"', page)

    assert "11月27日（周五）15:00" in zhang.post(path, {**given, "line": line}).text


def test_today_settles_tasks_with_one_tap(
    world: World, office: Desk, desk: Callable[..., Desk]
) -> None:
    world.member("张一", role=Role.SECRETARY)
    zhang, path = desk().enter(world, "张一"), "/console/tasks/new"
    given = Forms(office.get(path).text).found[path]
    office.post(path, {**given, "title": "核对名册", "due": "明天", "to": ["B1"]})

    zhang.fill("/console", "/console/tasks/1/report")
    assert "已报完成：核对名册" in zhang.get("/console").text
    office.fill("/console", "/console/tasks/1/accept")
    assert "已通过：核对名册" in office.get("/console").text
