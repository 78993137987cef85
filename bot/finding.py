"""Which handler a message means: a button, a number, a command, an answer, or a wish in words."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from bot import text
from bot.messages import Dialog, Incoming, Refusal, Reply, Say, Tap, button
from bot.numbered import offered, picked, under_a_letter
from bot.permissions import ABOVE_THE, standing
from bot.routing import Route, Router, Said, Unheard
from bot.understanding import Names, Understander, Understanding
from bot.understanding.picking import COUNTED
from storage import unheard
from storage.database import Session
from storage.dialogs import Waiting
from storage.members import Speaker

NamesFor = Callable[[Session, Speaker, datetime], Names]
"""The names that a speaker may use, because they may see what is named."""

SAY = f"{Say.prefix}:"
PATIENCE_WITH_LENGTH = 1000
"""Characters of a message that are understood: what is longer is a document, not a wish."""
NEVER_OFFERED = frozenset({"refuse_sensitive", "abuse", "off_topic"})
"""Intents that nobody is asked about: «did you mean to insult me?»"""
LONGEST_YES = 6
"""Characters of a yes or no: what is longer need not be understood to know that it is neither."""
AT_ONCE = 3
"""Wishes of one message that are granted; the others are left."""


class Meant(Tap, prefix="meant"):
    """«This is what I wanted», after we asked."""

    intent: str


FAINT, TOO_FAINT = 0.02, 0.12
"""The least confidence (0 to 1) of a guess that is offered as a button, and of the best of them:
below it we say that we have not understood."""


class Unsure(Dialog, name="unsure"):
    """We have asked which of several wishes was meant by `said`."""

    step: str = "choose"
    said: str


@dataclass(frozen=True)
class Found:
    """A handler, and what to call it with after its `Context`."""

    route: Route
    args: tuple[Any, ...]


@dataclass(frozen=True)
class Finder:
    router: Router
    understander: Understander
    names_for: NamesFor

    def find(
        self,
        db: Session,
        incoming: Incoming,
        speaker: Speaker,
        waiting: Waiting | None,
        *,
        may_answer: bool = True,
    ) -> Sequence[Found] | Reply:
        """The handlers that `incoming` means, mostly one, at most `AT_ONCE`; or our question back.
        Tried in this order: button, number or label of a button, QR code, command word, answer to
        the question in `waiting`, code (`Router.pattern`), answer to a question asked by letter
        (unless `may_answer` is false), part of a label, wish in words. `Refusal` when it can mean
        nothing."""
        listening = Listening(self, db, incoming, speaker, waiting)
        words = tidy(incoming.text)
        said = bare(words)
        tap = incoming.tap or listening.pressed(said)
        if tap.startswith(SAY):
            tap, words = "", tidy(tap.removeprefix(SAY))
            said = bare(words)
        if tap:
            return [listening.tapped(tap)]
        if incoming.scene:
            return [self._scanned(incoming.scene)]
        if found := listening.command(words):
            return [found]
        if waiting and waiting.name and said in text.LEAVE_WORDS:
            return Reply(text=text.DIALOG_LEFT)
        if found := self._answer(said, waiting) or self._looks_like(said):
            return [found]
        if may_answer and not (waiting and waiting.name) and (found := listening.expected(said)):
            return [found]
        if tap := picked(said, waiting, incoming.at):
            return [listening.tapped(tap)]
        return listening.wished(words)

    def _scanned(self, scene: str) -> Found:
        what, _, rest = scene.partition("-")
        route = self.router.scenes.get(what)
        if route is None:
            raise Refusal(text.OLD_BUTTON)
        return Found(route, (rest,))

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


@dataclass(frozen=True)
class Listening:
    """One message, while it is being understood."""

    finder: Finder
    db: Session
    incoming: Incoming
    speaker: Speaker
    waiting: Waiting | None

    @property
    def router(self) -> Router:
        return self.finder.router

    def pressed(self, said: str) -> str:
        """The packed tap of the button that is said by number or label; empty where none is."""
        free = self.waiting is None or not self.waiting.name
        if free and not self._is_no_member:
            member, sent_to = self.speaker.id, self.incoming
            if tap := under_a_letter(self.db, member, said, sent_to, self.waiting):
                return tap
        return offered(said, self.waiting)

    @property
    def _is_no_member(self) -> bool:
        return self.speaker.is_guest or bool(self.incoming.group)

    def command(self, said: str) -> Found | None:
        """A command word alone, or with more behind it that does not mean something else."""
        word = bare(said)
        if route := self.router.commands.get(word.lower()):
            return Found(route, (Said(word),))
        word, _, rest = word.partition(" ")
        route = self.router.commands.get(word.lower())
        if route is None:
            return None
        if not route.intent:
            return Found(route, (Said(said, rest.strip()),))
        heard = self._understand(said)
        if heard.intent in {None, route.intent}:
            slots = heard.slots if heard.likeliest == route.intent else self._slots(route, said)
            return Found(route, (Said(said, rest.strip(), slots),))
        return None

    def expected(self, said: str) -> Found | None:
        """An answer to the question asked last, of which no conversation knows. Yes and no belong
        to the buttons shown since."""
        if self._is_no_member:
            return None
        open_ones = [
            expects(self.db, self.speaker, self.incoming.at) for expects in self.router.expecting
        ]
        last = max(filter(None, open_ones), key=lambda each: each.at, default=None)
        if last is None or (self.waiting and self._is_yes_or_no(said)):
            return None
        _, route = self.router.answers[last.dialog.name, last.dialog.step]
        return Found(route, (last.dialog, said))

    def _is_yes_or_no(self, said: str) -> bool:
        short = len(said) <= LONGEST_YES
        return short and self._understand(said).intent in {"affirm", "deny"}

    def tapped(self, tap: str) -> Found:
        """`Refusal` where the program no longer knows such a button."""
        try:
            kind, route = self.router.taps[tap.partition(":")[0]]
            return Found(route, (kind.unpack(tap),))
        except (KeyError, ValueError):
            pass
        try:
            wish = Meant.unpack(tap)
            asked = Unsure.model_validate(self.waiting and self.waiting.answers)
            route = self.router.intents[wish.intent]
        except (KeyError, ValueError):  # the program was updated since the button was shown
            raise Refusal(text.OLD_BUTTON) from None
        return Found(route, (Said(asked.said, asked.said, self._slots(route, asked.said)),))

    def wished(self, said: str) -> Sequence[Found] | Reply:
        """Free text: what it certainly means, else a question with our best guesses as buttons,
        else that we have not understood."""
        if said in self._names().members:
            raise Refusal(text.ONLY_A_NAME)
        heard = self._understand(said)
        if heard.intent in {"affirm", "deny"} and self.waiting and self.waiting.offered:
            return self._yes_or_no(heard.intent == "affirm", self.waiting, said)
        wishes = [each for each in heard.wishes or (heard,) if each.intent in self.router.intents]
        if wishes and (not heard.wishes or len(wishes) == len(heard.wishes)):
            return [self._grant(each) for each in wishes[:AT_ONCE]]
        if said.isdecimal() or said in set(COUNTED):
            raise Refusal(text.NO_SUCH_NUMBER)
        choices = [
            button(guess.zh.partition("（")[0], Meant(intent=guess.intent))
            for guess in heard.alternatives
            if guess.confidence >= FAINT and self._worth_offering(guess.intent)
        ]
        if choices and heard.confidence >= TOO_FAINT:
            asked = text.which_one(self.incoming.text.strip())
            return Reply(text=asked, buttons=choices, then=Unsure(said=said))
        return self._not_understood(said)

    def _not_understood(self, said: str) -> Reply:
        unheard.note(self.db, self.incoming.at)
        if self.speaker.is_guest:
            raise Refusal(text.NOT_BOUND)
        if self.waiting or self.incoming.group:
            raise Refusal(text.NOT_UNDERSTOOD)
        offer = button(text.HAND_OVER, Say(words=text.HAND_OVER))
        return Reply(text=text.NOT_UNDERSTOOD, buttons=[offer], then=Unheard(said=said))

    def _worth_offering(self, intent: str) -> bool:
        """What the speaker may do; nobody is asked whether they meant «no» or something refused."""
        known = self.finder.understander.intents[intent]
        return (
            intent in self.router.intents
            and not known.aside
            and intent not in NEVER_OFFERED
            and known.role not in ABOVE_THE.get(standing(self.speaker), ())
        )

    def _yes_or_no(self, yes: bool, waiting: Waiting, said: str) -> Sequence[Found] | Reply:
        """«No» presses the button that says so, and only where there is one, «yes» presses the
        first: other buttons are no question, and taking note of something changes nothing.
        `Refusal` leaves them open."""
        if any(word in said for word in text.NOT_YET):
            raise Refusal(text.choose([each.label for each in waiting.offered]))
        first, *others = waiting.offered
        if first.label.startswith(text.UNDO_BEGINS):
            raise Refusal(text.NOTED if yes else text.left_as_it_is(first.label))
        declining = [each for each in others if each.label.startswith(text.NO_BEGINS)]
        if yes and not declining:
            raise Refusal(text.choose([each.label for each in waiting.offered]))
        if yes or declining:
            return [self.tapped((first if yes else declining[0]).tap)]
        return Reply(text=text.left(said))

    def _grant(self, wish: Understanding) -> Found:
        route = self.router.intents[wish.intent or ""]
        return Found(route, (Said(wish.text, wish.text, wish.slots),))

    def _understand(self, said: str) -> Understanding:
        return self.finder.understander.understand(
            said[:PATIENCE_WITH_LENGTH],
            now=self.incoming.at,
            names=self._names(),
        )

    def _slots(self, route: Route, said: str) -> Any:
        names, now = self._names(), self.incoming.at
        return self.finder.understander.slots(route.intent, said, now=now, names=names)

    def _names(self) -> Names:
        return self.finder.names_for(self.db, self.speaker, self.incoming.at)


def tidy(words: str) -> str:
    """To be compared: full-width forms become ASCII (「１」 is 1); spaces at both ends go, and a
    full stop or exclamation mark at the end. A question mark stays: it changes the meaning."""
    return unicodedata.normalize("NFKC", words).strip().rstrip("。.!~")


def bare(words: str) -> str:
    """As `tidy`, and without a question mark too: 「签到?」 is the command all the same."""
    return words.rstrip("。.!?~")
