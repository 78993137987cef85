"""Every route × every role, written by hand: whoever is not listed here is refused."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlmodel import SQLModel
from starlette.routing import Route

from storage import tasks
from storage.broadcasts import Broadcast
from storage.drafts import Draft
from storage.duties import Duty
from storage.members import Role
from storage.organisation import OrgKind
from storage.tasks import TaskItem
from tests.test_permissions import ORDER
from tests.web.desk import OURS, Desk
from tests.world import World
from web.app import Console
from web.guard import form_token
from web.routes import DEEDS, PAGES

POSTS = [role for role in ORDER if role not in {"guest", "member"}]
TABLE = """
                               gl se ds oc pc dc og co op
GET  /console                   +  +  +  +  +  +  +  +  +
GET  /console/activities        +  +  +  +  +  +  +  +  -
GET  /console/activities/plan   +  +  +  +  +  +  +  +  -
GET  /console/activities/1      +  +  +  +  +  +  +  +  -
GET  /console/activities/1/sheet +  +  +  +  +  +  +  +  -
GET  /console/requests          +  +  +  +  -  -  +  +  -
GET  /console/duties            -  +  +  +  -  -  +  +  -
GET  /console/duties/beside     -  +  +  +  -  -  +  +  -
GET  /console/duties/each       -  +  +  +  -  -  +  +  -
GET  /console/tasks             -  +  +  +  -  -  +  +  -
GET  /console/tasks/new         -  +  +  +  -  -  +  +  -
GET  /console/tasks/items/1     -  +  +  +  -  -  +  +  -
GET  /console/people            -  +  +  +  -  -  +  +  -
GET  /console/people/in/B1      -  +  +  +  -  -  +  +  -
GET  /console/people/of/M1      -  +  +  +  -  -  +  +  -
GET  /console/people/import     -  -  -  -  -  -  -  +  +
GET  /console/people/import/x   -  -  -  -  -  -  -  +  +
GET  /console/bank              -  +  +  +  +  -  +  +  +
GET  /console/bank/new          -  +  +  +  +  -  +  +  +
GET  /console/bank/of/Q1        -  +  +  +  +  -  +  +  +
GET  /console/contests          -  +  +  +  +  -  +  +  -
GET  /console/reach             -  +  +  +  -  -  +  +  -
GET  /console/letters           -  +  +  +  -  -  +  +  -
GET  /console/audit             -  +  +  +  -  -  +  +  +
GET  /console/settings          +  +  +  +  +  +  +  +  +
GET  /console/settings/password +  +  +  +  +  +  +  +  +
GET  /console/settings/rules    +  +  +  +  +  +  +  +  +
GET  /console/settings/rules/OL01 -  -  -  -  -  -  -  +  +
GET  /console/reports           -  +  +  +  -  -  +  +  -
GET  /console/reports/1         -  +  +  +  -  -  +  +  -
GET  /console/reports/1/of/held -  +  +  +  -  -  +  +  -
GET  /console/reports/1/as/docx -  +  +  +  -  -  +  +  -
GET  /console/files/1           -  +  +  +  -  -  +  +  -
GET  /screen/final/1            -  +  +  +  +  -  +  +  -
GET  /screen/1                  +  +  +  +  +  +  +  +  -
POST /console/duties/1/close    -  +  +  +  -  -  +  +  -
POST /console/requests/1/yes    +  +  +  +  -  -  +  +  -
POST /console/notices/1/yes     -  +  +  +  -  -  +  +  -
POST /console/activities/plan   +  +  +  +  +  +  +  +  -
POST /console/drafts/1/publish  +  +  +  +  +  +  +  +  -
POST /console/drafts/1/discard  +  +  +  +  +  +  +  +  -
POST /console/activities/1/open +  +  +  +  +  +  +  +  -
POST /console/activities/1/close +  +  +  +  +  +  +  +  -
POST /console/activities/1/remind +  +  +  +  +  +  +  +  -
POST /console/activities/1/roll +  +  +  +  +  +  +  +  -
POST /console/activities/1/annul -  +  +  +  -  -  +  +  -
POST /console/activities/1/move +  +  +  +  +  +  +  +  -
POST /console/activities/1/cancel +  +  +  +  +  +  +  +  -
POST /console/tasks/new         -  +  +  +  -  -  +  +  -
POST /console/tasks/items/1/accept -  +  +  +  -  -  +  +  -
POST /console/tasks/items/1/nudge -  +  +  +  -  -  +  +  -
POST /console/tasks/1/accept    -  +  +  +  -  -  +  +  -
POST /console/files/new         -  +  +  +  -  -  +  +  -
POST /console/reports/new       -  -  -  -  -  -  +  +  -
POST /console/reports/1/check   -  -  -  -  -  -  +  +  -
POST /console/bank/new          -  +  +  +  +  -  +  +  +
POST /console/bank/of/Q1/withdrawn -  +  +  +  +  -  +  +  +
POST /console/contests/1/ask    -  +  +  +  +  -  +  +  -
POST /console/settings/quiet    +  +  +  +  +  +  +  +  +
POST /console/settings/calendar  +  +  +  +  +  +  +  +  +
POST /console/settings/calendar/stop  +  +  +  +  +  +  +  +  +
POST /console/settings/disturb  +  +  +  +  +  +  +  +  +
POST /console/people/of/M1/invite -  +  +  +  -  -  +  +  -
POST /console/people/import     -  -  -  -  -  -  -  +  +
POST /console/people/import/x/confirm -  -  -  -  -  -  -  +  +
POST /console/people/import/x/discard -  -  -  -  -  -  -  +  +
POST /console/settings/password +  +  +  +  +  +  +  +  +
POST /console/settings/rules/OL01 -  -  -  -  -  -  -  +  +
POST /console/settings/elsewhere +  +  +  +  +  +  +  +  +
POST /console/settings/workdays -  -  -  -  -  -  -  +  +
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()[1:]]
Desks = Callable[..., Desk]


