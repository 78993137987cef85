"""What a branch's register lacks. Plain values only."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

FEWEST, MOST = 3, 50
"""Full members that a branch needs; members that it should not exceed."""
COMMITTEE_FROM = 7
"""Full members from which on a branch has a committee."""
COMMITTEE = ("org_commissioner", "publicity_commissioner", "discipline_commissioner")


class Lack(StrEnum):
    SECRETARY = "secretary"
    MEMBERS = "members"
    """Too few full members, or too many members."""
    POSTS = "posts"
    ACCOUNTS = "accounts"


@dataclass(frozen=True)
class BranchState:
    id: str
    name: str
    members: int
    full: int
    unbound: int
    """Members without any account."""
    posts: frozenset[str]
    """Roles that somebody holds there."""
    has_committee: bool


@dataclass(frozen=True)
class Gap:
    branch: BranchState
    lack: Lack
    vacant: tuple[str, ...] = ()


def gaps(branch: BranchState) -> Iterator[Gap]:
    if "secretary" not in branch.posts:
        yield Gap(branch, Lack.SECRETARY)
    if branch.full < FEWEST or branch.members > MOST:
        yield Gap(branch, Lack.MEMBERS)
    if branch.has_committee or branch.full >= COMMITTEE_FROM:
        vacant = tuple(role for role in COMMITTEE if role not in branch.posts)
        if vacant:
            yield Gap(branch, Lack.POSTS, vacant)
    if branch.unbound:
        yield Gap(branch, Lack.ACCOUNTS)
