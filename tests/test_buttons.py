"""T13: a button says what is wanted; whether it is theirs is asked of whoever presses it.

Every kind of button that names a thing of somebody's, with the number of a thing that is there. For
others it is as if there were none: the same words, and nothing is done.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from bot import text
from bot.messages import Address, Tap
from bot.permissions import authorize
from bot.routing import Route
from handlers.binding import rules
from storage.accounts import bind
from storage.broadcasts import Broadcast, Recipient, Stage
from storage.contests import Player, Sitting
from storage.database import Session
from storage.devices import Joining
from storage.members import Role
from storage.own_reminders import OwnReminder
from storage.service import ServiceRecord
from storage.study import Asking
from tests.test_permissions import REFUSED, speaker
from tests.web.belongings import OTHER, OWNER, settle
from tests.web.test_former import changed
from tests.web.test_roles import everything, owed
from tests.world import World, render

PHONE = Address("fake", "second-phone")
THERE = {
    **dict.fromkeys(
        ("activity_id", "asking_id", "attempt_id", "draft_id", "id", "item_id",
         "joining", "record_id", "reminder_id", "task_id"), "1"
    ),
    "branch_id": "B1", "broadcast_id": "7", "duty_id": "2", "mark": rules.mark(*PHONE),
    "member_id": "王一", "org_id": "B1", "question_id": "Q001", "request_id": "1",
}  # fmt: skip
"""What buttons name."""
NOWHERE = {**dict.fromkeys(THERE, "9999"), "branch_id": "B404", "org_id": "B404"}
MORE = {
    "agree": "1", "ahead": "60", "category": "出差", "figure": "held", "how": "yes",
    "kind": "leave", "manner": "word", "member": "王一", "minute": "29700000", "option": "0",
    "place": "0", "receipt": "1", "state": "withdrawn", "step": "sign", "tomorrow": "1",
    "until": "2026-12-01", "urgent": "0", "version": "1", "who": "",
}  # fmt: skip
"""What else they say along with it."""
SAYS = {
    "circularstep": {"step": "check"},
    "sign": {"how": "join"},
    "task_nudge": {"org_id": ""},
    "task_nudge_now": {"org_id": ""},
    "task_tell": {"step": "progress"},
}
OF_NOTICES = {"notereword", "notediscard", "notify"}
NAMELESS = {
    "before", "begins", "days", "ends", "first", "lack", "last", "letter_id", "signed", "start",
    "sure", "wanted",
}  # fmt: skip
"""Fields that name no thing of anybody's, or (a letter's number) where one's own list goes on."""
ASKS_FIRST = {"why", "noteedit", "task_all_ok"}
"""Ask for a sentence, and look with it whose the thing is; or nothing was reported yet."""
TOLD_APART = {"in", "duty", "press", "task_unit"}
"""Whoever came to another branch's meeting is told whom to see, whoever lost a post that this is
not theirs any more; and what a branch is called is public."""


@pytest.fixture
def settled(world: World, tmp_path: Path) -> World:
    settle(world, tmp_path)
    assert "发给" in world.talker(OWNER).says("给全体党员发通知：周五三楼开会")
    with world.database.unit_of_work() as db:
        as_a_member(db, world)
    world.member("周书记", role=Role.SECRETARY)
    world.member("赵二", branch="B2")
    return world


def as_a_member(db: Session, world: World) -> None:
    """What the owner has for themselves."""
    now, day = world.now, world.now.date()
    mine: dict[str, Any] = {"member_id": OWNER}
    bind(db, PHONE, OWNER, via="second", consent="1", now=now - timedelta(days=9))
    way: dict[str, Any] = {
        "from_platform": "fake",
        "from_user": OWNER,
        "to_platform": "fake",
        "to_user": "new",
    }
    until = now + timedelta(minutes=9)
    db.add(Broadcast(id=7, author=OWNER, org_id="B1", words="大家", text="x", made_at=now))
    db.flush()
    db.add_all(
        [
            owed("B1", day, rule="OL02"),
            Recipient(broadcast_id=7, **mine),
            OwnReminder(content="x", since=day, next_at=until, made_at=now, **mine),
            ServiceRecord(org_id="B1", served_on=day, minutes=60, kind="x", made_at=now, **mine),
            Asking(day=day, why="daily", question_id="Q001", version=1, asked_at=now, **mine),
            Joining(
                digest="x", token="x", made_at=now, claimed_at=now, expires=until, **way, **mine
            ),
            Player(contest_id=1, team="B1", joined_at=now, **mine),
            Sitting(round_id=1, number=1, paper=0, started_at=now, shown_at=now, **mine),
        ]
    )


