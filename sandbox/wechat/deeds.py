"""What a follower does, as the account is told of it."""

from dataclasses import dataclass

from sandbox.ids import Numbers
from sandbox.values import Deed, Impossible, Json, Told
from sandbox.wechat.followers import Follower, Followers


@dataclass
class Deeds:
    account: str
    """gh_…, as which the account is addressed."""
    followers: Followers
    numbers: Numbers

    def act(self, user: str, deed: Deed, now: float) -> Told | None:
        """Raises `Impossible`. None when the platform tells nobody."""
        who = self.followers.meet(user)
        do = deed.get("do", "")
        match do:
            case "follow" | "scan":
                return self._arrive(who, deed, now)
            case "block" | "unfollow":
                who.leave()
                return self._event(user, now, "unsubscribe", EventKey="")
            case "refuse" | "accept":
                who.refuses = do == "refuse"
                return None
            case _ if who.following:
                return self._converse(who, deed, now)
            case _:
                raise Impossible(f"{user} does not follow the account")

    def _arrive(self, who: Follower, deed: Deed, now: float) -> Told:
        scene = deed.get("scene", "")
        who.clicked(now)
        if who.following:
            return self._event(who.openid, now, "SCAN", EventKey=scene, Ticket=f"ticket{scene}")
        who.following = True
        if scene:
            return self._event(
                who.openid, now, "subscribe", EventKey=f"qrscene_{scene}", Ticket=f"ticket{scene}"
            )
        return self._event(who.openid, now, "subscribe", EventKey="")

    def _converse(self, who: Follower, deed: Deed, now: float) -> Told:
        match deed.get("do"):
            case "say":
                who.wrote(now)
                return self._message(who.openid, now, "text", Content=deed["words"])
            case "speak":
                who.wrote(now)
                heard = {"MediaId": "media", "Format": "amr", "Recognition": deed["words"]}
                return self._message(who.openid, now, "voice", **heard)
            case "tap":  # a bizmsgmenu link: a click, though it looks like a message
                who.clicked(now)
                said = {"Content": deed.get("label", ""), "bizmsgmenuid": deed["key"]}
                return self._message(who.openid, now, "text", **said)
            case "menu":
                who.clicked(now)
                return self._event(who.openid, now, "CLICK", EventKey=deed["key"])
            case "agree":  # to one notice of a template
                who.consents[deed["template"]] += 1
                item = {"TemplateId": deed["template"], "SubscribeStatusString": "accept"}
                popup = {"List": {**item, "PopupScene": "0"}}
                return self._event(
                    who.openid, now, "subscribe_msg_popup_event", SubscribeMsgPopupEvent=popup
                )
            case "disagree":  # in the settings of the account
                who.consents[deed["template"]] = 0
                item = {"TemplateId": deed["template"], "SubscribeStatusString": "reject"}
                return self._event(
                    who.openid,
                    now,
                    "subscribe_msg_change_event",
                    SubscribeMsgChangeEvent={"List": item},
                )
            case "place":
                where = {"Location_X": 39.9, "Location_Y": 116.4, "Scale": 16, "Label": "-"}
                who.wrote(now)
                return self._message(who.openid, now, "location", **where)
            case other:
                raise Impossible(f"nobody can {other!r} on WeChat")

    def _message(self, user: str, now: float, kind: str, **fields: object) -> Told:
        number = 23_000_000_000_000_000 + self.numbers.next()
        news = self._envelope(user, now) | {"MsgType": kind, **fields, "MsgId": number}
        return Told(str(number), user, news)

    def _event(self, user: str, now: float, event: str, **fields: object) -> Told:
        news = self._envelope(user, now) | {"MsgType": "event", "Event": event, **fields}
        return Told(f"event{self.numbers.next()}", user, news)

    def finished(self, user: str, now: float, event: str, after: float, **fields: object) -> Told:
        """What the platform tells when a job of ours is done."""
        told = self._event(user, now + after, event, **fields)
        return Told(told.id, user, told.news, after)

    def _envelope(self, user: str, now: float) -> Json:
        return {"ToUserName": self.account, "FromUserName": user, "CreateTime": int(now)}
