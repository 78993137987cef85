"""The methods of the Bot API that write to chats."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sandbox.telegram.chats import Chat, Chats
from sandbox.telegram.keyboards import (
    CAPTION,
    checked_entities,
    checked_markup,
    checked_text,
    shown,
)
from sandbox.telegram.polls import Poll, Polls
from sandbox.telegram.rates import Rates
from sandbox.telegram.wire import bad, number
from sandbox.values import Effect, Json, Shown

HOURS_48 = 48 * 3600.0
QUERY_LIVES = 30.0
"""Seconds in which a pressed button must be answered."""

Made = tuple[object, list[Effect], list[str]]


@dataclass
class Methods:
    me: Json
    chats: Chats
    rates: Rates
    polls: Polls = field(default_factory=Polls)
    queries: dict[str, float] = field(default_factory=dict)
    """Pressed buttons that were not answered, and since when."""

    def calls(self) -> dict[str, Callable[[Json, float], Made]]:
        return {
            "sendMessage": self.send_message,
            "sendPhoto": self.send_photo,
            "sendPoll": self.send_poll,
            "stopPoll": self.stop_poll,
            "editMessageText": self.edit,
            "editMessageReplyMarkup": self.edit,
            "editMessageCaption": self.edit,
            "deleteMessage": self.delete,
            "answerCallbackQuery": self.answer_query,
            "sendChatAction": self.act,
            "leaveChat": self.leave,
        }

    def send_message(self, asked: Json, now: float) -> Made:
        chat = self._open(asked)
        words = checked_text(asked.get("text"))
        content: Json = {"text": words}
        if entities := checked_entities(asked.get("entities"), words):
            content["entities"] = entities
        return self._say(chat, asked, content, now)

    def send_photo(self, asked: Json, now: float) -> Made:
        chat = self._open(asked)
        if not asked.get("photo"):
            raise bad("there is no photo in the request")
        sizes = [{"file_id": "photo", "file_unique_id": "photo", "width": 90, "height": 90}]
        content: Json = {"photo": sizes}
        if caption := checked_text(asked.get("caption"), CAPTION):
            content["caption"] = caption
        return self._say(chat, asked, content, now)

    def send_poll(self, asked: Json, now: float) -> Made:
        chat = self._open(asked)
        poll = self.polls.make(asked, chat.id)
        made = self._say(chat, asked, {"poll": poll.shown}, now)
        poll.message = chat.last
        return made

    def stop_poll(self, asked: Json, now: float) -> Made:
        chat = self.chats.named(asked.get("chat_id"))
        message = chat.message(number(asked, "message_id"), "stop poll in")
        poll: Poll | None = self.polls.by_id.get(message.get("poll", {}).get("id", ""))
        if poll is None or poll.closed:
            raise bad("poll has already been closed" if poll else "message with poll not found")
        poll.shown["is_closed"] = True
        return poll.shown, [], []

    def edit(self, asked: Json, now: float) -> Made:
        chat = self._open(asked)
        message = chat.message(number(asked, "message_id"), "edit")
        changed = dict(message)
        if "text" in asked:
            changed["text"] = checked_text(asked["text"])
            changed.pop("entities", None)
        if "caption" in asked:
            changed["caption"] = checked_text(asked["caption"], CAPTION)
        markup = checked_markup(asked.get("reply_markup"))
        changed.pop("reply_markup", None)
        if markup and markup.get("inline_keyboard"):
            changed["reply_markup"] = markup
        if changed == message | {"edit_date": message.get("edit_date")} or changed == message:
            raise bad(
                "message is not modified: specified new message content and reply markup are "
                "exactly the same as a current content and reply markup of the message"
            )
        chat.messages[message["message_id"]] = changed = changed | {"edit_date": int(now)}
        return changed, [Shown(str(chat.id), shown(changed), changed)], []

    def delete(self, asked: Json, now: float) -> Made:
        chat = self.chats.named(asked.get("chat_id"))
        message = chat.message(number(asked, "message_id"), "delete")
        if now - message["date"] > HOURS_48:
            raise bad("message can't be deleted for everyone")
        del chat.messages[number(asked, "message_id")]
        return True, [], []

    def answer_query(self, asked: Json, now: float) -> Made:
        """Once, and soon."""
        pressed = self.queries.pop(str(asked.get("callback_query_id", "")), float("-inf"))
        if now - pressed > QUERY_LIVES:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        return True, [], []

    def act(self, asked: Json, now: float) -> Made:
        self._open(asked)
        return True, [], []

    def leave(self, asked: Json, now: float) -> Made:
        self.chats.named(asked.get("chat_id")).kicked = True
        return True, [], []

    def _open(self, asked: Json) -> Chat:
        """Raises `Refused`."""
        chat = self.chats.named(asked.get("chat_id"))
        chat.check()
        return chat

    def _say(self, chat: Chat, asked: Json, content: Json, now: float) -> Made:
        markup = checked_markup(asked.get("reply_markup"))
        self.rates.take(chat.id, now)
        message = {"from": self.me, "chat": chat.describe(), "date": int(now), **content}
        if markup and "inline_keyboard" in markup:
            message["reply_markup"] = markup
        kept = chat.keep(message)
        return kept, [Shown(str(chat.id), shown(kept), kept)], [str(chat.id)]
