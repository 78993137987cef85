"""When somebody is told, as a table by hand: in advance, on the day, and up the ladder."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.duties.actions.assigned import ASSIGNEE, ISSUER, UNIT_LEAD
from handlers.duties.actions.planning import rulebook
from handlers.duties.rules import climbing
from handlers.duties.rules.rulebook import Rule, Rung
from handlers.duties.rules.seats import SEATS

BOOK = rulebook()
THEME_DAY = BOOK.by_id["OL06"]  # 7, 3 and 1 days before
DUE = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("today", "reminder"),
    [
        ("11-17", None),
        ("11-18", 7),
        ("11-21", 7),
        ("11-22", 3),
        ("11-23", 3),
        ("11-24", 1),
        ("11-25", 1),
        ("11-26", None),
    ],
)
def test_the_latest_reminder_that_has_come(today: str, reminder: int | None) -> None:
    day = date.fromisoformat(f"2026-{today}")
    found = [days for days, first, last in climbing.windows(THEME_DAY, day) if first <= DUE <= last]
    assert found == ([reminder] if reminder else [])


@given(st.sampled_from(BOOK.rules), st.integers(-5, 400))
def test_a_day_has_one_latest_reminder(rule: Rule, ahead: int) -> None:
    today = date(2026, 11, 23)
    due = today + timedelta(ahead)
    found = [days for days, first, last in climbing.windows(rule, today) if first <= due <= last]
    passed = [days for days in set(rule.remind) if ahead <= days] if ahead >= 0 else []
    assert found == ([min(passed)] if passed else [])


@pytest.mark.parametrize(
    ("ladder", "taken"),
    [
        ("branch", {0: 1, 2: 1, 3: 2, 4: 2, 5: 3, 9: 3, 10: 4, 19: 4, 20: 5, 400: 5}),
        ("statutory", {0: 2, 1: 3, 2: 3, 3: 4, 400: 4}),
        ("personal", {0: 1, 6: 1, 7: 2, 400: 2}),
        ("organ", {0: 1, 4: 1, 5: 2, 9: 2, 10: 3}),
        ("committee", {0: 1, 4: 1, 5: 2}),
        ("rectification", {0: 1, 1: 2, 2: 2, 3: 3, 6: 3, 7: 4, 14: 4, 15: 5}),
        ("operator", {0: 1, 6: 1, 7: 2}),
    ],
)
def test_rungs_by_days_after_the_due_day(ladder: str, taken: dict[int, int]) -> None:
    rungs = climbing.kept(BOOK.ladders[ladder])
    for days, count in taken.items():
        assert climbing.reached(rungs, DUE, 0, DUE + timedelta(days)) == count, days
    assert climbing.reached(rungs, DUE, 0, DUE - timedelta(1)) == 0
    assert climbing.reached(rungs, DUE, 3, DUE - timedelta(1)) == 3  # what is taken stays taken


def test_the_next_rung() -> None:
    rungs = climbing.kept(BOOK.ladders["branch"])
    assert climbing.next_on(rungs, DUE, 1) == DUE + timedelta(3)
    assert climbing.next_on(rungs, DUE, 5) is None


def test_rungs_are_climbed_from_below_however_they_are_written() -> None:
    upside_down = [Rung(10, "committee_office", "private"), Rung(0, "secretary", "private")]
    assert [days for days, _, _ in climbing.kept(upside_down)] == [0, 10]


@pytest.mark.parametrize(
    ("found_on", "counted_from"), [("11-25", "11-25"), ("11-26", "11-25"), ("11-27", "11-27")]
)
def test_what_is_found_out_late_is_counted_from_then(found_on: str, counted_from: str) -> None:
    morning_after = date(2026, 11, 26)
    found = climbing.base(DUE, date.fromisoformat(f"2026-{found_on}"), morning_after)
    assert found == date.fromisoformat(f"2026-{counted_from}")


def test_a_members_own_goes_to_him_alone() -> None:
    assert climbing.told_first(BOOK.by_id["DU01"]) == ("member",)
    assert climbing.told_first(BOOK.by_id["RL02"]) == ("org_commissioner",)
    assert climbing.told_first(THEME_DAY) == ("secretary", "org_commissioner")
    assert climbing.on_ladder(BOOK.by_id["DU01"], "member") == "member"
    assert climbing.on_ladder(BOOK.by_id["RL02"], "member") == "org_commissioner"


def test_nobody_is_behind_with_a_birthday() -> None:
    assert not climbing.is_chased(BOOK.by_id["AN01"])
    assert climbing.is_reminded(BOOK.by_id["AN01"])
    assert climbing.is_chased(BOOK.by_id["AN02"])
    assert not climbing.is_chased(replace(THEME_DAY, times=None))


def test_every_role_has_a_seat() -> None:
    roles = {role for rule in BOOK.rules for role in rule.responsible}
    roles |= {rung.to for ladder in BOOK.ladders.values() for rung in ladder}
    assert roles - {"member", ASSIGNEE, UNIT_LEAD, ISSUER} <= set(SEATS)
    assert all("committee_office" in bench for bench in SEATS.values())
