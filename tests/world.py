"""A whole assistant in memory, with a clock you can set and members who can talk."""

import asyncio
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from sqlmodel import col, select

from bot.app import dispatcher
from bot.clock import HOME
from bot.messages import Address, Incoming, Kind, Reply
from storage import activities, members, organisation
from storage.activities import Activity, Audience, Manner
from storage.database import Database, Session
from storage.members import Account, Appointment, Member, Membership, Role
from storage.organisation import Organisation, OrgKind, Placement
from storage.outbox import Letter
from storage.writer import Writer

LONG_AGO = date(2020, 1, 1)
Row = TypeVar("Row")


@dataclass
class Talker:
    """Somebody with a phone."""

    world: "World"
    address: Address
    id: str = ""

    def says(self, text: str, **more: Any) -> str:
        """What the assistant answers, as a plain-text platform would show it."""
        return self.world.hear(self.address, text=text, **more)

    def taps(self, label: str) -> str:
        shown = [b for b in self.world.last.buttons if label in b.label]
        assert shown, f"no button «{label}» in {self.world.last}"
        return self.world.hear(self.address, tap=shown[0].tap)

    def presses(self, letter: Letter, label: str) -> str:
        """The button of a letter that they got, however much was said since."""
        [tap] = [each.tap for each in say(letter).buttons if label in each.label]
        return self.world.hear(self.address, tap=tap)

    def scans(self, scene: str) -> str:
        return self.world.hear(self.address, scene=scene)

    def sends(self, kind: Kind) -> str:
        return self.world.hear(self.address, kind=kind)


def say(letter: Letter) -> Reply:
    return Reply.model_validate_json(letter.body)


def there_is(
    db: Session, id: str, under: str | None = None, kind: str = OrgKind.BRANCH, name: str = ""
) -> None:
    if db.get(Organisation, id) is None:
        db.add(Organisation(id=id, name=name or id, kind=kind))
        db.flush()
        db.add(Placement(org_id=id, parent_id=under, since=LONG_AGO))
        organisation.changed(db)


def render(reply: Reply) -> str:
    """The plainest platform there could be."""
    lines = [reply.title, reply.text, *(f"{name}：{value}" for name, value in reply.fields.items())]
    lines.append("".join(f"［{n} {b.label}］" for n, b in enumerate(reply.buttons, start=1)))
    return "\n".join(line for line in lines if line)


