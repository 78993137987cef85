"""The law of the sums: expected = came + on leave + without a record."""

from hypothesis import given
from hypothesis import strategies as st

from handlers.checkin.rules.sums import add_up

PEOPLE = st.frozensets(st.sampled_from("abcdefghijkl"))
STATES = st.dictionaries(
    st.sampled_from("abcdefghijklmn"),
    st.sampled_from(["present", "late", "on_leave", "made_up", "observing", "exempt", "annulled"]),
)


@given(expected=PEOPLE, states=STATES, spared=PEOPLE)
def test_nobody_is_lost_and_nobody_counts_twice(
    expected: frozenset[str], states: dict[str, str], spared: frozenset[str]
) -> None:
    sums = add_up(expected, states, spared)

    assert sums.expected == sums.came + sums.on_leave + len(sums.missing)
    assert sums.expected + sums.exempt == len(expected)  # nobody is lost, nobody counts twice
    for each in expected & states.keys():  # what is on record is never called missing
        if states[each] in {"present", "late", "made_up", "on_leave"}:
            assert each not in sums.missing
    assert not sums.missing & spared  # the exempt are never missed
    came = {m for m, s in states.items() if s in {"present", "late", "made_up", "observing"}}
    assert sums.came + sums.observing == len(came)  # whoever came is counted, once


@given(expected=PEOPLE, states=STATES, spared=PEOPLE, who=st.sampled_from("abcdefghijkl"))
def test_one_more_who_comes(
    expected: frozenset[str], states: dict[str, str], spared: frozenset[str], who: str
) -> None:
    """Coming never makes anybody else worse off, and takes one off the list of the missing."""
    before = add_up(expected, {**states, who: "annulled"}, spared)
    after = add_up(expected, {**states, who: "present"}, spared)

    assert after.came + after.observing == before.came + before.observing + 1
    assert after.missing == before.missing - {who}
    assert after.expected - before.expected == (who in expected and who in spared)
