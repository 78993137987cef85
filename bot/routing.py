"""How a capability says which words, wishes, buttons and answers it handles."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from bot.messages import Address, Dialog, Matter, Reply, Tap
from bot.permissions import Action, authorize
from storage.database import Session
from storage.members import Speaker
from storage.writer import Looking


@dataclass(frozen=True)
class Links:
    """The addresses of our own that an answer may contain."""

    scenes: Mapping[str, str] = field(default_factory=dict)
    """Platform to the deep link that opens its chat, with `{scene}` in it; not all have one."""
    console: str = ""
    """Lets one into the console, with `{token}` in it; empty where none runs."""

    def with_scene(self, scene: str) -> dict[str, str]:
        """Platform to the deep link that carries `scene`."""
        return {platform: link.format(scene=scene) for platform, link in self.scenes.items()}

    @property
    def web(self) -> str:
        """What the addresses of our pages begin with; empty where none can be reached."""
        return self.console.partition("/console/")[0]


@dataclass(frozen=True, kw_only=True)
class Context:
    """What every handler is told."""

    db: Session
    member: Speaker
    """Whoever speaks; a guest where a route allows guests."""
    now: datetime
    """When it was said."""
    address: Address
    group: str = ""
    """The group chat it was said in; empty in private."""
    can: Callable[[], Sequence[str]] = tuple
    """The help lines of what this member may do."""
    links: Links = field(default_factory=Links)
    owed: Callable[[date], Sequence[Matter]] = lambda until: ()
    """What this member owes until a day, as all capabilities know it; the earliest first."""
    read_beside: Looking
    """For reads that take longer than 10 ms, over a whole city say: `ctx.read_beside(read)` returns
    what `read(db)` returns, but reads in another thread, so that nobody else waits. The handler is
    called once more from its beginning for it; what it did before is undone
    (docs/decisions/0023)."""


@dataclass(frozen=True)
class Said:
    """A wish in words: a command with what follows it, or free text that was understood."""

    text: str = ""
    """All that was said."""
    rest: str = ""
    """What followed the command word; all of the text where there was none."""
    slots: Mapping[str, Any] = field(default_factory=dict)
    """What was understood in it, by the names of `intents.yaml`."""

    @property
    def after(self) -> str:
        """What followed the command word; empty where it was a wish in words."""
        return "" if self.rest == self.text else self.rest


class Unheard(Dialog, name="unheard"):
    """`said` was not understood; whoever said it may hand it over, so that it will be."""

    step: str = "hand_over"
    said: str


Handler = Callable[..., Reply | str]
Finish = Callable[[Context, Reply], Reply]
Register = Callable[[Handler], Handler]
Owes = Callable[[Session, Speaker, datetime, date], Sequence[Matter]]


class Asked(NamedTuple):
    """A question that waits for somebody's answer, of which no conversation need know."""

    at: datetime
    dialog: Dialog


Expects = Callable[[Session, Speaker, datetime], Asked | None]


@dataclass(frozen=True)
class Route:
    handler: Handler
    may: Action
    help: str = ""
    intent: str = ""


