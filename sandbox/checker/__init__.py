"""Was anything lost, said twice, to the wrong person, too early or at night?

Judged by transcripts of the stand-ins and by the driver's ledger of acknowledged actions alone:
never by the assistant's database, and by no code of the assistant. `reading` makes a `history` of
them, `rules` judge, `burden` counts what people were sent.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sandbox.checker.history import History
from sandbox.checker.reading import understand
from sandbox.checker.rules import RULES, Finding, cut, extra, unclear
from sandbox.transcript import Line, read

__all__ = ["Finding", "History", "Report", "check", "check_files", "judge"]


@dataclass(frozen=True)
class Report:
    findings: Sequence[Finding]
    promises: int
    shown: int
    extra: int
    """Messages that came once more than promised."""
    most: int
    """How often one person was shown one message, at most."""
    unclear: int
    """Attempts of which the assistant could not know whether they were taken."""
    cut: int
    """Attempts whose process was killed, or stopped, before it can have recorded them."""
    kills: int
    missing: int
    """Promised, certain, and never shown, for a reason that the history bears out."""

    @property
    def ok(self) -> bool:
        return not self.findings

    @property
    def by_rule(self) -> Counter[str]:
        return Counter(each.rule for each in self.findings)

    def __str__(self) -> str:
        figures = (
            f"promises {self.promises}, shown {self.shown}, lost {self.by_rule['L']}, "
            f"extra {self.extra} against {self.unclear} unclear + {self.cut} cut, "
            f"none above {self.most}, missing {self.missing}, kills {self.kills}"
        )
        verdict = "OK" if self.ok else f"NOT OK {dict(self.by_rule)}"
        return f"{verdict}: {figures}"


def check(lines: Iterable[Line]) -> Report:
    return judge(understand(lines))


def judge(history: History) -> Report:
    findings = [found for rule in RULES.values() for found in rule(history)]
    return Report(
        findings=findings,
        promises=len(history.promises),
        shown=sum(map(len, history.shown.values())),
        extra=extra(history),
        most=max(map(len, history.shown.values()), default=0),
        unclear=unclear(history),
        cut=cut(history),
        kills=history.kills,
        missing=sum(
            each.certain and not history.shown.get(key) for key, each in history.promises.items()
        ),
    )


def check_files(paths: Iterable[Path]) -> Report:
    """All transcripts and ledgers of one run; the order of the files does not matter."""
    lines = sorted(read(paths), key=lambda line: float(line["at"]))
    return check(lines)
