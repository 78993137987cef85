"""A simple contest, made by talking: nothing is written until somebody has seen it and says so."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.messages import Refusal
from bot.permissions import Action, authorize, may, reach
from handlers.contests.actions import running
from handlers.contests.actions.running import Impossible, Made
from handlers.contests.rules import planning as rules
from handlers.contests.rules.planning import Known, Wish
from handlers.contests.rules.reading import NUMBERS, ContestPlan, RoundPlan
from handlers.contests.text import planning as text
from storage import audit, contests, organisation, questions
from storage.contests import Heat
from storage.database import Session
from storage.members import Speaker


@dataclass(frozen=True)
class AskWhen:
    known: Known
    doubtful: str = ""
    past: bool = False


@dataclass(frozen=True)
class Preview:
    known: Known
    organiser: str
    trouble: str = ""
    """Why it cannot be made like this; empty: it can."""


@dataclass(frozen=True)
class NotUnderstood:
    pass


def begin(db: Session, actor: Speaker, now: datetime, words: str) -> AskWhen | Preview:
    org_id = home(db, actor, now, words)
    wish = rules.wish(words, topics(db, org_id, now), now)
    return ask_next(db, Known(org_id=org_id).learn(wish), wish, now)


def learn(
    db: Session, actor: Speaker, now: datetime, known: Known, words: str
) -> AskWhen | Preview | NotUnderstood:
    """The answer to what was asked, or whatever is to be otherwise."""
    wish = rules.wish(words, topics(db, known.org_id, now), now)
    return NotUnderstood() if wish.empty else ask_next(db, known.learn(wish), wish, now)


def ask_next(db: Session, known: Known, wish: Wish, now: datetime) -> AskWhen | Preview:
    if known.opens is None or known.closes is None:
        return AskWhen(known, wish.doubtful)
    if not rules.possible(known.opens, known.closes, now):
        return AskWhen(replace(known, opens=None, closes=None), past=True)
    known = replace(known, title=free_title(db, known, now))
    tree = organisation.tree(db, now.date())
    found = running.drawn(db, plan_of(known, now), now)
    trouble = found.reason if isinstance(found, Impossible) else ""
    return Preview(known, tree.name(known.org_id), trouble)


def home(db: Session, actor: Speaker, now: datetime, words: str) -> str:
    """Whose members are invited: the organisation that is named, else the actor's own, the
    smallest first. `Refusal` where there is none."""
    tree = organisation.tree(db, now.date())
    own = [
        post.org_id
        for post in actor.posts
        if authorize(actor, Action.RUN_CONTEST, tree.line(post.org_id))
    ]
    named = [org for org in reach(actor, Action.RUN_CONTEST, tree) if tree.name(org) in words]
    if not (named or own):
        raise Refusal(text.NOT_YOURS)
    return max(
        named or own, key=lambda org: (len(tree.name(org)) if named else 0, len(tree.line(org)))
    )


def topics(db: Session, org_id: str, now: datetime) -> list[str]:
    line = organisation.tree(db, now.date()).line(org_id)
    return sorted(
        {
            each.question.topic
            for each in questions.bank(db).values()
            if each.org_id in line and each.question.kind in running.TIMED
        }
        - {""}
    )


def free_title(db: Session, known: Known, now: datetime) -> str:
    """As it was said; with whose it is, and when, where another contest has that name."""
    assert known.opens  # asked before
    taken = {heat.contest.name for heat in contests.heats(db).values()}
    whose = organisation.tree(db, now.date()).name(known.org_id)
    tries = [known.title, text.of(whose, known.title), text.of_day(whose, known.title, known.opens)]
    return next((each for each in tries if each not in taken), tries[-1])


def plan_of(known: Known, now: datetime) -> ContestPlan:
    assert known.opens
    assert known.closes
    cells, usual = known.cells, {name: usual for name, (usual, _, _) in NUMBERS.items()}
    _, least, most = NUMBERS["seconds"]
    whole = known.seconds_each * sum(each.count for each in cells)
    numbers = usual | {
        "seconds_each": known.seconds_each, "seconds": max(least, min(most, whole)),
    }  # fmt: skip
    each = RoundPlan(text.ROUND, known.kind, known.opens, known.closes, numbers, cells, ())
    return ContestPlan(known.title, str(known.opens.year), known.org_id, [each])


def make(db: Session, actor: Speaker, now: datetime, known: Known) -> Made | Impossible:
    """`Refusal` where it is not theirs any more, or its time has passed meanwhile."""
    if not may(db, actor, Action.RUN_CONTEST, known.org_id, now):
        raise Refusal(text.NOT_YOURS)
    if not (known.opens and known.closes and rules.possible(known.opens, known.closes, now)):
        raise Refusal(text.PAST)
    return running.make(db, plan_of(known, now), actor.id, now)


def take_back(db: Session, actor: Speaker, heat: Heat, now: datetime) -> bool:
    """The whole contest, as if it had never been; False once somebody has begun."""
    if not contests.drop(db, heat.contest.id):
        return False
    audit.note(db, actor.id, "take_back", f"contest:{heat.contest.id}", now, heat.contest.name)
    return True
