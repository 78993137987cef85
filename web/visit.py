"""The words of the console: what a page is told, and what it answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlencode

from bot.permissions import Action, authorize
from storage.console import Inside
from storage.database import Session
from storage.keyring import Keyring
from storage.members import Speaker
from storage.organisation import Tree, tree
from web.imports import Imports

if TYPE_CHECKING:
    from web.asking import Asked

HOME = "/console"
About = Literal[
    "", "activity", "request", "duty", "draft", "organisation", "task", "item", "circular", "notice"
]
"""What kind of thing the number in a path is."""


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One request of somebody who is in."""

    db: Session
    who: Speaker
    now: datetime
    inside: Inside
    path: str
    scene: str = ""
    """The address that a QR code for checking in leads to, with `{scene}` in it."""
    place: Mapping[str, str] = field(default_factory=dict)
    """What stood in the path: {id}."""
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    many: Mapping[str, list[str]] = field(default_factory=dict)
    """Fields that may come several times."""
    brought: object = None
    """What came of the slow work before a deed."""
    imports: Imports
    keys: Keyring

    def may(self, action: Action) -> bool:
        """Anything at all of it."""
        return authorize(self.who, action)

    @property
    def id(self) -> int:
        """`Missing` when it is no number."""
        return number(self.place.get("id", ""))

    @property
    def page(self) -> int:
        """Of a long list, from 1."""
        said = self.query.get("page", "")
        return max(1, min(int(said), 10_000)) if said.isdecimal() and len(said) < 6 else 1

    @property
    def tree(self) -> Tree:
        """Of today."""
        return tree(self.db, self.now.date())

    def named(self, org_id: str) -> str:
        """A group with its branch, for who looks after more than one branch."""
        tree = self.tree
        above = any(tree.branch_of(post.org_id) is None for post in self.who.posts)
        return tree.full_name(org_id) if above else tree.name(org_id)


class Missing(Exception):
    """There is no such thing, or not for this visitor: nobody is told which."""


@dataclass(frozen=True)
class Shown:
    """A page: its template, and what stands in it."""

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class File:
    """Something to be saved. `body` may still have to be made of what was read: then the browser
    hears at once that it is coming."""

    body: bytes | Callable[[], bytes]
    name: str
    kind: str


@dataclass(frozen=True)
class Done:
    """A deed: what is true now, and where one sees it. `to` empty: where one came from."""

    said: str
    to: str = ""


@dataclass(frozen=True)
class Page:
    path: str
    show: Callable[[Visit], Shown | File]
    may: Action = Action.ENTER_CONSOLE
    about: About = ""


@dataclass(frozen=True)
class Deed:
    """Answers a form; in one unit of work. May also show a page at once: a preview."""

    path: str
    do: Callable[[Visit], Done | Shown]
    may: Action
    about: About = ""
    upload: bool = False
    before: Callable[["Asked"], object] | None = None
    """Slow work on what the form says, before and outside of the unit of work: `brought`."""
    look: Callable[[Visit], object] | None = None
    """Much that has to be read for it, before the unit of work: `brought`."""


LAST = 2**31 - 1
"""The largest number that a row can have."""


def number(words: str) -> int:
    """`Missing` for what can be no row's."""
    if not (words.isascii() and words.isdecimal() and len(words) <= 10 and int(words) <= LAST):
        raise Missing
    return int(words)


def address(path: str, **query: Any) -> str:
    said = {name: value for name, value in query.items() if value not in ("", None)}
    return f"{path}?{urlencode(said)}" if said else path
