"""Beginning and ending posts, as the files list them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from bot.files.tables import Row
from handlers.registry.actions.plans import Change, Draft, Entry
from handlers.registry.rules.troubles import Trouble
from storage import roster
from storage.database import Session
from storage.members import Appointment, Role

Post = tuple[str, str]
"""A role, and the organisation in which it is held."""


@dataclass
class Posts:
    """All posts that have ever been held, and what becomes of them."""

    by_member: dict[str, list[Appointment]] = field(default_factory=lambda: defaultdict(list))
    ever_filled: set[Post] = field(default_factory=set)
    secretaries: dict[str, dict[str, Row | None]] = field(default_factory=lambda: defaultdict(dict))
    """For each organisation who is, with the row that says so."""

    @classmethod
    def load(cls, db: Session, day: date) -> "Posts":
        posts = cls()
        for each in roster.every(db, Appointment):
            posts.by_member[each.member_id].append(each)
            posts.ever_filled.add((each.role, each.org_id))
            if each.role == Role.SECRETARY and lasts(each, day):
                posts.secretaries[each.org_id][each.member_id] = None
        return posts

    def current(self, member_id: str, day: date) -> list[Appointment]:
        return [each for each in self.by_member.get(member_id, ()) if lasts(each, day)]

    def appoint(
        self, draft: Draft, row: Row, member_id: str, post: Post, elected_on: date | None
    ) -> Change:
        """From the branch's election, when that is known and nobody has held the post nor the
        member any other since; else from the day of the import."""
        role, org_id = post
        first = post not in self.ever_filled and member_id not in self.by_member
        since = elected_on if first and elected_on and elected_on <= draft.as_of else draft.as_of
        draft.insert(
            Appointment,
            member_id=member_id,
            org_id=org_id,
            role=role,
            since=since,
            until=None,
            full_time=False,
            approval="",
        )
        if role == Role.SECRETARY:
            self.secretaries[org_id][member_id] = row
        return Change("post", "", f"{role}@{org_id}")

    def end(self, draft: Draft, name: str, held: Appointment) -> None:
        until = max(draft.as_of, held.since)
        draft.alter(Appointment, {"id": held.id}, {"until": until})
        change = Change("post", f"{held.role}@{held.org_id}", str(until))
        draft.ended.append(Entry(held.member_id, name, (change,)))
        if held.role == Role.SECRETARY:
            self.secretaries[held.org_id].pop(held.member_id, None)

    def check_secretaries(self, draft: Draft) -> None:
        """A branch has one; who takes over is named together with who hands over."""
        for org_id, holders in self.secretaries.items():
            for member_id, row in holders.items():
                others = [other for other in holders if other != member_id]
                if row is not None and others:
                    draft.wrong(row, "role", Trouble.SECOND_SECRETARY, org_id, others[0])


def lasts(held: Appointment, day: date) -> bool:
    """Whether it is held on `day`, or will be."""
    return held.until is None or held.until > day


def sorted_posts(posts: Iterable[Post]) -> list[Post]:
    return sorted(posts, key=lambda post: (post[1], post[0]))
