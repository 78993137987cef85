"""Messages of the account to its followers."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sandbox.ids import Numbers
from sandbox.tencent.days import day
from sandbox.values import Effect, Json, Shown, Told
from sandbox.wechat.deeds import Deeds
from sandbox.wechat.errors import Refused
from sandbox.wechat.followers import A_MONTH, Follower, Followers

TEXT_LIMIT = 2048
"""Bytes of UTF-8."""
JOB_TAKES = 2.0
"""Seconds until a template or mass message tells how it went."""
MASS_A_MINUTE = 60
DAY = r"\d{4}\u5e74\d{1,2}\u6708\d{1,2}\u65e5"
FIELDS = {
    "thing": r"[^\n]{1,20}",
    "name": r"[^\n\d]{1,10}",
    "phrase": r"[\u4e00-\u9fff]{1,5}",
    "const": r"[^\n]{1,20}",
    "keyword": r"[^\n]{1,20}",
    "character_string": r"[\x21-\x7e]{1,32}",
    "number": r"[\d.]{1,32}",
    "letter": r"[A-Za-z]{1,32}",
    "symbol": r"\W{1,5}",
    "date": DAY,
    "time": rf"({DAY} )?\d{{1,2}}:\d{{2}}",
}
"""What each sort of field takes, as far as people report it."""

Made = tuple[Json, list[Effect], list[str]]
"""What is answered besides errcode 0, what follows, and whom it was for."""


@dataclass
class Sending:
    followers: Followers
    deeds: Deeds
    numbers: Numbers
    templates: Sequence[str] = ()
    """Known ids; empty: any is."""
    mass: dict[str, int] = field(default_factory=dict)
    """Message ids by clientmsgid."""
    minute: list[float] = field(default_factory=list)

    def calls(self) -> dict[str, Callable[[Json, float], Made]]:
        return {
            "message/custom/send": self.custom,
            "message/custom/typing": self.typing,
            "message/template/send": self.template,
            "message/subscribe/bizsend": self.subscription,
            "message/mass/send": self.to_many,
            "message/mass/sendall": self.to_all,
            "message/mass/preview": self.preview,
            "message/mass/get": self.progress,
        }

    def custom(self, asked: Json, now: float) -> Made:
        who = self.followers.named(asked.get("touser"))
        words = words_of(asked)
        if len(words.encode()) > TEXT_LIMIT:
            raise Refused(45002)
        if asked.get("msgtype") == "msgmenu":
            raise Refused(48001)
        who.spend(now)
        return {}, [Shown(who.openid, words, asked)], [who.openid]

    def typing(self, asked: Json, now: float) -> Made:
        who = self.followers.named(asked.get("touser"))
        if not who.following or max(who.message.until, who.click.until) <= now:
            raise Refused(45015)
        return {}, [], []

    def template(self, asked: Json, now: float) -> Made:
        """Taken at once; how it went follows as an event."""
        who = self.followers.named(asked.get("touser"))
        self._know(asked)
        if not who.following:
            raise Refused(43004)
        number = self.numbers.next()
        status = "failed:user block" if who.refuses else "success"
        if who.loses:
            who.loses, status = who.loses - 1, "failed: system failed"
        told = self.deeds.finished(
            who.openid, now, "TEMPLATESENDJOBFINISH", JOB_TAKES, MsgID=number, Status=status
        )
        there: list[Effect] = [Shown(who.openid, filled_in(asked), asked)]
        shown = there if status == "success" else []
        return {"msgid": number}, [*shown, told], [who.openid]

    def subscription(self, asked: Json, now: float) -> Made:
        who = self.followers.named(asked.get("touser"))
        template = self._know(asked)
        if not who.following or not who.consents[template]:
            raise Refused(43101)
        who.consents[template] -= 1
        number = self.numbers.next()
        item = {"TemplateId": template, "MsgID": number, "ErrorCode": 0, "ErrorStatus": "success"}
        told = self.deeds.finished(
            who.openid, now, "subscribe_msg_sent_event", JOB_TAKES,
            SubscribeMsgSentEvent={"List": item},
        )  # fmt: skip
        shown = Shown(who.openid, filled_in(asked), asked)
        return {"msgid": number}, [shown, told], [who.openid]

    def to_many(self, asked: Json, now: float) -> Made:
        people = asked.get("touser")
        if not isinstance(people, list) or not 2 <= len(people) <= 10_000:
            raise Refused(40032)
        return self._mass(asked, [self.followers.named(each) for each in people], now)

    def to_all(self, asked: Json, now: float) -> Made:
        return self._mass(asked, list(self.followers), now)

    def preview(self, asked: Json, now: float) -> Made:
        who = self.followers.named(asked.get("touser"))
        return {"msg_id": self.numbers.next()}, [Shown(who.openid, words_of(asked), asked)], []

    def progress(self, asked: Json, now: float) -> Made:
        return {"msg_id": asked.get("msg_id"), "msg_status": "SEND_SUCCESS"}, [], []

    def _mass(self, asked: Json, people: Sequence[Follower], now: float) -> Made:
        self.minute = [at for at in self.minute if at > now - 60]
        if len(self.minute) >= MASS_A_MINUTE:
            raise Refused(45011)
        name = str(asked.get("clientmsgid", ""))
        if name and name in self.mass:
            raise Refused(45065, msg_id=self.mass[name])
        self.minute.append(now)
        number = self.numbers.next()
        if name:
            self.mass[name] = number
        reached = [who for who in people if self._may_have_another(who, now)]
        shown: list[Effect] = [Shown(who.openid, words_of(asked), asked) for who in reached]
        done = self._finished(number, len(people), len(reached), now)
        return {"msg_id": number, "msg_data_id": number}, [*shown, done], [p.openid for p in people]

    def _finished(self, number: int, wanted: int, reached: int, now: float) -> Told:
        return self.deeds.finished(
            "mphelper", now, "MASSSENDJOBFINISH", JOB_TAKES,
            MsgID=number, Status="send success", TotalCount=wanted,
            FilterCount=reached, SentCount=reached, ErrorCount=0,
        )  # fmt: skip

    @staticmethod
    def _may_have_another(who: Follower, now: float) -> bool:
        """The calendar month is China's."""
        month = day(now)[:7]
        if not who.following or who.refuses or who.mass[month] >= A_MONTH:
            return False
        who.mass[month] += 1
        return True

    def _know(self, asked: Json) -> str:
        template = str(asked.get("template_id", ""))
        if not template or (self.templates and template not in self.templates):
            raise Refused(40037)
        data = asked.get("data")
        if not isinstance(data, dict) or not all(fits(*field) for field in data.items()):
            raise Refused(47003)
        return template


def fits(name: str, field: object) -> bool:
    """Whether a template's field is of its sort, and not too long."""
    value = field.get("value") if isinstance(field, dict) else None
    rule = FIELDS.get(name.rstrip("0123456789"))
    return isinstance(value, str) and bool(rule and re.fullmatch(rule, value))


def words_of(asked: Json) -> str:
    """All that a reader would see. Raises `Refused` for nothing."""
    kind = asked.get("msgtype")
    inside = asked.get(str(kind))
    if not isinstance(inside, dict):
        raise Refused(44002)
    if kind == "msgmenu":
        choices = [str(each.get("content", "")) for each in inside.get("list", [])]
        parts = (inside.get("head_content", ""), *choices, inside.get("tail_content", ""))
        return "\n".join(part for part in parts if part)
    words = inside.get("content")
    if kind == "text" and not words:
        raise Refused(44004)
    return str(words) if kind == "text" else f"[{kind}]"


def filled_in(asked: Json) -> str:
    """A template's fields; its own words are on WeChat's servers."""
    data = asked["data"]
    return "\n".join(str(each.get("value", "")) for each in data.values() if isinstance(each, dict))
