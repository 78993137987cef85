"""Builds that are broken on purpose: each decision of delivery is taken wrongly once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.messages import Reply
from bot.platforms.tencent.tokens import SharedTokens
from bot.platforms.wecom import WeCom
from sandbox.checker import Report
from sandbox.faults import Fault
from scheduler.delivery import claiming, facts, parcels, settling, speaking
from scheduler.delivery.rules import after as after_rules
from scheduler.delivery.rules import before as before_rules
from scheduler.delivery.rules import wording
from scheduler.delivery.rules.after import Busy, Doubt, End, Poison
from storage import claims, lanes
from storage.claims import statements
from storage.database import Database, Session, among, table
from storage.outbox import Letter, State
from tests.faults.torture.virtual import USUAL, Run

Patch = pytest.MonkeyPatch
letter = table(Letter).c


def mark_first(patch: Patch) -> None:
    """Recorded as sent before it is."""
    usual = claims.set_off

    def set_off(
        db: Session, owner: str, number: int, ids: Any, now: datetime, lease: datetime
    ) -> set[int]:
        ours = usual(db, owner, number, ids, now, lease)
        claims.sent(db, owner, number, ours, now)
        return ours

    patch.setattr(claims, "set_off", set_off)


def no_reclaim(patch: Patch) -> None:
    """What a dead process had claimed stays claimed."""
    patch.setattr(claiming, "take_over", lambda db, lane, now: None)


def racy_claim(patch: Patch) -> None:
    """Looks, and then takes what may have been taken meanwhile; the lane is nobody's alone."""

    def claim(db: Session, lane: str, owner: str, room: int, now: datetime, lease: datetime) -> Any:
        open_now = (letter.lane == lane) & letter.state.in_([State.WAITING, State.SENDING])
        found = select(letter.id).where(open_now, letter.not_before <= now).limit(room)
        taking = update(table(Letter)).where(letter.id.in_(found))
        new = {"state": State.SENDING, "owner": owner, "lease": lease}
        new |= {"attempt": letter.attempt + 1}
        return list(db.run(taking.values(**new).returning(*letter)))

    patch.setattr(claims, "claim", claim)
    patch.setattr(lanes, "TAKE", select(*lanes._columns).where(lanes._this))
    no_fence(patch)  # which would save it


def short_lease(patch: Patch) -> None:
    """Shorter than a call may take."""
    for place in (lanes, claiming, settling):
        patch.setattr(place, "lease_of", lambda limits: timedelta(seconds=1))
    patch.setattr(claiming, "AHEAD", timedelta(0))


def no_fence(patch: Patch) -> None:
    """Whoever comes back late goes on as if nothing had been."""
    fence = among(letter.id, "ids")
    off = update(table(Letter)).where(fence).values(lease=statements._until).returning(letter.id)
    patch.setattr(claims, "SET_OFF", off)
    patch.setattr(
        claims, "SENT", statements.settling(fence, state=State.SENT, settled_at=statements._now)
    )


def same_owner(patch: Patch) -> None:
    """Named after its machine: what is under way under this name must be its own of before, and
    cannot have left."""
    name, usual = "worker-1", claims.unroute
    patch.setattr(claims, "new_owner", lambda: name)

    def unroute(db: Session, lanes: Any) -> None:
        usual(db, lanes)
        its_own = (letter.state == State.SENDING) & (letter.owner == name)
        db.run(update(table(Letter)).where(its_own).values(state=State.WAITING, lease=None))

    patch.setattr(claims, "unroute", unroute)


def drop_when_busy(patch: Patch) -> None:
    """A passing refusal is taken for the end."""
    give_up(patch, Busy)


def drop_when_in_doubt(patch: Patch) -> None:
    """No answer is taken for a failure, without a second try."""
    give_up(patch, Doubt)


def give_up(patch: Patch, kind: type[Any]) -> None:
    usual = after_rules.after

    def after(outcome: Any, *rest: Any) -> Any:
        return End(State.FAILED) if isinstance(outcome, kind) else usual(outcome, *rest)

    patch.setattr("scheduler.delivery.settling.after", after)


def hope_when_in_doubt(patch: Patch) -> None:
    """No answer is taken for a success."""
    usual = after_rules.after

    def after(outcome: Any, *rest: Any) -> Any:
        return End(State.SENT) if isinstance(outcome, Doubt) else usual(outcome, *rest)

    patch.setattr("scheduler.delivery.settling.after", after)


def again_and_again(patch: Patch) -> None:
    """Until there is an answer at last."""
    patch.setattr(after_rules, "RESENDS", 1_000)


def doubt_is_a_no(patch: Patch) -> None:
    """No answer is taken for a clean refusal: said again as if for the first time."""
    usual = after_rules.after

    def after(outcome: Any, *rest: Any) -> Any:
        return usual(Busy("not taken") if isinstance(outcome, Doubt) else outcome, *rest)

    patch.setattr("scheduler.delivery.settling.after", after)


def resent_without_a_word(patch: Patch) -> None:
    """The second time looks like the first."""
    usual = wording.marked
    silent = lambda said: usual(replace(said, resent=False))  # noqa: E731
    patch.setattr("scheduler.delivery.parcels.marked", silent)


def no_permission_asked(patch: Patch) -> None:
    """Whoever could order it once can for ever."""
    patch.setattr(facts, "may", lambda *of: True)


