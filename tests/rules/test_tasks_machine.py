"""The life of a task as a table: every step in every state, and who may take it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.tasks.rules import machine
from handlers.tasks.rules.machine import (
    Asked,
    AskedBefore,
    Moved,
    NothingAsked,
    NotLater,
    NotNow,
    NotYours,
    NudgedToday,
    OwnReport,
    SayWhy,
    Side,
    Standing,
    State,
    Step,
    TooLate,
    decide,
)
from handlers.tasks.rules.stages import Stage, stage
from storage import tasks

TODAY = date(2026, 11, 23)
DUE = date(2026, 12, 4)
EVERY_SIDE = frozenset(Side)
COLUMNS = (
    *(Step.SIGN, Step.PROGRESS, Step.REPORT, Step.TAKE_BACK, Step.EXTEND, Step.HAND_OVER),
    *(Step.TAKE, Step.KEEP, Step.ACCEPT, Step.RETURN, Step.CLOSE, Step.WITHDRAW),
)
TABLE = """
issued   | signed working reported -       same same same same -      -        -      withdrawn
signed   | -      working reported -       same same same same -      -        -      withdrawn
working  | -      working reported -       same same same same -      -        -      withdrawn
returned | -      working reported -       same same same same -      -        -      withdrawn
reported | -      -       -        working -    -    -    -    closed returned -      withdrawn
accepted | -      -       -        -       -    -    -    -    -      returned closed withdrawn
closed   | -      -       -        -       -    -    -    -    -      -        -      -
withdrawn| -      -       -        -       -    -    -    -    -      -        -      -
"""
DOERS = {
    *(Step.SIGN, Step.PROGRESS, Step.REPORT, Step.TAKE_BACK, Step.EXTEND, Step.HAND_OVER),
    Step.KEEP,
}
ISSUERS = {Step.ACCEPT, Step.RETURN, Step.CLOSE, Step.GRANT, Step.DECLINE, Step.WITHDRAW}


def cells() -> list[tuple[State, Step, str]]:
    found = []
    for line in TABLE.strip().splitlines():
        state, _, marks = line.replace("same", line.split("|")[0].strip()).partition("|")
        row = zip(COLUMNS, marks.split(), strict=True)
        found += [(State(state.strip()), step, to) for step, to in row]
    return found


def standing(state: State = State.WORKING, **more: object) -> Standing:
    return replace(Standing(state, DUE, offered=True), **more)  # type: ignore[arg-type]


def asked(step: Step, **more: object) -> Asked:
    values = Asked(step, "M1", EVERY_SIDE, TODAY, "因为…", DUE + timedelta(3))
    return replace(values, **more)  # type: ignore[arg-type]


def test_the_table_has_every_state_and_step() -> None:
    assert {state for state, _, _ in cells()} == set(State)
    settling = {Step.GRANT, Step.DECLINE, Step.NUDGE}  # leave the state alone: their own table
    assert {step for _, step, _ in cells()} == set(Step) - settling


@pytest.mark.parametrize(("state", "step", "to"), cells())
def test_each_step_in_each_state(state: State, step: Step, to: str) -> None:
    expected = NotNow(state) if to == "-" else Moved(State(to))
    assert decide(standing(state), asked(step)) == expected


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("step", [Step.GRANT, Step.DECLINE, Step.NUDGE])
def test_what_leaves_the_state_alone(state: State, step: Step) -> None:
    waiting = standing(state, asked_until=DUE + timedelta(3))
    owed = state in machine.OWED
    assert decide(waiting, asked(step)) == (Moved(state) if owed else NotNow(state))


def test_a_finding_is_re_checked_before_it_is_closed() -> None:
    finding = standing(State.REPORTED, is_finding=True, reported_by="M2")
    assert decide(finding, asked(Step.ACCEPT)) == Moved(State.ACCEPTED)
    assert decide(finding, asked(Step.CLOSE)) == NotNow(State.REPORTED)
    own = replace(finding, reported_by="M1")
    assert decide(own, asked(Step.ACCEPT)) == OwnReport()
    assert decide(replace(own, is_finding=False), asked(Step.ACCEPT)) == Moved(State.CLOSED)


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("side", [*Side, None])
def test_who_may_take_which_step(step: Step, side: Side | None) -> None:
    """Refused to everybody else before anything is said of where the task stands."""
    allowed = {
        Side.DOER: step in DOERS,
        Side.ISSUER: step in ISSUERS | {Step.NUDGE},
        Side.RECEIVER: step is Step.TAKE,
        Side.OVERSEER: step is Step.NUDGE,
        None: False,
    }[side]
    sides = frozenset({side}) if side else frozenset()
    for state in State:
        verdict = decide(standing(state), asked(step, sides=sides))
        assert (verdict != NotYours()) is allowed


@pytest.mark.parametrize(
    ("today", "until", "before", "verdict"),
    [
        (DUE, DUE + timedelta(1), None, Moved(State.WORKING)),
        (DUE + timedelta(1), DUE + timedelta(9), None, TooLate(DUE)),
        (TODAY, DUE, None, NotLater(DUE)),
        (TODAY, None, None, NotLater(DUE)),
        (TODAY, DUE + timedelta(1), DUE + timedelta(2), AskedBefore(DUE + timedelta(2))),
    ],
)
def test_an_extension_is_asked_for_before_the_day(
    today: date, until: date | None, before: date | None, verdict: object
) -> None:
    found = decide(standing(asked_until=before), asked(Step.EXTEND, today=today, until=until))
    assert found == verdict


def test_what_needs_more_than_a_tap() -> None:
    for step, state in ((Step.PROGRESS, State.WORKING), (Step.RETURN, State.REPORTED)):
        assert decide(standing(state), asked(step, words="  ")) == SayWhy()
    assert decide(standing(), asked(Step.GRANT)) == NothingAsked()
    assert decide(standing(offered=False), asked(Step.TAKE)) == NothingAsked()


def test_reminded_of_once_a_day() -> None:
    yesterday = standing(nudged_on=TODAY - timedelta(1))
    assert decide(yesterday, asked(Step.NUDGE)) == Moved(State.WORKING)
    assert decide(standing(nudged_on=TODAY), asked(Step.NUDGE)) == NudgedToday()


@given(st.lists(st.sampled_from(list(Step)), max_size=12), st.booleans())
def test_whatever_is_tried_it_ends_in_a_state_of_the_machine(
    steps: list[Step], is_finding: bool
) -> None:
    """And what is finished stays so; a finding is never closed without a re-check."""
    task, checked = standing(State.ISSUED, is_finding=is_finding, reported_by="M2"), False
    for step in steps:
        verdict = decide(task, asked(step))
        if isinstance(verdict, Moved):
            assert task.state not in {State.CLOSED, State.WITHDRAWN}
            checked = checked or step is Step.ACCEPT
            task = replace(task, state=verdict.to)
    assert task.state is not State.CLOSED or checked


@pytest.mark.parametrize(
    ("left", "expected"),
    [(8, "calm"), (7, "blue"), (4, "blue"), (3, "yellow"), (0, "yellow"), (-1, "red")],
)
def test_the_colour_by_days_left(left: int, expected: str) -> None:
    assert stage(TODAY + timedelta(left), TODAY) == Stage(expected)


def test_storage_and_rules_call_the_states_the_same() -> None:
    assert set(tasks.OWED) == set(machine.OWED)
    assert {*tasks.OWED, "reported", "accepted", *tasks.FINISHED} == set(State)
