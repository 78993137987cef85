"""Which days are worked: announced, imported, or guessed with a warning."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import main
from bot.files.reading import read
from handlers.duties.rules.workdays import Arrangement, arrangements
from handlers.duties.text.workdays import fault
from storage import migrating, workdays
from storage.database import Database
from storage.workdays import Calendar
from tests.world import World

DEMO = Path(__file__).parents[2] / "storage" / "seeds" / "demo" / "calendar_2026.csv"


def stored(world: World) -> Calendar:
    with world.database.reading() as db:
        return workdays.calendar(db)


def days_of_2026() -> Iterator[tuple[date, bool]]:
    for line in DEMO.read_text("utf-8-sig").splitlines()[1:]:
        day, _, works, _ = line.split(",")
        yield date.fromisoformat(day), works == "1"


def test_the_table_is_seeded_once_with_what_was_announced(world: World) -> None:
    with world.database.unit_of_work() as db:
        assert workdays.seed(db, world.now) == list(range(2004, 2027))
        assert workdays.seed(db, world.now) == []
    calendar = stored(world)
    assert 2026 in calendar.years
    assert [day for day, works in days_of_2026() if calendar.is_workday(day) != works] == []


def test_make_up_saturdays_are_worked(world: World) -> None:
    calendar = stored(world)
    for day in (date(2026, 2, 14), date(2026, 2, 28), date(2026, 10, 10)):
        assert day.weekday() == 5
        assert calendar.is_workday(day)


def test_an_unknown_year_has_monday_to_friday_and_a_warning_from_1_december(world: World) -> None:
    calendar = stored(world)
    assert not calendar.is_known(2027)
    week = [calendar.is_workday(date(2027, 1, 4) + timedelta(n)) for n in range(7)]
    assert week == [True] * 5 + [False] * 2
    assert workdays.missing(calendar, date(2026, 11, 30)) == []
    assert workdays.missing(calendar, date(2026, 12, 1)) == [2027]
    assert workdays.missing(calendar, date(2027, 1, 4)) == [2027]


def test_an_imported_year_goes_before_what_was_known(world: World, tmp_path: Path) -> None:
    file = tmp_path / "2027.csv"
    file.write_text(
        "日期,是否工作日,备注\n2027-01-01,0,元旦\n2027-01-03,1,调休上班\n2027-01-05,是,\n"
    )
    [year] = arrangements(read(file))
    assert isinstance(year, Arrangement)
    with world.database.unit_of_work() as db:
        workdays.put(db, year.year, year.works, year.notes, workdays.IMPORTED, world.now)
    calendar = stored(world)
    assert not calendar.is_workday(date(2027, 1, 1))
    assert calendar.is_workday(date(2027, 1, 3))
    assert not calendar.is_workday(date(2027, 1, 9))
    assert workdays.missing(calendar, date(2026, 12, 1)) == []


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("date,note\n2027-01-01,元旦", "第 1 行「is_workday」：缺少这一列。"),
        ("date,is_workday\n2027-02-30,0", "第 2 行「date」：写的是「2027-02-30」。请写成"),
        ("date,is_workday\n2027-01-01,x", "第 2 行「is_workday」：写的是「x」。工作日写 1"),
        (
            "date,is_workday\n2027-01-01,1\n2027-01-01,0",
            "第 3 行「date」：写的是「2027-01-01」。与第 2 行重复",
        ),
        ("date,is_workday\n2027-01-04,1", "「date」：2027 年没有一天放假或调休"),
    ],
)
def test_a_faulty_list_is_refused_with_its_place(lines: str, told: str, tmp_path: Path) -> None:
    file = tmp_path / "days.csv"
    file.write_text(lines)
    [found] = arrangements(read(file))
    assert not isinstance(found, Arrangement)
    assert fault(found).startswith(told)


def test_a_year_is_imported_from_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path}/zhibu.db"
    monkeypatch.setenv("ZHIBU_DATABASE_URL", url)
    database = Database(url)
    migrating.migrate(database)
    shown = CliRunner().invoke(main, ["import", "workdays", str(DEMO), "--dry-run"])
    assert "2026 年：25 天放假或调休，将替换现有的安排" in shown.output
    assert "什么也没有改动" in shown.output
    done = CliRunner().invoke(main, ["import", "workdays", str(DEMO), "--yes"])
    assert "已导入工作日：2026 年" in done.output
    with database.reading() as db:
        assert workdays.calendar(db).years == {2026}
    database.close()
