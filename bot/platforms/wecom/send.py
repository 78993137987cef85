"""Messages of the app (应用消息): to any member who may see it, at any time.

More than 30 a minute or 1,000 an hour to one member are dropped without an error, so whoever calls
this keeps below that.
"""

import re
from collections.abc import Sequence
from datetime import timedelta

from bot.messages import Reply, SendFailed, StaysShown
from bot.platforms.tencent.api import Api, Calls, Refused, Rejected, Tokens, token_in
from bot.platforms.tencent.tokens import SharedTokens
from bot.platforms.wecom.render import Message, render_all
from bot.platforms.wecom.settings import Settings
from storage.tokens import Shelf

MOST = 1000
"""Members in one call."""

USER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.@-]{0,63}")
"""A user id. Anything else might reach others: `@all` everyone, `a|b` two people."""

NOBODY = frozenset({81013, 82001})
UNKNOWN = Refused("unknown member, or none who may see the app", permanent=True)

REFUSALS = {
    -1: Refused("busy"),
    **dict.fromkeys(NOBODY, UNKNOWN),
    40003: UNKNOWN,
    40031: UNKNOWN,
    46004: UNKNOWN,
    50002: UNKNOWN,
    60011: UNKNOWN,
    60111: UNKNOWN,
    40001: Refused("wrong secret"),
    40013: Refused("wrong corp id"),
    40056: Refused("wrong agent id"),
    41001: Refused("no token came with it"),
    41011: Refused("wrong agent id"),
    301002: Refused("wrong agent id"),
    48002: Refused("the app may not send"),
    50003: Refused("the app is switched off"),
    60020: Refused("our address is not among the app's trusted ones"),
    45002: Refused("too long", poison=True),
    45009: Refused("too many calls", retry_after=timedelta(minutes=1)),
    45033: Refused("too many calls at once"),
}

NOT_REACHED = {"invaliduser": UNKNOWN.reason, "unlicenseduser": "without a licence for the API"}


class Sender:
    """Speaks for one app."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._calls = Calls(settings.api_base)
        self._api = Api(self._calls, Tokens(self._fetch_token), REFUSALS)

    async def send_many(
        self, users: Sequence[str], reply: Reply, key: str
    ) -> tuple[dict[str, SendFailed], str]:
        """Those who were not reached, and the ids of the messages. Raises `SendFailed` when it is
        the same for all."""
        if len(users) > MOST:
            raise ValueError(f"{len(users)} members in one call, at most {MOST}")
        failures = {
            user: SendFailed("not a user id", permanent=True)
            for user in users
            if not USER.fullmatch(user)
        }
        ids: list[str] = []
        for message in render_all(reply, key):
            if left := [user for user in users if user not in failures]:
                missed, id = await self._send(left, message)
                failures |= missed
                ids.append(id)
        return failures, ",".join(ids) if all(ids) else ""

    async def unsay(self, receipt: str) -> None:
        """Raises `SendFailed`, and `StaysShown` where WeCom will not any more."""
        for id in receipt.split(","):
            try:
                await self._api.post("/cgi-bin/message/recall", {"msgid": id})
            except Rejected as refused:
                if refused.retry_after or not refused.poison:
                    raise
                raise StaysShown(refused.reason) from None

    def share_tokens(self, shelf: Shelf) -> None:
        """One token for all processes, instead of one for each."""
        app = f"wecom:{self._settings.corp_id}:{self._settings.agent_id}"
        tokens = SharedTokens(app, shelf, self._fetch_token)
        self._api = Api(self._calls, tokens, REFUSALS)

    async def close(self) -> None:
        await self._calls.close()

    async def _send(
        self, users: Sequence[str], message: Message
    ) -> tuple[dict[str, SendFailed], str]:
        payload = {
            "touser": "|".join(sorted(users)),  # a second sending has to be equal to the byte
            "agentid": self._settings.agent_id,
            **message,
            "enable_duplicate_check": 1,
            "duplicate_check_interval": 14_400,
        }
        try:
            answer = await self._api.post("/cgi-bin/message/send", payload)
        except Rejected as refused:
            if refused.permanent and (refused.code in NOBODY or len(users) == 1):
                return dict.fromkeys(users, refused), ""
            # One of many is unknown, but not which one.
            raise SendFailed(
                refused.reason, retry_after=refused.retry_after, poison=refused.poison
            ) from None
        return not_reached(users, answer), str(answer.get("msgid") or "")

    async def _fetch_token(self, refused: str) -> tuple[str, float]:
        answer = await self._calls.get(
            "/cgi-bin/gettoken",
            corpid=self._settings.corp_id,
            corpsecret=self._settings.secret.get_secret_value(),
        )
        return token_in(answer, REFUSALS)


def not_reached(users: Sequence[str], answer: Message) -> dict[str, SendFailed]:
    """A success names those whom it left out, in lower case."""
    known = {user.lower(): user for user in users}
    return {
        known[name]: SendFailed(reason, permanent=True)
        for field, reason in NOT_REACHED.items()
        for name in str(answer.get(field) or "").lower().split("|")
        if name in known
    }
