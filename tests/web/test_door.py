"""Coming in, being in, going out."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from storage.members import Appointment, Role
from tests.handlers.test_console import dismiss
from tests.web.desk import HOUSE, Desk, Forms
from tests.world import World

Desks = Callable[..., Desk]
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
"""By hand: whoever widens it says so here too."""


@pytest.fixture
def zhang(world: World, desk: Desks) -> Desk:
    world.member("张一", role=Role.SECRETARY)
    return desk().enter(world, "张一")


def test_whoever_is_not_in_is_sent_to_the_door(world: World, desk: Desks) -> None:
    answer = desk().get("/console")

    assert answer.status_code == 303
    assert answer.headers["location"] == "/console/enter"


def test_a_part_of_a_page_sends_the_whole_page_there(world: World, desk: Desks) -> None:
    answer = desk().get("/console", {"hx-request": "true"})

    assert answer.headers["hx-redirect"] == "/console/enter"


def test_the_cookie_is_bound_to_this_host(world: World, desk: Desks) -> None:
    world.member("张一", role=Role.SECRETARY)
    browser = desk()
    browser.enter(world, "张一")

    [cookie] = [each for each in browser.cookies.jar if "desk" in each.name]
    assert cookie.name == "__Host-zhibu-desk"
    assert cookie.secure
    assert cookie.path == "/"
    assert cookie.has_nonstandard_attr("HttpOnly")
    assert cookie.get_nonstandard_attr("SameSite") == "Lax"
    assert cookie.expires is None


def test_on_this_machine_plain_http_is_enough(world: World, desk: Desks) -> None:
    world.member("张一", role=Role.SECRETARY)
    browser = desk(house="http://127.0.0.1:8600")
    given = Forms(browser.get("/console/enter").text).found["/console/enter/password"]

    assert given["csrf"]
    assert [each.name for each in browser.cookies.jar] == ["zhibu-door"]


def test_elsewhere_plain_http_is_refused(world: World, desk: Desks) -> None:
    answer = desk(house="http://desk.test").get("/console/enter")

    assert answer.status_code == 403
    assert "https" in answer.text


def test_entering_gives_a_new_session_and_ends_the_old(world: World, zhang: Desk) -> None:
    before = dict(zhang.cookies)
    zhang.enter(world, "张一")

    assert zhang.is_in
    assert zhang.cookies["__Host-zhibu-desk"] != before["__Host-zhibu-desk"]
    zhang.cookies.clear()
    zhang.cookies.set("__Host-zhibu-desk", before["__Host-zhibu-desk"], domain="desk.test")
    assert not zhang.is_in


def test_a_cookie_replayed_after_leaving(world: World, zhang: Desk) -> None:
    kept = zhang.cookies["__Host-zhibu-desk"]
    answer = zhang.fill("/console", "/console/leave")
    assert answer.headers["clear-site-data"] == '"cache", "storage"'

    zhang.cookies.set("__Host-zhibu-desk", kept, domain="desk.test")
    assert not zhang.is_in


def test_dismissal_ends_it_at_the_next_request(world: World, zhang: Desk) -> None:
    assert zhang.is_in
    dismiss(world, "张一")
    assert not zhang.is_in


def test_another_post_ends_it_too(world: World, zhang: Desk) -> None:
    world.add(
        Appointment(member_id="张一", org_id="B1", role=Role.OPERATOR, since=world.now.date())
    )
    assert not zhang.is_in


@pytest.mark.parametrize(
    ("pause", "times", "still"),
    [
        (timedelta(hours=1, minutes=59), 1, True),
        (timedelta(hours=2), 1, False),
        (timedelta(hours=1, minutes=59), 6, True),
        (timedelta(hours=1, minutes=59), 7, False),
    ],
)
def test_two_hours_alone_or_twelve_in_all(
    world: World, zhang: Desk, pause: timedelta, times: int, still: bool
) -> None:
    world.at("6:00")
    zhang.enter(world, "张一")
    for _ in range(times):
        world.now += pause
        found = zhang.is_in
    assert found is still


@pytest.mark.parametrize("path", ["/console/enter", "/console", "/console/nowhere", "/screen/1"])
def test_what_is_said_with_every_answer(world: World, desk: Desks, path: str) -> None:
    headers = desk().get(path).headers

    said = [each.split(maxsplit=1) for each in headers["content-security-policy"].split(";")]
    assert dict(said) == POLICY
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"


QUIET = "/console/settings/quiet"
FORGED = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "none"},
    {"origin": "https://evil.test"},
    {"origin": "null"},
    {},
]


@pytest.mark.parametrize("headers", FORGED, ids=str)
def test_a_form_of_another_site_does_nothing(
    world: World, zhang: Desk, headers: dict[str, str]
) -> None:
    """With the right token, too; at the door and at every deed behind it."""
    for path, deed in (("/console", "/console/leave"), ("/console/settings", QUIET)):
        given = Forms(zhang.get(path).text).found[deed]
        assert zhang.post(deed, given, headers).status_code == 403, deed
    assert zhang.is_in
    assert "不打扰您" not in zhang.get("/console/settings").text


@pytest.mark.parametrize("headers", FORGED, ids=str)
def test_nobody_is_let_in_by_a_form_of_another_site(
    world: World, desk: Desks, headers: dict[str, str]
) -> None:
    browser = desk()
    given = Forms(browser.get("/console/enter").text).found["/console/enter/link"]

    assert browser.post("/console/enter/link", given, headers).status_code == 403


def test_a_form_needs_its_own_token(world: World, zhang: Desk) -> None:
    theirs = Forms(zhang.get("/console").text).found["/console/leave"]["csrf"]

    for csrf in ("", "0" * 64, theirs[:-1]):
        assert zhang.post("/console/leave", {"csrf": csrf}).status_code == 403
    other = zhang.post("/console/duties/1/close", {"csrf": theirs})
    assert other.status_code == 403
    assert zhang.is_in


def test_an_old_browser_says_only_where_the_form_stood(world: World, zhang: Desk) -> None:
    given = Forms(zhang.get("/console").text).found["/console/leave"]

    assert zhang.post("/console/leave", given, {"origin": HOUSE}).status_code == 200


def test_a_body_without_end_is_refused(world: World, zhang: Desk) -> None:
    answer = zhang.post("/console/leave", {"csrf": "x" * 300_000})

    assert answer.status_code == 413
    assert answer.headers["cache-control"] == "no-store"
    assert "content-security-policy" in answer.headers
