"""What an account on WeChat and one on WeCom have in common: how we hear of what people do."""

from collections.abc import Sequence
from typing import Protocol

from sandbox.tencent.peeking import peek
from sandbox.tencent.visits import PATIENCE, Visits
from sandbox.values import Answer, Call, Deed, Told, Verdict


class Acts(Protocol):
    """What people can do there."""

    def act(self, user: str, deed: Deed, now: float) -> Told | None: ...


class Account:
    patience = PATIENCE
    deeds: Acts
    visits: Visits

    def act(self, user: str, deed: Deed, now: float) -> Sequence[Told]:
        told = self.deeds.act(user, deed, now)
        return [told] if told else []

    def visit(self, told: Told, attempt: int, now: float) -> Call:
        return self.visits.visit(told, now)

    def judge(self, told: Told, attempt: int, answer: Answer | None, now: float) -> Verdict:
        return self.visits.judge(told, attempt, answer)

    def peek(self, call: Call) -> tuple[list[str], str] | None:
        return peek(call)
