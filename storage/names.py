"""The names that a speaker may use, because they may see what is named."""

from datetime import date, datetime, timedelta

from bot.understanding import Names
from storage import activities, audiences, members, organisation, revisions
from storage.database import Session
from storage.members import Speaker
from storage.organisation import BRANCHES, Line, Tree

AHEAD = timedelta(days=45)
"""How far from today an activity is spoken of by its name."""


def names_for(db: Session, speaker: Speaker, now: datetime) -> Names:
    """Members of one's own branch and of what one's posts reach; every branch; and the activities
    of one's own organisations around today. Made anew only when one of them changes: a `Names`
    works out how its names sound."""
    day = now.date()
    reach = tuple(sorted(({post.org_id for post in speaker.posts} | {speaker.branch_id}) - {""}))
    people, branches = _people(db, reach, day), _branches(db, day)
    titles = _titles(db, speaker.line, now)
    key = ("known", reach, speaker.line, day)
    last: list[Names] = revisions.kept(db, members.ROSTER, key, list)
    if not last or last[0].branches is not branches or last[0].activities is not titles:
        last[:] = [Names(members=people, branches=branches, activities=titles)]
    return last[0]


def _people(db: Session, reach: tuple[str, ...], day: date) -> tuple[str, ...]:
    def load() -> tuple[str, ...]:
        tree = organisation.tree(db, day)
        orgs = [org for top in reach for org in tree.below(top)]
        return tuple(sorted(audiences.names(db, orgs, day)))

    return revisions.kept(db, members.ROSTER, ("names", reach, day), load)


def _branches(db: Session, day: date) -> tuple[str, ...]:
    def load() -> tuple[str, ...]:
        tree: Tree = organisation.tree(db, day)
        return tuple(node.name for node in tree.nodes.values() if node.kind in BRANCHES)

    return revisions.kept(db, organisation.TREE, ("branches", day), load)


def _titles(db: Session, line: Line, now: datetime) -> tuple[str, ...]:
    def load() -> tuple[str, ...]:
        held = activities.between(db, line, now - AHEAD, now + AHEAD)
        return tuple(sorted({each.title for each in held}))

    key = ("titles", line, now.date())
    return revisions.kept(db, activities.ACTIVITIES, key, load)
