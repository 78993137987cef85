import itertools
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import func, make_url, select
from sqlmodel import SQLModel

from bot.messages import Address, Reply
from handlers.privacy import text as wording
from storage import (
    attempts,
    audit,
    courtesy,
    feedback,
    inbox,
    migrating,
    outbox,
    personal,
    tasks,
    tombstones,
    visits,
)
from storage.accounts import bind
from storage.activities import Audience, SignUp
from storage.attendance import Attendance, State
from storage.broadcasts import Broadcast, Recipient
from storage.console import ConsoleLink, ConsolePassword, ConsoleSession
from storage.contests import Answer, Appeal, Buzz, Contest, Player, Result, Round, Sitting
from storage.credits import Credit
from storage.database import Database, Session, table
from storage.devices import Joining
from storage.dialogs import OpenDialog
from storage.drafts import Draft
from storage.duties import Anchor, Duty
from storage.invites import Invite, WrongCode
from storage.ladders import Step
from storage.members import Account, Member
from storage.own_reminders import OwnReminder
from storage.personal import FREE, PERSONAL
from storage.questions import Doubt, QuestionRow
from storage.reminders import MissingReminder
from storage.reports import CalendarFeed, Circular, FileWanted, NumberShown
from storage.requests import Request
from storage.study import Asking, Learner, Memory
from storage.tasks import TaskItem, TaskStep
from storage.visits import Draw, Visit
from storage.whose import Fate, Personal, Whose
from tests.world import Talker, World

heard = table(inbox.Heard)
CANARY = "金丝雀"
"""Stands in everything personal that the member leaves behind."""


# what there is


def test_every_table_is_named_or_declared_free_of_personal_data() -> None:
    """A new table fails here: name it in storage/personal.py, and in the privacy notice."""
    migrating.load_tables()
    tables = set(SQLModel.metadata.tables)
    named = [each.table.name for each in PERSONAL]

    assert sorted([*named, *FREE]) == sorted(tables)
    assert set(named) == set(wording.CLASSES)


@pytest.mark.parametrize("words", ["隐私", "你会记录我的什么"])
def test_what_is_kept(world: World, words: str) -> None:
    assert world.stranger().says(words).startswith("我只记办事要用的")
    assert world.stranger().taps("分类说明").startswith("每一类为什么记、记多久：")


def test_my_data(world: World) -> None:
    world.activity("主题党日")
    wang = world.member("王芳")
    wang.says("签到")

    assert wang.says("我的数据").startswith(
        "王芳，这里存着您的：名册 1 条、所在支部 1 条、到会记录 1 条、绑定的账号 1 条"
    )
    data = json.loads(wang.taps("JSON"))
    assert data["member"][0]["name"] == "王芳"
    assert data["attendance"] == [
        {
            "activity_id": 1,
            "state": "present",
            "at": "2026-11-23T09:00:00+08:00",
            "source": "word",
            "entered_at": "2026-11-23T09:00:00+08:00",
            "reason": "",
        }
    ]
    assert json.loads(wang.says("我的数据 到会记录").partition("\n")[2]) == data["attendance"]


def test_others_are_not_in_my_data(world: World) -> None:
    world.activity()
    wang, li = world.member("王芳"), world.member("李强")
    li.says("签到")

    wang.says("我的数据 JSON")
    assert "李强" not in world.last.text


def test_a_long_life_comes_in_parts(world: World) -> None:
    wang = world.member("王芳")
    for n in range(30):
        activity = world.activity(f"活动{n}")
        row = Attendance(
            activity_id=activity,
            member_id="王芳",
            state=State.PRESENT,
            at=world.now,
            source="word",
            by="王芳",
            entered_at=world.now,
        )
        world.add(row)

    assert "· 我的数据 到会记录（30 条）" in wang.says("我的数据 JSON")
    said = wang.says("我的数据 到会记录")
    assert len(said) < 1600
    assert "更早的" in said
    newest = json.loads(said.split("\n")[1])
    assert newest[-1]["activity_id"] == 30


def test_what_was_given_out_is_not_kept(world: World) -> None:
    wang = world.member("王芳")
    asked = world.incoming(wang.address, text="我的数据 JSON")
    [first], [second] = world.answer(asked), world.answer(asked)

    assert first.text.startswith("{")
    assert second.text.startswith("这份数据只显示一次")


def test_a_guest_has_none(world: World) -> None:
    for words in ("我的数据", "删除我的数据", "撤回同意"):
        assert world.stranger().says(words).startswith("这个账号没有绑定，名下没有数据")


# deleting


