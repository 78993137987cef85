"""A self-built app (自建应用) of one organisation on WeCom, and a group robot."""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import orjson

from sandbox.ids import Numbers, letters
from sandbox.tencent.account import Account
from sandbox.tencent.seal import Seal
from sandbox.tencent.tokens import Tokens
from sandbox.tencent.visits import Visits
from sandbox.values import Answer, Call, Effect, Json, Outcome, Shown
from sandbox.wecom.deeds import Deeds
from sandbox.wecom.errors import Refused, body
from sandbox.wecom.sending import Sending, words_of
from sandbox.wecom.staff import Staff

A_MINUTE = 10_000
"""Calls of one interface; sending messages is not counted."""
ROBOT_A_MINUTE = 20
WRONG_SECRETS = 2000
"""An hour; then nobody gets a token for an hour."""


@dataclass(frozen=True)
class Settings:
    corp_id: str = "ww5afe0000000000aa"
    agent_id: int = 1000002
    secret: str = letters("wecom", "secret", length=43)
    token: str = "sandbox"  # noqa: S105  # nothing real
    aes_key: str = "sandboxsandboxsandboxsandboxsandboxsandboxs"
    webhook: str = "http://127.0.0.1:8600/webhooks/wecom"
    accounts: int = 500
    robot: str = "sandbox-robot"
    trusted: tuple[str, ...] = ()
    """Addresses that may call; empty: all."""
    deliveries: int = 3


class WeCom(Account):
    name = "wecom"

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings = settings or Settings()
        self.staff = Staff()
        self.sending = Sending(settings.agent_id, self.staff, settings.accounts)
        self.deeds = Deeds(
            settings.corp_id, settings.agent_id, self.staff, self.sending, Numbers(1)
        )
        self.tokens = Tokens("wecom")
        self.oauth: dict[str, str] = {}
        """Codes that were not used yet, and whose they are."""
        self._robot: deque[float] = deque()
        self._calls: dict[str, deque[float]] = defaultdict(deque)
        self._wrong: Counter[int] = Counter()
        seal = Seal(settings.token, settings.aes_key, settings.corp_id)
        self.visits = Visits(
            settings.token, seal, settings.deliveries, "", Numbers(1), settings.webhook
        )

    # what its server answers

    def call(self, call: Call, now: float) -> Outcome:
        name = call.path.removeprefix("/cgi-bin/")
        made: Json
        effects: Sequence[Effect]
        to: Sequence[str]
        try:
            self._trust(call)
            if name == "gettoken":
                made, effects, to = self._token(call, now), (), ()
            elif name == "webhook/send":
                made, effects, to = {}, self._group(call, now), ()
            else:
                made, effects, to = self._do(name, call, now)
        except Refused as refusal:
            return Outcome(body(refusal.code, now, **refusal.more))
        return Outcome(Answer(body={"errcode": 0, "errmsg": "ok", **made}), effects, to)

    def _do(
        self, name: str, call: Call, now: float
    ) -> tuple[Json, Sequence[Effect], Sequence[str]]:
        if code := self.tokens.code(call.query.get("access_token", ""), now):
            raise Refused(code)
        asked = dict(call.query) if call.method == "GET" else read(call.body)
        if act := self.sending.calls().get(name):
            return act(asked, now)
        self._pace(name, now)
        others: dict[str, Callable[[Json], Json]] = {
            "user/get": self._user,
            "user/list_id": self._ids,
            "department/list": lambda asked: {
                "department": [{"id": 1, "name": "root", "parentid": 0, "order": 1}]
            },
            "auth/getuserinfo": self._who,
            "getcallbackip": lambda asked: {"ip_list": ["127.0.0.1"]},
        }
        if name not in others:
            raise Refused(40058)
        return others[name](asked), (), ()

    def _trust(self, call: Call) -> None:
        source = call.headers.get("x-sandbox-from", "127.0.0.1")
        if self.settings.trusted and source not in self.settings.trusted:
            raise Refused(60020)

    def _token(self, call: Call, now: float) -> Json:
        hour = int(now // 3600)
        if self._wrong[hour] >= WRONG_SECRETS or self._wrong[hour - 1] >= WRONG_SECRETS:
            raise Refused(45009)
        if call.query.get("corpid") != self.settings.corp_id:
            raise Refused(40013)
        if call.query.get("corpsecret") != self.settings.secret:
            self._wrong[hour] += 1
            raise Refused(40001 if call.query.get("corpsecret") else 41004)
        token, left = self.tokens.current(now)
        return {"access_token": token, "expires_in": left}

    def _pace(self, name: str, now: float) -> None:
        calls = self._calls[name]
        while calls and calls[0] <= now - 60:
            calls.popleft()
        if len(calls) >= A_MINUTE:
            raise Refused(45009)
        calls.append(now)

    def _group(self, call: Call, now: float) -> list[Effect]:
        if call.query.get("key") != self.settings.robot:
            raise Refused(40058)
        while self._robot and self._robot[0] <= now - 60:
            self._robot.popleft()
        if len(self._robot) >= ROBOT_A_MINUTE:
            raise Refused(130101)
        self._robot.append(now)
        asked = read(call.body)
        return [Shown(f"group:{self.settings.robot}", words_of(asked), asked)]

    # people

    def _user(self, asked: Json) -> Json:
        """No mobile, no e-mail, no address: apps have not been told those since 2022."""
        person = self.staff.find(str(asked.get("userid", "")))
        if person is None:
            raise Refused(60111)
        return {"userid": person.userid, "name": person.userid, "department": [person.department]}

    def _ids(self, asked: Json) -> Json:
        everyone = sorted(each.userid for each in self.staff.by_name.values() if each.visible)
        first, limit = int(asked.get("cursor") or 0), int(asked.get("limit", 10_000))
        page = everyone[first : first + limit]
        more = str(first + limit) if first + limit < len(everyone) else ""
        users = [{"userid": each, "department": 1} for each in page]
        return {"dept_user": users, "next_cursor": more}

    def _who(self, asked: Json) -> Json:
        userid = self.oauth.pop(str(asked.get("code", "")), None)
        if userid is None:
            raise Refused(40029)
        return {"userid": userid}

    # what it says when it breaks

    def busy(self, now: float) -> Answer:
        return body(45033, now)

    def down(self, now: float) -> Answer:
        return Answer(503, body(-1, now).body)

    def revoke(self, now: float) -> None:
        self.tokens.kill()


def read(content: bytes) -> Json:
    try:
        asked = orjson.loads(content)
    except orjson.JSONDecodeError:
        raise Refused(47001) from None
    if not isinstance(asked, dict):
        raise Refused(47001)
    return asked
