"""The demo organisation as something to try: who one may be in it."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import insert, select

from storage import organisation
from storage.database import Session, table
from storage.members import Account, Member, Membership, posts_of
from storage.organisation import Organisation

COMMITTEE = "WC-0"
"""The root of the demo organisation; see seeds/demo/org.yaml."""
PLATFORM = "webchat"


class Person(NamedTuple):
    id: str
    name: str
    roles: tuple[str, ...]
    branch: str


def is_loaded(db: Session) -> bool:
    return db.get(Organisation, COMMITTEE) is not None


def people(db: Session, now: datetime) -> Sequence[Person]:
    """Everyone one may be, and for each of them the account that the web chat speaks from."""
    tree = organisation.tree(db, now.date())
    rows = db.run(PEOPLE).all()
    bound = {row[0] for row in db.run(BOUND)}
    missing = [
        {"platform": PLATFORM, "user": f"demo-{id}", "member_id": id, "bound_at": now}
        for id, _, _ in rows
        if id not in bound
    ]
    if missing:
        db.run(
            BIND,
            [{**each, "via": "demo", "consent": "demo", "unreachable": ""} for each in missing],
        )
    posts = posts_of(db, [id for id, _, _ in rows], now.date())
    return [
        Person(
            id,
            name,
            tuple(post.role.value for post in posts.get(id, ())),
            tree.name(branch),
        )
        for id, name, branch in rows
    ]


account, member, membership = table(Account).c, table(Member).c, table(Membership).c
PEOPLE = (
    select(member.id, member.name, membership.branch_id)
    .join_from(table(Member), table(Membership))
    .where(membership.until.is_(None))
    .order_by(member.id)
)
BOUND = select(account.member_id).where(account.platform == PLATFORM, account.via == "demo")
BIND = insert(table(Account))
