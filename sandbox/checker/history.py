"""One run, as it can be told from outside.

A driver writes these lines into its ledger when an action is acknowledged (`outcome` ok), when it
is certain that nothing happened (fail), or when neither is known (info):

    member     person, accounts [[platform, user] …], role
    promised   key, to (a person), due, until, version, flow, place, tries, urgent
    edited     key, version
    cancelled  key
    gone       person: left, blocked us, was erased, or may not hear of it any more
    killed, paused, resumed    via: a process, by the name in its address; or all of them: *
    ended      key, to, state, reason, doubts: what the assistant says became of a message, and
               (at) when
    event      id: something said or pressed that must have one effect
    record     id, count: how often it is on record, asked for in a chat or an export
    phrase     key, pattern: another way to know a message, by its words; with `daily` its key
               ends in the day, @2026-03-01
    sums       of, parts, total: parts that must add up to the total
    canary     word, allowed [[platform, user] …]
    settings   lease, grace, late (seconds); night [from, to] (hours of China's clock);
               strict; most (messages a day); one_token;
               again (the words of a re-send)

A message names what it is by marks in its text, one for each letter in it: `#key/version#`.
Times are seconds since 1970.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import NamedTuple

CHINA = timezone(timedelta(hours=8))
MARK = re.compile(r"#([^#/\s]+)/(\d+)#")

EVERYBODY = "*"
"""The machine, or what stands on it for the platforms, was stopped."""
Key = tuple[str, str]
"""A mark, and the person who reads it."""


@dataclass(frozen=True)
class Promise:
    key: str
    to: str
    at: float
    """When it was acknowledged."""
    due: float
    until: float = float("inf")
    version: int = 1
    flow: str = ""
    place: int = 0
    tries: int = 2
    """How often it may be tried while nobody knows whether it was taken."""
    urgent: bool = False
    certain: bool = True
    """False for an action of which nobody knows whether it happened."""


class Phrase(NamedTuple):
    """Words that stand in one message and in no other."""

    key: str
    pattern: re.Pattern[str]
    daily: bool

    def key_on(self, at: float) -> str:
        return (
            f"{self.key}@{datetime.fromtimestamp(at, CHINA):%Y-%m-%d}" if self.daily else self.key
        )


class Attempt(NamedTuple):
    at: float
    number: int
    via: str
    taken: bool
    unclear: bool
    code: int
    platform: str
    version: int = 1


class Fetch(NamedTuple):
    """Of a token."""

    at: float
    number: int
    via: str
    until: float


class End(NamedTuple):
    """What became of it, as the assistant tells whoever asks."""

    state: str
    reason: str
    at: float
    doubts: int = 0
    """How often it did not know whether a call had left, or was taken."""


class Seen(NamedTuple):
    at: float
    number: int
    version: int
    platform: str
    user: str
    said_so: bool = False
    """That it may be the second time."""


@dataclass
class Stop:
    at: float
    pause: bool
    until: float = float("inf")
    """When a process that was stopped went on."""

    @property
    def over(self) -> bool:
        return self.until < float("inf")


@dataclass
class History:
    lease: float = 60.0
    """Seconds after which a claim of a dead process is anyone's."""
    grace: float = 3.0
    """Seconds that a process may need to record what it was answered."""
    late: float = 10.0
    """Seconds that a call may be under way when the cut-off passes."""
    night: tuple[int, int] | None = None
    most: int = 0
    """Messages that one person may be sent unasked in a day; 0: as many as you like."""
    again: str = ""
    """What a message says of itself that may come for the second time; empty: not asked for."""
    one_token: bool = False
    """All processes share each account's token."""
    strict: bool = False
    """Nothing may be sent without a mark."""
    people: dict[tuple[str, str], str] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    promises: dict[Key, Promise] = field(default_factory=dict)
    versions: dict[str, list[tuple[float, int]]] = field(default_factory=lambda: defaultdict(list))
    cancelled: dict[str, float] = field(default_factory=dict)
    gone: dict[str, float] = field(default_factory=dict)
    ends: dict[Key, End] = field(default_factory=dict)
    all_stops: list[float] = field(default_factory=list)
    stops: dict[str, list[Stop]] = field(default_factory=lambda: defaultdict(list))
    attempts: dict[Key, list[Attempt]] = field(default_factory=lambda: defaultdict(list))
    shown: dict[Key, list[Seen]] = field(default_factory=lambda: defaultdict(list))
    unmarked: list[tuple[float, str, str]] = field(default_factory=list)
    """What was sent without a mark: when, to whom, what."""
    answers: dict[str, list[tuple[float, str]]] = field(default_factory=lambda: defaultdict(list))
    """What was answered to each person: when, and what."""
    sent: list[tuple[float, str]] = field(default_factory=list)
    """Everything sent unasked: when, and to whom."""
    events: dict[str, str] = field(default_factory=dict)
    records: dict[str, int] = field(default_factory=dict)
    sums: list[tuple[str, list[float], float]] = field(default_factory=list)
    canaries: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    words: list[tuple[str, str, str]] = field(default_factory=list)
    """All that was shown, while there are canaries: platform, user, words."""
    kills: int = 0
    calls: set[int] = field(default_factory=set)
    fetches: dict[str, list[Fetch]] = field(default_factory=lambda: defaultdict(list))
    """By platform."""
    revoked: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    """By platform: the numbers of the calls that found their token worth nothing."""
    phrases: list[Phrase] = field(default_factory=list)

    def marks(self, words: str, at: float) -> list[tuple[str, int]]:
        """What a message is, with the version that it says."""
        found = [(mark[1], int(mark[2])) for mark in MARK.finditer(words)]
        return found + [(each.key_on(at), 1) for each in self.phrases if each.pattern.search(words)]

    def stops_of(self, via: str) -> list[Stop]:
        return self.stops.get(via, []) + self.stops.get(EVERYBODY, [])

    def person(self, platform: str, user: str) -> str:
        return self.people.get((platform, user), f"{platform}:{user}")
