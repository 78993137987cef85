"""A push of WeChat or WeCom to our address, and what they make of the answer."""

from dataclasses import dataclass

from sandbox.ids import Numbers, letters
from sandbox.tencent.seal import Broken, Seal, read, signature, write
from sandbox.values import Answer, Call, Json, Shown, Told, Verdict

PATIENCE = 5.0
"""Seconds; then the connection is cut and the answer thrown away."""
SILENCE = frozenset({b"", b"success"})


@dataclass
class Visits:
    token: str
    seal: Seal | None
    """None: plain mode, of WeChat alone."""
    deliveries: int
    """In total; three were seen, the documents can be read as four."""
    outage: str
    """What the member is shown when nothing came of it; empty: nothing."""
    numbers: Numbers
    url: str
    """Our address."""

    def visit(self, told: Told, now: float) -> Call:
        """The same message every time, with a new nonce and signature."""
        query = self._stamp(now)
        inside = write(told.news)
        body = inside
        if self.seal:
            encrypted = self.seal.encrypt(inside)
            body = write(self._outside(told.news) | {"Encrypt": encrypted})
            query |= {
                "encrypt_type": "aes",
                "msg_signature": self.seal.signed(query["timestamp"], query["nonce"], encrypted),
            }
        return Call("POST", self.url, query, {"content-type": "text/xml"}, body.encode())

    def verification(self, now: float) -> tuple[Call, str]:
        """Somebody saves our address in the settings; and what must be answered, to the letter."""
        query = self._stamp(now)
        echo = letters("echo", self.numbers.next(), length=19)
        return Call("GET", self.url, {**query, "echostr": echo}), echo

    def judge(self, told: Told, attempt: int, answer: Answer | None) -> Verdict:
        if answer is None or answer.status != 200 or not isinstance(answer.body, bytes):
            if attempt < self.deliveries:
                return Verdict(again_after=0.0)
            return Verdict(self._complaint(told))
        if answer.body.strip() in SILENCE:
            return Verdict()
        try:
            said = read(self.seal.open(answer.body) if self.seal else answer.body)
            return Verdict([Shown(told.user, words_of(said, told), said)])
        except Broken:
            return Verdict(self._complaint(told))

    def _complaint(self, told: Told) -> list[Shown]:
        return [Shown(told.user, self.outage, {"outage": True})] if self.outage else []

    def _stamp(self, now: float) -> dict[str, str]:
        timestamp, nonce = str(int(now)), str(100_000_000 + self.numbers.next())
        return {
            "signature": signature(self.token, timestamp, nonce),
            "timestamp": timestamp,
            "nonce": nonce,
        }

    @staticmethod
    def _outside(news: Json) -> Json:
        return {name: news[name] for name in ("ToUserName", "AgentID") if name in news}


def words_of(said: Json, told: Told) -> str:
    """Raises `Broken` for what would not be shown."""
    if said.get("ToUserName") != told.news["FromUserName"]:
        raise Broken("an answer to somebody else")
    if said.get("FromUserName") != told.news["ToUserName"]:
        raise Broken("an answer in somebody else's name")
    if not str(said.get("CreateTime", "")).isdigit():
        raise Broken("no CreateTime")
    match said.get("MsgType"):
        case "text" if str(said.get("Content", "")):
            return str(said["Content"])
        case "image" | "voice" | "video" | "music":
            return f"[{said['MsgType']}]"
        case "news":
            item = said.get("Articles", {}).get("item", {})
            return f"{item.get('Title', '')}\n{item.get('Description', '')}"
        case other:
            raise Broken(f"no such answer: {other}")
