"""What FSRS makes of answers, and that nobody is ever asked more than they chose."""

from datetime import datetime, timedelta

import pytest

from benchmarks.study import simulate
from bot.clock import HOME
from bot.questions import topics_named
from handlers.quiz.rules.picking import Candidate, for_today
from handlers.quiz.rules.remembering import Trace, in_book, remembered, reviewed
from handlers.quiz.rules.streak import streak
from handlers.quiz.rules.wishes import a_day, minute_of_day

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=HOME)


def test_what_is_known_waits_longer_each_time() -> None:
    trace = reviewed(None, right=True, tries=0, now=NOW)
    now, gaps = trace.due, [(trace.due - NOW).days]
    for _ in range(4):
        trace = reviewed(trace, right=True, tries=0, now=now)
        gaps.append((trace.due - now).days)
        now = trace.due
    assert gaps == sorted(gaps)
    assert gaps[0] >= 1
    assert gaps[-1] > 30
    assert remembered(trace, trace.due) == pytest.approx(0.9, abs=0.02)


def test_what_is_not_known_comes_tomorrow() -> None:
    wrong = reviewed(None, right=False, tries=0, now=NOW)
    assert (wrong.due - NOW).days == 1
    known = reviewed(None, right=True, tries=0, now=NOW)
    effort = reviewed(None, right=True, tries=2, now=NOW)
    assert wrong.due <= effort.due < known.due


def test_the_clock_of_the_server_decides_not_its_zone() -> None:
    utc = reviewed(None, right=True, tries=0, now=NOW.astimezone())
    assert utc.due == reviewed(None, right=True, tries=0, now=NOW).due


@pytest.mark.parametrize("hour", [0, 9, 23])
def test_a_night_is_a_day(hour: int) -> None:
    """However late in the evening, and however early in the morning."""
    known, unknown = (
        reviewed(None, right=right, tries=0, now=NOW.replace(hour=hour)) for right in (True, False)
    )
    morning = (NOW + timedelta(days=1)).replace(hour=7)
    after = reviewed(unknown, right=True, tries=0, now=morning)
    assert (known.due.date() - NOW.date()).days == 2
    assert (after.due.date() - morning.date()).days == 2
    assert remembered(unknown, morning) == remembered(unknown, morning.replace(hour=23)) < 1


def test_a_year_with_breaks() -> None:
    """Twenty of the 13,000 that `python -m benchmarks.study` lets study."""
    year = simulate(members=20)
    assert year.over_the_cap == 0
    assert year.days_away > 500
    assert year.all.reviews > 5_000
    assert year.all.off_by < 3
    assert year.after_a_break.off_by < 3
    assert [each for each in year.by_chance if each.reviews > 1_000 and each.off_by >= 3] == []


def test_due_before_new_and_the_shakiest_first() -> None:
    bank = [Candidate(id, "题", 1) for id in ("A", "B", "C")]
    shaky = Trace(1, 5, NOW - timedelta(days=9), NOW - timedelta(days=10))
    firm = Trace(30, 5, NOW - timedelta(days=1), NOW - timedelta(days=40))

    def pick(*done: str) -> str | None:
        traces = {"A": firm, "B": shaky}
        return for_today(bank, traces, left=1, not_these=done, seed="M", end_of_day=NOW)

    assert [pick(), pick("B"), pick("A", "B"), pick("A", "B", "C")] == ["B", "A", "C", None]


@pytest.mark.parametrize(
    ("was", "right", "since", "then"),
    [
        (False, True, 0, (False, 1)), (False, False, 3, (True, 0)), (True, True, 0, (True, 1)),
        (True, True, 1, (False, 2)), (True, False, 1, (True, 0)),
    ],
)  # fmt: skip
def test_when_a_question_enters_and_leaves_the_book_of_mistakes(
    was: bool, right: bool, since: int, then: tuple[bool, int]
) -> None:
    assert in_book(was=was, right=right, right_since=since) == then


@pytest.mark.parametrize(
    ("gaps", "count"),
    [([], 0), ([0], 1), ([4], 1), ([5], 0), ([0, 1, 2], 3), ([0, 4, 8], 3), ([0, 4, 9], 2)],
)
def test_a_streak_forgives_three_free_days(gaps: list[int], count: int) -> None:
    today = NOW.date()
    assert streak([today - timedelta(days=gap) for gap in gaps], today) == count


@pytest.mark.parametrize(
    ("words", "minute"),
    [
        ("早上八点", 480), ("12:30", 750), ("每天晚上九点半", 1290), ("中午12点", 720),
        ("七点一刻", 435), ("随便", None),
    ],
)  # fmt: skip
def test_the_hour_that_is_wished_for(words: str, minute: int | None) -> None:
    assert minute_of_day(words, NOW) == minute


def test_topics_and_numbers_that_are_wished_for() -> None:
    there = ["急救常识", "消防安全", "公文与档案"]
    assert topics_named("消防和急救", there) == ["急救常识", "消防安全"]
    assert topics_named("公文与档案", there) == ["公文与档案"]
    assert topics_named("全部", there) == []
    assert [a_day(each) for each in ("一", "三", "9", "两", "5")] == [1, 3, 5, 2, 5]
