"""What people do, as updates."""

from dataclasses import dataclass

from sandbox.ids import letters
from sandbox.telegram.chats import Chat, Chats, person
from sandbox.telegram.methods import Methods
from sandbox.telegram.queue import Queue
from sandbox.values import Deed, Impossible, Json, Told

FOREVER = 0x7FFFFFFF


@dataclass
class Deeds:
    chats: Chats
    queue: Queue
    methods: Methods
    _queries: int = 0

    def act(self, user: int, deed: Deed, now: float) -> list[Told]:
        """Raises `Impossible`."""
        chat = self.chats.meet(int(deed.get("chat", user)))
        match deed.get("do", ""):
            case "follow" | "scan":
                words = f"/start {deed.get('scene', '')}".strip()
                came = self._came_back(chat, user, now) if chat.blocked else []
                chat.started = True
                return came + self._said(chat, user, words, now)
            case "block" | "unfollow":
                chat.blocked = True
                return self._membership(chat, user, "member", "kicked", now)
            case "deactivate":
                chat.deactivated = True
                return []
            case "group":
                chat.members.add(user)
                return []
            case "migrate":
                return self._migrate(chat, user, now)
            case "kick":
                chat.kicked = True
                return self._membership(chat, user, "member", "kicked", now)
            case _:
                return self._converse(chat, user, deed, now)

    def _converse(self, chat: Chat, user: int, deed: Deed, now: float) -> list[Told]:
        if chat.blocked or chat.deactivated:
            raise Impossible(f"{user} has blocked the bot")
        match deed.get("do", ""):
            case "say":
                chat.started = True
                return self._said(chat, user, deed["words"], now)
            case "tap":
                return self._pressed(chat, user, deed, now)
            case "vote":
                return self._voted(user, deed, now)
            case "place":
                where = {"latitude": 39.9, "longitude": 116.4}
                if "live" in deed:
                    where |= {"live_period": int(deed["live"]) or FOREVER}
                return self._message(chat, user, {"location": where}, now)
            case "move":
                return self._moved(chat, now)
            case other:
                raise Impossible(f"nobody can {other!r} on Telegram")

    def _said(self, chat: Chat, user: int, words: str, now: float) -> list[Told]:
        content: Json = {"text": words}
        if words.startswith("/"):
            length = len(words.split()[0])
            content["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return self._message(chat, user, content, now)

    def _message(self, chat: Chat, user: int, content: Json, now: float) -> list[Told]:
        message = chat.keep(
            {"from": person(user), "chat": chat.describe(), "date": int(now), **content}
        )
        return self._tell("message", message, now, chat)

    def _moved(self, chat: Chat, now: float) -> list[Told]:
        """A position that is shared for hours comes as edits of one message."""
        found = [
            each for each in chat.messages.values() if "live_period" in each.get("location", {})
        ]
        if not found:
            raise Impossible("no position is shared")
        message = found[-1] | {"edit_date": int(now)}
        return self._tell("edited_message", message, now, chat)

    def _pressed(self, chat: Chat, user: int, deed: Deed, now: float) -> list[Told]:
        hanging = [each for each in chat.messages.values() if deed["key"] in keys_of(each)]
        if not hanging:
            raise Impossible(f"no button {deed['key']!r} in chat {chat.id}")
        self._queries += 1
        query = str(4_382_000_000_000_000 + self._queries)
        self.methods.queries[query] = now
        pressed = {
            "id": query,
            "from": person(user),
            "message": hanging[-1],
            "chat_instance": letters("instance", chat.id, length=16),
            "data": deed["key"],
        }
        return self._tell("callback_query", pressed, now, chat)

    def _voted(self, user: int, deed: Deed, now: float) -> list[Told]:
        options = [int(each) for each in deed["options"].split(",") if each]
        poll = self.methods.polls.vote(deed["poll"], user, options)
        chat = self.chats.meet(poll.chat)
        told = self._tell("poll", poll.shown, now, chat)
        if poll.shown["is_anonymous"]:
            return told
        persistent = [poll.shown["options"][each]["persistent_id"] for each in options]
        answer = {"poll_id": deed["poll"], "user": person(user), "option_ids": options}
        return told + self._tell(
            "poll_answer", answer | {"option_persistent_ids": persistent}, now, chat
        )

    def _migrate(self, chat: Chat, user: int, now: float) -> list[Told]:
        chat.moved_to = -(10**12) - abs(chat.id)
        new = self.chats.meet(chat.moved_to, "supergroup")
        new.members = chat.members
        gone = self._message(chat, user, {"migrate_to_chat_id": new.id}, now)
        return gone + self._message(new, user, {"migrate_from_chat_id": chat.id}, now)

    def _came_back(self, chat: Chat, user: int, now: float) -> list[Told]:
        chat.blocked = False
        return self._membership(chat, user, "kicked", "member", now)

    def _membership(self, chat: Chat, user: int, old: str, new: str, now: float) -> list[Told]:
        bot = self.methods.me
        change = {
            "chat": chat.describe(),
            "from": person(user),
            "date": int(now),
            "old_chat_member": standing(bot, old),
            "new_chat_member": standing(bot, new),
        }
        return self._tell("my_chat_member", change, now, chat)

    def _tell(self, kind: str, content: Json, now: float, chat: Chat) -> list[Told]:
        told = self.queue.add(kind, content, now, str(chat.id))
        return [told] if told else []


def standing(bot: Json, status: str) -> Json:
    """A member, or one who was sent away for ever."""
    return {"user": bot, "status": status} | ({"until_date": 0} if status == "kicked" else {})


def keys_of(message: Json) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [str(button.get("callback_data")) for row in rows for button in row]
