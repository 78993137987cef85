"""The Bot API, with one bot."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import orjson

from sandbox.ids import letters
from sandbox.telegram.chats import Chats
from sandbox.telegram.deeds import Deeds
from sandbox.telegram.methods import Methods
from sandbox.telegram.queue import Queue, conflict
from sandbox.telegram.rates import Limits, Rates
from sandbox.telegram.wire import Refused, asked_in, too_many
from sandbox.values import Answer, Call, Deed, Effect, Json, Outcome, Told, Verdict

NEVER_BY_ANSWER = frozenset({"setWebhook", "deleteWebhook", "close", "logOut"})
LONGEST = 90.0
"""Seconds between two deliveries of an update, in the end."""
HEEDED = 3600.0
"""Seconds of a bot's Retry-After, at most."""


@dataclass(frozen=True)
class Settings:
    token: str = f"4711:{letters('telegram', 'token', length=35)}"
    username: str = "zhibu_sandbox_bot"
    webhook: str = ""
    """Where updates go from the start; without one the bot asks for them, or sets it itself."""
    secret: str = ""
    limits: Limits = field(default_factory=Limits)


class Telegram:
    name = "telegram"
    patience = 60.0

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings = settings or Settings()
        self.me: Json = {
            "id": int(settings.token.partition(":")[0]), "is_bot": True, "first_name": "Zhibu",
            "username": settings.username, "can_join_groups": True,
            "can_read_all_group_messages": False, "supports_inline_queries": False,
        }  # fmt: skip
        self.chats = Chats()
        self.queue = Queue(settings.webhook, settings.secret)
        self.methods = Methods(self.me, self.chats, Rates(settings.limits))
        self.deeds = Deeds(self.chats, self.queue, self.methods)
        self._revoked_until = float("-inf")
        self._others: dict[str, Callable[[Json, float], object]] = {
            "getMe": lambda asked, now: self.me,
            "setWebhook": self.queue.set_webhook,
            "deleteWebhook": self.queue.delete_webhook,
            "getWebhookInfo": self.queue.info,
            "setMyCommands": self._set_commands,
            "getMyCommands": lambda asked, now: self._commands,
            "getChat": lambda asked, now: (
                self.chats.named(asked.get("chat_id")).describe()
                | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": GIFTS}
            ),
            "getChatMember": self._member,
            "close": lambda asked, now: True,
            "logOut": lambda asked, now: True,
        }
        self._commands: list[Json] = []

    # what its server answers

    def call(self, call: Call, now: float) -> Outcome:
        token, _, method = call.path.removeprefix("/bot").partition("/")
        try:
            if token != self.settings.token or now < self._revoked_until:
                raise Refused(401, "Unauthorized")
            return self._do(method, asked_in(call), now)
        except Refused as refusal:
            return Outcome(refusal.answer)

    def _do(self, method: str, asked: Json, now: float) -> Outcome:
        if method == "getUpdates":
            return self._updates(asked, now)
        if act := self.methods.calls().get(method):
            result, effects, to = act(asked, now)
            return Outcome(Answer(body={"ok": True, "result": result}), effects, to)
        if method not in self._others:
            raise Refused(404, "Not Found")
        return Outcome(Answer(body={"ok": True, "result": self._others[method](asked, now)}))

    def _updates(self, asked: Json, now: float) -> Outcome:
        """Held while there is nothing; of two who ask, the first is sent away."""
        poller = int(asked.get("_poller", 0)) or self.queue.poll()
        if self.queue.replaced(poller):
            raise conflict(
                "terminated by other getUpdates request; "
                "make sure that only one bot instance is running"
            )
        updates, until = self.queue.take(asked, now)
        until = float(asked.get("_until", until))
        answer = Answer(body={"ok": True, "result": updates}, headers={"x-poller": str(poller)})
        return Outcome(answer, wait_until=None if updates or until <= now else until)

    def _set_commands(self, asked: Json, now: float) -> bool:
        self._commands = list(asked.get("commands", []))[:100]
        return True

    def _member(self, asked: Json, now: float) -> Json:
        chat, user = self.chats.named(asked.get("chat_id")), int(asked.get("user_id", 0))
        there = user in chat.members or user == chat.id or user == self.me["id"]
        who = self.me if user == self.me["id"] else {"id": user, "is_bot": False, "first_name": "-"}
        return {"user": who, "status": "member" if there else "left"}

    # what it pushes

    def act(self, user: str, deed: Deed, now: float) -> Sequence[Told]:
        told = self.deeds.act(int(user), deed, now)
        return told if self.queue.url else []

    def visit(self, told: Told, attempt: int, now: float) -> Call | None:
        if not self.queue.url or not self.queue.current(int(told.id), now):
            return None
        headers = {"content-type": "application/json"}
        if self.queue.secret:
            headers["x-telegram-bot-api-secret-token"] = self.queue.secret
        return Call("POST", self.queue.url, {}, headers, orjson.dumps(told.news))

    def judge(self, told: Told, attempt: int, answer: Answer | None, now: float) -> Verdict:
        """First again at once, then 2, 4, 8 … seconds later, or when the bot asked for it."""
        if answer is not None and 200 <= answer.status < 300:
            self.queue.confirm(int(told.id))
            return Verdict(self._said_in(answer, now))
        self.queue.last_error = "Wrong response from the webhook" if answer else "Timed out"
        wait = 0.0 if attempt == 1 else min(2.0 ** (attempt - 1), LONGEST)
        asked_for = answer.headers.get("retry-after", "") if answer else ""
        if asked_for.isdecimal():
            wait = min(float(asked_for), HEEDED)
        return Verdict(again_after=wait)

    def _said_in(self, answer: Answer, now: float) -> Sequence[Effect]:
        """A method in the answer is done; nobody is told how that went."""
        try:
            asked = orjson.loads(answer.body) if isinstance(answer.body, bytes) else answer.body
            method = str(asked.pop("method", ""))
            if method in NEVER_BY_ANSWER or method.startswith("get"):
                return []
            return self._do(method, asked, now).effects
        except (orjson.JSONDecodeError, AttributeError, Refused):
            return []

    def peek(self, call: Call) -> tuple[list[str], str] | None:
        if not call.path.partition("/bot")[2].partition("/")[2].startswith("send"):
            return None
        try:
            asked = asked_in(call)
        except Refused:
            return None
        words = asked.get("text") or asked.get("caption") or asked.get("question") or ""
        return ([str(asked["chat_id"])], str(words)) if "chat_id" in asked else None

    def busy(self, now: float) -> Answer:
        return too_many(1).answer

    def down(self, now: float) -> Answer:
        return Refused(503, "Service Unavailable").answer

    def revoke(self, now: float) -> None:
        """For a moment: a bot's token never changes by itself."""
        self._revoked_until = now + 2


GIFTS = {
    "unlimited_gifts": False, "limited_gifts": False, "unique_gifts": False,
    "premium_subscription": False, "gifts_from_channels": False,
}  # fmt: skip
