"""A WeChat official account (服务号), verified, with one developer."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import orjson

from sandbox import text
from sandbox.ids import Numbers, letters
from sandbox.tencent.account import Account
from sandbox.tencent.days import day
from sandbox.tencent.seal import Seal
from sandbox.tencent.tokens import LIFE, Tokens
from sandbox.tencent.visits import Visits
from sandbox.values import Answer, Call, Json, Outcome
from sandbox.wechat.deeds import Deeds
from sandbox.wechat.errors import Refused, body
from sandbox.wechat.followers import Followers
from sandbox.wechat.menus import Menus
from sandbox.wechat.sending import Made, Sending

DAILY = {"token": 2000, "message/custom/send": 500_000, "message/template/send": 100_000,
         "menu/create": 1000, "qrcode/create": 100_000, "user/get": 500,
         "message/mass/send": 100, "message/mass/sendall": 100}  # fmt: skip
"""Calls a day; a test account has about a tenth."""
CLEARINGS = 10
"""A month."""
PAGE = 10_000
FORCED, FORCED_APART = 20, 30.0
"""A day; and seconds between two."""


@dataclass(frozen=True)
class Settings:
    app_id: str = "wx5afe0000000000aa"
    secret: str = letters("wechat", "secret", length=32)
    token: str = "sandbox"  # noqa: S105  # nothing real
    aes_key: str = "sandboxsandboxsandboxsandboxsandboxsandboxs"
    mode: str = "safe"
    account: str = "gh_5afe00000000"
    webhook: str = "http://127.0.0.1:8600/webhooks/wechat"
    deliveries: int = 3
    templates: tuple[str, ...] = ()


class WeChat(Account):
    name = "wechat"

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings = settings or Settings()
        numbers = Numbers(200_163_840)
        self.followers = Followers()
        self.deeds = Deeds(settings.account, self.followers, Numbers(1))
        self.sending = Sending(self.followers, self.deeds, numbers, settings.templates)
        self.menus = Menus()
        self.old, self.stable = Tokens("wechat/old"), Tokens("wechat/stable")
        self._used: Counter[tuple[str, str]] = Counter()
        self._forced: list[float] = []
        seal = Seal(settings.token, settings.aes_key, settings.app_id)
        self.visits = Visits(
            settings.token, seal if settings.mode == "safe" else None, settings.deliveries,
            text.WECHAT_OUTAGE, Numbers(1), settings.webhook,
        )  # fmt: skip

    # what its server answers

    def call(self, call: Call, now: float) -> Outcome:
        name = call.path.removeprefix("/cgi-bin/")
        try:
            asked = self._asked(call)
            if name in {"token", "stable_token"}:
                return Outcome(Answer(body=self._token(name, asked, now)))
            self._authorise(call, now)
            made, effects, to = self._do(name, asked, now)
        except Refused as refusal:
            return Outcome(body(refusal.code, now, **refusal.more))
        return Outcome(Answer(body={"errcode": 0, "errmsg": "ok", **made}), effects, to)

    def _asked(self, call: Call) -> Json:
        if call.method == "GET":
            return dict(call.query)
        if not call.body:
            raise Refused(44002)
        if rb"\u" in call.body:
            raise Refused(40033)
        try:
            asked = orjson.loads(call.body)
        except orjson.JSONDecodeError:
            raise Refused(47001) from None
        if not isinstance(asked, dict):
            raise Refused(47001)
        return asked

    def _do(self, name: str, asked: Json, now: float) -> Made:
        self._count(name, now)
        if act := self.sending.calls().get(name):
            return act(asked, now)
        if manage := self.menus.calls().get(name):
            return manage(asked), [], []
        others: dict[str, Callable[[Json, float], Json]] = {
            "qrcode/create": self._qrcode,
            "user/info": self._info,
            "user/get": self._list,
            "clear_quota": self._clear,
            "getcallbackip": lambda asked, now: {"ip_list": ["127.0.0.1"]},
            "get_api_domain_ip": lambda asked, now: {"ip_list": ["127.0.0.1"]},
        }
        if name not in others:
            raise Refused(48001)
        return others[name](asked, now), [], []

    # tokens

    def _authorise(self, call: Call, now: float) -> None:
        token = call.query.get("access_token", "")
        codes = {self.old.code(token, now), self.stable.code(token, now)}
        if 0 not in codes:
            raise Refused(42001 if 42001 in codes else min(codes))

    def _token(self, name: str, asked: Json, now: float) -> Json:
        if asked.get("grant_type") != "client_credential":
            raise Refused(40002)
        if asked.get("appid") != self.settings.app_id:
            raise Refused(40013 if asked.get("appid") else 41002)
        if asked.get("secret") != self.settings.secret:
            raise Refused(40125 if asked.get("secret") else 41004)
        self._count("token", now)
        if name == "token":  # kills the one before
            self.old.kill()
            return {"access_token": self.old.issue(now), "expires_in": int(LIFE)}
        if asked.get("force_refresh"):
            self._force(now)
            return {"access_token": self.stable.replace(now), "expires_in": int(LIFE)}
        token, left = self.stable.current(now)
        return {"access_token": token, "expires_in": left}

    def _force(self, now: float) -> None:
        self._forced = [at for at in self._forced if at > now - 86_400]
        if len(self._forced) >= FORCED or (self._forced and now - self._forced[-1] < FORCED_APART):
            raise Refused(45011 if len(self._forced) < FORCED else 45009)
        self._forced.append(now)

    # quotas, codes, people

    def _count(self, name: str, now: float) -> None:
        key = (name, day(now))
        self._used[key] += 1
        if self._used[key] > DAILY.get(name, 5_000_000):
            raise Refused(45009)

    def _clear(self, asked: Json, now: float) -> Json:
        key = ("clearings", day(now)[:7])
        self._used[key] += 1
        if self._used[key] > CLEARINGS:
            raise Refused(48006)
        for used in [each for each in self._used if each[0] != "clearings"]:
            del self._used[used]
        return {}

    def _qrcode(self, asked: Json, now: float) -> Json:
        scene = asked.get("action_info", {}).get("scene", {})
        chosen = str(scene.get("scene_str", scene.get("scene_id", "")))
        known = {"QR_SCENE", "QR_STR_SCENE", "QR_LIMIT_SCENE", "QR_LIMIT_STR_SCENE"}
        if asked.get("action_name") not in known or not 1 <= len(chosen) <= 64:
            raise Refused(40053)
        lasts = min(int(asked.get("expire_seconds", 60)), 2_592_000)
        ticket = f"ticket{chosen}"
        return {
            "ticket": ticket,
            "expire_seconds": lasts,
            "url": f"http://weixin.qq.com/q/{ticket}",
        }

    def _info(self, asked: Json, now: float) -> Json:
        who = self.followers.named(asked.get("openid"))
        return {"subscribe": int(who.following), "openid": who.openid, "nickname": ""}

    def _list(self, asked: Json, now: float) -> Json:
        everyone = sorted(each.openid for each in self.followers)
        after = str(asked.get("next_openid", ""))
        page = [openid for openid in everyone if openid > after][:PAGE]
        return {
            "total": len(everyone), "count": len(page), "data": {"openid": page},
            "next_openid": page[-1] if page else "",
        }  # fmt: skip

    # what it says when it breaks

    def busy(self, now: float) -> Answer:
        return body(45011, now)

    def down(self, now: float) -> Answer:
        return Answer(503, body(-1, now).body)

    def revoke(self, now: float) -> None:
        self.old.kill()
        self.stable.kill()
