"""Handing out invite codes, and taking them back."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.permissions import Action, authorize, may
from bot.understanding import sounds
from handlers.binding import rules
from handlers.binding.rules import Handed, Nobody, Person, WhoOf
from storage import accounts, audit, invites, organisation
from storage.accounts import Candidate
from storage.database import Session
from storage.members import Speaker
from storage.organisation import Tree


def invite(db: Session, actor: Speaker, words: str, now: datetime) -> Handed | WhoOf | Nobody:
    """A code for the one who is called so, among those whom `actor` may invite."""
    found = called(db, actor, words, now)
    if len(found) == 1:
        return hand_out(db, actor, found[0], now)
    if not found:
        return Nobody()
    return who_of(organisation.tree(db, now.date()), found)


def invite_by_id(db: Session, actor: Speaker, member_id: str, now: datetime) -> Handed | Nobody:
    tree = organisation.tree(db, now.date())
    target = accounts.candidate(db, tree, member_id)
    return hand_out(db, actor, target, now) if target else Nobody()


def hand_out(db: Session, actor: Speaker, to: Candidate, now: datetime) -> Handed | Nobody:
    """Whoever is not one's own to invite is as good as not there."""
    if not may(db, actor, Action.INVITE, to.branch_id, now):
        return Nobody()
    code = new_code()
    invites.add(db, rules.digest(code), to.id, by=actor.id, now=now, lasts=rules.INVITE_LASTS)
    audit.note(db, actor.id, "invite", f"member:{to.id}", now)
    return Handed(to.name, code, now + rules.INVITE_LASTS)


def withdraw(db: Session, actor: Speaker, words: str, now: datetime) -> Person | WhoOf | Nobody:
    """The person whose code is void now."""
    found = called(db, actor, words, now)
    tree = organisation.tree(db, now.date())
    if len(found) > 1:
        return who_of(tree, found)
    if not found or not authorize(actor, Action.INVITE, tree.line(found[0].branch_id)):
        return Nobody()
    invites.withdraw(db, found[0].id, now)
    audit.note(db, actor.id, "withdraw_invite", f"member:{found[0].id}", now)
    return person(tree, found[0])


def still_without(db: Session, actor: Speaker, now: datetime) -> WhoOf:
    """Those of one's own whom nobody could reach here."""
    tree = organisation.tree(db, now.date())
    orgs = own(actor, tree)
    for org_id in orgs:
        audit.note(db, actor.id, "read_unbound", f"organisation:{org_id}", now)
    return who_of(tree, unique(each for org in orgs for each in accounts.unbound(db, tree, org)))


def called(db: Session, actor: Speaker, words: str, now: datetime) -> Sequence[Candidate]:
    """By number or full name, then by sound; a branch may follow the name."""
    tree = organisation.tree(db, now.date())
    mine = unique(each for org in own(actor, tree) for each in accounts.candidates(db, tree, org))
    name, _, branch = words.partition(" ")
    for said, within in ((words, ""), (name, branch.strip())):
        near = [each for each in mine if within in tree.name(each.branch_id)]
        if found := by_name(near, said):
            return found
    return []


def by_name(people: Sequence[Candidate], said: str) -> Sequence[Candidate]:
    wanted = rules.plain(said)
    exact = [each for each in people if wanted in (rules.plain(each.name), each.id.casefold())]
    sound = sounds.key(wanted)
    if exact or not sound:
        return exact
    return [each for each in people if sounds.key(rules.plain(each.name)) == sound]


def own(actor: Speaker, tree: Tree) -> Sequence[str]:
    """The organisations whose people `actor` may invite, the outermost of each."""
    orgs = {p.org_id for p in actor.posts if authorize(actor, Action.INVITE, tree.line(p.org_id))}
    return sorted(org for org in orgs if not orgs & set(tree.line(org)[1:]))


def unique(people: Iterable[Candidate]) -> Sequence[Candidate]:
    return list({each.id: each for each in people}.values())


def who_of(tree: Tree, people: Sequence[Candidate]) -> WhoOf:
    shown = tuple(person(tree, each) for each in people[: rules.AT_ONCE])
    return WhoOf(shown, len(people))


def person(tree: Tree, candidate: Candidate) -> Person:
    return Person(candidate.id, candidate.name, tree.name(candidate.branch_id))


def new_code() -> str:
    """From the system's own randomness."""
    while True:
        code = "".join(secrets.choice(rules.ALPHABET) for _ in range(rules.LENGTH))
        if rules.well_formed(code):
            return code
