"""The path of one message: hear, find the handler, answer. Nothing else happens here."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import cast

from sqlalchemy.exc import IntegrityError, OperationalError

from bot import clock, text
from bot.finding import Finder, Found
from bot.looking import Beside, Here, MustLook, look_first
from bot.messages import Address, Incoming, Kind, NotAnAnswer, Refusal, Reply
from bot.permissions import GRANTS, authorize
from bot.routing import Context, Doors, Route
from storage import credits, dialogs, inbox, members, organisation
from storage.database import Session
from storage.dialogs import Waiting
from storage.members import GUEST, Role, Speaker
from storage.session import BatchBroken
from storage.writer import LookFirst, Looking

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Dispatcher:
    finder: Finder
    doors: Doors = field(default_factory=dict)
    console: str = ""

    def answer_all(self, db: Session, heard: Sequence[Incoming]) -> list[Reply]:
        """One answer for each message; no two of them come from the same sender."""
        return cast(list[Reply], self._answers(db, heard, lambda _: Here(db)))

    def answer_or_look(
        self, db: Session, heard: Sequence[Incoming]
    ) -> list[Reply | LookFirst[Incoming]]:
        """For the writer: what has to be looked up first has not been heard yet."""
        return self._answers(db, heard, lambda incoming: Beside(incoming.brought))

    def _answers(
        self, db: Session, heard: Sequence[Incoming], looking: Callable[[Incoming], Looking]
    ) -> list[Reply | LookFirst[Incoming]]:
        senders = [incoming.sender for incoming in heard]
        answered = inbox.answered(db, [incoming.key for incoming in heard])
        now = max((incoming.at for incoming in heard), default=clock.now())
        for key in answered:  # whoever delivers it again hears the answer now
            inbox.was_heard(db, key, now)
        speakers = who_speaks(db, heard)
        db.speaking = tuple(speaker.id for speaker in speakers.values())
        waiting = dialogs.waiting(db, senders)
        fresh = [each for each in heard if each.key not in answered]
        credits.earn(db, fresh)
        new: dict[Incoming, Reply] = {}
        settled: dict[Incoming, Reply] = {}
        first: dict[Incoming, LookFirst[Incoming]] = {}
        for each in fresh:
            speaker, asked = speakers.get(each.sender, GUEST), waiting.get(each.sender)
            try:
                new[each] = settled[each] = self._answer(db, each, speaker, asked, looking(each))
            except Refusal as refusal:  # whatever was being talked about stays open
                new[each] = Reply(text=str(refusal))
            except MustLook as must:
                first[each] = look_first(each, must.look)
        owed = inbox.owed(db, [each.sender for each in new], now)
        new = {each: with_owed(reply, owed.get(each.sender, ())) for each, reply in new.items()}
        dialogs.save(db, settled, waiting)
        inbox.remember(db, new)
        return [new.get(each) or first.get(each) or answered[each.key] for each in heard]

    def _answer(
        self,
        db: Session,
        incoming: Incoming,
        speaker: Speaker,
        waiting: Waiting | None,
        looking: Looking,
    ) -> Reply:
        """A message that fails undoes what it did itself, and harms no other in the batch."""
        for rival in (False, True):
            try:
                with db.apart():
                    return self._handle(db, incoming, speaker, waiting, looking)
            except (Refusal, MustLook):
                raise
            except (OperationalError, BatchBroken):
                raise  # the database's trouble: do the batch again
            except IntegrityError:  # another process was faster: now its row can be seen
                if rival:
                    log.exception("message %s failed", incoming.id)
            except Exception:
                log.exception("message %s failed", incoming.id)
                break
        return Reply(text=text.BROKEN)

    def _handle(
        self,
        db: Session,
        incoming: Incoming,
        speaker: Speaker,
        waiting: Waiting | None,
        looking: Looking,
    ) -> Reply:
        if incoming.kind is not Kind.MESSAGE and not incoming.scene:
            return self._greet(db, incoming, speaker)
        if waiting and waiting.expires < incoming.at:
            waiting = None
        context = self._context(db, incoming, speaker, looking)
        try:
            found = self.finder.find(db, incoming, speaker, waiting)
            reply = self._grant(context, found)
        except NotAnAnswer as answer:
            reply = self._take_as_wish(context, incoming, answer)
        return for_group(reply) if incoming.group else reply

    def _take_as_wish(self, context: Context, incoming: Incoming, answer: NotAnAnswer) -> Reply:
        try:
            found = self.finder.find(context.db, incoming, context.member, None, asked=False)
        except Refusal:
            if answer.otherwise is None:
                raise
            return answer.otherwise
        if isinstance(found, Reply) and answer.otherwise:
            return answer.otherwise  # we would have to ask, and are asking already
        return self._grant(context, found)

    def _grant(self, context: Context, found: Sequence[Found] | Reply) -> Reply:
        if isinstance(found, Reply):
            return found
        reply = in_one([granted(context, each) for each in found])
        for finish in self.finder.router.finishing:
            reply = finish(context, reply)
        return reply

    def _context(
        self, db: Session, incoming: Incoming, speaker: Speaker, looking: Looking
    ) -> Context:
        return Context(
            db=db,
            member=speaker,
            now=incoming.at,
            address=incoming.sender,
            group=incoming.group,
            can=partial(self.finder.router.help_for, speaker),
            doors=self.doors,
            console=self.console,
            owed=partial(self.finder.router.owed, db, speaker, incoming.at),
            aside=looking,
        )

    def _greet(self, db: Session, incoming: Incoming, speaker: Speaker) -> Reply:
        match incoming.kind:
            case Kind.UNFOLLOW:
                members.set_unreachable(db, incoming.sender, "unfollowed")
                return Reply(text="")
            case Kind.FOLLOW:
                members.set_unreachable(db, incoming.sender, "")
                return Reply(text=text.NOT_BOUND if speaker.is_guest else text.WELCOME_BACK)
            case Kind.PLACE:
                return Reply(text=text.NO_PLACE)
            case Kind.OTHER | Kind.MESSAGE:
                return Reply(text=text.ONLY_WORDS)


def who_speaks(db: Session, heard: Sequence[Incoming]) -> Mapping[Address, Speaker]:
    """Posts and memberships as of the day on which each message was said."""
    found: dict[Address, Speaker] = {}
    for day in {incoming.at.date() for incoming in heard}:
        senders = [incoming.sender for incoming in heard if incoming.at.date() == day]
        found |= members.speakers(db, senders, organisation.tree(db, day))
    return found


def granted(context: Context, found: Found) -> Reply:
    check_permission(context.member, found.route)
    said = found.route.handler(context, *found.args)
    return Reply(text=said) if isinstance(said, str) else said


def check_permission(speaker: Speaker, route: Route) -> None:
    if authorize(speaker, route.may):
        return
    if speaker.is_guest:
        raise Refusal(text.NOT_BOUND)
    roles = GRANTS.get(route.may, frozenset())
    raise Refusal(
        text.not_allowed([text.ROLES[role] for role in text.ROLES if Role(role) in roles])
    )


def in_one(replies: Sequence[Reply]) -> Reply:
    """Several wishes of one message are answered together; the last may go on asking."""
    if len(replies) == 1:
        return replies[0]
    words = {
        "text": "\n".join(reply.text for reply in replies),
        "in_group": "\n".join(reply.in_group for reply in replies if reply.in_group),
    }
    return replies[-1].model_copy(update=words)


def for_group(reply: Reply) -> Reply:
    """Where others listen, platforms say `in_group` and nothing else; all of it goes to whoever
    asked, in private."""
    return reply.model_copy(update={"in_group": reply.in_group or text.IN_PRIVATE})


def with_owed(reply: Reply, owed: Sequence[str]) -> Reply:
    if not owed:
        return reply
    return reply.model_copy(update={"text": text.after_all(owed, reply.text)})
