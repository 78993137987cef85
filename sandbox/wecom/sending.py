"""Messages of the app to members (应用消息)."""

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import orjson

from sandbox.ids import letters
from sandbox.tencent.days import day
from sandbox.values import Dropped, Effect, Json, Shown
from sandbox.wecom.errors import Refused
from sandbox.wecom.staff import Person, Staff

MOST, MOST_PARTIES = 1000, 100
TEXT_LIMIT = 2048
"""Bytes of UTF-8; what is longer is cut off."""
HOURS_24 = 24 * 3600.0
HOURS_72 = 72 * 3600.0
PERSON_SENDS = 200
"""A day, for each account that the organisation may have."""

Made = tuple[Json, list[Effect], list[str]]


@dataclass
class Sending:
    agent: int
    staff: Staff
    accounts: int = 500
    """The organisation's limit: 500 allow 100,000 person-sends a day."""
    seen: dict[str, tuple[float, Json]] = field(default_factory=dict)
    """Messages with a duplicate check: until when each is remembered, and what was answered."""
    codes: dict[str, float] = field(default_factory=dict)
    """Response codes that were not used yet, and when they end."""
    sent: dict[str, tuple[list[str], float]] = field(default_factory=dict)
    """Messages that can be recalled: to whom, and since when."""
    persons: Counter[str] = field(default_factory=Counter)
    _messages: int = 0

    def calls(self) -> dict[str, Callable[[Json, float], Made]]:
        return {
            "message/send": self.send,
            "message/update_template_card": self.update,
            "message/recall": self.recall,
        }

    def send(self, asked: Json, now: float) -> Made:
        self._check_agent(asked)
        people, unknown, unlicensed = self._readers(asked)
        words = words_of(asked)
        if not people:
            raise Refused(81013, invaliduser="|".join([*unknown, *unlicensed]))
        to = [each.userid for each in people]
        if (known := self._repeated(asked, now)) is not None:
            dropped = [Dropped(userid, words, "the same again") for userid in to]
            return known, list[Effect](dropped), to
        self._count(len(people), now)
        answer = self._answer(asked, to, unknown, unlicensed, now)
        self._remember(asked, answer, now)
        return answer, [self._reach(each, words, asked, now) for each in people], to

    def update(self, asked: Json, now: float) -> Made:
        """A response code is good for one update, within 72 hours."""
        self._check_agent(asked)
        until = self.codes.pop(str(asked.get("response_code", "")), 0.0)
        if until <= now:
            raise Refused(42009)
        people = [p for each in asked.get("userids", []) if (p := self.staff.find(str(each)))]
        words = str(asked.get("button", {}).get("replace_name", "")) or words_of(asked, card=True)
        updated: list[Effect] = [Shown(p.userid, words, asked | {"update": True}) for p in people]
        return {"invaliduser": []}, updated, []

    def recall(self, asked: Json, now: float) -> Made:
        people, at = self.sent.pop(str(asked.get("msgid")), ([], 0.0))
        if now - at > HOURS_24:
            raise Refused(40058)
        return {}, [Shown(each, "", {"recalled": asked["msgid"]}) for each in people], []

    def code(self, now: float) -> str:
        """A new one, for a card or a click on it."""
        self._messages += 1
        made = letters("response", self._messages, length=64)
        self.codes[made] = now + HOURS_72
        return made

    def _check_agent(self, asked: Json) -> None:
        agent = asked.get("agentid")
        if agent is None:
            raise Refused(41011)
        if not str(agent).isdecimal():
            raise Refused(40056)
        if int(agent) != self.agent:
            raise Refused(301002)

    def _readers(self, asked: Json) -> tuple[list[Person], list[str], list[str]]:
        """Those who are reached, and in lower case those who are unknown or without a licence."""
        names = [each for each in str(asked.get("touser", "")).split("|") if each]
        parties = [int(each) for each in str(asked.get("toparty", "")).split("|") if each]
        if len(names) > MOST:
            raise Refused(40058)
        if len(parties) > MOST_PARTIES:
            raise Refused(82002)
        if names == ["@all"]:
            return list(self.staff.in_departments([1])), [], []
        found = {each.lower(): self.staff.find(each) for each in names}
        unknown = [name for name, person in found.items() if person is None]
        people = [person for person in found.values() if person]
        people += [each for each in self.staff.in_departments(parties) if each not in people]
        unlicensed = [each.userid.lower() for each in people if not each.licensed]
        return [each for each in people if each.licensed], unknown, unlicensed

    def _answer(
        self,
        asked: Json,
        to: Sequence[str],
        unknown: Sequence[str],
        unlicensed: Sequence[str],
        now: float,
    ) -> Json:
        self._messages += 1
        number = letters("msgid", self._messages, length=40)
        self.sent[number] = list(to), now
        answer: Json = {"msgid": number}
        if unknown:
            answer["invaliduser"] = "|".join(unknown)
        if unlicensed:
            answer["unlicenseduser"] = "|".join(unlicensed)
        if asked.get("template_card", {}).get("card_type", "").endswith("_interaction"):
            answer["response_code"] = self.code(now)
        return answer

    def _repeated(self, asked: Json, now: float) -> Json | None:
        until, answer = self.seen.get(fingerprint(asked), (0.0, {}))
        return answer if asked.get("enable_duplicate_check") and until > now else None

    def _remember(self, asked: Json, answer: Json, now: float) -> None:
        if asked.get("enable_duplicate_check"):
            span = min(float(asked.get("duplicate_check_interval", 1800)), 14_400.0)
            self.seen[fingerprint(asked)] = now + span, answer
        if len(self.seen) > 50_000:
            self.seen = {key: kept for key, kept in self.seen.items() if kept[0] > now}

    def _count(self, persons: int, now: float) -> None:
        if self.persons[day(now)] + persons > self.accounts * PERSON_SENDS:
            raise Refused(45009)
        self.persons[day(now)] += persons

    @staticmethod
    def _reach(person: Person, words: str, asked: Json, now: float) -> Effect:
        if person.receives(now):
            return Shown(person.userid, words, {k: v for k, v in asked.items() if k != "touser"})
        return Dropped(person.userid, words, "too many for one member")


def fingerprint(asked: Json) -> str:
    return hashlib.sha256(orjson.dumps(asked)).hexdigest()


def words_of(asked: Json, *, card: bool = False) -> str:
    """All that a reader would see. Raises `Refused`."""
    kind = "template_card" if card else str(asked.get("msgtype", ""))
    inside = asked.get(kind)
    match kind:
        case "text" | "markdown" if isinstance(inside, dict):
            if not inside.get("content"):
                raise Refused(44004)
            return str(inside["content"]).encode()[:TEXT_LIMIT].decode(errors="ignore")
        case "template_card" if isinstance(inside, dict):
            return "\n".join(parts_of(inside))
        case "image" | "voice" | "video" | "file" | "textcard" | "news" | "mpnews":
            return f"[{kind}]"
        case _:
            raise Refused(40008)


def parts_of(card: Json) -> list[str]:
    title = card.get("main_title", {})
    lines = [title.get("title", ""), title.get("desc", ""), card.get("sub_title_text", "")]
    rows = card.get("horizontal_content_list", [])
    lines += [f"{each.get('keyname', '')}：{each.get('value', '')}" for each in rows]
    return [str(line) for line in lines if line]
