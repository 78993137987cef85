"""Claimed letters as calls: merged for one person, joined for many with the same text. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import uuid4

from bot.messages import Address, Reply
from bot.parts import parts
from bot.together import in_one
from scheduler.delivery.rules.before import Facts, Go
from scheduler.delivery.rules.wording import Said, marked, with_the_time
from storage.claims import Claimed
from storage.lanes import Limits

EQUAL_FOR = timedelta(hours=4)
PICTURE = '"picture":'


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """One call to a platform, and every letter that it settles."""

    lane: str
    users: tuple[str, ...]
    reply: Reply
    key: str
    """What the platform is told to recognise it by."""
    letters: tuple[Claimed, ...]
    counted: frozenset[int]
    """The letters that count among the three a day."""
    unsays: str = ""
    """The message that is taken back, or given the words of `reply`."""
    leaves: datetime | None = None
    """Not before; on the database's clock."""

    def address(self, user: str) -> Address:
        return Address(self.lane, user)

    def without(self, users: Iterable[str]) -> "Parcel":
        gone = set(users)
        left = tuple(each for each in self.letters if each.user not in gone)
        return replace(self, letters=left, users=tuple(u for u in self.users if u not in gone))


def pack(
    going: Mapping[int, Go],
    letters: Sequence[Claimed],
    facts: Mapping[int, Facts],
    limits: Limits,
    now: datetime,
) -> list[Parcel]:
    """The urgent first, as they were claimed."""
    again = [each for each in letters if facts[each.id].again]
    fresh = [each for each in letters if not (facts[each.id].again or each.unsays)]
    parcels = [*said_again(again), *said_now(going, fresh, facts, limits, now)]
    parcels += taken_back([each for each in letters if each.unsays], limits)
    order = {each.id: place for place, each in enumerate(letters)}
    parcels.sort(key=lambda parcel: min(order[each.id] for each in parcel.letters))
    counted = frozenset(id for id, go in going.items() if go.counted)
    return [replace(each, counted=counted) for each in parcels]


def said_again(letters: Iterable[Claimed]) -> Iterable[Parcel]:
    """Byte for byte as before, to the same people: then the platform recognises it."""
    calls: dict[str, list[Claimed]] = {}
    for each in letters:
        calls.setdefault(each.call, []).append(each)
    for call, members in calls.items():
        reply = Reply.model_validate_json(members[0].said)
        yield parcel(members[0].lane, members, reply, call)


def said_now(
    going: Mapping[int, Go],
    letters: Sequence[Claimed],
    facts: Mapping[int, Facts],
    limits: Limits,
    now: datetime,
) -> Iterable[Parcel]:
    people: dict[str, list[Claimed]] = {}
    last = their_last(letters) if limits.recognises else frozenset()
    for each in letters:
        alone = f"{each.id}" if limits.alone or PICTURE in each.body else f"{each.id in last}"
        people.setdefault(f"{each.user}\n{alone}", []).append(each)
    same: dict[str, tuple[Reply, list[list[Claimed]]]] = {}
    for bundle in people.values():
        reply = body_of(bundle, going)
        if limits.drops_equal and words_of(reply) in lately(facts[bundle[0].id], now):
            reply = with_the_time(reply, now)
        key = reply.model_dump_json() if limits.joins > 1 else str(bundle[0].id)
        same.setdefault(key, (reply, []))[1].append(bundle)
    for reply, bundles in same.values():
        for some in parts(bundles, limits.joins):
            members = [each for bundle in some for each in bundle]
            key = uuid4().hex if limits.recognises else members[0].key
            yield parcel(members[0].lane, members, reply, key)


def taken_back(letters: Iterable[Claimed], limits: Limits) -> Iterable[Parcel]:
    """One call for a message, however many people it is taken back from."""
    calls: dict[tuple[str, ...], list[Claimed]] = {}
    for each in letters:
        whose = () if limits.joins > 1 else (each.user,)
        calls.setdefault((each.unsays, each.body, *whose), []).append(each)
    for (receipt, body, *_), members in calls.items():
        reply = Reply.model_validate_json(body)
        yield replace(parcel(members[0].lane, members, reply, members[0].key), unsays=receipt)


def their_last(letters: Sequence[Claimed]) -> frozenset[int]:
    """Those that may have arrived, and what follows them. In a message with others they would be
    there a third time, when that is said again to the byte for these."""
    doubtful = {(each.to, each.flow) for each in letters if each.doubts and each.flow}
    return frozenset(each.id for each in letters if each.doubts or (each.to, each.flow) in doubtful)


def lately(known: Facts, now: datetime) -> set[str]:
    """What was said to them within the time in which their platform drops what is equal."""
    return {push.words for push in known.who.pushes if now - push.at < EQUAL_FOR and push.words}


def words_of(reply: Reply) -> str:
    """Tells equal from different, and nothing else."""
    return sha256(reply.model_dump_json().encode()).hexdigest()[:16]


def body_of(bundle: Sequence[Claimed], going: Mapping[int, Go]) -> Reply:
    """In the order in which they were written, so that a flow keeps its own."""
    return in_one(
        [
            marked(
                Said(
                    Reply.model_validate_json(each.body),
                    late=going[each.id].late,
                    resent=each.doubts > 0,
                )
            )
            for each in sorted(bundle, key=lambda each: each.id)
        ]
    )


def parcel(lane: str, letters: Sequence[Claimed], reply: Reply, key: str) -> Parcel:
    users = tuple(dict.fromkeys(each.user for each in letters))
    return Parcel(
        lane=lane,
        users=users,
        reply=reply,
        key=key,
        letters=tuple(letters),
        counted=frozenset(),
    )
