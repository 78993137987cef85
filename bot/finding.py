"""Which handler a message means: a button, a number, a command, an answer, or a wish in words."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from pydantic import ValidationError

from bot import text
from bot.messages import Dialog, Incoming, Refusal, Reply, Say, Tap, button
from bot.routing import Route, Router, Said
from storage.database import Session
from storage.dialogs import Waiting
from storage.members import Speaker

Names = Any


class Guess(Protocol):
    intent: str
    zh: str


class Understanding(Protocol):
    intent: str | None
    slots: Mapping[str, Any]
    alternatives: tuple[Guess, ...]


class Understander(Protocol):
    def understand(
        self, text: str, *, now: datetime, role: str, names: Names, voice: bool
    ) -> Understanding: ...

    def slots(
        self, intent: str, text: str, *, now: datetime, names: Names
    ) -> Mapping[str, Any]: ...


NamesFor = Callable[[Session, Speaker, datetime], Names]
"""The names that a speaker may use, because they may see what is named."""

SAY = f"{Say.prefix}:"
PATIENCE_WITH_LENGTH = 1000
"""Characters. What is longer is a document, not a wish; more is not looked at."""


class Meant(Tap, prefix="meant"):
    """«This is what I wanted», after we asked."""

    intent: str


class Unsure(Dialog, name="unsure"):
    """We have asked which of several wishes was meant by `said`."""

    step: str = "choose"
    said: str


@dataclass(frozen=True)
class Found:
    route: Route
    args: tuple[Any, ...]


@dataclass(frozen=True)
class Finder:
    router: Router
    understander: Understander
    names_for: NamesFor

    def find(
        self, db: Session, incoming: Incoming, speaker: Speaker, waiting: Waiting | None
    ) -> Found | Reply:
        """The handler and what to give it, or our question back. `Refusal` when there is none."""
        said = tidy(incoming.text)
        tap = incoming.tap or offered(said, waiting)
        if tap.startswith(SAY):
            tap, said = "", tidy(tap.removeprefix(SAY))
        if tap:
            return self._tapped(db, tap, incoming, speaker, waiting)
        if incoming.scene:
            return self._scanned(incoming.scene)
        if found := self._command(said):
            return found
        if waiting and waiting.name and said in text.LEAVE_WORDS:
            return Reply(text=text.DIALOG_LEFT)
        if found := self._answer(said, waiting):
            return found
        if found := self._looks_like(said):
            return found
        return self._wished(db, said, incoming, speaker)

    def _tapped(
        self, db: Session, tap: str, incoming: Incoming, speaker: Speaker, waiting: Waiting | None
    ) -> Found:
        try:
            kind, route = self.router.taps[tap.partition(":")[0]]
            return Found(route, (kind.unpack(tap),))
        except (KeyError, ValueError):
            pass
        try:
            wish, asked = Meant.unpack(tap), Unsure.model_validate(waiting and waiting.answers)
        except ValueError:  # the program was updated since the button was shown
            raise Refusal(text.OLD_BUTTON) from None
        names = self.names_for(db, speaker, incoming.at)
        slots = self.understander.slots(wish.intent, asked.said, now=incoming.at, names=names)
        return Found(self.router.intents[wish.intent], (Said(asked.said, asked.said, slots),))

    def _scanned(self, scene: str) -> Found:
        what, _, rest = scene.partition("-")
        route = self.router.scenes.get(what)
        if route is None:
            raise Refusal(text.OLD_BUTTON)
        return Found(route, (rest,))

    def _command(self, said: str) -> Found | None:
        word, _, rest = said.partition(" ")
        route = self.router.commands.get(word.lower()) or self.router.commands.get(said.lower())
        if route is None:
            return None
        return Found(route, (Said(said, rest.strip() if rest else ""),))

    def _answer(self, said: str, waiting: Waiting | None) -> Found | None:
        if waiting is None or not waiting.name:
            return None
        try:
            kind, route = self.router.answers[waiting.name, waiting.answers["step"]]
            return Found(route, (kind.model_validate(waiting.answers), said))
        except (KeyError, ValidationError):  # updated while the dialog was open
            return None

    def _looks_like(self, said: str) -> Found | None:
        for pattern, route in self.router.patterns.items():
            if pattern.fullmatch(said):
                return Found(route, (Said(said, said),))
        return None

    def _wished(
        self, db: Session, said: str, incoming: Incoming, speaker: Speaker
    ) -> Found | Reply:
        names = self.names_for(db, speaker, incoming.at)
        heard = self.understander.understand(
            said[:PATIENCE_WITH_LENGTH],
            now=incoming.at,
            role=standing(speaker),
            names=names,
            voice=incoming.voice,
        )
        if heard.intent and (route := self.router.intents.get(heard.intent)):
            return Found(route, (Said(said, said, heard.slots),))
        if heard.alternatives:
            return self._which(said, heard)
        raise Refusal(text.NOT_BOUND if speaker.is_guest else text.NOT_UNDERSTOOD)

    def _which(self, said: str, heard: Understanding) -> Reply:
        choices = [
            button(guess.zh, Meant(intent=guess.intent))
            for guess in heard.alternatives[:3]
            if guess.intent in self.router.intents
        ]
        return Reply(text=text.WHICH_ONE, buttons=choices, then=Unsure(said=said))


def standing(speaker: Speaker) -> str:
    """The role by the words of `intents.yaml`."""
    if speaker.is_guest:
        return "guest"
    roles = {post.role.value for post in speaker.posts}
    if roles & {"committee_office", "operator"}:
        return "committee"
    return "organiser" if roles else "member"


def tidy(words: str) -> str:
    """As people type it, to what we compare: full-width forms narrowed, edges trimmed."""
    return unicodedata.normalize("NFKC", words).strip().rstrip("。.!?~")


def offered(said: str, waiting: Waiting | None) -> str:
    """«2», or its label, stands for the second button, where buttons cannot be shown."""
    if waiting is None or not waiting.offered:
        return ""
    if said.isdecimal() and 1 <= int(said) <= len(waiting.offered):
        return waiting.offered[int(said) - 1].tap
    return next((each.tap for each in waiting.offered if each.label == said), "")
