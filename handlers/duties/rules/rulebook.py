"""The rules as values, after everything in the file has been checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from handlers.duties.rules.grammar import Expression, Span


class Level(StrEnum):
    """Whom a rule is for."""

    BRANCH = "branch"
    GROUP = "group"
    ORGAN = "organ"
    ORGAN_COMMITTEE = "organ_committee"
    GENERAL_BRANCH = "general_branch"
    COMMITTEE = "committee"
    COOP_GROUP = "coop_group"
    MEMBER = "member"
    CANDIDATE = "candidate"
    FINDING = "finding"
    OPERATOR = "operator"
    TASK = "task"
    """Handed out by a person; its rule is ours and stands in no file."""


class Filter(StrEnum):
    """Of those, only some."""

    HAS_COMMITTEE = "has_committee"
    HAS_AGED_MEMBERS = "has_aged_members"
    IS_LEADER = "is_leader"
    IS_BRANCH_OFFICER = "is_branch_officer"
    IS_NEW_SECRETARY = "is_new_secretary"
    PROBATIONARY_OR_FIRST_YEAR = "probationary_or_first_year"
    AWAY = "away"
    MOBILE = "mobile"
    ABROAD = "abroad"
    IN_SERVICE = "in_service"


class Per(StrEnum):
    """How often."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    ONCE = "once"
    TERM = "term"
    EVENT = "event"
    ITEM = "item"
    MEETING = "meeting"

    @property
    def span(self) -> Span | None:
        return Span(self.value) if self.value in set(Span) else None


class Kind(StrEnum):
    """What the day means."""

    DEADLINE = "deadline"
    RECURRING = "recurring"
    RECORDED = "recorded"
    """The day is noted when it has come; nobody is behind."""
    EARLIEST = "earliest"
    """Not before that day."""
    WINDOW = "window"
    """Until that day at least."""


@dataclass(frozen=True)
class Source:
    title: str
    article: str
    verification: str
    """text, secondary or unverified; see the head of rules.yaml."""


@dataclass(frozen=True)
class Rule:
    id: str
    name: str
    group: str
    level: Level
    filter: Filter | None
    per: Per
    times: int | None
    """None where the file leaves it open: recorded, and nobody is reminded."""
    years: int | None
    hours: int | None
    kind: Kind
    expression: Expression
    hard_limit: Expression | None
    anchor: str
    responsible: tuple[str, ...]
    remind: tuple[int, ...]
    """Days before the due day, the earliest first."""
    escalation: str
    evidence: tuple[str, ...]
    quorum: str
    notes: str
    limit_basis: str
    binding: str
    source: Source
    line: int

    @property
    def private(self) -> bool:
        """Stays between the member and one officer."""
        return self.escalation == "personal"


@dataclass(frozen=True)
class Rung:
    after_days: int
    to: str
    channel: str


@dataclass(frozen=True)
class Rulebook:
    version: str
    rules: tuple[Rule, ...]
    roles: Mapping[str, str]
    """Role to how it is called."""
    ladders: Mapping[str, tuple[Rung, ...]]
    exempt: frozenset[str]
    """Reasons for which a member is never chased."""
    hash: str = ""

    @cached_property
    def by_id(self) -> Mapping[str, Rule]:
        return {rule.id: rule for rule in self.rules}
