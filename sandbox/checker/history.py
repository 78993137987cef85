"""One run, as it can be told from outside.

A driver writes these lines into its ledger when an action is acknowledged (`outcome` ok), when it
is certain that nothing happened (fail), or when neither is known (info):

    member     person, accounts [[platform, user] …], role
    promised   key, to (a person), due, until, version, flow, place, tries, urgent
    edited     key, version
    cancelled  key
    gone       person: left, blocked us, was erased, or may not hear of it any more
    killed, paused, resumed    via: a process, by the name in its address; or all of them: *
    ended      key, to, state, reason: what the assistant says became of a message, in the end
    event      id: something said or pressed that must have one effect
    record     id, count: how often it is on record, asked for in a chat or an export
    phrase     key, pattern: another way to know a message, by its words; with `daily` its key
               ends in the day, @2026-03-01
    sums       of, parts, total: parts that must add up to the total
    canary     word, allowed [[platform, user] …]
    settings   lease, grace, late (seconds); night [from, to] (hours of China's clock);
               strict; most (messages a day);
               again (the words of a re-send)

A message names what it is by marks in its text, one for each letter in it: `#key/version#`.
Times are seconds since 1970.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any, NamedTuple

from sandbox.transcript import Line

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


class End(NamedTuple):
    """What became of it, as the assistant tells whoever asks."""

    state: str
    reason: str
    at: float


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
    phrases: list[Phrase] = field(default_factory=list)

    def marks(self, words: str, at: float) -> list[tuple[str, int]]:
        """What a message is, with the version that it says."""
        found = [(mark[1], int(mark[2])) for mark in MARK.finditer(words)]
        return found + [(each.key_on(at), 1) for each in self.phrases if each.pattern.search(words)]

    def stops_of(self, via: str) -> list[Stop]:
        return self.stops.get(via, []) + self.stops.get(EVERYBODY, [])

    def person(self, platform: str, user: str) -> str:
        return self.people.get((platform, user), f"{platform}:{user}")


def understand(lines: Iterable[Line]) -> History:
    """In the order of their times."""
    history = History()
    for line in lines:
        if read := READ.get(line["what"]):
            read(history, line)
    return history


def a_setting(history: History, line: Line) -> None:
    for name in ("lease", "grace", "late", "most", "strict", "again"):
        if name in line:
            setattr(history, name, line[name])
    if "night" in line:
        first, last = line["night"]
        history.night = (first, last)


def a_member(history: History, line: Line) -> None:
    for platform, user in line["accounts"]:
        history.people[platform, user] = line["person"]
    history.roles[line["person"]] = line.get("role", "member")


def a_promise(history: History, line: Line) -> None:
    if line.get("outcome", "ok") == "fail":
        return
    more: dict[str, Any] = {
        name: line[name] for name in ("version", "flow", "place", "tries", "urgent") if name in line
    }
    until = line.get("until")
    history.promises[line["key"], line["to"]] = Promise(
        line["key"], line["to"], line["at"], line["due"],
        float("inf") if until is None else until,
        certain=line.get("outcome", "ok") == "ok", **more,
    )  # fmt: skip


def a_phrase(history: History, line: Line) -> None:
    pattern = re.compile(line["pattern"])
    history.phrases.append(Phrase(line["key"], pattern, line.get("daily", False)))


def an_edit(history: History, line: Line) -> None:
    if line.get("outcome", "ok") == "ok":
        history.versions[line["key"]].append((line["at"], line["version"]))


def a_cancel(history: History, line: Line) -> None:
    if line.get("outcome", "ok") == "ok":
        history.cancelled[line["key"]] = line["at"]


def a_leave(history: History, line: Line) -> None:
    history.gone.setdefault(line["person"], line["at"])


def a_stop(history: History, line: Line) -> None:
    pause = line["what"] == "paused"
    history.stops[line["via"]].append(Stop(line["at"], pause))
    history.all_stops.append(line["at"])
    history.kills += not pause


def a_return(history: History, line: Line) -> None:
    asleep = [each for each in history.stops[line["via"]] if each.pause and not each.over]
    asleep[-1].until = line["at"]


def an_end(history: History, line: Line) -> None:
    history.ends[line["key"], line["to"]] = End(line["state"], line.get("reason", ""), line["at"])


def a_call(history: History, line: Line) -> None:
    history.calls.add(line["n"])
    taken = set(line["taken"])
    marks = history.marks(line["words"], line["at"])
    for user in line["to"]:
        person = history.person(line["platform"], user)
        for mark, version in marks:
            history.attempts[mark, person].append(
                Attempt(
                    line["at"], line["n"], line["via"], user in taken, line["unclear"],
                    line["code"], line["platform"], version,
                )
            )  # fmt: skip


def a_message(history: History, line: Line) -> None:
    platform, user, words = line["platform"], line["user"], line["words"]
    if history.canaries:
        history.words.append((platform, user, words))
    if line["n"] not in history.calls:
        return  # an answer to what they said
    person = history.person(platform, user)
    history.sent.append((line["at"], person))
    marks = history.marks(words, line["at"])
    for mark, version in marks:
        said_so = bool(history.again) and history.again in words
        seen = Seen(line["at"], line["n"], version, platform, user, said_so)
        history.shown[mark, person].append(seen)
    if not marks:
        history.unmarked.append((line["at"], person, words))


def an_event(history: History, line: Line) -> None:
    history.events[line["id"]] = line.get("outcome", "ok")


def a_record(history: History, line: Line) -> None:
    history.records[line["id"]] = line["count"]


def a_sum(history: History, line: Line) -> None:
    history.sums.append((line["of"], line["parts"], line["total"]))


def a_canary(history: History, line: Line) -> None:
    history.canaries[line["word"]] = {(p, u) for p, u in line["allowed"]}


READ: dict[str, Callable[[History, Line], None]] = {
    "settings": a_setting,
    "member": a_member,
    "promised": a_promise,
    "phrase": a_phrase,
    "edited": an_edit,
    "cancelled": a_cancel,
    "gone": a_leave,
    "killed": a_stop,
    "paused": a_stop,
    "resumed": a_return,
    "ended": an_end,
    "call": a_call,
    "shown": a_message,
    "event": an_event,
    "record": a_record,
    "sums": a_sum,
    "canary": a_canary,
}