def naming(world: World) -> dict[str, list[str]]:
    """The kinds that name a thing: prefix to fields."""
    kinds = {prefix: list(kind.model_fields) for prefix, (kind, _) in taps(world).items()}
    return {prefix: fields for prefix, fields in kinds.items() if set(fields) & THERE.keys()}


def taps(world: World) -> dict[str, tuple[type[Tap], Route]]:
    return world.dispatcher.finder.router.taps


def packed(world: World, prefix: str, fields: list[str], things: dict[str, str]) -> str:
    said = {**things, **MORE, **SAYS.get(prefix, {})}
    if things is THERE and prefix in OF_NOTICES:
        said["draft_id"] = drafted(world)
    return ":".join([prefix, *(said[each] for each in fields)])


def drafted(world: World) -> str:
    """The notice that the owner has written last, and not sent."""
    with world.database.reading() as db:
        newest = select(func.max(Broadcast.id)).where(col(Broadcast.stage) == Stage.DRAFT)
        return str(db.run(newest.where(col(Broadcast.words) != "大家")).scalar_one())


def test_of_every_field_it_is_known_what_it_names(world: World) -> None:
    """A button that carried whose it is would stand out here."""
    fields = {field for kind, _ in taps(world).values() for field in kind.model_fields}
    assert fields == THERE.keys() | MORE.keys() | NAMELESS


@pytest.mark.parametrize("who", [OTHER, "赵二", "stranger"])
def test_for_others_there_is_no_such_thing(settled: World, who: str) -> None:
    before = everything(settled)
    for prefix, fields in naming(settled).items():
        told = press(settled, who, packed(settled, prefix, fields, THERE))
        absent = press(settled, who, packed(settled, prefix, fields, NOWHERE))
        assert text.BROKEN not in (told, absent), prefix
        assert told == absent or prefix in TOLD_APART, prefix
    assert changed(settled, before) <= {"opendialog"}  # what they are asked themselves


def test_for_whose_it_is_there_is(settled: World) -> None:
    """Else the test above would prove nothing."""
    for prefix, fields in naming(settled).items():
        who = "王一" if prefix == "withdraw" else OWNER
        told = press(settled, who, packed(settled, prefix, fields, THERE), keep=False)
        absent = press(settled, who, packed(settled, prefix, fields, NOWHERE), keep=False)
        assert text.BROKEN not in (told, absent), prefix
        assert told != absent or prefix in ASKS_FIRST, (prefix, told)


@pytest.mark.parametrize("who", ["王一", "stranger"])
def test_what_needs_a_post_is_refused_without(settled: World, who: str) -> None:
    """In one's own branch, with everything there."""
    asking = speaker("guest" if who == "stranger" else "member")
    for prefix, fields in naming(settled).items():
        _, route = taps(settled)[prefix]
        said = press(settled, who, packed(settled, prefix, fields, THERE), keep=False)
        refused = said.startswith(REFUSED) or said == text.NOT_BOUND
        assert refused is not authorize(asking, route.may), (prefix, said)


class Undone(Exception):
    """It was only tried."""


def press(world: World, who: str, tap: str, *, keep: bool = True) -> str:
    heard = world.incoming(world.talker(who).address, tap=tap)
    said = ""
    try:
        with world.database.unit_of_work() as db:
            [reply] = world.dispatcher.answer_all(db, [heard])
            said = render(reply)
            if not keep:
                raise Undone
    except Undone:
        pass
    return said
