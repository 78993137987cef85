"""One update, understood. Pure: no network, no clock."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import HOME
from bot.messages import Address, Incoming, Kind
from bot.platforms.telegram.receive.wire import (
    Chat,
    Entity,
    Me,
    Membership,
    Message,
    Pressed,
    Update,
)

NAME = "telegram"
START = re.compile(r"/start(?:@\w+)?(?:\s+(?P<scene>[A-Za-z0-9_-]{1,64}))?\s*")
COMMAND = re.compile(r"/(?P<word>[^\s@/]+)(?:@(?P<whose>\w+))?(?P<rest>\s.*)?", re.DOTALL)
HERE, AWAY = {"member", "restricted", "administrator", "creator"}, {"kicked", "left"}


@dataclass(frozen=True)
class Heard:
    """Something to answer, in the chat where it was said."""

    incoming: Incoming
    chat: int
    query: str = ""
    """The press of a button, which Telegram shows as waiting until it is told otherwise."""
    silent: bool = False
    """To be known, not to be talked about."""


@dataclass(frozen=True)
class Edited:
    """A message was changed after it was sent.

    It is not handled as a new one. Whether the first version was handled cannot be known here: an
    edit has a number of its own, and is sent by Telegram whether or not the first one ever
    arrived. To do it again could open an activity twice, or answer the wrong question of a
    dialog; to answer it with what the first version got would be a lie about the second. So the
    person is told in one sentence to send it anew, which is right in either case.
    """

    chat: int


def understand(update: Update, me: Me, now: datetime) -> Heard | Edited | None:
    """None: nobody spoke to us."""
    match update:
        case Update(message=Message() as message):
            return understand_message(update.update_id, message, me, now)
        case Update(callback_query=Pressed() as pressed):
            return understand_press(update.update_id, pressed, now)
        case Update(my_chat_member=Membership(chat=Chat(type="private")) as membership):
            return understand_membership(update.update_id, membership, now)
        case Update(edited_message=Message(chat=Chat(type="private"), text=str(words)) as edited):
            # A position that is shared for hours arrives as one edit after another.
            return Edited(edited.chat.id) if words and not edited.location else None
        case _:
            return None


def understand_message(number: int, message: Message, me: Me, now: datetime) -> Heard | None:
    chat, sender = message.chat, message.sender
    if sender is None or sender.is_bot or not (chat.type == "private" or chat.is_group):
        return None
    if chat.is_group and not addressed(message, me):
        return None
    kind, text, scene = what_was_said(message, me)
    if kind is Kind.MESSAGE and not (text or scene):
        return None
    if chat.is_group and (kind is Kind.FOLLOW or scene):
        return None  # someone brought us into a group: no one has asked anything
    incoming = Incoming(
        id=str(number),
        sender=Address(NAME, str(sender.id)),
        at=said_at(message.date, now),
        kind=kind,
        text=text,
        scene=scene,
        group=str(chat.id) if chat.is_group else "",
    )
    return Heard(incoming, chat.id)


def what_was_said(message: Message, me: Me) -> tuple[Kind, str, str]:
    """Kind, text and scene."""
    words = without_our_name(message, me).strip()
    if start := START.fullmatch(words):
        scene = start["scene"] or ""
        return (Kind.MESSAGE if scene else Kind.FOLLOW), "", scene
    if words:
        return Kind.MESSAGE, without_slash(words), ""
    if message.location:
        return Kind.PLACE, "", ""
    return (Kind.OTHER if message.shows_something else Kind.MESSAGE), "", ""


def without_slash(words: str) -> str:
    """«/check_in@our_bot 4826» is «check in 4826»: a command is a word like any other."""
    command = COMMAND.fullmatch(words)
    if command is None:
        return words
    return command["word"].replace("_", " ") + (command["rest"] or "")


def understand_press(number: int, pressed: Pressed, now: datetime) -> Heard | None:
    if not pressed.data:
        return None
    chat = pressed.message.chat if pressed.message else Chat(id=pressed.sender.id, type="private")
    incoming = Incoming(
        id=str(number),
        sender=Address(NAME, str(pressed.sender.id)),  # whoever pressed it, not whose chat it is
        at=now,  # a press carries no time: `message.date` is when the button was shown
        tap=pressed.data,
        group=str(chat.id) if chat.is_group else "",
    )
    return Heard(incoming, chat.id, query=pressed.id)


def understand_membership(number: int, membership: Membership, now: datetime) -> Heard | None:
    status = membership.new.status
    if status not in HERE | AWAY:
        return None
    incoming = Incoming(
        id=str(number),
        sender=Address(NAME, str(membership.sender.id)),
        at=said_at(membership.date, now),
        kind=Kind.FOLLOW if status in HERE else Kind.UNFOLLOW,
    )
    # Whoever left cannot hear us, and whoever returns presses Start, for which they are greeted.
    return Heard(incoming, membership.chat.id, silent=True)


def said_at(date: int, now: datetime) -> datetime:
    """Telegram's time, unless it is more than 2 minutes ahead or 24 hours old: then ours."""
    age = now.timestamp() - date
    if -timedelta(minutes=2).total_seconds() <= age <= timedelta(hours=24).total_seconds():
        return datetime.fromtimestamp(date, HOME)
    return now


def addressed(message: Message, me: Me) -> bool:
    """In a group we hear only who calls us: by name, by a reply to us, or by a command."""
    quoted = message.reply_to_message
    if quoted and quoted.sender and quoted.sender.id == me.id:
        return True
    return any(ours for _, ours in calls(message, me))


def calls_by_name(message: Message) -> bool:
    """Whether our own name must be known to tell if we are meant."""
    named = Me(id=0, name="")
    return message.chat.is_group and any(name for name, _ in calls(message, named))


def calls(message: Message, me: Me) -> Iterator[tuple[str, bool]]:
    """Each name that is called, and whether it is ours. A bare command calls all, by no name."""
    for entity in message.entities:
        word = at_place(message.text, entity)
        match entity.type:
            case "mention":
                yield word, word.casefold() == f"@{me.name}".casefold()
            case "text_mention" if entity.user:
                yield word, entity.user.id == me.id
            case "bot_command" if entity.offset == 0:
                _, _, whose = word.partition("@")
                yield whose, not whose or whose.casefold() == me.name.casefold()
            case _:
                pass


def without_our_name(message: Message, me: Me) -> str:
    """What is left to read once «@our_bot» is taken out of it."""
    text = message.text
    for entity in reversed(message.entities):
        if (
            entity.type == "mention"
            and at_place(text, entity).casefold() == f"@{me.name}".casefold()
        ):
            begin, end = 2 * entity.offset, 2 * (entity.offset + entity.length)
            units = text.encode("utf-16-le", "surrogatepass")
            text = (units[:begin] + units[end:]).decode("utf-16-le", "ignore")
    return text


def at_place(text: str, entity: Entity) -> str:
    begin, end = 2 * entity.offset, 2 * (entity.offset + entity.length)
    return text.encode("utf-16-le", "surrogatepass")[begin:end].decode("utf-16-le", "ignore")
