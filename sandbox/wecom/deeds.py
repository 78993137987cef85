"""What a member does in the app's chat, as the app is told of it."""

from dataclasses import dataclass

from sandbox.ids import Numbers
from sandbox.values import Deed, Impossible, Json, Told
from sandbox.wecom.sending import Sending
from sandbox.wecom.staff import Staff


@dataclass
class Deeds:
    corp: str
    agent: int
    staff: Staff
    sending: Sending
    numbers: Numbers

    def act(self, user: str, deed: Deed, now: float) -> Told | None:
        """Raises `Impossible`."""
        match deed.get("do", ""):
            case "follow":
                self.staff.hire(user).visible = True
                return self._event(user, now, "subscribe", EventKey="")
            case "block" | "unfollow":
                self._known(user)
                self.staff.hire(user).visible = False
                return self._event(user, now, "unsubscribe", EventKey="")
            case _:
                self._known(user)
                return self._converse(user, deed, now)

    def _converse(self, user: str, deed: Deed, now: float) -> Told:
        match deed.get("do", ""):
            case "say":
                return self._message(user, now, "text", Content=deed["words"])
            case "speak":
                return self._message(user, now, "voice", MediaId="media", Format="amr")
            case "enter":
                return self._event(user, now, "enter_agent", EventKey="")
            case "menu":
                return self._event(user, now, "click", EventKey=deed["key"])
            case "tap":  # a button of a card
                card = {"TaskId": deed.get("task", "task"), "CardType": "button_interaction"}
                code = self.sending.code(now)
                return self._event(
                    user, now, "template_card_event", EventKey=deed["key"], **card,
                    ResponseCode=code,
                )  # fmt: skip
            case "place":
                where = {"Location_X": 39.9, "Location_Y": 116.4, "Scale": 16, "Label": "-"}
                return self._message(user, now, "location", **where)
            case other:
                raise Impossible(f"nobody can {other!r} on WeCom")

    def _known(self, user: str) -> None:
        if self.staff.find(user) is None:
            raise Impossible(f"{user} does not work there")

    def _message(self, user: str, now: float, kind: str, **fields: object) -> Told:
        number = 6_000_000_000_000_000_000 + self.numbers.next()
        news = self._envelope(user, now) | {"MsgType": kind, **fields, "MsgId": number}
        return Told(str(number), user, news | {"AgentID": self.agent})

    def _event(self, user: str, now: float, event: str, **fields: object) -> Told:
        news = self._envelope(user, now) | {"MsgType": "event", "Event": event, **fields}
        return Told(f"event{self.numbers.next()}", user, news | {"AgentID": self.agent})

    def _envelope(self, user: str, now: float) -> Json:
        return {"ToUserName": self.corp, "FromUserName": user, "CreateTime": int(now)}
