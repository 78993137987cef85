"""Private chats and groups, and who may be written to."""

from dataclasses import dataclass, field

from sandbox.telegram.wire import Refused, bad
from sandbox.values import Json


@dataclass
class Chat:
    id: int
    kind: str = "private"
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    kicked: bool = False
    """The bot, from a group."""
    moved_to: int = 0
    """The supergroup that this group became."""
    members: set[int] = field(default_factory=set)
    messages: dict[int, Json] = field(default_factory=dict)
    last: int = 0

    def describe(self) -> Json:
        if self.kind == "private":
            return {"id": self.id, "type": "private", "first_name": f"U{self.id}"}
        return {"id": self.id, "type": self.kind, "title": f"G{self.id}"}

    def keep(self, message: Json) -> Json:
        """With the next number of this chat. Only the latest can be edited, to save memory."""
        self.last += 1
        kept = {"message_id": self.last, **message}
        self.messages[self.last] = kept
        self.messages.pop(self.last - 100, None)
        return kept

    def check(self) -> None:
        """Whether the bot may write here. Raises `Refused`."""
        if self.moved_to:
            words = "group chat was upgraded to a supergroup chat"
            raise bad(words, migrate_to_chat_id=self.moved_to)
        if self.kicked:
            group = "supergroup" if self.kind == "supergroup" else "group"
            raise Refused(403, f"Forbidden: bot was kicked from the {group} chat")
        if self.deactivated:
            raise Refused(403, "Forbidden: user is deactivated")
        if self.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        if self.kind == "private" and not self.started:
            raise Refused(403, "Forbidden: bot can't initiate conversation with a user")

    def message(self, number: int, to: str) -> Json:
        """Raises `Refused`."""
        found = self.messages.get(number)
        if found is None:
            raise bad(f"message to {to} not found")
        return found


@dataclass
class Chats:
    by_id: dict[int, Chat] = field(default_factory=dict)

    def meet(self, id: int, kind: str = "") -> Chat:
        if id not in self.by_id:
            usual = "private" if id > 0 else "supergroup" if id < -(10**12) else "group"
            self.by_id[id] = Chat(id, kind or usual)
        return self.by_id[id]

    def named(self, id: object) -> Chat:
        """Raises `Refused`."""
        try:
            found = self.by_id.get(int(str(id)))
        except ValueError:
            found = None
        if found is None:
            raise bad("chat not found")
        return found


def person(id: int) -> Json:
    return {"id": id, "is_bot": False, "first_name": f"U{id}", "language_code": "zh-hans"}
