"""Reads what `rules/before.py` must know to judge claimed letters, for all of them at once."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from bot.messages import Address
from bot.permissions import Action, authorize
from scheduler.delivery.rules.before import IDENTICAL_FOR, Facts, counted_on
from storage import claims, courtesy, members, organisation, own_reminders, reach
from storage.claims import Claimed
from storage.database import Session
from storage.lanes import limits_of
from storage.members import Speaker
from storage.organisation import Tree
from storage.outbox import Rank
from storage.reach import Whereabouts


def of(db: Session, letters: Sequence[Claimed], now: datetime) -> dict[int, Facts]:
    """By the number of the letter."""
    readers = {each.to for each in letters}
    who = reach.whereabouts(db, readers, now)
    quiet = courtesy.quiet_until(db, readers, now)
    had_some = [id for id, known in who.items() if counted_on(known, now)]
    in_hand = by_other_claims(db, had_some, letters) if had_some else {}
    to_come = own_reminders.still_today(db, had_some, now) if had_some else {}
    tree = organisation.tree(db, now.date())
    people = needed_speakers(db, letters, tree)
    ahead = Counter[tuple[str, str]]()
    """What of their consents is taken up by the letters before."""
    return {
        each.id: Facts(
            rank=Rank(each.rank),
            due=each.due,
            until=each.until,
            not_before=each.not_before,
            reason=each.reason,
            again=identical(each, now),
            lane=each.lane,
            reachable=is_reachable(each, who[each.to], now, ahead),
            who=who[each.to],
            reader_may=may(people, each.to, each.reader_may, each.org_id, tree),
            author_may=may(people, each.author, each.author_may, each.org_id, tree),
            quiet_until=quiet.get(each.to),
            in_hand=in_hand.get(each.to, 0),
            to_come=to_come.get(each.to, 0),
        )
        for each in letters
    }


def by_other_claims(
    db: Session, people: Collection[str], ours: Sequence[Claimed]
) -> Mapping[str, int]:
    """One message for each person and claim."""
    taken = {each.id for each in ours}
    others = {
        (each.to, each.owner, each.lease)
        for each in claims.in_hand(db, people)
        if each.id not in taken
    }
    return Counter(to for to, _, _ in others)


def needed_speakers(db: Session, letters: Sequence[Claimed], tree: Tree) -> Mapping[str, Speaker]:
    """Only those whose permission matters: most letters need none."""
    ids = {each.to for each in letters if each.reader_may}
    ids |= {each.author for each in letters if each.author_may}
    return members.speakers_by_id(db, ids, tree) if ids else {}


def may(people: Mapping[str, Speaker], id: str, action: str, org_id: str, tree: Tree) -> bool:
    """Asked again at the moment of sending (PROMISES.md P6)."""
    if not action:
        return True
    if id not in people or action not in KNOWN:  # of a program that knew more than this one
        return False
    return authorize(people[id], Action(action), tree.line(org_id) if org_id else None)


def is_reachable(
    letter: Claimed, who: Whereabouts, now: datetime, ahead: Counter[tuple[str, str]]
) -> bool:
    address, kind = Address(letter.lane, letter.user), letter.kind
    way = next((way for way in who.ways if way.address == address), None)
    if way is None or way.unreachable:
        return False
    limits = limits_of(letter.lane)
    spoken_for = (letter.to, limits.consent(kind))
    taken = 0 if limits.for_good(kind) else ahead[spoken_for]
    ahead[spoken_for] += 1
    return reach.has_room(way, who.pushes, now, kind, taken)


def identical(letter: Claimed, now: datetime) -> bool:
    """Said before, on a platform that will know the same bytes again."""
    fresh = now - letter.not_before < IDENTICAL_FOR
    return bool(letter.said) and limits_of(letter.lane).recognises and fresh


KNOWN = frozenset(str(action) for action in Action)