class World:
    """No thread and no event loop: what a writer does for a batch is called directly."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.dispatcher = dispatcher()
        self.now = datetime(2026, 11, 23, 9, 0, tzinfo=HOME)
        self.last = Reply(text="")
        self._ids = count(1)

    # time

    def at(self, words: str) -> "World":
        """«8:30», «11-24 8:30» or «11-24 8:30:05»."""
        day, _, clock = words.rpartition(" ")
        parts = [int(part) for part in clock.split(":")]
        hour, minute, second = (*parts, 0)[:3]
        self.now = self.now.replace(hour=hour, minute=minute, second=second, microsecond=0)
        if day:
            month, number = day.split("-")
            self.now = self.now.replace(month=int(month), day=int(number))
        return self

    # people and organisations

    def organisation(
        self, id: str, under: str | None = None, kind: OrgKind = OrgKind.BRANCH, name: str = ""
    ) -> str:
        with self.database.unit_of_work() as db:
            there_is(db, id, under, kind, name)
        return id

    def member(
        self,
        name: str,
        branch: str = "B1",
        role: Role | None = None,
        *,
        group: str | None = None,
        **more: Any,
    ) -> Talker:
        """A member of `branch`, bound to an account of a plain platform, holding `role` there."""
        address = Address("fake", name)
        with self.database.unit_of_work() as db:
            there_is(db, branch)
            db.add(Member(id=name, name=name, **more))
            db.flush()
            db.add(Membership(member_id=name, branch_id=branch, group_id=group, since=LONG_AGO))
            db.add(
                Account(platform="fake", user=name, member_id=name, bound_at=self.now, consent="1")
            )
            if role:
                where = group if role is Role.GROUP_LEADER and group else branch
                db.add(Appointment(member_id=name, org_id=where, role=role, since=LONG_AGO))
            members.changed(db)
        return Talker(self, address, id=name)

    def appoint(self, talker: Talker, org_id: str, role: Role) -> None:
        """They hold `role` there too, from now on and before."""
        with self.database.unit_of_work() as db:
            db.add(Appointment(member_id=talker.id, org_id=org_id, role=role, since=LONG_AGO))
            members.changed(db)

    def resign(self, talker: Talker, on: date) -> None:
        """All their posts end on that day."""
        with self.database.unit_of_work() as db:
            for row in db.exec(select(Appointment).where(Appointment.member_id == talker.id)):
                row.until = on
                db.add(row)
            members.changed(db)

    def place(self, org_id: str, under: str) -> None:
        """Hang an organisation that stood alone."""
        with self.database.unit_of_work() as db:
            for row in db.exec(select(Placement).where(Placement.org_id == org_id)):
                row.parent_id = under
                db.add(row)
            organisation.changed(db)

    def transfer(self, talker: Talker, to: str, on: date) -> None:
        """They belong to `to` from that day on; before it nothing changes."""
        with self.database.unit_of_work() as db:
            there_is(db, to)
            row = db.exec(
                select(Membership).where(
                    Membership.member_id == talker.id, col(Membership.until).is_(None)
                )
            ).one()
            row.until = on
            db.add(row)
            db.add(Membership(member_id=talker.id, branch_id=to, since=on))
            members.changed(db)

    def stranger(self, user: str = "stranger", platform: str = "fake") -> Talker:
        return Talker(self, Address(platform, user))

    def talker(self, user: str) -> Talker:
        """Somebody who is there already."""
        return Talker(self, Address("fake", user), id=user)

    def activity(self, title: str = "主题党日", branch: str = "B1", **more: Any) -> int:
        """From nine to half past ten of today unless told otherwise; check-in from 8:30."""
        starts = more.pop("starts", self.now.replace(hour=9, minute=0, second=0, microsecond=0))
        minutes = more.pop("minutes", 90)
        values: dict[str, Any] = {
            "kind": "theme_day",
            "venue": "三楼",
            "audience": Audience.ALL,
            "manner": Manner.WORD,
            "opens": starts - timedelta(minutes=30),
            "closes": starts + timedelta(minutes=minutes),
            **more,
        }
        row = Activity(title=title, org_id=branch, starts=starts, minutes=minutes, **values)
        with self.database.unit_of_work() as db:
            there_is(db, branch)
            db.add(row)
            activities.changed(db)
            return row.id

    def add(self, row: Row) -> Row:
        with self.database.unit_of_work() as db:
            db.add(row)
        return row

    def letters(self, kind: str = "") -> list[Letter]:
        """What was written to anybody, of this kind or of any, in the order of writing."""
        with self.database.reading() as db:
            written = db.exec(select(Letter).order_by(col(Letter.id))).all()
        return [each for each in written if kind in ("", each.kind)]

    # talking

    def incoming(self, sender: Address, **said: Any) -> Incoming:
        return Incoming(id=str(next(self._ids)), sender=sender, at=self.now, **said)

    def hear(self, sender: Address, **said: Any) -> str:
        """What is shown where it was said: in a group, only what others may hear."""
        [self.last] = self.answer(self.incoming(sender, **said))
        return self.last.in_group if said.get("group") else render(self.last)

    def answer(self, *heard: Incoming) -> Sequence[Reply]:
        """One batch."""
        with self.database.unit_of_work() as db:
            return self.dispatcher.answer_all(db, heard)

    def answer_by_writer(self, *heard: Incoming) -> Sequence[Reply]:
        """As a process does: a batch that breaks is done again one by one."""

        async def ask() -> Sequence[Reply]:
            writer = Writer(self.database, self.dispatcher.answer_or_look, whose=lambda i: i.sender)
            with self.database.unit_of_work() if self._one_writer else nullcontext():
                asking = [writer.ask(each) for each in heard]
            replies = await asyncio.gather(*asking)
            await asyncio.to_thread(writer.close)
            return replies

        return asyncio.run(ask())

    @property
    def _one_writer(self) -> bool:
        """On SQLite the writer can be held up until all have arrived."""
        return self.database.engine.dialect.name == "sqlite"
