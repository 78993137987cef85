"""Customer-service messages (客服消息): what WeChat lets us say unasked, for 48 hours after a
member wrote, at most five for each message of theirs."""

from datetime import timedelta

from wechatpy.constants import WeChatErrorCode as Code

from bot.messages import Reply, SendFailed, WindowClosed
from bot.platforms.tencent.api import Api, Calls, Refused, Rejected, Tokens, token_in
from bot.platforms.wechat.render import render_all
from bot.platforms.wechat.settings import Settings

BLOCKED = Refused("not following, or refusing messages", permanent=True)
CLOSED = Refused("the window is closed until the member writes again", permanent=True)
SHUT = frozenset({Code.OUT_OF_RESPONSE_TIME_LIMIT, Code.OUT_OF_RESPONSE_COUNT_LIMIT})
UNKNOWN = Refused("unknown member", permanent=True)

REFUSALS = {
    Code.SYSTEM_BUSY: Refused("busy"),
    Code.INVALID_OPENID: UNKNOWN,
    Code.INVALID_OPENID_LIST: UNKNOWN,
    Code.USER_NOT_EXIST: UNKNOWN,
    Code.REQUIRE_SUBSCRIBE: BLOCKED,
    Code.REQUIRE_UNBLOCK_USER: BLOCKED,
    Code.USER_BLOCK_MESSAGE: BLOCKED,
    Code.OUT_OF_RESPONSE_TIME_LIMIT: CLOSED,
    Code.OUT_OF_RESPONSE_COUNT_LIMIT: CLOSED,
    Code.OUT_OF_CONTENT_SIZE_LIMIT: Refused("too long", poison=True),
    Code.OUT_OF_API_FREQ_LIMIT: Refused("daily quota used up", retry_after=timedelta(hours=1)),
    Code.API_MINUTE_QUOTA_REACH_LIMIT: Refused("too fast", retry_after=timedelta(minutes=1)),
    Code.UNAUTHORIZED_API: Refused("the account may not send these"),
    Code.API_BANNED: Refused("banned from sending, see mp.weixin.qq.com"),
    Code.INVALID_CREDENTIAL: Refused("token or AppSecret refused"),
    40125: Refused("wrong AppSecret"),
    40164: Refused("our address is not on the account's IP list"),
}


class Sender:
    """Speaks for one account."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._calls = Calls(settings.api_base)
        self._api = Api(self._calls, Tokens(self._fetch_token), REFUSALS)

    async def send(self, user: str, reply: Reply) -> None:
        """Raises `SendFailed`; as uncertain, too, when only the beginning was taken."""
        for sent, words in enumerate(render_all(reply)):
            try:
                await self._say(user, words)
            except SendFailed as failure:
                if sent:
                    raise SendFailed(failure.reason, uncertain=True) from failure
                raise

    async def close(self) -> None:
        await self._calls.close()

    async def _say(self, user: str, words: str) -> None:
        payload = {"touser": user, "msgtype": "text", "text": {"content": words}}
        try:
            await self._api.post("/cgi-bin/message/custom/send", payload)
        except Rejected as refused:
            if refused.code in SHUT:
                raise WindowClosed(refused.reason, permanent=True) from None
            raise

    async def _fetch_token(self, refused: str) -> tuple[str, float]:
        """The stable token is the same for all our processes. One that was refused before its
        time is replaced by force: WeChat allows that twenty times a day."""
        token, lasts = await self._ask_token(force=False)
        if token == refused:
            token, lasts = await self._ask_token(force=True)
        return token, lasts

    async def _ask_token(self, *, force: bool) -> tuple[str, float]:
        payload = {
            "grant_type": "client_credential",
            "appid": self._settings.app_id,
            "secret": self._settings.app_secret.get_secret_value(),
            "force_refresh": force,
        }
        return token_in(await self._calls.post("/cgi-bin/stable_token", payload), REFUSALS)