def early(patch: Patch) -> None:
    """A machine's own clock, which is a minute fast."""
    patch.setattr("tests.faults.torture.virtual.FAST", 60.0)


def no_cut_off(patch: Patch) -> None:
    """What is over is still announced."""
    usual = before_rules.judge

    def judge(known: Any, *rest: Any) -> Any:
        return usual(replace(known, until=None), *rest)

    patch.setattr("scheduler.delivery.claiming.judge", judge)


def out_of_order(patch: Patch) -> None:
    """A flow is a heap."""
    free = ~among(letter.id, "ours")
    anything = select(letter.id).where(statements._due, free).order_by(letter.not_before, letter.id)
    patch.setattr(claims, "CLAIM", statements._taking(anything.limit(statements._room)))


def written_beforehand(patch: Patch) -> None:
    """Worded when it was planned; an edit comes too late for it."""
    usual = parcels.body_of

    def body_of(*of: Any) -> Reply:
        said = usual(*of)
        return said.model_copy(update={"text": said.text.replace("/2#", "/1#")})

    patch.setattr(parcels, "body_of", body_of)


def never_called_back(patch: Patch) -> None:
    """A cancelled letter is taken for a waiting one."""
    usual = claims.unrouted

    def unrouted(db: Session, now: datetime, room: int = 500) -> Any:
        cancelled = (letter.state == State.CANCELLED) & (letter.lane == "")
        new = {"state": State.WAITING, "settled_at": None}
        db.run(update(table(Letter)).where(cancelled).values(**new))
        return usual(db, now, room)

    patch.setattr(claims, "unrouted", unrouted)
    patch.setattr(claims, "waits", lambda db, lane, now: True)


def a_no_is_forever(patch: Patch) -> None:
    """Too fast is taken for unwanted."""
    usual = speaking.speak

    async def speak(platform: Any, parcel: Any) -> Any:
        outcomes = await usual(platform, parcel)
        return {
            user: Poison("refused") if isinstance(each, Busy) else each
            for user, each in outcomes.items()
        }

    patch.setattr("scheduler.delivery.worker.speak", speak)
    patch.setattr(after_rules, "TRIES", 1)


def own_tokens(patch: Patch) -> None:
    """Each process fetches a token for itself."""
    patch.setattr(WeCom, "share_tokens", lambda self, shelf: None)


def never_renewed(patch: Patch) -> None:
    """A token is believed in as long as it was to last."""

    async def instead_of(self: SharedTokens, refused: str) -> str:
        return refused

    patch.setattr(SharedTokens, "instead_of", instead_of)


BEYOND = (1.2, 1.8)
"""Leases: whoever sleeps so long comes back late."""


SILENT = {**USUAL, Fault.RESET_AFTER: 0.3}
"""Every third call is taken, and nobody hears of it."""


SLUGGISH = {**USUAL, Fault.BUSY: 0.15}
"""Many are to come again later, when the next of their flow may be sent."""


@dataclass(frozen=True)
class Mutant:
    breaks: Callable[[Patch], None]
    rule: str
    """That must see it."""
    kills: int = 24
    pauses: int = 6
    stops: tuple[float, float] = (0.2, 1.8)
    suffering: int = 2
    people: int = 40
    at_once: int = 2
    faults: Mapping[Fault, float] = field(default_factory=lambda: USUAL)


MUTANTS: Mapping[str, Mutant] = {
    "mark_first": Mutant(mark_first, "L"),
    "no_reclaim": Mutant(no_reclaim, "L", kills=40),
    "racy_claim": Mutant(racy_claim, "T", kills=0),
    "short_lease": Mutant(short_lease, "T", kills=0),
    "no_fence": Mutant(no_fence, "M", 10, 10, BEYOND, 5, 160, 6),
    "same_owner": Mutant(same_owner, "M"),
    "drop_when_busy": Mutant(drop_when_busy, "L"),
    "drop_when_in_doubt": Mutant(drop_when_in_doubt, "L"),
    "hope_when_in_doubt": Mutant(hope_when_in_doubt, "L"),
    "again_and_again": Mutant(again_and_again, "T", faults=SILENT),
    "doubt_is_a_no": Mutant(doubt_is_a_no, "M"),
    "resent_without_a_word": Mutant(resent_without_a_word, "M"),
    "no_permission_asked": Mutant(no_permission_asked, "F", kills=4),
    "early": Mutant(early, "C", kills=4),
    "no_cut_off": Mutant(no_cut_off, "C", kills=4),
    "out_of_order": Mutant(out_of_order, "O", people=100, faults=SLUGGISH),
    "written_beforehand": Mutant(written_beforehand, "S", kills=4),
    "never_called_back": Mutant(never_called_back, "F", kills=4),
    "a_no_is_forever": Mutant(a_no_is_forever, "L", kills=4),
    "own_tokens": Mutant(own_tokens, "K", kills=0),
    "never_renewed": Mutant(never_renewed, "L", kills=4),
}


def play(mutant: Mutant, database: Database, seed: int) -> Report:
    """A run of what is broken by now."""
    run = Run(database, seed, mutant.people, mutant.kills, mutant.pauses)
    run = replace(run, stops=mutant.stops, suffering=mutant.suffering, patience=150)
    return replace(run, at_once=mutant.at_once, faults=mutant.faults).play()
