"""From a draft to what is published: who may take which step."""

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    DRAFT = "draft"
    CHECKED = "checked"
    APPROVED = "approved"
    PUBLISHED = "published"
    DROPPED = "dropped"


class Step(StrEnum):
    CHECK = "check"
    APPROVE = "approve"
    PUBLISH = "publish"
    CORRECT = "correct"
    DROP = "drop"


FROM: dict[Step, frozenset[Stage]] = {
    Step.CHECK: frozenset({Stage.DRAFT}),
    Step.APPROVE: frozenset({Stage.CHECKED}),
    Step.PUBLISH: frozenset({Stage.APPROVED}),
    Step.CORRECT: frozenset({Stage.PUBLISHED}),
    Step.DROP: frozenset({Stage.DRAFT, Stage.CHECKED, Stage.APPROVED}),
}
NEXT: dict[Stage, tuple[Step, ...]] = {
    Stage.DRAFT: (Step.CHECK, Step.DROP),
    Stage.CHECKED: (Step.APPROVE, Step.DROP),
    Stage.APPROVED: (Step.PUBLISH, Step.DROP),
    Stage.PUBLISHED: (Step.CORRECT,),
    Stage.DROPPED: (),
}
"""What is offered; the likeliest first."""

ANEW = frozenset({Step.CHECK, Step.CORRECT})
"""Taken by the numbers of that moment."""


@dataclass(frozen=True)
class Go:
    pass


@dataclass(frozen=True)
class OwnWork:
    """Whoever wrote it does not approve it."""


@dataclass(frozen=True)
class NotNow:
    stage: Stage


def may_step(step: Step, stage: Stage, *, is_author: bool) -> Go | OwnWork | NotNow:
    if stage not in FROM[step]:
        return NotNow(stage)
    if step is Step.APPROVE and is_author:
        return OwnWork()
    return Go()
