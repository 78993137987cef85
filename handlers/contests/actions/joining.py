"""Entering a contest, by one's own wish."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage import contests, organisation, questions
from storage.contests import Contest, Heat, Player
from storage.database import Session
from storage.members import Speaker


@dataclass(frozen=True)
class Joined:
    contest: Contest
    new: bool


@dataclass(frozen=True)
class Which:
    names: Sequence[str]


def coming(db: Session, member: Speaker, now: datetime) -> list[Heat]:
    """Rounds that concern a member and are not over, the next first."""
    return [
        heat
        for heat in contests.heats(db).values()
        if heat.contest.org_id in member.line and now <= heat.round.closes
    ]


def join(db: Session, member: Speaker, now: datetime, words: str) -> Joined | Which | None:
    """The contest that `words` name, or the only one; None where there is none."""
    found = {heat.contest.id: heat.contest for heat in coming(db, member, now)}
    named = [each for each in found.values() if each.name in words]
    fit = named or list(found.values())
    if not fit:
        return None
    if len(fit) > 1:
        return Which([each.name for each in fit])
    if contests.player(db, fit[0].id, member.id):
        return Joined(fit[0], False)
    db.add(
        Player(contest_id=fit[0].id, member_id=member.id, team=team(db, member, now), joined_at=now)
    )
    db.flush()
    return Joined(fit[0], True)


def topic(db: Session, contest_id: int) -> str:
    """What all its questions are about; empty where they are about several things."""
    bank = questions.bank(db)
    asked = {
        bank[id].question.topic
        for heat in contests.heats(db).values()
        if heat.contest.id == contest_id
        for paper in heat.round.papers
        for id, _ in paper
        if id in bank
    }
    return asked.pop() if len(asked) == 1 else ""


def team(db: Session, member: Speaker, now: datetime) -> str:
    """The organisation right under the top: an organ's members are one team."""
    tree = organisation.tree(db, now.date())
    tops = {id for id, node in tree.nodes.items() if node.parent_id is None}
    below = [org for org in member.line if org not in tops]
    return below[-1] if below else member.branch_id


def leave(db: Session, member: Speaker) -> bool:
    """Out of every contest; what was answered counts for the team, without a name."""
    return bool(contests.leave(db, member.id))


def set_named(db: Session, member: Speaker, named: bool) -> bool:
    """For every contest they play in; False: for none."""
    mine = [
        player
        for id in {heat.contest.id for heat in contests.heats(db).values()}
        if (player := contests.player(db, id, member.id))
    ]
    for each in mine:
        each.named = named
    db.flush()
    return bool(mine)
