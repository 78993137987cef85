"""Whatever happens in whatever order: every recipient stands in one place, and nobody is told
both texts or, after a recall, anything."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import update
from sqlmodel import col, select

from bot.messages import Refusal, Reply
from handlers.notices.actions import following, posting, releasing
from handlers.notices.rules.counting import Counts
from storage import broadcasts, claims, members, organisation
from storage.broadcasts import Broadcast, Stage
from storage.claims import Claimed
from storage.database import table
from storage.members import Role, Speaker
from storage.outbox import Letter, State
from tests.world import World

CREW = [f"M{n:02d}" for n in range(9)]
ENDS = (State.SENT, State.FAILED, State.UNCERTAIN, State.WAITING, State.EXPIRED)


@pytest.fixture
def crew(world: World) -> World:
    world.member("书记", "B1", Role.SECRETARY)
    for name in CREW:
        world.member(name, "B1")
    return world


@dataclass
class Run:
    """One notice, with delivery played by hand."""

    world: World
    id: int = 0
    author: Speaker | None = None
    said: dict[str, str] = field(default_factory=dict)
    """Whom a platform was asked to tell which text."""
    claimed: list[Claimed] = field(default_factory=list)
    recalled: bool = False
    text: str = "第0文。"
    """What was acknowledged last."""

    def begin(self) -> None:
        now = self.world.now
        with self.world.database.unit_of_work() as db:
            self.author = members.speaker(db, "书记", organisation.tree(db, now.date()))
            row = Broadcast(
                author="书记",
                org_id="B1",
                words="大家",
                audience={"kind": "members", "roles": [], "status": "", "of": 0},
                text=self.text,
                stage=Stage.RELEASED,
                count=len(CREW) + 1,
                made_at=now,
                goes_at=now,
                until=now + timedelta(days=1),
            )
            self.id = broadcasts.save(db, row).id
            posting.start(db, self.id, ["书记", *CREW], now)

    def letters(self, state: State) -> list[Letter]:
        with self.world.database.reading() as db:
            query = select(Letter).where(Letter.cause == broadcasts.cause(self.id))
            return [each for each in db.execute(query).scalars() if each.state == state]

    def write(self) -> None:
        with self.world.database.unit_of_work() as db:
            posting.post_some(db, self.id, self.world.now)

    def claim(self) -> None:
        now = self.world.now
        with self.world.database.unit_of_work() as db:
            lane = f"lane of {self.id}"
            mine = col(Letter.cause) == broadcasts.cause(self.id), col(Letter.lane) == ""
            db.run(update(table(Letter)).where(*mine).values(lane=lane))
            for row in claims.claim(db, lane, "me", 2, now, now + timedelta(minutes=1)):
                self.claimed.append(row)
                assert self.said.get(row.to, row.body) == row.body
                self.said[row.to] = row.body

    def settle(self, end: State) -> None:
        done, self.claimed = self.claimed[:2], self.claimed[2:]
        with self.world.database.unit_of_work() as db:
            for row in done:
                values = {name: getattr(row, name) for name in claims.SETTLED} | {"state": end}
                assert claims.settle(db, "me", row.attempt, row.id, values)
                if end is State.WAITING:  # it was not taken: nobody has read anything
                    del self.said[row.to]

    def edit(self) -> None:
        before = self.counts()
        text = f"第{int(self.text[1:-2]) + 1}文。"
        with self.world.database.unit_of_work() as db:
            assert self.author
            try:
                done = following.edit(db, self.author, self.world.now, self.id, text)
            except Refusal:
                assert self.recalled or not before.not_yet
                return
        assert isinstance(done, following.Edited)
        assert (done.told, done.not_yet) == (before.told, before.not_yet)
        self.text = text

    def recall(self) -> None:
        with self.world.database.unit_of_work() as db:
            assert self.author
            before = following.count(
                db, releasing.ordered(db, self.author, self.world.now, self.id)
            )
            done = following.stop(db, self.author, self.world.now, self.id)
        if not self.recalled:
            assert done.counts.told == before.told
            assert done.counts.cancelled == before.cancelled + before.not_yet
        self.recalled = True

    def counts(self) -> Counts:
        with self.world.database.reading() as db:
            return following.count(db, db.get_one(Broadcast, self.id))


STEPS: dict[str, Callable[[Run], None]] = {
    "write": Run.write,
    "claim": Run.claim,
    "edit": Run.edit,
    "recall": Run.recall,
    **{f"settle+{end}": partial(Run.settle, end=end) for end in ENDS},
}


def test_whatever_happens_the_sum_holds(crew: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posting, "AT_ONCE", 3)

    @settings(max_examples=60, suppress_health_check=list(HealthCheck))
    @example(
        ["write", "claim", "edit", "settle+waiting", "edit", "claim", "settle+waiting", "claim"]
    )
    @example(["write", "claim", "recall", "settle+waiting", "claim"])
    @example(["write", "claim", "edit", "settle+uncertain", "recall"])
    @given(st.lists(st.sampled_from(sorted(STEPS)), max_size=30))
    def check(steps: list[str]) -> None:
        run = Run(crew)
        run.begin()
        for step in steps:
            told_before = dict(run.said)
            was_recalled = run.recalled
            STEPS[step](run)
            assert run.counts().total == len(CREW) + 1
            if step == "claim":
                for name in run.said.keys() - told_before.keys():
                    assert not was_recalled or name in told_before
                    said = Reply.model_validate_json(run.said[name]).text
                    assert said.endswith(run.text)
            if run.recalled:
                assert not run.letters(State.WAITING)

    check()


def test_a_recall_and_the_writing_of_letters_at_once(
    crew: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two at once on a real database: not one letter waits after the recall."""
    monkeypatch.setattr(posting, "AT_ONCE", 2)
    for _ in range(10):
        run = Run(crew)
        run.begin()
        start = threading.Barrier(2)

        def writing(run: Run = run, start: threading.Barrier = start) -> None:
            start.wait()
            for _ in range(7):
                run.write()

        thread = threading.Thread(target=writing)
        thread.start()
        start.wait()
        assert run.counts().total == len(CREW) + 1
        run.recall()
        assert run.counts().total == len(CREW) + 1
        thread.join()

        assert run.letters(State.WAITING) == []
        assert run.counts() == Counts(cancelled=len(CREW) + 1)
