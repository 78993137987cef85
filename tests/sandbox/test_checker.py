"""The checker is believed because it sees every way in which a clean history can be spoilt."""

from collections.abc import Callable
from typing import Any

import pytest

from sandbox.checker import check
from sandbox.checker.rules import RULES
from tests.sandbox.histories import DAY, Clean

SEEDS = range(5)


def rules_broken(clean: Clean) -> set[str]:
    return set(check(clean.in_order()).by_rule)


@pytest.mark.parametrize("seed", range(20))
def test_a_clean_history_passes(seed: int) -> None:
    report = check(Clean(seed).in_order())
    assert report.findings == []
    assert report.promises == 120
    assert 0 < report.extra <= report.unclear + report.cut
    assert report.cut > 0


def drop(run: Clean) -> None:
    call, shown = run.message()
    run.lines.remove(shown)
    run.lines.remove(call)


def dropped_in_silence(run: Clean) -> None:
    """Taken with a success, and never on a phone."""
    run.lines.remove(run.message()[1])


def duplicate(run: Clean) -> None:
    call, shown = run.message()
    run.number += 1
    run.lines += [line | {"n": run.number, "at": line["at"] + 30} for line in (call, shown)]


def a_second_time_that_does_not_say_so(run: Clean) -> None:
    call = run.any("call", unclear=True)
    run.lines[0]["again"] = "（补发"
    key, person = call["words"].split("#")[1].split("/")[0], call["to"][0]
    for at in (400, 430):
        run.call(key, int(person), DAY + at, taken=True, unclear=True)


def a_third_time(run: Clean) -> None:
    """Twice without knowing, and then once more."""
    call, shown = run.message()
    for again in (10, 20):
        run.number += 1
        more = {"n": run.number, "at": call["at"] + again, "unclear": True}
        run.lines += [call | more, shown | {"n": run.number, "at": call["at"] + again}]
    call["unclear"] = True


def a_kill_long_after(run: Clean) -> None:
    """The process had all the time to record what it was told."""
    call, shown = run.message()
    call["via"] = "slow"
    run.note("killed", call["at"] + 2.1, via="slow")
    run.number += 1
    run.lines += [line | {"n": run.number, "at": line["at"] + 30} for line in (call, shown)]


def a_kill_of_another(run: Clean) -> None:
    call, _ = run.message()
    duplicate(run)
    run.note("killed", call["at"] + 0.1, via="somebody else")


def swap(run: Clean) -> None:
    """The second of a flow before the first, which nothing held up."""
    run.lines = [x for x in run.lines if "#L3-" not in x.get("words", "")]
    for place, at in ((1, DAY + 100), (0, DAY + 101), (2, DAY + 130)):
        run.call(f"L3-{place}", 3, at, taken=True)


def stale(run: Clean) -> None:
    call, _ = run.message()
    key, version = call["words"].split("#")[1].split("/")
    run.note("edited", call["at"] - 61, key=key, version=int(version) + 1)


def the_old_one_after_the_new_one(run: Clean) -> None:
    run.note("promised", DAY, key="x", to="M1", due=DAY)
    run.call("x", 1, DAY + 1, taken=True, unclear=True, version=2)
    run.call("x", 1, DAY + 30, taken=True, version=1)


def two_versions(run: Clean) -> None:
    _, shown = run.message()
    run.number += 1
    call = run.any("call", n=shown["n"])
    words = shown["words"].rpartition("/")[0] + "/9#"
    run.lines += [x | {"n": run.number, "at": x["at"] + 9, "words": words} for x in (call, shown)]


def phantom(run: Clean) -> None:
    run.call("nobody-said-so", 5, DAY + 500, taken=True)


def to_somebody_else(run: Clean) -> None:
    run.call("L1-0", 2, DAY + 500, taken=True)


def after_it_was_called_back(run: Clean) -> None:
    call, _ = run.message()
    run.note("cancelled", call["at"] - 61, key=call["words"].split("#")[1].split("/")[0])


def after_they_had_left(run: Clean) -> None:
    call, _ = run.message()
    run.note("gone", call["at"] - 61, person=f"M{call['to'][0]}")


def early(run: Clean) -> None:
    call, _ = run.message()
    promise = run.any("promised", key=call["words"].split("#")[1].split("/")[0])
    promise["due"] = call["at"] + 0.001


def after_the_cut_off(run: Clean) -> None:
    call, _ = run.message()
    promise = run.any("promised", key=call["words"].split("#")[1].split("/")[0])
    promise["until"] = call["at"] - 10.1


def at_night(run: Clean) -> None:
    night = DAY + 12 * 3600
    run.note("promised", DAY, key="late", to="M1", due=DAY)
    run.call("late", 1, night, taken=True)


def four_in_a_day(run: Clean) -> None:
    run.lines[0]["most"] = 3
    run.note("promised", DAY, key="fourth", to="M1", due=DAY)
    run.call("fourth", 1, DAY + 900, taken=True)


def done_twice(run: Clean) -> None:
    run.any("record")["count"] = 2


def acknowledged_and_missing(run: Clean) -> None:
    id = run.any("event", outcome="ok")["id"]
    run.lines.remove(run.any("record", id=id))


def refused_and_done(run: Clean) -> None:
    run.any("event", outcome="ok")["outcome"] = "fail"


def does_not_add_up(run: Clean) -> None:
    run.any("sums")["total"] = 121


