"""Every page, file, command and job there is, walked: whatever is not the person's own, and not the
contest that a page is about, does not even read what somebody studied, answered or won.

What is new is walked without anybody thinking of it, or fails here until it has its line.
"""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
import typer

from bot.__main__ import export, main
from handlers.registry import actions as registry
from handlers.registry.actions import Listing
from handlers.reports.actions import tables
from handlers.reports.rules.tables import Table
from scheduler import runs
from scheduler.slots import Daily
from scheduler.timetable import TIMETABLE
from storage.database import Database
from storage.members import Role
from tests.commands.test_commands import Shell
from tests.handlers.contests.playing import answer
from tests.handlers.studying import right_words
from tests.handlers.test_quiz_letters import push
from tests.handlers.watching import Statement, statements
from tests.web.belongings import OWNER, settle, ways
from tests.web.desk import Desk
from tests.web.test_every_route import send
from tests.world import World
from web.app import Console
from web.routes import PAGES

Desks = Callable[..., Desk]
ITS_OWN = ("/console/contests", "/screen/final")
"""Pages of those who run a contest."""
CAPABILITIES = ("handlers.quiz", "handlers.contests", "handlers.privacy")
"""What somebody says to these is about themselves, a contest, or topics of five people."""
OPERATORS = {
    "run", "chat", "say", "sandbox", "rehearse", "demo", "migrate", "import", "password", "key",
    "understand", "backup", "restore", "move",
}  # fmt: skip
"""Commands that show nobody's records, or move the whole database."""


def touching(seen: list[Statement]) -> list[Statement]:
    assert seen
    return [each for each in seen if each.touches]


@pytest.fixture
def database_url(blank_file: Path, tmp_path: Path) -> str:
    """The same statements are sent to both kinds."""
    shutil.copyfile(blank_file, tmp_path / "test.db")
    return f"sqlite:///{tmp_path}/test.db"


@pytest.fixture
def city(world: World, tmp_path: Path) -> World:
    """One of everything; 王一 has studied, and played in the final."""
    settle(world, tmp_path)
    wang = world.talker("王一")
    for words in ("加入学习", "考考我"):
        wang.says(words)
    wang.says(right_words(world, wang))
    for words in ("参赛", "公开姓名", "开始答题"):
        wang.says(words)
    answer(world, wang)
    world.talker(OWNER).says("开抢 1")
    wang.says("抢答")
    return world


def test_no_page_and_no_file(city: World, desk: Desks, console: Console) -> None:
    browser = desk().enter(city, OWNER)
    looked_at = 0
    for way in ways(console):
        if way.template.startswith(ITS_OWN) or way.template.endswith(("/live", "/leave")):
            continue
        for form in ("docx", "xlsx", "pdf") if "form" in way.places else ("",):
            with statements() as seen:
                send(browser, way, form=form)
            assert [s for s in seen if s.touches and OWNER not in s.values] == [], way
            looked_at += bool(seen)
    assert looked_at > len(PAGES)


def test_no_list_and_no_ledger(city: World) -> None:
    for listing in Listing:
        with statements() as seen, city.database.unit_of_work() as db:
            registry.export(db, listing, now=city.now, actor="operator")
        assert touching(seen) == [], listing
    for each in Table:
        with statements() as seen, city.database.looking() as db:
            _, days = tables.year_of(db, "B1", 2026, city.now)
            tables.as_file(db, each, "B1", days, city.now, by=(OWNER, ""), persons=True)
        assert touching(seen) == [], each


def test_no_job_but_the_quiz_itself(city: World) -> None:
    jobs = [job for job in TIMETABLE if not job.name.startswith("quiz.")]
    hours = {job.when.at for job in jobs if isinstance(job.when, Daily)}
    tomorrow = city.now + timedelta(days=1)
    with statements() as seen:
        for at in sorted(hours):
            now = tomorrow.replace(hour=at.hour, minute=at.minute)
            runs.strike(city.database, jobs, now, "test")
    assert touching(seen) == []


def test_no_word_of_anybody_above(city: World) -> None:
    """Each command, of who holds every post there is: what is about oneself names oneself."""
    leader = city.member("李领导", role=Role.SECRETARY)
    for role in set(Role) - {Role.GUEST, Role.MEMBER, Role.SECRETARY, Role.GROUP_LEADER}:
        city.appoint(leader, "B1", role)
    router = city.dispatcher.finder.router
    for word, route in router.commands.items():
        with statements() as seen:
            said = leader.says(word)
        own = route.handler.__module__.startswith(CAPABILITIES)
        foreign = [s for s in seen if s.touches and (not own or "王一" in s.values)]
        assert foreign == [], word
        assert not (own and "王一" in said), word


def test_no_command_of_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shell = Shell(f"sqlite:///{tmp_path}/zhibu.db")
    shell("migrate")
    world = World(Database(shell.url))
    settle(world, tmp_path)
    wang = world.talker("王一")
    wang.says("加入学习")
    world.at("11-24 8:30")
    assert push(world) == 1
    world.database.close()
    exports = get_args(get_args(get_type_hints(export, include_extras=True)["what"])[0])
    walked = [
        *(["export", what, f"{what}.xlsx"] for what in exports),
        ["plan"], ["preview", "--days", "2"], ["why", "1"], ["doctor"], ["audit"],
    ]  # fmt: skip
    names = set(typer.main.get_group(main).commands)
    assert names == OPERATORS | {words[0] for words in walked}
    for words in walked:
        with statements() as seen:
            shell(*words)
        assert touching(seen) == [], words
    assert "（只与本人有关，内容不显示）" in shell("why", "quiz:王一:2026-11-24")
