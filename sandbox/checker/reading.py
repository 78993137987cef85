"""From the lines of transcripts and ledgers to one history."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from sandbox.checker.history import Attempt, End, Fetch, History, Phrase, Promise, Seen, Stop
from sandbox.transcript import Line


def understand(lines: Iterable[Line]) -> History:
    """In the order of their times."""
    history = History()
    for line in lines:
        if read := READ.get(line["what"]):
            read(history, line)
    return history


def a_setting(history: History, line: Line) -> None:
    for name in ("lease", "grace", "late", "most", "strict", "again", "one_token"):
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
    told = End(line["state"], line.get("reason", ""), line["at"], line.get("doubts", 0))
    history.ends[line["key"], line["to"]] = told


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
    person = history.person(platform, user)
    if line["n"] not in history.calls:
        history.answers[person].append((line["at"], words))
        return
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


def a_fetch(history: History, line: Line) -> None:
    fetch = Fetch(line["at"], line["n"], line["via"], line["at"] + line["lasts"])
    history.fetches[line["platform"]].append(fetch)


def a_revocation(history: History, line: Line) -> None:
    history.revoked[line["platform"]].append(line["n"])


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
    "token": a_fetch,
    "revoked": a_revocation,
    "event": an_event,
    "record": a_record,
    "sums": a_sum,
    "canary": a_canary,
}
