"""The verdict on a rehearsed year, and what it cost people."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from rehearsal import text
from rehearsal.city import City
from sandbox.checker import Finding, Report
from sandbox.checker import judge as judged
from sandbox.checker.burden import Burden, burden
from sandbox.checker.history import History
from sandbox.checker.reading import understand
from sandbox.transcript import Line, read

BRANCH = re.compile(text.A_BRANCH)


@dataclass(frozen=True)
class Verdict:
    report: Report
    burdens: Mapping[str, Burden]
    check_ins: int

    @property
    def ok(self) -> bool:
        return self.report.ok


def judge(path: Path, city: City, days: int, check_ins: int) -> Verdict:
    lines: list[Line] = sorted(read([path]), key=lambda line: float(line["at"]))
    history = understand(lines)
    report = judged(history)
    findings = [*report.findings, *to_others(history, city)]
    burdens = burden(history.sent, history.roles, days)
    return Verdict(replace(report, findings=findings), burdens, check_ins)


def to_others(history: History, city: City) -> Iterator[Finding]:
    """F: what is about one branch goes to its own people, and to the committee's office."""
    for at, person, words in history.unmarked:
        if person == f"M{city.office}":
            continue
        mine = city.branch_of(int(person.removeprefix("M"))) if person[1:].isdigit() else -1
        for found in BRANCH.findall(words):
            if int(found) != mine:
                yield Finding("F", found, person, f"at {at}: about somebody else's branch")