def test_the_table_names_every_route() -> None:
    def shape(path: str) -> int:
        return len(path.split("/"))

    for kind, routes in (("GET", PAGES), ("POST", DEEDS)):
        listed = [row[1] for row in ROWS if row[0] == kind]
        assert len(listed) == len(routes)
        for route in routes:
            template = Route(route.path, lambda _: None)
            assert any(template.path_regex.match(path) for path in listed), route.path
            assert shape(route.path)


@pytest.mark.parametrize("at", range(len(POSTS)), ids=POSTS)
def test_each_role_gets_the_routes_of_the_table(world: World, desk: Desks, at: int) -> None:
    world.member("张一", role=Role(POSTS[at]))
    world.activity()
    browser = desk().enter(world, "张一")
    for method, path, *marks in ROWS:
        answer = ask(browser, method, path)
        if marks[at] == "-":
            assert answer == 403, (path, answer)
        else:
            assert answer in {200, 303, 404, 422}, (path, answer)


def ask(browser: Desk, method: str, path: str) -> int:
    if method == "GET":
        return browser.get(path).status_code
    csrf = form_token(browser.cookies["__Host-zhibu-desk"], path)
    return browser.post(
        path, {"csrf": csrf, "line": "周五下午三点开支部党员大会，三楼"}
    ).status_code


@pytest.mark.parametrize("row", ROWS, ids=lambda row: " ".join(row[:2]))
def test_nobody_comes_in_without_a_session(world: World, desk: Desks, row: list[str]) -> None:
    method, path, *_ = row
    browser = desk()
    browser.cookies.set("__Host-zhibu-desk", "A" * 43, domain="desk.test")

    assert ask(browser, method, path) == (401 if method == "POST" else 303)


