"""Template messages and subscription notices: sent one by one, each fitted into its template."""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.messages import Address, NotAgreed, Reply, WindowClosed
from bot.platforms.tencent.api import Api, Calls, GivesTokens, Refused, Rejected
from bot.platforms.wechat.templates import Template, chosen, fill

log = logging.getLogger(__name__)

UNKNOWN = Refused("unknown member", permanent=True)
BLOCKED = Refused("not following, or refusing messages", permanent=True)
REFUSALS = {
    -1: Refused("busy"),
    40003: UNKNOWN,
    40031: UNKNOWN,
    46004: UNKNOWN,
    43004: BLOCKED,
    43019: BLOCKED,
    50005: BLOCKED,
    43101: Refused("they have not agreed to this notice"),
    40037: Refused("no such template in this account"),
    47003: Refused("the template's fields are others"),
    48001: Refused("the account may not send these"),
    48004: Refused("banned from sending, see mp.weixin.qq.com"),
    48008: Refused("the account may not send these"),
    45009: Refused("daily quota used up", retry_after=timedelta(hours=1)),
    45011: Refused("too fast", retry_after=timedelta(minutes=1)),
    40001: Refused("token or AppSecret refused"),
    40013: Refused("wrong AppID"),
    40125: Refused("wrong AppSecret"),
    41001: Refused("no token came with it"),
    50002: Refused("restricted by WeChat, see mp.weixin.qq.com"),
    40164: Refused("our address is not on the account's IP list"),
}
THEIRS = frozenset({43101})
OURS = frozenset({40037, 47003, 48001, 48008})
"""What has to be put right at mp.weixin.qq.com, or in our settings."""


class ByTemplate:
    """Another way to the followers of one account, while their window is shut."""

    name = "wechat_template"

    def __init__(
        self, calls: Calls, tokens: GivesTokens, templates: Mapping[str, Template]
    ) -> None:
        self._api = Api(calls, tokens, REFUSALS)
        self._templates = templates

    async def send(self, to: Address, reply: Reply, *, key: str) -> None:
        raise WindowClosed("which template is for it depends on its kind")

    async def send_kind(
        self, to: Address, reply: Reply, *, kind: str, due: datetime, key: str
    ) -> tuple[bool, str]:
        """Whether all of it was said, and how WeChat calls it: that is taken, and how it ended
        follows. `WindowClosed` where this way is not open to this letter: they have not agreed, or
        something about the template is wrong."""
        template = chosen(self._templates, kind)
        if template is None:
            raise WindowClosed(f"no template for {kind}")
        filled = fill(template, reply, due)
        payload = {"touser": to.user, "template_id": template.id, "data": filled.data}
        try:
            if template.by == "subscription":
                answer = await self._api.post("/cgi-bin/message/subscribe/bizsend", payload)
            else:
                # a second call with the same id within ten minutes may be recognised
                payload["client_msg_id"] = key[-64:]
                answer = await self._api.post("/cgi-bin/message/template/send", payload)
        except Rejected as refused:
            if refused.code in OURS:
                log.error("wechat: template %s: %s", template.id, refused.reason)
                raise WindowClosed(refused.reason) from None
            if refused.code in THEIRS:
                raise NotAgreed(refused.reason) from None
            raise
        return filled.whole, str(answer.get("msgid") or "")
