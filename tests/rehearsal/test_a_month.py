"""A month of three hundred members, with faults: the same program that rehearses a city's year."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rehearsal.running import Plan, rehearse
from sandbox.transcript import read
from storage import outbox

MONTH = Plan(members=300, branches=6, days=31)
SHORT = Plan(members=40, branches=2, days=12, faults=False, first=date(2026, 6, 1))
KINDS = {"n": "notices", "c": "recalled ones", "q": "questions", "r": "own reminders",
         "t": "tasks", "a": "their acceptance"}  # fmt: skip


def test_a_month_keeps_every_promise(tmp_path: Path) -> None:
    path = tmp_path / "transcript.jsonl"
    verdict = rehearse(replace(MONTH, transcript=path))
    assert verdict.report.findings == []
    assert verdict.report.kills > 0
    assert verdict.check_ins > 200
    assert {role: each.people for role, each in verdict.burdens.items()} == {
        "member": 293,
        "office": 1,
        "secretary": 6,
    }
    assert max(each.most for each in verdict.burdens.values()) <= 3
    lines = list(read([path]))
    assert {each["key"][0] for each in lines if each["what"] == "promised"} == set(KINDS)
    assert any(each["what"] == "cancelled" for each in lines)
    leaves = [each["count"] for each in lines if each["what"] == "record"]
    assert leaves
    assert set(leaves) == {1}


def forgets_every_tenth(patch: pytest.MonkeyPatch) -> None:
    usual = outbox.post

    def forgetful(db: object, posts: object, now: object) -> int:
        left = [each for n, each in enumerate(posts) if n % 10 or each.kind != "notice"]  # type: ignore[arg-type,var-annotated]
        return usual(db, left, now)  # type: ignore[arg-type]

    patch.setattr(outbox, "post", forgetful)


def calls_nothing_back(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(outbox, "cancel", lambda *of: 0)


@pytest.mark.parametrize(
    ("breaks", "rule"),
    [(forgets_every_tenth, "L"), (calls_nothing_back, "F")],
)
def test_a_broken_build_would_be_seen(
    breaks: Callable[[pytest.MonkeyPatch], None], rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    breaks(monkeypatch)
    assert rule in rehearse(SHORT).report.by_rule
