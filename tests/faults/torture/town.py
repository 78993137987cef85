"""People with accounts, and what is ordered for them while everything breaks."""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count

from sqlalchemy import delete, insert
from sqlalchemy.exc import OperationalError
from sqlmodel import col, select

from bot.clock import HOME
from bot.messages import Reply
from bot.permissions import Action
from sandbox.people import name_on
from sandbox.transcript import Transcript
from storage import members, outbox, own_reminders
from storage.database import Database, Session, table
from storage.members import Account, Appointment, Member, Membership, Role
from storage.outbox import Letter, Post, Rank, State
from storage.own_reminders import OwnReminder
from tests.world import there_is

LONG_AGO = date(2020, 1, 1)
RESENT = "（补发"
MUCH_LATER = 150.0
OUTAGE = (20.0, 45.0)
"""Seconds after the start: nothing is taken, and what is over meanwhile must not be said."""
CUT_OFF = 4.0
OPEN = frozenset({State.WAITING, State.SENDING})


def lives_on(number: int) -> tuple[str, ...]:
    """Half on Telegram, half on WeCom; every tenth on both."""
    if number % 10 == 0:
        return ("telegram", "wecom")
    return ("telegram",) if number % 2 else ("wecom",)


def settle(database: Database, people: int, ledger: Transcript, at: float) -> None:
    bound = datetime.fromtimestamp(at, HOME) - timedelta(days=1)
    with database.unit_of_work() as db:
        there_is(db, "B1")
        ids = [f"M{n}" for n in range(people)] + ["author"]
        db.run(insert(table(Member)), [{"id": id, "name": id} for id in ids])
        rows = [{"member_id": id, "branch_id": "B1", "since": LONG_AGO} for id in ids]
        db.run(insert(table(Membership)), rows)
        accounts = [
            {"platform": p, "user": name_on(p, n), "member_id": f"M{n}", "bound_at": bound}
            | {"via": "import", "consent": "1", "unreachable": ""}
            for n in range(people)
            for p in lives_on(n)
        ]
        db.run(insert(table(Account)), accounts)
        db.add(Appointment(member_id="author", org_id="B1", role=Role.SECRETARY, since=LONG_AGO))
        members.changed(db)
    for n in range(people):
        known = [[p, name_on(p, n)] for p in lives_on(n)]
        ledger.note("member", at, person=f"M{n}", accounts=known)


