"""Tables to be taken along, made of what was recorded by doing; nothing is typed for them."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from bot.files.sheets import Cell, Sheet, as_sheets
from handlers.reports.actions.counting import CLOSED, Records, instants
from handlers.reports.rules.figures import TABLE, add_up
from handlers.reports.rules.spans import Days
from handlers.reports.rules.tables import Table
from handlers.reports.text import exporting as text
from storage import activities, attendance, audit, members, organisation, reports
from storage.database import Session


def as_file(
    db: Session,
    what: Table,
    org_id: str,
    days: Days,
    now: datetime,
    *,
    by: tuple[str, str],
    persons: bool,
) -> bytes:
    """A workbook. `by`: id and name of who takes it; `persons`: whether the names of members may
    stand in it. Leaves a row in the audit."""
    records = Records(db, org_id, days, now)
    made = list(sheets(records, what, persons=persons))
    lines = sum(len(each.rows) for each in made)
    audit.note(db, by[0], f"export_{what}", f"organisation:{org_id}", now, f"{lines} lines")
    mark = text.watermark(by[1], now)
    return as_sheets([Sheet(e.name, e.columns, e.rows, mark) for e in made], now)


def sheets(records: Records, what: Table, *, persons: bool) -> Iterator[Sheet]:
    match what:
        case Table.ATTENDANCE:
            yield meetings(records)
            if persons:
                yield Sheet(text.LINES, text.LINES_COLUMNS, list(lines(records)))
        case Table.LEDGER:
            yield summary(records)
            yield meetings(records)
            yield duties(records)
            yield tasks(records)
            if persons:
                yield Sheet(text.CHANGES, text.CHANGES_COLUMNS, list(changes(records)))
        case Table.DUTIES:
            yield duties(records)
        case Table.TASKS:
            yield tasks(records)
        case Table.ROSTER:
            yield Sheet(text.ROSTER, text.ROSTER_COLUMNS, list(roster(records)))


def summary(records: Records) -> Sheet:
    rows: list[tuple[Cell, ...]] = []
    for figure in TABLE:
        total = add_up(records.of(figure))
        whole: Cell = total.whole if figure.of else ""
        rows.append((f"{figure.name}（{figure.unit}）", total.part, whole, figure.definition))
    return Sheet(text.SUMMARY, text.SUMMARY_COLUMNS, rows)


def meetings(records: Records) -> Sheet:
    rows = [
        (
            text.on(each.starts),
            each.title,
            text.kind(each.kind),
            each.venue,
            records.tree.name(each.org_id),
            each.expected,
            each.came,
            each.on_leave,
            text.REPORTED if each.reported else text.RECORDED,
        )
        for each in records.meetings
    ]
    return Sheet(text.ATTENDANCE, text.ATTENDANCE_COLUMNS, rows)


def lines(records: Records) -> Iterator[tuple[Cell, ...]]:
    """Activity by activity, everybody who was expected or came, by name."""
    db = records.db
    states = reports.attended(db, records.org_ids, *instants(records.days))
    names = reports.called(db)
    for each in records.meetings:
        held = activities.held(db, each.id)
        if each.reported or held is None:
            continue
        known = states.get(each.id, {})
        everybody = attendance.expected(db, held) | known.keys()
        for who in sorted(everybody, key=lambda id: (names.get(id, id), id)):
            state, at = known.get(who, ("", None))
            said = text.STATES.get(state, text.STATES[""])
            yield (text.on(each.starts), each.title, names.get(who, who), said, text.on(at))


def duties(records: Records) -> Sheet:
    days = records.days
    rows = [
        (
            records.tree.name(each.org_id),
            reports.rule_name(each.rule_id),
            each.occurrence,
            text.on(each.due),
            text.on(each.done_on),
            text.basis(each.fulfilled_by),
        )
        for each in reports.duties_due(records.db, records.org_ids, days.first, days.last)
    ]
    return Sheet(text.DUTIES, text.DUTIES_COLUMNS, rows)


def tasks(records: Records) -> Sheet:
    rows = [
        (
            records.tree.name(each.org_id),
            each.number,
            each.title,
            text.on(each.due),
            text.TASK_STATES.get(each.state, each.state),
            text.on(each.done_on) if each.state == CLOSED else "",
        )
        for each in records.todos
    ]
    return Sheet(text.TASKS, text.TASKS_COLUMNS, rows)


def changes(records: Records) -> Iterator[tuple[Cell, ...]]:
    days = records.days
    for each in reports.changes(records.db, records.org_ids, days.first, days.last):
        post = text.role(each.role) if each.what in {"appointed", "relieved"} else ""
        yield (text.on(each.day), each.name, text.MOVED[each.what], post)


def roster(records: Records) -> Iterator[tuple[Cell, ...]]:
    tree = records.tree
    rows = reports.belonging(records.db, records.org_ids, records.day)
    posts = members.posts_of(records.db, [row[0] for row in rows], records.day)
    order = {org: at for at, org in enumerate(records.org_ids)}
    for id, name, branch, group in sorted(rows, key=lambda r: (order[r[2]], r[1], r[0])):
        held = "、".join(text.role(post.role) for post in posts.get(id, ()))
        yield (name, tree.name(branch), tree.name(group) if group else "", held)


def year_of(db: Session, branch: str, year: int, now: datetime) -> tuple[str, Days]:
    """The name of the branch and the days of its year; KeyError for one that there is not."""
    days = Days(date(year, 1, 1), date(year, 12, 31))
    tree = organisation.tree(db, min(days.last, now.date()))
    return tree.nodes[branch].name, days


def branches(db: Session, now: datetime) -> Sequence[str]:
    tree = organisation.tree(db, now.date())
    return [id for id, node in tree.nodes.items() if node.kind in organisation.BRANCHES]
