"""A member who has done everything that leaves a trace."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlmodel import SQLModel

from bot.messages import Address, Reply
from storage import attempts, audit, courtesy, feedback, inbox, outbox, tasks, visits
from storage.accounts import bind
from storage.activities import Audience, SignUp
from storage.aftermath import Aftermath
from storage.amendments import RuleAmendment
from storage.attendance import Attendance, State
from storage.broadcasts import Broadcast, Recipient
from storage.console import ConsoleLink, ConsolePassword, ConsoleSession
from storage.contests import Answer, Appeal, Buzz, Contest, Player, Result, Round, Sitting
from storage.credits import Consent, Credit
from storage.database import Session, table
from storage.devices import Joining
from storage.dialogs import OpenDialog
from storage.drafts import Draft
from storage.duties import Anchor, Duty
from storage.invites import Invite, WrongCode
from storage.ladders import Step
from storage.own_reminders import OwnReminder
from storage.questions import Doubt, QuestionRow
from storage.reminders import MissingReminder
from storage.reports import CalendarFeed, Circular, FileWanted, NumberShown
from storage.requests import Request
from storage.service import ServiceRecord
from storage.study import Asking, Learner, Memory
from storage.tasks import TaskItem, TaskStep
from storage.visits import Draw, Visit
from tests.world import Talker, World

heard = table(inbox.Heard)


CANARY = "金丝雀"
"""Stands in everything personal that the member leaves behind."""


def lived(world: World, address: str = f"{CANARY}-phone") -> Talker:
    """A member who has left something everywhere."""
    fire = world.activity("消防志愿服务", audience=Audience.SIGNED_UP)
    day = world.activity("主题党日")
    world.member("王芳")
    now = world.now
    own = Talker(world, world.stranger(address).address, id="王芳")
    with world.database.unit_of_work() as db:
        bind(db, own.address, "王芳", via="invite", consent="1", now=now)
        db.add_all([*took_part(day, fire, now), *came_in(own.address, now), *owed(now)])
        worked(db, now)
        db.add(QuestionRow(id="Q", org_id="B1", author="王芳", changed_at=now))
        db.flush()
        db.add_all(studied(now))
        played(db, now)
        db.add(reported(now))
        db.flush()
        db.add_all(looked_at(now))
        db.add(told(now))
        wrote(db, now)
        feedback.add(db, CANARY, now.date(), "王芳")
        audit.note(db, "王芳", "bind", "member:王芳", now, "fake")
    own.says("签到")
    with world.database.unit_of_work() as db:
        spoken_to(db, own.address, now)
    return own


def took_part(day: int, fire: int, now: datetime) -> list[SQLModel]:
    """Came to both, signed up for one, asked for leave from the other."""
    arrived: dict[str, Any] = {"member_id": "王芳", "source": "word", "by": "王芳"}
    return [
        *(
            Attendance(activity_id=each, state=State.PRESENT, at=now, entered_at=now, **arrived)
            for each in (day, fire)
        ),
        SignUp(activity_id=fire, member_id="王芳", at=now),
        Request(kind="leave", activity_id=day, member_id="王芳", reason=CANARY, asked_at=now),
        MissingReminder(activity_id=day, by="王芳", asked_at=now),
        Draft(made_by="王芳", made_at=now, org_id="B1", kind="x", title=CANARY, starts=now),
    ]


def came_in(own: Address, now: datetime) -> list[SQLModel]:
    """Every way in: codes, devices, the console."""
    return [
        Invite(digest=CANARY, member_id="王芳", made_by="李", made_at=now, expires=now),
        Joining(
            member_id="王芳",
            digest=CANARY,
            token=CANARY,
            from_platform="fake",
            from_user=CANARY,
            made_at=now,
            expires=now,
        ),
        WrongCode(**own._asdict(), at=now),
        ConsoleLink(digest=CANARY, member_id="王芳", expires=now),
        ConsoleSession(digest=CANARY, member_id="王芳", posts="", since=now, seen=now, said=CANARY),
        ConsolePassword(member_id="王芳", hash=CANARY, totp=CANARY, set_at=now),
    ]


def owed(now: datetime) -> list[SQLModel]:
    subject: dict[str, Any] = {"subject": "member:王芳", "org_id": "B1"}
    return [
        Duty(id=7, rule_id="R", rules_version="1", occurrence="2026", state="open", **subject),
        Anchor(field="x", item="", day=now.date(), by="李", at=now, **subject),
        RuleAmendment(target="exempt", body='{"reasons": []}', by="王芳", at=now),
    ]


def worked(db: Session, now: datetime) -> None:
    """A task signed for, a visit made, lots drawn."""
    item = TaskItem(
        number="T1", title="x", due=now.date(), org_id="B1", issued_by="王芳", issued_at=now
    )
    tasks.issue(db, item, [("B1", "王芳")])
    tasks.record(db, TaskStep(task_id=1, at=now, by="王芳", step="sign", state="signed"))
    turn = visits.begin(db, "B1", "王芳", now.date())
    visit = Visit(round_id=turn.id, org_id="B1", on=now.date(), method="help", by="王芳")
    visits.visit(db, visit)
    visits.keep(db, Draw(round_id=turn.id, at=now, by="王芳", seed="1", pool=[], drawn=[]))


def wrote(db: Session, now: datetime) -> None:
    """A reminder to oneself, a service, a notice to oneself, a wish for quiet."""
    day = now.date()
    served = ServiceRecord(
        member_id="王芳", org_id="B1", served_on=day, minutes=60, kind=CANARY, made_at=now
    )
    db.add(served)
    db.add(OwnReminder(member_id="王芳", content=CANARY, since=now.date(), made_at=now))
    db.add(Broadcast(id=1, author="王芳", org_id="B1", words="大家", text="x", made_at=now))
    db.flush()
    db.add(Recipient(broadcast_id=1, member_id="王芳", read_at=now))
    courtesy.save(db, courtesy.Courtesy(member_id="王芳", platform=CANARY))


def spoken_to(db: Session, own: Address, now: datetime) -> None:
    """Letters, attempts to send them, credit, and a question left open."""
    inbox.tell(db, own, "news", CANARY)
    outbox.post(db, [letter(CANARY, now)], now)
    db.add(Credit(**own._asdict(), wrote_at=now))
    db.add(Consent(**own._asdict(), template="T1", left=1))
    db.add(Aftermath(**own._asdict(), receipt="1", how="reached", at=now))
    attempts.began(db, [attempt(own, now)])
    said = {"reason": CANARY}
    db.merge(OpenDialog(**own._asdict(), name="x", answers=said, offered=[], expires=now))


def played(db: Session, now: datetime) -> None:
    clock: dict[str, Any] = {
        "opens": now,
        "closes": now,
        "seconds_each": 30,
        "seconds": 600,
        "grace": 3,
    }
    one: dict[str, Any] = {"round_id": 1, "member_id": "王芳"}
    for rows in (
        [Contest(id=1, org_id="B1", name="竞赛", made_by="王芳", made_at=now)],
        [
            Round(
                id=1,
                contest_id=1,
                number=1,
                name="一",
                kind="final",
                papers=[],
                published_by="王芳",
                **clock,
            )
        ],
        [
            Player(contest_id=1, member_id="王芳", team="B1", joined_at=now),
            Sitting(id=1, **one, number=1, paper=0, started_at=now, shown_at=now),
            Result(**one, team="B1"),
            Appeal(**one, words=CANARY, made_at=now),
            Buzz(**one, question=1, at=now),
        ],
        [Answer(attempt_id=1, place=0, said=CANARY, right=True, late=False, ms=1)],
    ):
        db.add_all(rows)
        db.flush()


def reported(now: datetime) -> SQLModel:
    return Circular(
        id=1, number=1, org_id="B1", org_name="B1", first=now.date(), last=now.date(),
        frozen="{}", digest="x", author="王芳", made_at=now,
    )  # fmt: skip


def looked_at(now: datetime) -> list[SQLModel]:
    day = now.date()
    return [
        NumberShown(member_id="王芳", circular_id=1, figure="held", at=now),
        CalendarFeed(member_id="王芳", digest=CANARY, made_at=now),
        FileWanted(
            member_id="王芳",
            what=CANARY,
            org_id="B1",
            first=day,
            last=day,
            made_at=now,
            expires=now,
        ),
    ]


def studied(now: datetime) -> list[SQLModel]:
    return [
        Learner(member_id="王芳", minute=510, topics=[CANARY], since=now),
        Memory(
            member_id="王芳",
            question_id=CANARY,
            stability=1,
            difficulty=5,
            due=now,
            reviewed=now,
        ),
        Asking(
            member_id="王芳",
            day=now.date(),
            why="daily",
            question_id="Q",
            version=1,
            asked_at=now,
            answer=CANARY,
        ),
        Doubt(question_id="Q", version=1, member_id="王芳", day=now.date(), words=CANARY),
    ]


def told(now: datetime) -> Step:
    return Step(
        duty_id=7,
        sort="before",
        number=3,
        due=now.date(),
        to="王芳",
        role="member",
        channel="private",
        on=now.date(),
        at=now,
    )


def letter(words: str, now: datetime) -> outbox.Post:
    return outbox.Post(key="x", to="王芳", kind="own", say=Reply(text=words), cause="x:1", due=now)


def attempt(address: Address, now: datetime) -> dict[str, object]:
    where = {"lane": address.platform, "user": CANARY, "call": "x", "owner": "", "reason": ""}
    told = {"letter_id": 1, "number": 1, "to": "王芳", "counted": True, "started": now}
    return {**where, **told, "result": "sent"}


def holding(db: Session, word: str) -> set[str]:
    """The tables in which it stands."""
    return {
        table.name
        for table in SQLModel.metadata.sorted_tables
        if any(word in repr(tuple(row)) for row in db.run(select(table)))
    }


def rows(world: World, model: type[SQLModel]) -> int:
    with world.database.reading() as db:
        return int(db.execute(select(func.count()).select_from(model)).scalar_one())