@dataclass
class Orders:
    """Who orders what, when; each action is in the ledger as soon as it is acknowledged."""

    database: Database
    ledger: Transcript
    now: Callable[[], float]
    people: int
    seed: int
    start: float = field(init=False)
    _numbers: "count[int]" = field(default_factory=count)

    def __post_init__(self) -> None:
        self.start = self.now()
        self._chance = random.Random(self.seed)

    def timeline(self) -> Sequence[tuple[float, Callable[[], None]]]:
        """Seconds after the start, and what is done then. What is called back, reworded or not
        allowed any more is due much later than any claim of before can last."""
        everybody = [f"M{n}" for n in range(self.people)]
        return [
            (0.0, lambda: self.broadcast("notice", everybody)),
            (0.2, lambda: self.flows(everybody)),
            (0.3, lambda: self.broadcast("planned", everybody[::4], after=MUCH_LATER)),
            (0.4, lambda: self.broadcast("recalled", everybody[1::4], after=MUCH_LATER)),
            (
                0.5,
                lambda: self.broadcast("revoked", everybody[2::4], after=MUCH_LATER, by="author"),
            ),
            (0.6, lambda: self.edit("notice")),
            (2.0, lambda: self.edit("planned")),
            (3.0, lambda: self.call_back("recalled")),
            (3.5, lambda: self.revoke("revoked")),
            (OUTAGE[0] + 1, lambda: self.soon_over(everybody[::3])),
        ]

    def broadcast(self, name: str, to: Iterable[str], after: float = 0.0, by: str = "") -> None:
        """The same words for all."""
        due = self.now() + after
        posts = [self._post(name, each, due, cause=name, by=by) for each in to]
        self._order(posts, [{"key": name, "to": each.to} for each in posts], due)

    def flows(self, to: Sequence[str]) -> None:
        """Three for each, one after the other; some only in a while."""
        for each in to:
            due = self.now() + self._chance.choice([0.0, 0.0, self._chance.uniform(0, 6)])
            flow = f"flow:{each}"
            keys = [f"{each}-{place}" for place in range(3)]
            dues = [due + 0.7 * place for place in range(3)]
            posts = [
                self._post(key, each, at, cause=key, flow=flow)
                for key, at in zip(keys, dues, strict=True)
            ]
            promises = [
                {"key": key, "to": each, "flow": flow, "place": place, "due": dues[place]}
                for place, key in enumerate(keys)
            ]
            self._order(posts, promises, due)

    def soon_over(self, to: Sequence[str]) -> None:
        due = self.now() + 0.5
        posts = [self._post("over", each, due, cause="over", until=due + CUT_OFF) for each in to]
        promises = [{"key": "over", "to": each, "until": due + CUT_OFF} for each in to]
        self._order(posts, promises, due)

    def remind(self, to: Sequence[str]) -> None:
        """Of what they wanted to be reminded of, now: whoever leads writes the letters. They have
        buttons, so that nothing is said again of which nobody knows whether it arrived."""
        due = self.now()
        at = self._moment(due)
        rows = [
            {"member_id": each, "content": words("own", 1).text, "since": at.date(), "next_at": at}
            | {"made_at": at, "rule": "", "shift": "", "ahead": 0, "ended": ""}
            for each in to
        ]
        self._do(lambda db: db.run(insert(table(OwnReminder)), rows))
        for each in to:
            self.ledger.note("promised", self.now(), key="own", to=each, due=due, tries=1)

    def edit(self, cause: str) -> None:
        self._do(lambda db: outbox.reword(db, cause, "torture", words(cause, 2)))
        self.ledger.note("edited", self.now(), key=cause, version=2)

    def call_back(self, cause: str) -> None:
        self._do(lambda db: outbox.cancel(db, cause, "withdrawn", self._moment(self.now())))
        self.ledger.note("cancelled", self.now(), key=cause)

    def revoke(self, cause: str) -> None:
        """The author leaves the post: what they ordered is not sent any more."""

        def leave(db: Session) -> None:
            db.run(delete(table(Appointment)).where(col(Appointment.member_id) == "author"))
            members.changed(db)

        self._do(leave)
        self.ledger.note("cancelled", self.now(), key=cause)

    def tell_ends(self) -> None:
        """What the assistant says became of each, for the checker to doubt."""
        with self.database.reading() as db:
            for each in db.exec(select(Letter)):
                key = "own" if each.kind == "own" else each.key.rpartition(":")[0]
                told = {"state": each.state, "reason": each.reason, "doubts": each.doubts}
                self.ledger.note("ended", self.now(), key=key, to=each.to, **told)
        states = self._states()
        done = sum(state not in OPEN for state in states)
        self.ledger.note("sums", self.now(), of="ended", parts=[done], total=len(states))

    def all_ended(self) -> bool:
        return not self.left()

    def left(self) -> int:
        """Letters that have not ended, or are not even written."""
        with self.database.reading() as db:
            unwritten = own_reminders.count_due(db, self._moment(self.now()))
        return unwritten + sum(state in OPEN for state in self._states())

    def _states(self) -> list[str]:
        with self.database.reading() as db:
            return list(db.exec(select(Letter.state)))

    def _do(self, work: Callable[[Session], object]) -> None:
        """Until it is acknowledged, as people do: who was stopped in the middle of writing keeps
        others from it."""
        for tries_left in reversed(range(5)):
            try:
                with self.database.unit_of_work() as db:
                    work(db)
                return
            except OperationalError:
                if not tries_left:
                    raise

    def _order(self, posts: list[Post], promises: list[dict[str, object]], due: float) -> None:
        self._do(lambda db: outbox.post(db, posts, self._moment(self.now())))
        for each in promises:
            self.ledger.note("promised", self.now(), **{"due": due, **each})

    def _post(
        self, key: str, to: str, due: float, *, cause: str, flow: str = "", by: str = "",
        until: float | None = None,
    ) -> Post:  # fmt: skip
        return Post(
            key=f"{key}:{to}", to=to, kind="torture", say=words(key, 1), cause=cause, flow=flow,
            due=self._moment(due), until=self._moment(until) if until else None,
            rank=Rank.URGENT, org_id="B1", author=by,
            author_may=Action.SEND_NOTICE if by else "",
        )  # fmt: skip

    @staticmethod
    def _moment(at: float) -> datetime:
        return datetime.fromtimestamp(at, HOME)


def words(key: str, version: int) -> Reply:
    return Reply(text=f"#{key}/{version}# 请看一下。")
