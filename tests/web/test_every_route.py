"""Every route that the server has, taken from the server: who is let in, and what is whose."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from storage.members import Role
from tests.handlers.test_console import dismiss
from tests.test_permissions import ORDER
from tests.web.belongings import NOWHERE, OTHER, OWNER, PLAIN, STYLE, Way, settle, ways
from tests.web.describing import OF_ANY_PAGE, description
from tests.web.desk import OURS, Desk
from tests.web.test_roles import POSTS, ROWS, everything, to_confirm
from tests.world import World
from web import live
from web.app import Console
from web.guard import GUARDED, form_token
from web.routes import DEEDS, PAGES

Desks = Callable[..., Desk]
SECRET = "A" * 43
BESIDE = f"""
                                   nobody  inside
GET  /console/static/{STYLE}   200     200
GET  /console/static/nothing       404     404
GET  /console/enter                200     200
POST /console/enter/link           403     403
POST /console/enter/password       403     403
POST /console/leave                403     403
GET  /console/activities/1/live    gone    told
GET  /screen/1/live                gone    told
GET  /screen/final/1/live          gone    told
GET  /calendar/{SECRET}.ics        404     404
GET  /calendar/short.ics           404     404
"""
"""What is not a page or a deed: for a browser without a session and a form without its token, and
for one that is in, but with the same form."""
REST = [line.split() for line in BESIDE.strip().splitlines()[1:]]
OF_A_POST = {route.path: route.may for route in (*PAGES, *DEEDS)}


def test_both_tables_name_every_route_of_the_server(console: Console) -> None:
    """A route without its row fails, and so does a row without its route."""
    listed = {(row[0], row[1]) for row in (*ROWS, *REST)}
    served = ways(console)
    matched = {
        (method, path): [way for way in served if way.method == method and way.takes(path)]
        for method, path in listed
    }
    assert [each for each, ways in matched.items() if not ways] == []
    # the first that takes it answers it, as in the server
    assert {ways[0] for ways in matched.values()} == set(served)


@pytest.mark.parametrize("row", REST, ids=lambda row: " ".join(row[:2]))
def test_what_is_no_page(world: World, desk: Desks, tmp_path: Path, row: list[str]) -> None:
    settle(world, tmp_path)
    inside = desk().enter(world, OWNER)
    for browser, expected in ((desk(), row[2]), (inside, row[3])):
        assert outcome(browser, row[0], row[1]) == expected, row


def outcome(browser: Desk, method: str, path: str) -> str:
    if not path.endswith("/live"):
        return str(browser.ask(method, path, headers=OURS).status_code)
    if not browser.cookies:
        return "gone" if "event: gone" in browser.get(path).text else "told"
    browser.console.hush()
    return "told" if browser.get(path).status_code == 503 else "gone"


@pytest.mark.parametrize("role", ["guest", "member"])
def test_whoever_holds_no_post_gets_no_further_than_the_door(
    world: World, desk: Desks, role: str
) -> None:
    talker = world.stranger() if role == "guest" else world.member("王芳")

    assert "#" not in talker.says("控制台")
    assert set(ORDER) == {"guest", "member", *POSTS}


def test_no_route_takes_another_method(world: World, desk: Desks, console: Console) -> None:
    world.member("张一", role=Role.SECRETARY)
    browser = desk().enter(world, "张一")
    before = everything(world)
    methods: dict[str, set[str]] = {}
    for way in ways(console):
        methods.setdefault(way.path(), set()).add(way.method)
    for path, own in methods.items():
        if path.endswith("/live"):
            continue
        for other in {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"} - own:
            answer = browser.ask(other, path, headers=OURS)
            assert answer.status_code in {403, 404, 405}, (other, path)
            assert guarded(answer), (other, path)
    assert everything(world) == before


def guarded(answer: httpx.Response) -> bool:
    kept = {"cache-control"} if "immutable" in answer.headers.get("cache-control", "") else set()
    return all(answer.headers.get(name) == GUARDED[name] for name in GUARDED.keys() - kept)


def told(answer: httpx.Response) -> tuple[int, str, list[str]]:
    """All that a browser could tell two answers apart by."""
    return answer.status_code, answer.text, sorted(answer.headers)


def send(browser: Desk, way: Way, **changed: str) -> httpx.Response:
    path = way.path(**changed)
    if way.method == "GET":
        return browser.get(path)
    csrf = form_token(browser.cookies["__Host-zhibu-desk"], path)
    return browser.post(path, {"csrf": csrf, "reason": "出差", "line": "周五下午三点开会"})


def named(console: Console) -> list[Way]:
    """Those that name a thing of somebody's."""
    return [
        way
        for way in ways(console)
        if set(way.places) - PLAIN and not way.template.endswith("/live")
    ]