def told_to_others(run: Clean) -> None:
    run.any("shown", n=999_999)["user"] = "8"


def a_token_for_each(run: Clean) -> None:
    run.fetch(DAY + 7001, "p3")


SPOILT: list[tuple[Callable[[Clean], None], str]] = [
    (drop, "L"),
    (dropped_in_silence, "L"),
    (duplicate, "T"),
    (a_third_time, "T"),
    (a_second_time_that_does_not_say_so, "M"),
    (a_kill_long_after, "T"),
    (a_kill_of_another, "T"),
    (swap, "O"),
    (stale, "S"),
    (two_versions, "S"),
    (the_old_one_after_the_new_one, "S"),
    (phantom, "F"),
    (to_somebody_else, "F"),
    (after_it_was_called_back, "F"),
    (after_they_had_left, "F"),
    (early, "C"),
    (after_the_cut_off, "C"),
    (at_night, "C"),
    (four_in_a_day, "B"),
    (done_twice, "E"),
    (acknowledged_and_missing, "E"),
    (refused_and_done, "E"),
    (does_not_add_up, "Z"),
    (told_to_others, "Y"),
    (a_token_for_each, "K"),
]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("spoil", "rule"), SPOILT, ids=[each.__name__ for each, _ in SPOILT])
def test_a_spoilt_history_is_caught_by_its_rule(
    spoil: Callable[[Clean], None], rule: str, seed: int
) -> None:
    run = Clean(seed)
    spoil(run)
    assert rule in rules_broken(run)


def test_every_rule_has_something_to_catch() -> None:
    assert {rule for _, rule in SPOILT} == set(RULES)


def test_nothing_without_an_order_where_that_is_asked_for() -> None:
    run = Clean(0)
    run.lines[0]["strict"] = True
    assert rules_broken(run) == set()
    run.number += 1
    run.note(
        "call", DAY, n=run.number, platform="telegram", via="", to=["1"], words="广告", taken=["1"],
        unclear=False, fault=None, code=0,
    )  # fmt: skip
    run.note("shown", DAY, n=run.number, platform="telegram", user="1", words="广告")
    assert rules_broken(run) == {"F"}


@pytest.mark.parametrize(
    ("more", "missing"),
    [
        ({"code": 403}, False),
        ({"code": 429}, True),
        ({"unclear": True}, True),
    ],
)
def test_what_may_be_missing(more: dict[str, Any], missing: bool) -> None:
    """A final no may; a passing one may not; one doubtful try leaves another one to make."""
    run = Clean(0)
    run.note("promised", DAY, key="x", to="M1", due=DAY)
    run.call("x", 1, DAY + 1, **more)
    assert ("L" in rules_broken(run)) is missing


def test_two_doubtful_tries_are_all_that_may_be_made() -> None:
    run = Clean(0)
    run.note("promised", DAY, key="x", to="M1", due=DAY)
    for at in (1, 30):
        run.call("x", 1, DAY + at, unclear=True)
    assert rules_broken(run) == set()


@pytest.mark.parametrize(
    ("answers", "rules"),
    [([], set()), (["#x/1# 已签到"], set()), (["已签到", "#x/1#"], set()), (["已签到"], {"L"})],
)
def test_what_is_tried_once_is_said_at_the_next_contact(
    answers: list[str], rules: set[str]
) -> None:
    run = Clean(0)
    run.note("promised", DAY, key="x", to="M1", due=DAY, tries=1)
    run.call("x", 1, DAY + 1, unclear=True)
    run.note("ended", DAY + 2, key="x", to="M1", state="uncertain")
    for n, words in enumerate(answers):
        at = DAY + 900 + n
        run.note("shown", at, n=999_000 + n, platform="telegram", user="1", words=words)
    assert rules_broken(run) == rules


def test_a_claim_is_closed_when_it_is_recorded_not_when_it_is_sent() -> None:
    """The first version of this checker blamed a correct build: most kills fall in between."""
    run = Clean(0)
    run.note("promised", DAY, key="x", to="M1", due=DAY)
    run.call("x", 1, DAY + 1, taken=True, via="p7")
    run.note("killed", DAY + 1.2, via="p7")
    run.call("x", 1, DAY + 70, taken=True, via="p8")
    assert rules_broken(run) == set()


def test_what_was_on_the_wire_comes_after_the_kill() -> None:
    run = Clean(0)
    run.note("promised", DAY, key="x", to="M1", due=DAY)
    run.note("killed", DAY + 1, via="p7")
    run.call("x", 1, DAY + 1.01, taken=True, via="p7")
    run.call("x", 1, DAY + 70, taken=True, via="p8")
    assert rules_broken(run) == set()


@pytest.mark.parametrize(("stopped", "doubts", "broken"), [(5, 1, 0), (5, 0, 1), (75, 1, 1)])
def test_old_words_are_said_where_a_call_with_them_may_have_left(
    stopped: float, doubts: int, broken: int
) -> None:
    run, then = Clean(0), DAY + 2000
    run.note("promised", then, key="x", to="M1", due=then)
    run.note("killed", then + stopped, via="p7")
    run.note("edited", then + 10, key="x", version=2)
    run.call("x", 1, then + 80, taken=True)
    run.note("ended", then + 90, key="x", to="M1", state="sent", doubts=doubts)
    assert check(run.in_order()).by_rule["S"] == broken
