"""Honest sums: expected = came + on leave + without a record. Plain values only."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key")
CAME = frozenset({"present", "late", "made_up", "observing"})
"""Of somebody who is expected: whoever was let in as an observer and belongs there came."""


@dataclass(frozen=True)
class Sums(Generic[Key]):
    expected: int
    """Without those who are exempt and have neither come nor asked for leave."""
    present: int
    """On time."""
    late: int
    made_up: int
    on_leave: int
    missing: Set[Key]
    """No record, or only one that was annulled."""
    exempt: int
    observing: int
    """Came, and were not expected."""

    @property
    def came(self) -> int:
        return self.present + self.late + self.made_up


def add_up(expected: Set[Key], states: Mapping[Key, str], spared: Set[Key]) -> Sums[Key]:
    """Over the members of one activity, or over the activities of one member.

    `spared` are exempt altogether; a state «exempt» spares once.
    """
    known = {key: states.get(key, "") for key in expected}
    there = {key: state for key, state in known.items() if state in CAME | {"on_leave"}}
    apart = {key for key in expected - there.keys() if key in spared or known[key] == "exempt"}
    count = list(there.values()).count
    return Sums(
        expected=len(expected) - len(apart),
        present=count("present") + count("observing"),
        late=count("late"),
        made_up=count("made_up"),
        on_leave=count("on_leave"),
        missing=expected - there.keys() - apart,
        exempt=len(apart),
        observing=sum(state in CAME for key, state in states.items() if key not in expected),
    )