def test_of_every_place_in_a_path_it_is_known_what_it_names(console: Console) -> None:
    assert {place for way in ways(console) for place in way.places} == PLAIN | NOWHERE.keys()


def test_what_is_anothers_answers_like_what_is_not_there(
    world: World, desk: Desks, console: Console, tmp_path: Path
) -> None:
    """Byte for byte, and nothing is done; its owner has it: else this would prove nothing."""
    settle(world, tmp_path)
    world.add(to_confirm(world, "B1"))
    other, owner = desk().enter(world, OTHER), desk().enter(world, OWNER)
    before = everything(world)

    for way in named(console):
        refused, absent = send(other, way), send(other, way, **NOWHERE)
        assert refused.status_code == 404, (way, refused.status_code)
        assert told(refused) == told(absent), way
    after = everything(world)
    assert {name for name in after if after[name] != before[name]} == set()

    for way in named(console):
        if way.method == "GET":
            there = send(owner, way)
            assert there.status_code == 200, way
            assert guarded(there), way
    for way in named(console):
        if way.method == "POST" and not way.template.endswith("/discard"):
            assert send(owner, way).status_code in {200, 303, 422}, way


@pytest.mark.parametrize("channel", ["/console/activities/1/live", "/screen/1/live",
                                     "/screen/final/1/live"])  # fmt: skip
def test_no_stream_of_anothers(world: World, desk: Desks, tmp_path: Path, channel: str) -> None:
    settle(world, tmp_path)
    other = desk().enter(world, OTHER)

    said = other.get(channel)
    assert told(said) == told(other.get(channel.replace("/1/", "/9999/")))
    assert "event: gone" in said.text


def test_nobody_is_told_of_a_stream(world: World, desk: Desks, tmp_path: Path) -> None:
    settle(world, tmp_path)
    assert "event: gone" in desk().get("/screen/1/live").text


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("channel", ["/console/activities/1/live", "/screen/1/live",
                                     "/screen/final/1/live"])  # fmt: skip
def test_a_stream_is_kept_by_nobody_and_ends_with_the_post(
    world: World, desk: Desks, console: Console, tmp_path: Path, channel: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """T33, T45: whoever watches is looked at again and again."""
    settle(world, tmp_path)
    browser = desk().enter(world, OWNER)
    monkeypatch.setattr(live, "ANEW", 0)
    monkeypatch.setattr(live, "LOOK", 0)
    look, looks = console._live._look, 0

    def looked(*asked: Any) -> Any:
        nonlocal looks
        looks += 1
        if looks == 2:
            dismiss(world, OWNER)
        elif looks == 9:
            console.hush()  # else it would go on for ever
        return look(*asked)

    monkeypatch.setattr(console._live, "_look", looked)
    said = browser.get(channel)
    assert guarded(said)
    assert said.text.split("\n")[0] == "event: screen"
    assert said.text.count("event: ") == 2
    assert "event: gone" in said.text
    assert looks == 2


ODD = ("'", "' OR 1=1 --", "%")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_question_is_no_statement(
    world: World, desk: Desks, console: Console, tmp_path: Path
) -> None:
    """T28: whatever stands in a query is a value, and nobody is called so."""
    settle(world, tmp_path)
    browser = desk().enter(world, OWNER)
    asked = {("/console/people", "q"), ("/console/people/in/B1", "q"), ("/console/bank", "q")}
    for path, operations in description(console)["paths"].items():
        if path.startswith("/console/") and not path.endswith("/live"):
            reads = operations.get("get", {}).get("parameters", ())
            names = {each["name"] for each in reads if each["in"] == "query"}
            asked |= {(Way("GET", path).path(), each) for each in names - OF_ANY_PAGE}
    assert len(asked) >= 20
    for path, name in sorted(asked):
        answers = [browser.ask("GET", path, params={name: odd}) for odd in ODD]
        assert {each.status_code for each in answers} <= {200, 403, 404}, (path, name)
        assert name != "q" or not any("王一" in each.text for each in answers), path
