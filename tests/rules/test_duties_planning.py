"""What is planned for whom, and what a second plan leaves alone."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.duties.rules import planning
from handlers.duties.rules.fulfilling import Deed, Deeds, fulfilled_by
from handlers.duties.rules.planning import Occurrence, State, Subject, Window
from handlers.duties.rules.reading import read
from handlers.duties.rules.replanning import Key, Wanted, changes
from handlers.duties.rules.rulebook import Filter, Level, Rulebook
from storage.duties import Row
from storage.workdays import Calendar

found = read((Path(__file__).parents[2] / "storage" / "seeds" / "rules.yaml").read_text())
assert isinstance(found, Rulebook)
BOOK = found
TODAY = date(2026, 11, 23)
WINDOW = Window(TODAY, date(2027, 11, 23), TODAY)
CALENDAR = Calendar()
BRANCH = Subject(
    "org:B1",
    Level.BRANCH,
    "B1",
    {
        "branch.theme_day": 8,
        "branch.elected_on": date(2024, 3, 12),
        "org.term_ends_on": date(2027, 3, 12),
    },
    date(2026, 1, 4),
)


def planned(rule: str, subject: Subject, window: Window = WINDOW) -> Sequence[Occurrence]:
    return planning.occurrences(BOOK.by_id[rule], subject, window, CALENDAR)


def days(rule: str, subject: Subject, window: Window = WINDOW) -> list[str]:
    return [str(each.due)[2:] for each in planned(rule, subject, window)]


def test_what_records_show_is_planned_from_the_first_record() -> None:
    assert days("OL01", BRANCH)[:2] == ["26-03-31", "26-06-30"]
    later = replace(BRANCH, since=date(2026, 5, 2))
    assert days("OL01", later)[0] == "26-06-30"
    assert days("OL06", later)[0] == "26-05-08"


def test_what_only_a_person_can_confirm_is_not_owed_from_before() -> None:
    assert days("DU02", BRANCH) == ["27-01-31"]
    assert days("DU03", BRANCH) == ["26-12-31"]


def test_theme_days_move_to_workdays() -> None:
    assert days("OL06", BRANCH)[:3] == ["26-01-08", "26-02-09", "26-03-09"]
    at_new_year = replace(BRANCH, facts={"branch.theme_day": 1})
    assert days("OL06", at_new_year)[11:13] == ["26-12-01", "27-01-01"]  # 2027 is not known yet


def test_a_day_behind_its_quarter_belongs_to_it() -> None:
    organ = Subject("org:O", Level.ORGAN, "O", {}, TODAY)
    assert [(each.name, str(each.due)) for each in planned("OL11", organ)][:2] == [
        ("2026-Q4", "2027-01-14"),
        ("2027-Q1", "2027-04-14"),
    ]


def test_a_term_that_has_run_out_is_still_asked_for() -> None:
    old = replace(BRANCH, facts={"branch.elected_on": date(2019, 5, 1)})
    assert days("TM01", old) == ["22-05-01"]


def test_a_missing_day_is_asked_for_and_never_guessed() -> None:
    nameless = replace(BRANCH, facts={})
    for rule, field in (
        ("OL06", "branch.theme_day"),
        ("TM01", "org.elected_on"),
        ("TM04", "org.elected_on"),
    ):
        [asked] = planned(rule, nameless)
        assert (asked.due, asked.missing) == (None, field)
    assert planned("TM06", nameless) == ()  # nobody has left


def test_half_years_of_a_candidate_end_when_he_is_listed() -> None:
    facts = {"candidate.activist_on": date(2025, 8, 31)}
    candidate = Subject("candidate:K", Level.CANDIDATE, "B1", facts, TODAY)
    assert days("MD06", candidate) == ["27-02-28", "27-08-31"]
    listed = replace(candidate, facts={**facts, "candidate.object_on": date(2027, 3, 1)})
    assert days("MD06", listed) == ["27-02-28"]
    assert planned("MD15", candidate) == ()  # not reached
    [asked] = planned("MD02", replace(candidate, facts={}))
    assert asked.missing == "candidate.applied_on"


@pytest.mark.parametrize(
    ("attended", "expected"),
    [(date(2026, 11, 1), []), (date(2026, 8, 28), ["27-01-28"]), (date(2026, 7, 1), ["26-12-01"])],
)
def test_care_is_planned_only_when_it_is_near(attended: date, expected: list[str]) -> None:
    facts = {"member.last_attended_on": attended}
    member = Subject("member:M", Level.MEMBER, "B1", facts, TODAY)
    assert days("RL04", member) == expected


def test_whom_a_rule_is_for() -> None:
    member = Subject("member:M", Level.MEMBER, "B1", {}, TODAY)
    lead = BOOK.by_id["OL10"]
    assert not planning.concerns(lead, member)
    assert planning.concerns(lead, replace(member, traits=frozenset({Filter.IS_LEADER})))
    assert not planning.concerns(BOOK.by_id["OL01"], member)
    assert not planning.concerns(BOOK.by_id["TR01"], member)  # nobody keeps hours here
    counted = replace(member, hours_since=date(2026, 1, 8))
    exempt = replace(counted, chased=False)
    assert planning.concerns(BOOK.by_id["TR01"], counted)
    assert not planning.concerns(BOOK.by_id["TR01"], exempt)
    assert planning.concerns(BOOK.by_id["AN01"], exempt)
    quiet = replace(member, declines=frozenset({"anniversary"}))
    assert not planning.concerns(BOOK.by_id["AN01"], quiet)
    serving = replace(member, traits=frozenset({Filter.IN_SERVICE}))
    assert not planning.concerns(BOOK.by_id["SV01"], serving)  # min_times left open


@pytest.mark.parametrize(
    ("kind", "title", "rules"),
    [
        ("theme_day", "11月主题党日", {"OL06"}),
        ("theme_day", "11月主题党日加党课", {"OL06", "OL04", "OL05"}),
        ("theme_day", "12月主题党日：年度回顾与组织生活会准备", {"OL06"}),
        ("org_life_meeting", "年度组织生活会并民主评议", {"OL07", "OL08"}),
        ("training", "组织生活会培训", set()),
        ("volunteer", "周六文明引导", set()),
    ],
)
def test_what_an_activity_fulfils(kind: str, title: str, rules: set[str]) -> None:
    assert fulfilled_by(kind, title) == rules


def test_enough_is_counted() -> None:
    deeds = Deeds(Deed(n, "B1", "party_lecture", "党课", date(2026, n, 9)) for n in (5, 4, 8))
    first, last = date(2026, 4, 1), date(2026, 6, 30)
    second = deeds.enough("OL04", ["B1"], first, last, 2)
    assert second is not None
    assert second.activity_id == 5
    assert deeds.enough("OL04", ["B1"], first, last, 3) is None
    assert deeds.enough("OL04", ["B2"], first, last, 1) is None


Plan = dict[Key, Wanted]
anchors = st.dates(date(2023, 1, 1), date(2027, 6, 30))
days_of_month = st.integers(1, 31)


def plan_of(theme_day: int, elected: date) -> tuple[Plan, dict[tuple[str, str], date]]:
    facts: dict[str, date | int] = {"branch.theme_day": theme_day, "branch.elected_on": elected}
    subject = replace(BRANCH, facts=facts)
    plan = {
        (rule, subject.key, each.name): Wanted(
            "B1", each.anchor, each.due, each.hard, State.OPEN, each.missing, None, ""
        )
        for rule in ("OL01", "OL06", "TM01")
        for each in planned(rule, subject)
    }
    return plan, {("TM01", subject.key): elected}


class Store:
    """What the table does, in a dozen lines."""

    def __init__(self) -> None:
        self.rows: dict[int, Row] = {}

    def take(self, plan: Plan, elections: dict[tuple[str, str], date]) -> int:
        found = changes(self.rows.values(), plan, elections, WINDOW.floor)
        for id, want in found.altered.items():
            self.rows[id] = self.rows[id]._replace(**want._asdict())
        for key, want in found.new.items():
            id = len(self.rows) + 1
            self.rows[id] = Row(id=id, rule_id=key[0], subject=key[1], occurrence=key[2],
                                started_on=None, **want._asdict())  # fmt: skip
        return len(found.altered) + len(found.new)

    def open(self) -> set[tuple[str, date | None]]:
        return {(row.rule_id, row.due) for row in self.rows.values() if row.state == State.OPEN}


@given(days_of_month, anchors)
def test_a_second_plan_changes_nothing(theme_day: int, elected: date) -> None:
    store, plan = Store(), plan_of(theme_day, elected)
    assert store.take(*plan) == len(plan[0])
    assert store.take(*plan) == 0


@given(st.lists(st.tuples(days_of_month, anchors), min_size=1, max_size=5))
def test_whatever_was_planned_before_the_last_plan_is_what_is_open(
    history: list[tuple[int, date]],
) -> None:
    store = Store()
    for theme_day, elected in history:
        store.take(*plan_of(theme_day, elected))
    plan, _ = plan_of(*history[-1])
    assert store.open() == {(key[0], want.due) for key, want in plan.items()}


@given(days_of_month, days_of_month, anchors)
def test_what_is_done_or_under_way_stays(before: int, after: int, elected: date) -> None:
    store = Store()
    store.take(*plan_of(before, elected))
    done, under_way = [id for id, row in store.rows.items() if row.rule_id == "OL06"][:2]
    by_hand = store.rows[done]._replace(state="done", fulfilled_by="member:M1", done_on=TODAY)
    store.rows[done] = by_hand
    store.rows[under_way] = store.rows[under_way]._replace(started_on=TODAY)
    kept = store.rows[done], store.rows[under_way]
    store.take(*plan_of(after, elected))
    assert (store.rows[done], store.rows[under_way]) == kept


def test_an_election_fulfils_the_term_and_a_correction_cancels_it() -> None:
    store = Store()
    store.take(*plan_of(8, date(2023, 12, 20)))
    store.take(*plan_of(8, date(2023, 12, 21)))
    store.take(*plan_of(8, date(2026, 11, 20)))
    terms = [row for row in store.rows.values() if row.rule_id == "TM01"]
    assert [(row.state, row.fulfilled_by) for row in terms] == [
        (State.CANCELLED, ""),
        (State.DONE, "election:2026-11-20"),
    ]  # the next term ends beyond the year ahead


def test_an_activity_that_is_called_off_opens_its_duty_again() -> None:
    store, (plan, elections) = Store(), plan_of(8, date(2024, 3, 12))
    key = next(iter(plan))
    held = plan[key]._replace(state=State.DONE, done_on=TODAY, fulfilled_by="activity:1")
    store.take({**plan, key: held}, elections)
    assert store.rows[1].state == State.DONE
    store.take(plan, elections)
    assert store.rows[1].state == State.OPEN