@dataclass
class Router:
    """One at the top of each capability's chat.py; `may` is never optional."""

    commands: dict[str, Route] = field(default_factory=dict)
    intents: dict[str, Route] = field(default_factory=dict)
    scenes: dict[str, Route] = field(default_factory=dict)
    taps: dict[str, tuple[type[Tap], Route]] = field(default_factory=dict)
    answers: dict[tuple[str, str], tuple[type[Dialog], Route]] = field(default_factory=dict)
    patterns: dict[re.Pattern[str], Route] = field(default_factory=dict)
    finishing: list[Finish] = field(default_factory=list)
    owing: list[Owes] = field(default_factory=list)
    expecting: list[Expects] = field(default_factory=list)

    def command(self, *words: str, may: Action, help: str, intent: str = "") -> Register:
        """The message is one of `words`, or begins with one and a space.

        With `intent`, free text that was understood as that wish comes here too. The handler is
        given a `Said`; `help` is its line in the list of what one can say, empty for none.
        """

        def register(handler: Handler) -> Handler:
            route = Route(handler, may, help, intent)
            for word in words:
                add(self.commands, word.lower(), route)
            if intent:
                add(self.intents, intent, route)
            return handler

        return register

    def wish(self, *intents: str, may: Action) -> Register:
        """Free text understood as one of `intents`. The handler is given a `Said`."""

        def register(handler: Handler) -> Handler:
            for intent in intents:
                add(self.intents, intent, Route(handler, may, intent=intent))
            return handler

        return register

    def tap(self, kind: type[Tap], *, may: Action) -> Register:
        """A button that means `kind` was tapped."""

        def register(handler: Handler) -> Handler:
            add(self.taps, kind.prefix, (kind, Route(handler, may)))
            return handler

        return register

    def scene(self, what: str, *, may: Action) -> Register:
        """A QR code or deep link was opened that carries `what-…`; the handler is given the
        rest. Telegram allows 64 of A–Z, a–z, 0–9, _ and - in all."""

        def register(handler: Handler) -> Handler:
            add(self.scenes, what, Route(handler, may))
            return handler

        return register

    def answer(self, kind: type[Dialog], step: str, *, may: Action) -> Register:
        """The question `step` of the dialog `kind` was answered. The handler is given the
        dialog and the words."""

        def register(handler: Handler) -> Handler:
            add(self.answers, (kind.name, step), (kind, Route(handler, may)))
            return handler

        return register

    def pattern(self, expression: str, *, may: Action) -> Register:
        """The whole message matches `expression`, and is neither a command nor an answer: a code
        that somebody sends alone, or a sentence that is no intent. The handler is given a `Said`.
        What the expression hears, and must not, gets its row in `tests/test_whole_sentences.py`."""

        def register(handler: Handler) -> Handler:
            add(self.patterns, re.compile(expression), Route(handler, may))
            return handler

        return register

    def finish(self, touch: Finish) -> Finish:
        """Looks at every answer of a handler before it is said, and may add to it."""
        self.finishing.append(touch)
        return touch

    def owes(self, find: Owes) -> Owes:
        """Tells what somebody owes until a day, for whoever is asked «what do I owe»."""
        self.owing.append(find)
        return find

    def expects(self, find: Expects) -> Expects:
        """Tells which question somebody was asked and has not answered, by a letter or before they
        talked about something else: it can be answered as if the conversation were still open.
        Looked for when more is said than a command."""
        self.expecting.append(find)
        return find

    def include(self, other: "Router") -> None:
        for mine, its in (
            (self.commands, other.commands),
            (self.intents, other.intents),
            (self.scenes, other.scenes),
            (self.taps, other.taps),
            (self.answers, other.answers),
            (self.patterns, other.patterns),
        ):
            table: dict[Any, Any] = mine
            for key, route in its.items():
                add(table, key, route)
        self.finishing += other.finishing
        self.owing += other.owing
        self.expecting += other.expecting

    def owed(self, db: Session, speaker: Speaker, now: datetime, until: date) -> Sequence[Matter]:
        found = [each for find in self.owing for each in find(db, speaker, now, until)]
        return sorted(found, key=lambda matter: matter.due)

    def help_for(self, speaker: Speaker) -> list[str]:
        """A line for each thing that `speaker` may say."""
        routes = {id(route): route for route in self.commands.values()}.values()
        return [r.help for r in routes if r.help and authorize(speaker, r.may)]

    def routes(self) -> Iterator[Route]:
        """Each way in, once."""
        ways = [*self.commands.values(), *self.intents.values(), *self.scenes.values()]
        ways += self.patterns.values()
        ways += [route for _, route in (*self.taps.values(), *self.answers.values())]
        yield from {id(route): route for route in ways}.values()


def add(table: dict[Any, Any], key: Any, route: Any) -> None:
    if key in table:
        raise ValueError(f"two handlers for {key!r}")
    table[key] = route
