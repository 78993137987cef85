"""A list of workdays and days off, as a secretary uploads it when no package knows the year yet."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.files.tables import Block, Fault, Row, Table

DATE, WORKS, NOTE = "date", "is_workday", "note"
HEADINGS = {
    **{"日期": DATE, "是否工作日": WORKS, "工作日": WORKS, "备注": NOTE, "说明": NOTE},
    **{each: each for each in (DATE, WORKS, NOTE)},
}
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)
YES = frozenset({"1", "是", "班", "上班", "工作日", "true", "yes"})
NO = frozenset({"0", "否", "休", "放假", "休息", "false", "no"})


class Trouble(StrEnum):
    COLUMN_MISSING = "column_missing"
    NOT_A_DAY = "not_a_day"
    NOT_A_FLAG = "not_a_flag"
    REPEATED = "repeated"
    NOTHING_SPECIAL = "nothing_special"
    NOT_FLAT = "not_flat"


@dataclass(frozen=True)
class Arrangement:
    """One year: the days that the file names."""

    year: int
    works: Mapping[date, bool]
    notes: Mapping[date, str]

    @property
    def odd(self) -> int:
        """How many days differ from Monday to Friday."""
        return sum(worked != (day.weekday() < 5) for day, worked in self.works.items())


def arrangements(source: Table | Block) -> list[Arrangement] | list[Fault]:
    """The years of a file, or everything that is wrong with it. A file may name every day of a
    year, or only those that differ from Monday to Friday."""
    if isinstance(source, Block):
        return [Fault(source.line, "", Trouble.NOT_FLAT)]
    columns = {HEADINGS.get(each.strip().lower(), each): each for each in source.columns}
    if absent := [name for name in (DATE, WORKS) if name not in columns]:
        return [Fault(1, name, Trouble.COLUMN_MISSING) for name in absent]
    return _gathered(source, columns)


def _gathered(source: Table, columns: Mapping[str, str]) -> list[Arrangement] | list[Fault]:
    faults, first = [*source.faults], dict[date, Row]()
    works, notes = dict[date, bool](), dict[date, str]()
    for row in source.rows:
        day, worked = day_in(row.cells[columns[DATE]]), flag_in(row.cells[columns[WORKS]])
        if day is None:
            faults.append(row.fault(DATE, Trouble.NOT_A_DAY, row.cells[columns[DATE]]))
        elif day in first:
            faults.append(row.fault(DATE, Trouble.REPEATED, str(day), str(first[day].number)))
        if worked is None:
            faults.append(row.fault(WORKS, Trouble.NOT_A_FLAG, row.cells[columns[WORKS]]))
        if day is not None and worked is not None:
            works[day], first[day] = worked, row
            notes[day] = row.cells.get(columns.get(NOTE, NOTE), "")[:40]
    found = [
        Arrangement(
            year,
            {day: worked for day, worked in works.items() if day.year == year},
            {day: note for day, note in notes.items() if day.year == year},
        )
        for year in sorted({day.year for day in works})
    ]
    dull = [each for each in found if not each.odd]
    faults += [Fault(0, DATE, Trouble.NOTHING_SPECIAL, str(each.year)) for each in dull]
    return faults or found


def day_in(words: str) -> date | None:
    found = DAY.fullmatch(words)
    if not found:
        return None
    year, month, day = map(int, found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def flag_in(words: str) -> bool | None:
    said = words.lower()
    return True if said in YES else False if said in NO else None
