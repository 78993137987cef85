"""For whoever plays the members: what they do, what their phones show, and what goes wrong.

POST /control/wechat/USER   {"do": "say", "words": "签到"}   also follow, tap, block …
GET  /control/wechat/USER   what the phone shows
POST /control/faults        {"order": ["busy"]} or {"calls": {"hang_after": 0.01}}
GET  /control/time          seconds since 1970, as the stand-ins count them
"""

import asyncio
from collections.abc import Sequence

import orjson

from sandbox.faults import Fault, Mishap
from sandbox.stage import Stage
from sandbox.values import Answer, Call, Impossible, Json, Shown

ANSWERED_WITHIN = 6.0
"""Seconds that whoever says something waits for what their phone shows."""


class Control:
    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    async def __call__(self, call: Call) -> Answer:
        first, _, user = call.path.lstrip("/").partition("/")
        try:
            asked = orjson.loads(call.body) if call.body else {}
            match call.method, first:
                case "POST", "faults":
                    return self._break(asked)
                case "GET", "time":
                    return Answer(body={"now": self.stage.clock.now()})
                case "POST", platform if platform in self.stage.stands:
                    return await self._act(platform, user, asked)
                case "GET", platform if platform in self.stage.stands:
                    return Answer(body=phone(self.stage.seen_by(platform, user)))
                case _:
                    return Answer(404, b"control: no such address")
        except (Impossible, ValueError, KeyError) as trouble:
            return Answer(400, {"error": str(trouble)})

    async def _act(self, platform: str, user: str, deed: Json) -> Answer:
        """Answered when the assistant has answered, with what the phone shows since."""
        before = set(map(id, self.stage.seen_by(platform, user)))
        hearing = self.stage.act(platform, user, {name: str(deed[name]) for name in deed})
        if hearing:
            await asyncio.wait(hearing, timeout=self.stage.clock.real(ANSWERED_WITHIN))
        now = self.stage.seen_by(platform, user)
        return Answer(body=phone([each for each in now if id(each) not in before]))

    def _break(self, asked: Json) -> Answer:
        faults = self.stage.faults
        faults.ordered.extend(Fault(each) for each in asked.get("order", []))
        if "calls" in asked:
            faults.calls = {Fault(name): float(share) for name, share in asked["calls"].items()}
        if "visits" in asked:
            faults.visits = {Mishap(name): float(share) for name, share in asked["visits"].items()}
        return Answer(body={"ordered": list(faults.ordered), "calls": dict(faults.calls)})


def phone(shown: Sequence[Shown]) -> Json:
    return {"shown": [{"words": each.words, "message": each.message} for each in shown]}
