"""Updates on their way to the bot: asked for, or pushed."""

from collections import OrderedDict
from dataclasses import dataclass, field

from sandbox.ids import Numbers
from sandbox.telegram.wire import Refused, bad, flag, number
from sandbox.values import Json, Told

KEPT = 86_400.0
"""Seconds."""
USUAL = frozenset({"message", "edited_message", "callback_query", "my_chat_member", "poll_answer",
                   "poll", "inline_query", "channel_post", "edited_channel_post"})  # fmt: skip


@dataclass
class Queue:
    url: str = ""
    secret: str = ""
    connections: int = 40
    wanted: frozenset[str] = USUAL
    waiting: OrderedDict[int, tuple[float, Json]] = field(default_factory=OrderedDict)
    last_error: str = ""
    _numbers: Numbers = field(default_factory=lambda: Numbers(500_000_001))
    _set_at: float = float("-inf")
    _poller: int = 0
    _asked: tuple[int, float] = (-1, float("-inf"))

    def add(self, kind: str, content: Json, now: float, queue: str) -> Told | None:
        """None when the bot does not want to hear of it."""
        if kind not in self.wanted:
            return None
        update: Json = {"update_id": self._numbers.next(), kind: content}
        self.waiting[update["update_id"]] = now, update
        return Told(str(update["update_id"]), queue, update, queue=queue)

    def confirm(self, id: int) -> None:
        self.waiting.pop(id, None)

    def current(self, id: int, now: float) -> bool:
        """Whether it still has to be delivered."""
        added, _ = self.waiting.get(id, (float("-inf"), {}))
        return now - added < KEPT

    def take(self, asked: Json, now: float) -> tuple[list[Json], float]:
        """What a poller gets, and until when it should be held if that is nothing.

        Raises `Refused`: 409 while there is a webhook.
        """
        if self.url:
            raise conflict(
                "can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first"
            )
        offset, limit = number(asked, "offset"), min(max(number(asked, "limit", 100), 1), 100)
        self._want(asked)
        for id in list(self.waiting):
            if id < offset or now - self.waiting[id][0] >= KEPT:
                del self.waiting[id]
        held = min(max(number(asked, "timeout"), 0), 50)
        if "_until" not in asked:  # else it is still the same question
            before, at = self._asked
            if before == offset and now - at < 0.5:
                limit = 1
            if before == offset and now - at < 3:
                held = min(held, 3)
            self._asked = offset, now
        return [update for _, update in list(self.waiting.values())[:limit]], now + held

    def poll(self) -> int:
        """The number of this poller: the one before it is sent away."""
        self._poller += 1
        return self._poller

    def replaced(self, poller: int) -> bool:
        return poller != self._poller

    def set_webhook(self, asked: Json, now: float) -> bool:
        if now - self._set_at < 1:
            raise Refused(429, "Too Many Requests: retry after 1", retry_after=1)
        secret = str(asked.get("secret_token", ""))
        if len(secret) > 256:
            raise bad("secret token is too long")
        if secret and not secret.replace("_", "a").replace("-", "a").isalnum():
            raise bad("secret token contains unallowed characters")
        self._set_at = now
        self.url, self.secret = str(asked.get("url", "")), secret
        self.connections = min(max(number(asked, "max_connections", 40), 1), 100)
        self._want(asked)
        if flag(asked, "drop_pending_updates"):
            self.waiting.clear()
        return True

    def delete_webhook(self, asked: Json, now: float) -> bool:
        self.url = ""
        if flag(asked, "drop_pending_updates"):
            self.waiting.clear()
        return True

    def info(self, asked: Json, now: float) -> Json:
        said = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self.waiting),
            "max_connections": self.connections,
        }
        return said | ({"last_error_message": self.last_error} if self.last_error else {})

    def _want(self, asked: Json) -> None:
        wanted = asked.get("allowed_updates")
        if isinstance(wanted, list):
            self.wanted = frozenset(map(str, wanted)) or USUAL


def conflict(words: str) -> Refused:
    return Refused(409, f"Conflict: {words}")
