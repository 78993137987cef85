"""All 82 rules against a table written from the regulations: 2024–2032, every period, and every
day to count from, with leap days, month ends and 调休."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from handlers.duties.rules import dates, grammar
from handlers.duties.rules.dates import Turn
from handlers.duties.rules.grammar import Call, Function, Span
from handlers.duties.rules.reading import read
from handlers.duties.rules.rulebook import Rule, Rulebook
from storage.workdays import Calendar
from tests.rules import calendar_by_hand as hand

SEED = Path(__file__).parents[2] / "storage" / "seeds" / "rules.yaml"
YEARS = range(2024, 2033)
FIRST, LAST = date(2024, 1, 1), date(2032, 12, 31)

found = read(SEED.read_text())
assert isinstance(found, Rulebook), found
BOOK = found
# The package and the notices, each on its own way: the years typed by hand are not handed over.
CALENDAR = Calendar()

Periodic = Callable[[int, int], date]
"""Year and number of the period to the day."""
Counted = Callable[[date], date]


def month_end(year: int, number: int) -> date:
    return hand.end_of(year, number)


def quarter_end(year: int, number: int) -> date:
    return hand.end_of(year, 3 * number)


def half_end(year: int, number: int) -> date:
    return hand.end_of(year, 6 * number)


def year_end(year: int, _: int) -> date:
    return date(year, 12, 31)


def workdays_after_quarter(count: int) -> Periodic:
    return lambda year, number: hand.workdays_after(hand.end_of(year, 3 * number), count)


def on(month: int, day: int) -> Periodic:
    return lambda year, _: date(year, month, day)


PERIODS: dict[str, tuple[int, Periodic]] = {
    # rule: (periods in a year, the day)
    "OL01": (4, quarter_end),  # 支部条例第十一、十四条 每季度1次
    "OL02": (12, month_end),  # 第十二条 每月1次
    "OL03": (12, month_end),  # 第十三条 每月1次
    "OL04": (4, quarter_end),
    "OL05": (1, year_end),  # 第十六条 每年至少1次
    "OL07": (1, year_end),  # 每年至少1次
    "OL08": (1, year_end),
    "OL09": (1, year_end),
    "OL10": (4, quarter_end),
    "OL11": (4, workdays_after_quarter(10)),
    "OL13": (1, year_end),
    "OL14": (4, quarter_end),
    "OL15": (1, year_end),
    "LD01": (1, year_end),
    "LD02": (1, year_end),
    "LD03": (1, year_end),
    "LD04": (1, year_end),
    "LD05": (2, half_end),
    "LD06": (4, quarter_end),
    "LD07": (12, month_end),
    "LD09": (4, workdays_after_quarter(15)),
    "LD10": (4, quarter_end),
    "MD21": (4, quarter_end),
    "DU02": (1, on(1, 31)),  # 每年初核定
    "DU03": (1, year_end),
    "TR01": (1, year_end),
    "TR02": (1, year_end),
    "AN02": (1, on(7, 1)),  # 七一
    "AN03": (2, half_end),
    "RL02": (4, quarter_end),
    "RL03": (2, half_end),  # 每半年至少1次
    "SV01": (1, year_end),
    "SV02": (2, half_end),
    "CP01": (12, month_end),
    "CP03": (1, year_end),
    "CP05": (12, month_end),
    "CP06": (2, half_end),
    "CP07": (1, on(1, 15)),
}
FIXED = {"OL06": "branch.theme_day", "DU01": "branch.dues_day"}  # 每月相对固定1天，遇休顺延


def same(day: date) -> date:
    return day


def after_months(count: int) -> Counted:
    return lambda day: hand.months(day, count)


def after_years(count: int) -> Counted:
    return lambda day: hand.years(day, count)


def after_days(count: int) -> Counted:
    return lambda day: day + timedelta(count)


def after_workdays(count: int) -> Counted:
    return lambda day: hand.workdays_after(day, count)


COUNTED: dict[str, tuple[str, Counted]] = {
    "OL12": ("meeting.start_at", same),
    "LD08": ("finding.due_on", same),
    "TM01": ("branch.elected_on", after_years(3)),  # 机关条例第八条 每届三年
    "TM02": ("org.elected_on", after_years(3)),
    "TM03": ("org.elected_on", after_years(5)),  # 第五条 每届五年
    "TM04": ("org.term_ends_on", after_months(-6)),  # 提前6个月
    "TM05": ("org.term_ends_on", after_years(1)),  # 一般不超过1年
    "TM06": ("post.vacant_from", after_days(60)),
    "MD01": ("candidate.applied_on", same),
    "MD02": ("candidate.applied_on", after_months(1)),  # 细则第七条 一个月内
    "MD03": ("candidate.activist_on", same),
    "MD04": ("candidate.activist_on", after_workdays(10)),
    "MD05": ("candidate.activist_on", after_workdays(10)),
    "MD07": ("candidate.activist_on", after_years(1)),  # 第十三条 一年以上
    "MD08": ("candidate.object_agreed_on", same),
    "MD08b": ("candidate.publicity_from", lambda day: hand.through_workdays(day, 5)),
    "MD09": ("candidate.object_on", after_workdays(10)),
    "MD10": ("candidate.review_done_on", same),
    "MD11": ("candidate.training_done_on", same),
    "MD12": ("candidate.branch_review_on", same),
    "MD13": ("candidate.pre_review_on", same),
    "MD14": ("candidate.pre_review_on", after_workdays(10)),
    "MD15": ("candidate.pre_review_on", after_months(1)),  # 第十九条 一个月内
    "MD16": ("candidate.accepted_on", after_months(2)),
    "MD17": ("candidate.accepted_on", after_months(3)),  # 第二十四条 三个月内
    "MD18": ("candidate.approved_on", after_workdays(10)),
    "MD19": ("candidate.approved_on", after_workdays(10)),
    "MD20": ("candidate.approved_on", after_months(1)),  # 第二十九条 一般一个月内
    "MD22": ("candidate.accepted_on", after_years(1)),  # 预备期一年
    "MD23": ("candidate.probation_ends_on", after_months(1)),
    "MD24": ("candidate.full_meeting_on", after_months(3)),  # 三个月内
    "MD25": ("candidate.full_approved_on", after_months(1)),
    "DU04": ("member.dues_paid_through", after_months(5)),
    "TR03": ("post.appointed_on", after_months(6)),  # 半年内
    "TR04": ("member.accepted_on", after_years(1)),
    "RL01": ("member.away_from", after_months(6)),
    "RL04": ("member.last_attended_on", after_months(5)),
    "SV03": ("service.served_on", after_workdays(5)),
    "CP02": ("request.received_on", after_workdays(15)),
    "CP04": ("release.planned_on", after_days(-10)),
}
HALF_YEARLY = "MD06"  # 第十一条 每半年考察一次
BIRTHDAY = "AN01"


def test_the_table_has_every_rule_once() -> None:
    ids = [*PERIODS, *FIXED, *COUNTED, HALF_YEARLY, BIRTHDAY]
    assert len(ids) == len(set(ids)) == 82
    assert set(ids) == set(BOOK.by_id)


def every_day() -> Iterator[date]:
    return (FIRST + timedelta(n) for n in range((LAST - FIRST).days + 1))


def turns(rule: Rule, per_year: int) -> Iterator[tuple[int, int, Turn]]:
    """Each period of the nine years, entered on each of its ends."""
    span = {1: Span.YEAR, 2: Span.HALF, 4: Span.QUARTER, 12: Span.MONTH}[per_year]
    assert (grammar.span_in(rule.expression) or rule.per.span) is span
    for year in YEARS:
        for number in range(1, per_year + 1):
            yield year, number, Turn(span, date(year, (number - 1) * 12 // per_year + 1, 1))


@pytest.mark.parametrize("id", PERIODS)
def test_what_comes_round(id: str) -> None:
    rule, (per_year, expected) = BOOK.by_id[id], PERIODS[id]
    for year, number, turn in turns(rule, per_year):
        worked_out = dates.due(rule.expression, turn, {}, CALENDAR)
        assert worked_out == expected(year, number), turn.name


@pytest.mark.parametrize("id", FIXED)
def test_fixed_days_move_to_a_workday(id: str) -> None:
    rule = BOOK.by_id[id]
    for number in range(1, 32):
        for year, month, turn in turns(rule, 12):
            worked_out = dates.due(rule.expression, turn, {FIXED[id]: number}, CALENDAR)
            assert worked_out == hand.next_worked(hand.numbered(year, month, number))


@pytest.mark.parametrize("id", COUNTED)
def test_what_is_counted_from_a_day(id: str) -> None:
    rule, (field, expected) = BOOK.by_id[id], COUNTED[id]
    for day in every_day():
        worked_out = dates.due(rule.expression, Turn.of(Span.YEAR, day), {field: day}, CALENDAR)
        assert worked_out == expected(day), day


def test_the_hard_limit_of_an_approval() -> None:
    limit = BOOK.by_id["MD17"].hard_limit
    assert limit
    assert [id for id, rule in BOOK.by_id.items() if rule.hard_limit] == ["MD17"]
    for day in every_day():
        facts = {"candidate.accepted_on": day}
        worked_out = dates.due(limit, Turn.of(Span.YEAR, day), facts, CALENDAR)
        assert worked_out == hand.months(day, 6)


def test_every_half_year_from_the_day_itself() -> None:
    each = Call(Function.EACH, (Span.HALF, grammar.Field("candidate.activist_on")))
    assert BOOK.by_id[HALF_YEARLY].expression == each
    for day in every_day():
        until = hand.years(day, 3)
        expected = [hand.months(day, 6 * n) for n in range(1, 7)]
        assert dates.each_of(Span.HALF, day, until) == expected, day


def test_a_political_birthday_of_29_february() -> None:
    rule = BOOK.by_id[BIRTHDAY]
    for accepted in every_day():
        for year in YEARS:
            turn = Turn(Span.YEAR, date(year, 1, 1))
            facts = {"member.accepted_on": accepted}
            expected = accepted + relativedelta(year=year)
            assert dates.due(rule.expression, turn, facts, CALENDAR) == expected


@given(st.dates(FIRST, LAST), st.integers(1, 60))
def test_workdays_add_up(day: date, count: int) -> None:
    once = hand.workdays_after(day, count)
    expression = grammar.parse(f"add_workdays(finding.due_on, {count})")
    assert dates.due(expression, Turn.of(Span.YEAR, day), {"finding.due_on": day}, CALENDAR) == once
    assert hand.worked(once)


def test_functions_of_a_rule_nest() -> None:
    expression = grammar.parse("add_workdays(add_months(candidate.accepted_on, 1), 3)")
    facts = {"candidate.accepted_on": date(2026, 1, 31)}
    worked_out = dates.due(expression, Turn.of(Span.YEAR, date(2026, 1, 1)), facts, CALENDAR)
    assert worked_out == date(2026, 3, 4)  # 2 月 28 日（周六）调休上班，28 日之后第三个工作日
