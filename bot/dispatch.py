"""The path of one message: heard before? who speaks? which handler? may they? then its answer.

Messages come in batches that share one unit of work (`storage/writer.py` makes them up); whatever
several messages need is read once for the batch. Each message succeeds or fails by itself.
"""

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
from bot.routing import Context, Links, Route
from storage import aftermath, credits, dialogs, inbox, members, organisation
from storage.database import Session
from storage.dialogs import Waiting
from storage.members import GUEST, Role, Speaker
from storage.session import BatchBroken
from storage.writer import LookFirst, Looking

log = logging.getLogger(__name__)
NOTHING = Reply(text="")
"""What the platform itself is answered when it tells us something."""


@dataclass(frozen=True)
class Dispatcher:
    finder: Finder
    links: Links = field(default_factory=Links)

    def answer_all(self, db: Session, heard: Sequence[Incoming]) -> list[Reply]:
        """The answers in the order of `heard`, of which no two may come from the same sender. What
        a handler reads beside the writer is read in `db` itself: for tests and `zhibu say`."""
        return cast(list[Reply], self._answers(db, heard, lambda _: Here(db)))

    def answer_or_look(
        self, db: Session, heard: Sequence[Incoming]
    ) -> list[Reply | LookFirst[Incoming]]:
        """As `answer_all`, for the writer: `LookFirst` stands for the answer of a message that
        needs something read beside the writer. Nothing of such a message has been done or
        remembered."""
        return self._answers(db, heard, lambda incoming: Beside(incoming.brought))

    def _answers(
        self, db: Session, heard: Sequence[Incoming], looking: Callable[[Incoming], Looking]
    ) -> list[Reply | LookFirst[Incoming]]:
        senders = [incoming.sender for incoming in heard]
        before = inbox.answered(db, [incoming.key for incoming in heard])
        now = max((incoming.at for incoming in heard), default=clock.now())
        fresh = [each for each in heard if each.key not in before]
        if news := {each: NOTHING for each in fresh if each.kind is Kind.NEWS}:
            aftermath.heard(db, [*news], now)
        for key in before:  # whoever delivers it again hears the answer now
            inbox.was_heard(db, key, now)
        speakers = who_speaks(db, heard)
        db.speaking = tuple(speaker.id for speaker in speakers.values())
        waiting = dialogs.waiting(db, senders)
        spoken = [each for each in fresh if each not in news]
        credits.earn(db, spoken)
        handled: dict[Incoming, Reply] = {}
        refused: dict[Incoming, Reply] = {}
        to_look: dict[Incoming, LookFirst[Incoming]] = {}
        for each in spoken:
            speaker, asked = speakers.get(each.sender, GUEST), waiting.get(each.sender)
            if speaker.unreachable:  # whoever speaks there is back
                members.set_unreachable(db, each.sender, "")
            try:
                handled[each] = self._answer(db, each, speaker, asked, looking(each))
            except Refusal as refusal:
                refused[each] = Reply(text=str(refusal))
            except MustLook as must:
                to_look[each] = look_first(each, must.look)
        said = handled | refused
        owed = inbox.owed(db, [each.sender for each in said], now)
        answers = {
            each: with_owed(reply, owed.get(each.sender, ())) for each, reply in said.items()
        }
        dialogs.save(db, handled, waiting)  # a refusal leaves open what was being talked about
        answers |= news
        inbox.remember(db, answers)
        return [answers.get(each) or to_look.get(each) or before[each.key] for each in heard]

    def _answer(
        self,
        db: Session,
        incoming: Incoming,
        speaker: Speaker,
        waiting: Waiting | None,
        looking: Looking,
    ) -> Reply:
        """A message that fails undoes what it did itself, and harms no other in the batch."""
        for second_try in (False, True):
            try:
                with db.apart():
                    return self._handle(db, incoming, speaker, waiting, looking)
            except (Refusal, MustLook):
                raise
            except (OperationalError, BatchBroken):
                raise  # the database's trouble: do the batch again
            except IntegrityError:  # another process was faster: now its row can be seen
                if second_try:
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
            found = self.finder.find(context.db, incoming, context.member, None, may_answer=False)
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
        reply = joined([granted(context, each) for each in found])
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
            links=self.links,
            owed=partial(self.finder.router.owed, db, speaker, incoming.at),
            read_beside=looking,
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
            case Kind.OTHER | Kind.MESSAGE | Kind.NEWS:
                return Reply(text=text.ONLY_WORDS)


def who_speaks(db: Session, heard: Sequence[Incoming]) -> Mapping[Address, Speaker]:
    """Posts and memberships as of the day on which each message was said."""
    found: dict[Address, Speaker] = {}
    for day in {incoming.at.date() for incoming in heard}:
        senders = [incoming.sender for incoming in heard if incoming.at.date() == day]
        found |= members.speakers(db, senders, organisation.tree(db, day))
    return found


def granted(context: Context, found: Found) -> Reply:
    """What the handler says. `Refusal` where the speaker may not have it."""
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


def joined(replies: Sequence[Reply]) -> Reply:
    """The answers to the wishes of one message as one, a line each. The buttons are those of
    the last that has any; the dialog is that of the last."""
    if len(replies) == 1:
        return replies[0]
    words: dict[str, object] = {
        "text": "\n".join(reply.text for reply in replies),
        "in_group": "\n".join(reply.in_group for reply in replies if reply.in_group),
    }
    if not replies[-1].then:
        words["buttons"] = next((each.buttons for each in reversed(replies) if each.buttons), [])
    return replies[-1].model_copy(update=words)


def for_group(reply: Reply) -> Reply:
    """For a message from a group chat: platforms show `in_group` there, and send the whole reply to
    whoever asked, in private."""
    return reply.model_copy(update={"in_group": reply.in_group or text.IN_PRIVATE})


def with_owed(reply: Reply, owed: Sequence[str]) -> Reply:
    """After what its reader could not be told earlier, a line each."""
    if not owed:
        return reply
    return reply.model_copy(update={"text": text.after_all(owed, reply.text)})
