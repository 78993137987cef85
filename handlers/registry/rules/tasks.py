"""What a row of a list of tasks, or of findings, says."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.files.tables import Fault, Row, Table
from handlers.registry.rules.cells import Cells, prepared
from handlers.registry.rules.troubles import Trouble
from handlers.registry.rules.words import accepted

COLUMNS = (
    *("task_id", "list", "kind", "title", "owners", "due_on", "extended_to", "priority"),
    *("status", "completed_on", "evidence", "goal", "suggestion", "found_on", "restricted"),
    *("issuer", "note"),
)
NEEDED = ("task_id", "title", "owners", "due_on")
HEADINGS = {
    word: column
    for column, said in {
        "task_id": "编号、任务编号、序号、清单编号、问题编号、finding_id",
        "list": "清单、清单名称",
        "kind": "类别",
        "title": "任务、事项、任务名称、工作任务、任务内容、问题、finding",
        "owners": "承办单位、责任单位、承办、单位、org_id",
        "due_on": "时限、完成时限、到期、整改时限",
        "extended_to": "延期至",
        "priority": "优先级",
        "status": "状态、进展、state",
        "completed_on": "完成日期、销号日期、closed_on",
        "evidence": "佐证、佐证材料",
        "goal": "业务目标",
        "suggestion": "整改建议、建议",
        "found_on": "发现日期",
        "restricted": "限阅",
        "issuer": "布置单位、交办单位",
        "note": "备注、说明",
    }.items()
    for word in said.split("、")
}
OF_FINDINGS = frozenset({"finding_id", "问题编号"})
"""A list with such a column is one of findings."""
KINDS = {"task": "任务", "finding": "问题、整改"}
PRIORITIES = {"high": "高、重要、紧急", "normal": "中、一般、普通", "low": "低"}
STATES = {
    "issued": "未开始、未签收、todo、open、overdue、逾期",
    "signed": "已签收",
    "working": "进行中、办理中、整改中、in_progress、需协调",
    "reported": "已报完成、待验收、待复核",
    "returned": "退回、退回待补",
    "accepted": "复核通过",
    "closed": "已完成、办结、已办结、已销号、销号、done",
    "withdrawn": "已撤销、撤销",
}
SEPARATORS = re.compile(r"[;；、，,\s]+")
EVERY = {"各支部": "branches", "各党支部": "branches", "各单位": "organs", "各党小组": "groups"}


@dataclass(frozen=True)
class TaskLine:
    row: Row
    number: str
    series: str
    facts: Mapping[str, Any]
    """Of the item's columns, those that the file speaks of."""
    owners: tuple[tuple[str, str], ...]
    """Units as they are written, each with a person or with ''."""
    extended_to: date | None
    state: str
    done_on: date | None

    @property
    def key(self) -> tuple[str, str]:
        return self.series, self.number


def read(table: Table) -> tuple[list[TaskLine], list[Fault], list[str]]:
    kind = "finding" if OF_FINDINGS & set(table.columns) else "task"
    table, faults, unused = prepared(named(table), COLUMNS, NEEDED)
    columns = frozenset(table.columns)
    lines = []
    for row in table.rows:
        cells = Cells(row, columns)
        lines.append(line_of(cells, kind))
        faults += cells.faults
    return lines, [*faults, *contradictions(lines)], unused


def named(table: Table) -> Table:
    """Under the columns' own names, whatever they are called in the file."""
    names = {each: HEADINGS.get(each.strip().lower(), each) for each in table.columns}
    rows = [
        replace(row, cells={names.get(key, key): value for key, value in row.cells.items()})
        for row in table.rows
    ]
    return replace(table, columns=tuple(names.values()), rows=rows)


def line_of(cells: Cells, kind: str) -> TaskLine:
    due = cells.day("due_on")
    if due is None and not cells.raw("due_on"):
        cells.wrong("due_on", Trouble.EMPTY)
    facts: dict[str, Any] = {
        "title": cells.words("title", most=200, needed=True),
        "kind": cells.choice("kind", accepted(KINDS), default=kind),
        **({"due": due} if due else {}),
    }
    if cells.has("priority"):
        facts["priority"] = cells.choice("priority", accepted(PRIORITIES), default="normal")
    for column in ("evidence", "goal", "suggestion", "note"):
        if cells.has(column):
            facts[column] = cells.words(column, most=200)
    if cells.has("found_on"):
        facts["found_on"] = cells.day("found_on")
    if cells.has("restricted"):
        facts["restricted"] = cells.flag("restricted", default=False)
    if cells.raw("issuer"):
        facts["org_id"] = cells.id("issuer")
    state = cells.choice("status", accepted(STATES), default="issued")
    done_on = cells.day("completed_on")
    if done_on and state != "closed":
        cells.wrong("completed_on", Trouble.NOT_DONE_YET, cells.raw("completed_on"))
    series = cells.words("list", most=40)
    owners = owners_in(cells)
    extended = extension(cells, due)
    return TaskLine(cells.row, cells.id("task_id"), series, facts, owners, extended, state, done_on)


def extension(cells: Cells, due: date | None) -> date | None:
    extended = cells.day("extended_to")
    if extended and due and extended <= due:
        cells.wrong("extended_to", Trouble.NOT_LATER, cells.raw("extended_to"), str(due))
    return extended


def owners_in(cells: Cells) -> tuple[tuple[str, str], ...]:
    said = cells.words("owners", most=20_000, needed=True)
    parts = [each for each in SEPARATORS.split(said) if each]
    found = [(unit, person) for unit, _, person in (part.partition(":") for part in parts)]
    return tuple(dict.fromkeys(found))


def contradictions(lines: Sequence[TaskLine]) -> list[Fault]:
    """A number may stand in several rows, for several units; all of them mean the same item."""
    first: dict[tuple[str, str], TaskLine] = {}
    faults = []
    for line in lines:
        known = first.setdefault(line.key, line)
        row = str(known.row.number)
        for column, name in (("title", "title"), ("due_on", "due")):
            if line.facts.get(name) != known.facts.get(name):
                said = line.row.cells.get(column, "")
                faults.append(line.row.fault(column, Trouble.OTHER_THAN_ROW, said, row))
        twice = [unit for unit, _ in line.owners if line is not known and unit in units(known)]
        faults += [line.row.fault("owners", Trouble.REPEATED, unit, row) for unit in twice[:1]]
    return faults


def units(line: TaskLine) -> set[str]:
    return {unit for unit, person in line.owners if not person}