@pytest.mark.parametrize(
    "row",
    [r for r in ROWS if r[3] == "+" and ("/1" in r[1] or "M1" in r[1] or "/B1" in r[1])],
    ids=lambda r: " ".join(r[:2]),
)
def test_what_belongs_to_others_is_not_there(world: World, desk: Desks, row: list[str]) -> None:
    """By its number, of another branch: 404, and nothing is done."""
    world.member("张一", role=Role.SECRETARY)
    filled(world)
    browser = desk().enter(world, "张一")
    before = everything(world)

    path = row[1].replace("/B1", "/B9").replace("/M1", "/外人")
    assert ask(browser, row[0], path) == 404
    assert everything(world) == before


@pytest.mark.parametrize("row", [r for r in ROWS if r[0] == "POST"], ids=lambda r: r[1])
def test_no_deed_without_its_token(world: World, desk: Desks, row: list[str]) -> None:
    world.member("张一", role=Role.SECRETARY)
    world.activity()
    browser = desk().enter(world, "张一")
    before = everything(world)

    assert browser.post(row[1], {}).status_code == 403
    csrf = form_token(browser.cookies["__Host-zhibu-desk"], row[1])
    cross = {**OURS, "sec-fetch-site": "cross-site"}
    assert browser.post(row[1], {"csrf": csrf}, cross).status_code == 403
    assert browser.post(row[1], {"csrf": csrf[::-1]}).status_code == 403
    assert everything(world) == before


@pytest.mark.parametrize(
    "number", ["0", "-1", "x", "９", "1" * 20, "2147483648", "9999999999", "1.0", "%00", "1;drop"]
)
def test_numbers_that_are_none(world: World, desk: Desks, number: str) -> None:
    world.member("张一", role=Role.SECRETARY)
    browser = desk().enter(world, "张一")

    assert browser.get(f"/console/activities/{number}").status_code == 404


def test_every_answer_is_guarded(world: World, desk: Desks, console: Console) -> None:
    world.member("张一", role=Role.SECRETARY)
    world.activity()
    browser = desk().enter(world, "张一")
    for method, path, *_ in ROWS:
        headers = browser.ask(method, path, headers=OURS).headers
        for name in ("content-security-policy", "x-content-type-options", "x-frame-options"):
            assert name in headers, (path, name)
        assert headers["cache-control"] == "no-store", path


def filled(world: World) -> None:
    """In another branch: an activity, a request, a duty and a draft, each number one."""
    talker = world.member("外人", branch="B9")
    world.activity(branch="B9", starts=world.now.replace(hour=15))
    talker.says("请假 今天的主题党日 出差")
    world.add(owed("B9", date(2026, 11, 1)))
    world.organisation("WC", kind=OrgKind.WORK_COMMITTEE)
    handed_out(world, "B9")
    world.add(Draft(made_by="外人", made_at=world.now, org_id="B9", title="会"))
    world.add(to_confirm(world, "B9"))


def to_confirm(world: World, org_id: str) -> Broadcast:
    """A notice to many, by somebody else."""
    return Broadcast(
        author="外人", org_id=org_id, words="全体党员", text="周五下午三点开会", count=600,
        stage="second", made_at=world.now,
    )  # fmt: skip


def handed_out(world: World, *units: str) -> None:
    """A task from above."""
    item = TaskItem(
        number=f"T{units}",
        title="核对名册",
        due=date(2026, 11, 20),
        org_id="WC",
        issued_by="operator",
        issued_at=world.now,
    )
    with world.database.unit_of_work() as db:
        tasks.issue(db, item, [(unit, "") for unit in units])


def owed(org_id: str, due: date, occurrence: str = "2026", rule: str = "R") -> Duty:
    """Something that an organisation has to do."""
    return Duty(
        rule_id=rule,
        rules_version="1",
        subject=f"org:{org_id}",
        occurrence=occurrence,
        org_id=org_id,
        due=due,
        state="open",
    )


def everything(world: World) -> dict[str, list[str]]:
    """All that is stored, but for who is in and when they were seen."""
    with world.database.reading() as db:
        return {
            table.name: sorted(repr(tuple(row)) for row in db.run(select(table)))
            for table in SQLModel.metadata.sorted_tables
            if table.name != "console_session"
        }
