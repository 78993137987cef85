"""A month of three hundred members, with faults: the same program that rehearses a city's year."""

from dataclasses import replace

import pytest

from rehearsal.city import City
from rehearsal.running import Plan, rehearse
from storage import outbox

MONTH = Plan(members=300, branches=6, days=31)


@pytest.fixture(scope="module")
def city() -> City:
    return City(MONTH.members, MONTH.branches)


def test_a_month_keeps_every_promise(city: City) -> None:
    verdict = rehearse(MONTH)
    assert verdict.report.findings == []
    assert verdict.report.promises == MONTH.members
    assert verdict.report.kills > 0
    assert verdict.check_ins > 200
    assert {role: each.people for role, each in verdict.burdens.items()} == {
        "member": 294,
        "secretary": 6,
    }
    assert max(each.most for each in verdict.burdens.values()) <= 3


def test_a_lost_letter_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that forgets every tenth letter of a notice."""
    usual = outbox.post

    def forgetful(db: object, posts: object, now: object) -> int:
        left = [each for n, each in enumerate(posts) if n % 10 or each.kind != "notice"]  # type: ignore[arg-type,var-annotated]
        return usual(db, left, now)  # type: ignore[arg-type]

    monkeypatch.setattr(outbox, "post", forgetful)
    verdict = rehearse(replace(MONTH, members=60, branches=2, days=14, faults=False))
    assert verdict.report.by_rule["L"] > 0