def lived(world: World, address: str = f"{CANARY}-phone") -> Talker:
    """A member who has left something everywhere."""
    fire = world.activity("消防志愿服务", audience=Audience.SIGNED_UP)
    day = world.activity("主题党日")
    world.member("王芳")
    now = world.now
    with world.database.unit_of_work() as db:
        own = Talker(world, world.stranger(address).address, id="王芳")
        bind(db, own.address, "王芳", via="invite", consent="1", now=now)
        user: dict[str, Any] = own.address._asdict()
        arrived: dict[str, Any] = {
            "member_id": "王芳",
            "source": "word",
            "by": "王芳",
            "entered_at": now,
        }
        db.add_all(
            [
                Attendance(activity_id=day, state=State.PRESENT, at=now, **arrived),
                Attendance(activity_id=fire, state=State.PRESENT, at=now, **arrived),
                SignUp(activity_id=fire, member_id="王芳", at=now),
                Request(
                    kind="leave", activity_id=day, member_id="王芳", reason=CANARY, asked_at=now
                ),
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
                WrongCode(**user, at=now),
                ConsoleLink(digest=CANARY, member_id="王芳", expires=now),
                ConsoleSession(
                    digest=CANARY, member_id="王芳", posts="", since=now, seen=now, said=CANARY
                ),
                ConsolePassword(member_id="王芳", hash=CANARY, totp=CANARY, set_at=now),
                Draft(made_by="王芳", made_at=now, org_id="B1", kind="x", title=CANARY, starts=now),
                MissingReminder(activity_id=day, by="王芳", asked_at=now),
                Duty(
                    id=7,
                    rule_id="R",
                    rules_version="1",
                    subject="member:王芳",
                    occurrence="2026",
                    org_id="B1",
                    state="open",
                ),
                Anchor(
                    subject="member:王芳",
                    field="x",
                    item="",
                    org_id="B1",
                    day=now.date(),
                    by="李",
                    at=now,
                ),
            ]
        )
        item = TaskItem(
            number="T1", title="x", due=now.date(), org_id="B1", issued_by="王芳", issued_at=now
        )
        tasks.issue(db, item, [("B1", "王芳")])
        turn = visits.begin(db, "B1", "王芳", now.date())
        visit = Visit(round_id=turn.id, org_id="B1", on=now.date(), method="help", by="王芳")
        visits.visit(db, visit)
        visits.keep(db, Draw(round_id=turn.id, at=now, by="王芳", seed="1", pool=[], drawn=[]))
        tasks.record(db, TaskStep(task_id=1, at=now, by="王芳", step="sign", state="signed"))
        db.add(OwnReminder(member_id="王芳", content=CANARY, since=now.date(), made_at=now))
        db.add(QuestionRow(id="Q", org_id="B1", author="王芳", changed_at=now))
        db.flush()
        db.add_all(studied(now))
        played(db, now)
        db.add(reported(now))
        db.flush()
        db.add_all(looked_at(now))
        db.add(told(now))
        db.add(Broadcast(id=1, author="王芳", org_id="B1", words="大家", text="x", made_at=now))
        db.flush()
        db.add(Recipient(broadcast_id=1, member_id="王芳", read_at=now))
        courtesy.save(db, courtesy.Courtesy(member_id="王芳", platform=CANARY))
        feedback.add(db, CANARY, now.date(), "王芳")
        audit.note(db, "王芳", "bind", "member:王芳", now, "fake")
    own.says("签到")
    with world.database.unit_of_work() as db:
        inbox.tell(db, own.address, "news", CANARY)
        outbox.post(db, [letter(CANARY, now)], now)
        db.add(Credit(**user, wrote_at=now))
        attempts.began(db, [attempt(own.address, now)])
        db.merge(OpenDialog(**user, name="x", answers={"reason": CANARY}, offered=[], expires=now))
    return own


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
        id=1, number=1, org_id="B1", first=now.date(), last=now.date(), frozen="{}", digest="x",
        author="王芳", made_at=now,
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


def test_nothing_personal_is_left(world: World) -> None:
    wang = lived(world)
    with world.database.reading() as db:
        before = holding(db, CANARY)
        who = personal.whose(db, "王芳")
        filled = {each.table.name for each in PERSONAL if count(db, each, who)}
    assert filled == {each.table.name for each in PERSONAL} - {"appointment", "activity"}
    assert {"account", "attendance_request", "opendialog", "feedback", "joining"} <= before

    explained = wang.says("删除我的数据")
    assert "要保留：名册、任职和应到会议的到会记录" in explained
    assert wang.taps("确认删除").startswith("已删除，这个账号和您的身份不再相连")

    with world.database.reading() as db:
        # the message that is being answered: it goes with the inbox of these days
        assert holding(db, CANARY) == {"heard"}
        [left] = db.run(select(heard.c.reply).where(heard.c.user.contains(CANARY)))
        assert "王芳" not in left.reply
        kept = {each.table.name for each in PERSONAL if each.fate is Fate.KEPT}
        assert holding(db, "王芳") == kept & filled | {"tombstone", "letter", "attempt"}
        left_over = {each.table.name for each in PERSONAL if count(db, each, who)}
        assert left_over == kept & filled | {"heard", "letter", "attempt"}
        assert [row.activity_id for row in db.execute(select(Attendance)).scalars()] == [2]


