"""What must hold of every history. Each rule yields what speaks against it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from sandbox.checker.excuses import (
    begun_before,
    excused,
    in_the_air,
    is_cut,
    may_be_missing,
    said_before,
)
from sandbox.checker.history import History, Promise

CHINA = 8 * 3600
NEAR_ITS_END = 600.0
"""Seconds of a token's life in which another one may be fetched."""


class Finding(NamedTuple):
    rule: str
    key: str
    person: str
    what: str


def lost(history: History) -> Iterator[Finding]:
    """L: what was promised arrives, unless the platforms' own answers say why it could not."""
    for key, promise in history.promises.items():
        if not promise.certain or history.shown.get(key) or was_answered(history, promise):
            continue
        if not may_be_missing(history, promise):
            yield Finding("L", *key, f"promised at {promise.at}, never shown")
        elif passed_over(history, promise):
            yield Finding("L", *key, "left for the next contact, and not said there")


def was_answered(history: History, promise: Promise) -> bool:
    """It was said along with an answer."""
    return any(
        at > promise.at and promise.key in dict(history.marks(words, at))
        for at, words in history.answers.get(promise.to, ())
    )


def passed_over(history: History, promise: Promise) -> bool:
    """May be tried once only, so that whoever comes by afterwards has to be told; and was not."""
    end = history.ends.get((promise.key, promise.to))
    if end is None or end.state != "uncertain" or promise.tries > 1:
        return False
    answers = history.answers.get(promise.to, ())
    return any(end.at < at < promise.until for at, _ in answers)


def twice(history: History) -> Iterator[Finding]:
    """T: once, and a second time only where nobody could know of the first. Never a third time."""
    for key, seen in history.shown.items():
        if len(seen) > 2:
            yield Finding("T", *key, f"shown {len(seen)} times")
        for earlier, later in pairwise(seen):
            if earlier.number != later.number and not excused(history, key, later.at, later.number):
                yield Finding("T", *key, f"again at {later.at} without a reason")


def unmarked(history: History) -> Iterator[Finding]:
    """M: what may come for the second time says so, where the platform does not know it again."""
    if not history.again:
        return
    for key, seen in history.shown.items():
        for later in seen[1:]:
            if not later.said_so and later.platform != "wecom":
                yield Finding("M", *key, f"again at {later.at} without saying so")


def phantom(history: History) -> Iterator[Finding]:
    """F: every message has a cause, and goes to whom it is for; nothing is sent to whoever left or
    after it was called back."""
    known = {key for key, _ in history.promises}
    for key, seen in history.shown.items():
        if key not in history.promises:
            why = "meant for somebody else" if key[0] in known else "nobody ordered it"
            yield Finding("F", *key, why)
        end = history.cancelled.get(key[0], float("inf")) + history.lease
        if any(each.at > end for each in seen):
            yield Finding("F", *key, "sent after it was called back")
    for key, attempts in history.attempts.items():
        end = history.gone.get(key[1], float("inf")) + history.lease
        if any(each.at > end for each in attempts):
            yield Finding("F", *key, "tried after they had left")
    if history.strict:
        for at, person, words in history.unmarked:
            yield Finding("F", "", person, f"at {at}, by nobody's order: {words[:40]}")


def stale(history: History) -> Iterator[Finding]:
    """S: no old text after an acknowledged edit, but for one that is said again because it may not
    have arrived. Nobody reads two versions, but where the second corrects such a one."""
    for key, seen in history.shown.items():
        for earlier, later in pairwise(seen):
            doubtful = excused(history, key, later.at, later.number)
            if later.version < earlier.version or (
                later.version != earlier.version and not doubtful
            ):
                yield Finding("S", *key, f"version {later.version} after {earlier.version}")
        for each in seen:
            edits = history.versions.get(key[0], ())
            at, newest = max(
                ((at, v) for at, v in edits if at + history.lease < each.at),
                key=lambda edit: edit[1],
                default=(0.0, 0),
            )
            known = said_before(history, key, each) or begun_before(history, key, at)
            if each.version < newest and not known:
                yield Finding("S", *key, f"version {each.version} after {newest}")


