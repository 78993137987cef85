"""A year of activities and who came: of each branch one a week, of those above more rarely."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from benchmarks.city.people import BRANCHES, COMMITTEES, GROUP_LEADER, PEOPLE, SECRETARY
from benchmarks.city.writing import Writing, at
from storage.activities import Activity, Audience
from storage.attendance import Attendance
from storage.requests import Request

WEEKS, AHEAD = 52, 4
SORTS = (
    ("theme_day", "主题党日"),
    ("study", "理论学习"),
    ("party_lecture", "书记讲党课"),
    ("general_meeting", "支部党员大会"),
)
HEADS = ("id", "org_id", "kind", "title", "starts", "opens", "closes", "audience", "status")
RECORD = ("activity_id", "member_id", "state", "at", "source", "by", "entered_at")
OPEN = 1
"""The meeting of everybody, which is open now; others have the numbers after it."""


@dataclass(frozen=True)
class Held:
    id: int
    org_id: str
    sort: int
    day: date
    everybody: bool
    held: bool


def hold(writing: Writing, first: date) -> None:
    all_ = list(calendar(first))
    writing.put(Activity, HEADS, (head(each) for each in all_))
    writing.put(Attendance, RECORD, (r for each in all_ if each.held for r in came(each)))
    still = [each for each in all_ if not each.held]
    now = Held(OPEN, "WC", 3, first + timedelta(364), True, True)
    writing.put(Attendance, RECORD, (row for row in came(now) if row[2] == "present"))
    asked = ("kind", "activity_id", "member_id", "category", "asked_at", "state", "decided_by")
    writing.put(Request, asked, requests([e for e in all_ if e.held], still))


def calendar(first: date) -> Iterator[Held]:
    id = OPEN + 1
    for week in range(WEEKS + AHEAD):
        day, is_past = first + timedelta(7 * week), week < WEEKS
        for branch in range(BRANCHES):
            on = day + timedelta(branch % 5)
            yield Held(id, f"B{branch}", week % 4, on, True, is_past)
            id += 1
            if week % 4 == 3:
                yield Held(id, f"B{branch}", 4, on, False, is_past)
                id += 1
        if week % 4 == 1:
            for committee in range(COMMITTEES):
                yield Held(id, f"O{committee}", 1, day + timedelta(2), True, is_past)
                id += 1
        if week % 9 == 2:
            yield Held(id, "WC", 3, day + timedelta(3), True, is_past)
            id += 1


def head(each: Held) -> tuple[object, ...]:
    kind, title = ("committee_meeting", "支委会") if each.sort == 4 else SORTS[each.sort]
    audience = Audience.ALL if each.everybody else Audience.OFFICERS
    times = (at(each.day), at(each.day, 510), at(each.day, 660))
    named = f"{each.day.month}月{title}"
    return each.id, each.org_id, kind, named, *times, audience, "done" if each.held else "planned"


def expected(each: Held) -> Iterator[int]:
    number = int(each.org_id[1:]) if each.org_id != "WC" else 0
    match each.org_id[0]:
        case "B" if not each.everybody:
            return iter((number, BRANCHES + number))
        case "B":
            return iter(range(number, PEOPLE, BRANCHES))
        case "O":
            return (n for n in range(PEOPLE) if n % BRANCHES % COMMITTEES == number)
        case _:
            return iter(range(PEOPLE))


def came(each: Held) -> Iterator[tuple[object, ...]]:
    for n in expected(each):
        thrown = (n * 7919 + each.id * 104_729) % 100
        if thrown >= 95:
            continue
        moment = at(each.day, 520 + thrown % 20, n % 60)
        late = at(each.day, 545 + thrown % 9, n % 60)
        who = f"M{n}"
        if thrown < 80:
            yield each.id, who, "present", moment, "word", who, moment
        elif thrown < 85:
            yield each.id, who, "late", late, "word", who, late
        elif thrown < 93:
            yield each.id, who, "on_leave", moment, "leave", SECRETARY, moment
        else:
            after = at(each.day + timedelta(1))
            yield each.id, who, "made_up", moment, "make_up", GROUP_LEADER, after


def requests(past: list[Held], ahead: list[Held]) -> Iterator[tuple[object, ...]]:
    for place, each in enumerate(past[::2]):
        who = f"M{next(expected(each)) + BRANCHES * (place % 40 + 5)}"
        moment = at(each.day - timedelta(1))
        yield "leave", each.id, who, "business", moment, "approved", SECRETARY
    for each in ahead[::6]:
        who = f"M{next(expected(each)) + BRANCHES * 7}"
        yield "leave", each.id, who, "sickness", at(each.day - timedelta(30)), "pending", ""
