"""Customer-service messages (客服消息): what WeChat lets us say unasked, for 48 hours after a
member wrote, at most five for each message of theirs."""

from datetime import timedelta

from bot.messages import Reply, SendFailed, WindowClosed
from bot.platforms.tencent.api import (
    Api,
    Calls,
    GivesTokens,
    Refused,
    Rejected,
    Tokens,
    token_in,
)
from bot.platforms.tencent.tokens import SharedTokens
from bot.platforms.wechat.render import render_all
from bot.platforms.wechat.settings import Settings
from bot.platforms.wechat.templating import ByTemplate
from storage.tokens import Shelf

BLOCKED = Refused("not following, or refusing messages", permanent=True)
CLOSED = Refused("the window is closed until the member writes again", permanent=True)
SHUT = frozenset({45015, 45047})
UNKNOWN = Refused("unknown member", permanent=True)

REFUSALS = {  # by the table of return codes in WeChat's documents
    -1: Refused("busy"),
    40003: UNKNOWN,
    40031: UNKNOWN,
    46004: UNKNOWN,
    43004: BLOCKED,
    43019: BLOCKED,
    50005: BLOCKED,
    48002: BLOCKED,
    45015: CLOSED,
    45047: CLOSED,
    45002: Refused("too long", poison=True),
    45009: Refused("daily quota used up", retry_after=timedelta(hours=1)),
    45011: Refused("too fast", retry_after=timedelta(minutes=1)),
    48001: Refused("the account may not send these"),
    48004: Refused("banned from sending, see mp.weixin.qq.com"),
    40001: Refused("token or AppSecret refused"),
    40013: Refused("wrong AppID"),
    40125: Refused("wrong AppSecret"),
    41001: Refused("no token came with it"),
    45072: Refused("too fast", retry_after=timedelta(minutes=1)),
    48008: Refused("the account may not send these"),
    50002: Refused("restricted by WeChat, see mp.weixin.qq.com"),
    40164: Refused("our address is not on the account's IP list"),
}


class Sender:
    """Speaks for one account."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._calls = Calls(settings.api_base)
        self._use(Tokens(self._fetch_token))

    async def send(self, user: str, reply: Reply) -> None:
        """Raises `SendFailed`; as uncertain, too, when only the beginning was taken."""
        for sent, words in enumerate(render_all(reply)):
            try:
                await self._say(user, words)
            except SendFailed as failure:
                if sent:
                    raise SendFailed(failure.reason, uncertain=True) from failure
                raise

    def share_tokens(self, shelf: Shelf) -> None:
        """One token for all processes, instead of one for each."""
        app = f"wechat:{self._settings.app_id}"
        self._use(SharedTokens(app, shelf, self._fetch_token))

    async def close(self) -> None:
        await self._calls.close()

    def _use(self, tokens: GivesTokens) -> None:
        self._api = Api(self._calls, tokens, REFUSALS)
        templates = self._settings.templates
        self.by_template = ByTemplate(self._calls, tokens, templates) if templates else None

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