def order(history: History) -> Iterator[Finding]:
    """O: what belongs together reaches one person in the order it was written in."""
    flows: dict[tuple[str, str], list[Promise]] = defaultdict(list)
    for promise in history.promises.values():
        if promise.flow:
            flows[promise.flow, promise.to].append(promise)
    for (_, person), promises in flows.items():
        arrived = [
            (each, history.shown[each.key, person][0])
            for each in sorted(promises, key=lambda each: each.place)
            if history.shown.get((each.key, person))
        ]
        for (_, first), (second, then) in pairwise(arrived):
            if then.number < first.number:
                yield Finding("O", second.key, person, "before what comes first")


def effect(history: History) -> Iterator[Finding]:
    """E: what was acknowledged was done once; what was refused, never; in doubt, at most once."""
    allowed: Mapping[str, range] = {"ok": range(1, 2), "info": range(2), "fail": range(1)}
    for id, outcome in history.events.items():
        count = history.records.get(id, 0)
        if count not in allowed[outcome]:
            yield Finding("E", id, "", f"{outcome}, and {count} times on record")


def sums(history: History) -> Iterator[Finding]:
    """Z: parts add up."""
    for of, parts, total in history.sums:
        if sum(parts) != total:
            yield Finding("Z", of, "", f"{sum(parts)} is not {total}")


def clock(history: History) -> Iterator[Finding]:
    """C: never early, not after the cut-off, and by night only what is urgent."""
    for key, seen in history.shown.items():
        promise = history.promises.get(key)
        if promise is None:
            continue
        for each in seen:
            if each.at < promise.due:
                yield Finding("C", *key, f"{promise.due - each.at:.1f} s early")
            if each.at > promise.until + history.late:
                yield Finding("C", *key, f"{each.at - promise.until:.1f} s after the cut-off")
            if not promise.urgent and at_night(history, each.at):
                yield Finding("C", *key, "at night")


def burden(history: History) -> Iterator[Finding]:
    """B: nobody is sent more in a day than was promised, and nothing by night without a mark that
    says that it may be."""
    counted = Counter((person, int((at + CHINA) // 86_400)) for at, person in history.sent)
    for (person, day), count in counted.items():
        if history.most and count > history.most:
            yield Finding("B", str(day), person, f"{count} messages in one day")
    for at, person, words in history.unmarked:
        if at_night(history, at):
            yield Finding("B", "", person, f"at night: {words[:40]}")


def at_night(history: History, at: float) -> bool:
    if history.night is None:
        return False
    first, last = history.night
    hour = (at + CHINA) % 86_400 / 3600
    return hour >= first or hour < last


def privacy(history: History) -> Iterator[Finding]:
    """Y: what is private is shown where it may be, and nowhere else."""
    for word, allowed in history.canaries.items():
        for platform, user, words in history.words:
            if word in words and (platform, user) not in allowed:
                yield Finding("Y", word, f"{platform}:{user}", "shown to whom it may not be")


def tokens(history: History) -> Iterator[Finding]:
    """K: one token for all processes, and another only when it is near its end or was refused; or
    when whoever had fetched it was stopped before all could know."""
    if not history.one_token:
        return
    for platform, fetches in history.fetches.items():
        for earlier, later in pairwise(fetches):
            revoked = any(earlier.number < n < later.number for n in history.revoked[platform])
            doubtful = is_cut(history, earlier) or in_the_air(history, later)
            if later.at < earlier.until - NEAR_ITS_END and not (revoked or doubtful):
                yield Finding("K", platform, later.via, f"a token at {later.at} nobody needed")


Rule = Callable[[History], Iterable[Finding]]
RULES: dict[str, Rule] = {
    "L": lost,
    "T": twice,
    "M": unmarked,
    "F": phantom,
    "S": stale,
    "O": order,
    "E": effect,
    "Z": sums,
    "C": clock,
    "B": burden,
    "Y": privacy,
    "K": tokens,
}


def extra(history: History) -> int:
    return sum(max(0, len(seen) - 1) for seen in history.shown.values())


def unclear(history: History) -> int:
    return sum(each.unclear for attempts in history.attempts.values() for each in attempts)


def cut(history: History) -> int:
    """Those that were unclear anyway are not counted again."""
    return sum(
        not each.unclear and is_cut(history, each)
        for attempts in history.attempts.values()
        for each in attempts
    )