def count(db: Session, each: Personal, who: Whose) -> int:
    query = select(func.count()).select_from(each.table).where(each.of(who))
    return int(db.run(query).scalar_one())


def test_thought_better_of_it(world: World) -> None:
    wang = world.member("王芳")
    for words in ("2", "先不删"):
        wang.says("删除我的数据")
        assert wang.says(words) == "好的，什么都没有删。"
    assert wang.says("我的账号").startswith("您绑定了 1 个账号")


def test_an_old_button_deletes_nothing(world: World) -> None:
    wang = world.member("王芳")
    wang.says("删除我的数据")
    [now] = [each.tap for each in world.last.buttons if each.label == "确认删除"]
    wang.says("帮助")

    assert world.hear(wang.address, tap=now).startswith("隔得有点久")
    wang.says("删除我的数据")
    world.at("9:31")
    assert world.hear(wang.address, tap=now).startswith("隔得有点久")
    assert wang.says("我的账号").startswith("您绑定了 1 个账号")


def test_withdrawing_consent_deletes(world: World) -> None:
    wang = world.member("王芳")
    assert wang.says("撤回同意").startswith("撤回同意后我不再处理您的数据")
    assert wang.says("确认删除").startswith("已删除")
    assert wang.says("签到").startswith("您好，我是支部助手")


def test_in_words(world: World) -> None:
    wang = world.member("王芳")
    assert "会删除：您的全部账号" in wang.says("把我的信息都删了吧")
    wang.says("先不删")
    assert wang.says("把我2025年的记录删了").startswith("不能只删某一段时间的")


# restored backups


@contextmanager
def copy_of(database: Database, url: str, tmp_path: Path) -> Iterator[Database]:
    """The database as a backup has kept it."""
    place = make_url(url)
    if url.startswith("sqlite"):
        copy = place.set(database=f"{tmp_path}/copy.db")
        with closing(sqlite3.connect(str(place.database))) as connection:
            connection.execute(f"VACUUM INTO '{copy.database}'")
    else:
        database.close()  # PostgreSQL copies only what nobody uses
        copy = place.set(database=f"{place.database}_copy")
        server = place.set(database="postgres").render_as_string(hide_password=False)
        with psycopg.connect(server, autocommit=True) as connection:
            made = f"CREATE DATABASE {copy.database} TEMPLATE {place.database}"
            connection.execute(made.encode())
    restored = Database(copy.render_as_string(hide_password=False))
    with closing(restored):
        yield restored


def test_a_restore_brings_nobody_back(world: World, database_url: str, tmp_path: Path) -> None:
    wang = lived(world)
    file = tmp_path / "data" / "zhibu.erased.jsonl"
    with copy_of(world.database, database_url, tmp_path) as restored:
        wang.says("删除我的数据")
        wang.taps("确认删除")
        with world.database.unit_of_work() as db:
            tombstones.keep_outside(db, file)
            tombstones.keep_outside(db, file)
        assert len(file.read_text().splitlines()) == 1

        with restored.unit_of_work() as db:
            assert holding(db, CANARY)
            assert tombstones.reapply(db, file) == ["王芳"]
        with restored.unit_of_work() as db:
            assert holding(db, CANARY) == set()
            assert tombstones.reapply(db, file) == []
        after = World(restored)
        after._ids = itertools.count(1000)
        assert after.stranger(wang.address.user).says("签到").startswith("您好，我是支部助手")


def test_who_has_agreed_anew_stays(world: World, tmp_path: Path) -> None:
    wang = world.member("王芳")
    file = tmp_path / "erased.jsonl"
    wang.says("删除我的数据")
    wang.says("确认删除")
    with world.database.unit_of_work() as db:
        tombstones.keep_outside(db, file)
    world.at("9:30")
    with world.database.unit_of_work() as db:
        bind(db, wang.address, "王芳", via="invite", consent="1", now=world.now)

    with world.database.unit_of_work() as db:
        assert tombstones.reapply(db, file) == []
        assert db.get_one(Member, "王芳").erased_at is None
    assert rows(world, Account) == 1


def test_a_line_cut_short_is_passed_over(world: World, tmp_path: Path) -> None:
    file = tmp_path / "erased.jsonl"
    file.write_text('{"member": "M1", "at": "2026-11-23T09:00:00+08:00"}\n{"member": "M2", "a')

    assert list(tombstones.outside(file)) == ["M1"]


def test_where_the_file_is() -> None:
    assert tombstones.beside("sqlite:///data/zhibu.db") == Path("data/zhibu.erased.jsonl")
    assert tombstones.beside("postgresql://u@h/zhibu") == Path("data/zhibu.erased.jsonl")


def rows(world: World, model: type[SQLModel]) -> int:
    with world.database.reading() as db:
        return int(db.execute(select(func.count()).select_from(model)).scalar_one())
