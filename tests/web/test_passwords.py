"""By password and code: who is let in, how often one may try, and what is learnt by trying."""

from collections.abc import Callable
from datetime import timedelta
from typing import Literal

import httpx
import pyotp
import pytest
from argon2 import PasswordHasher, Type
from sqlmodel import select

from handlers.console import rules
from handlers.console.actions import passwords
from storage import console as stored
from storage.keyring import Keyring
from storage.members import Role
from storage.outbox import Letter
from tests.handlers.test_console import dismiss
from tests.web.desk import OURS, Desk, Forms
from tests.world import World

Desks = Callable[..., Desk]
COSTLY = passwords.HASHER  # before the tests take a cheap one
PATH = "/console/enter/password"
WORD = "海棠依旧笑春风-2026"


@pytest.fixture
def secret(world: World, keys: Keyring) -> str:
    world.member("M001", role=Role.SECRETARY)
    secret = passwords.new_secret()
    with world.database.unit_of_work() as db:
        passwords.put(db, keys, "M001", passwords.hashed(WORD), secret, world.now, by="operator")
    return secret


def attempt(
    browser: Desk, account: str = "M001", password: str = WORD, code: str = "", **headers: str
) -> httpx.Response:
    given = Forms(browser.get("/console/enter").text).found[PATH]
    said = {**given, "account": account, "password": password, "code": code}
    return browser.post(PATH, said, {**OURS, **headers})


def code(world: World, secret: str, offset: int = 0) -> str:
    return pyotp.TOTP(secret).at(world.now, counter_offset=offset)


def test_the_way_in(world: World, desk: Desks, secret: str) -> None:
    browser = desk()

    assert attempt(browser, " m001 ", code=code(world, secret)).status_code == 303
    assert browser.is_in


def test_it_ends_the_session_that_the_browser_had(world: World, desk: Desks, secret: str) -> None:
    browser = desk().enter(world, "M001")
    before = browser.cookies["__Host-zhibu-desk"]
    attempt(browser, code=code(world, secret))

    assert browser.is_in
    assert browser.cookies["__Host-zhibu-desk"] != before
    browser.cookies.clear()
    browser.cookies.set("__Host-zhibu-desk", before, domain="desk.test")
    assert not browser.is_in


@pytest.mark.parametrize(("offset", "good"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_a_clock_may_be_half_a_minute_off(
    world: World, desk: Desks, secret: str, offset: int, good: bool
) -> None:
    answer = attempt(desk(), code=code(world, secret, offset))

    assert answer.status_code == (303 if good else 403)


def test_a_code_is_taken_once(world: World, desk: Desks, secret: str) -> None:
    assert attempt(desk(), code=code(world, secret)).status_code == 303
    assert attempt(desk(), code=code(world, secret)).status_code == 403
    assert attempt(desk(), code=code(world, secret, -1)).status_code == 403
    world.now += timedelta(seconds=30)
    assert attempt(desk(), code=code(world, secret)).status_code == 303


def test_nobody_is_told_what_was_wrong(world: World, desk: Desks, secret: str) -> None:
    good = code(world, secret)
    dismissed = {"account": "M001", "code": good}
    pages = {
        said.text.split("csrf")[0].split('role="status"')[1]
        for said in (
            attempt(desk(peer="203.0.113.1"), "M999", code=good),
            attempt(desk(peer="203.0.113.2"), password="x" * 12, code=good),
            attempt(desk(peer="203.0.113.3"), code="000000"),
            attempt(desk(peer="203.0.113.4"), code=""),
        )
    }
    dismiss(world, "M001")
    pages.add(attempt(desk(), **dismissed).text.split("csrf")[0].split('role="status"')[1])

    assert len(pages) == 1


def test_five_tries_in_a_quarter_of_an_hour(world: World, desk: Desks, secret: str) -> None:
    for n in range(5):
        assert attempt(desk(peer=f"203.0.113.{n}"), password="wrong").status_code == 403
    answer = attempt(desk(peer="203.0.113.9"), code=code(world, secret))
    assert answer.status_code == 429
    assert "09:15 之后再试" in answer.text

    world.now += timedelta(minutes=15, seconds=1)
    assert attempt(desk(), code=code(world, secret)).status_code == 303


def test_and_five_from_one_address(world: World, desk: Desks, secret: str) -> None:
    for n in range(5):
        assert attempt(desk(), f"M10{n}").status_code == 403
    assert attempt(desk(), code=code(world, secret)).status_code == 429
    assert attempt(desk(peer="203.0.113.77"), code=code(world, secret)).status_code == 303


def test_who_comes_in_often_is_not_held_up(world: World, desk: Desks, secret: str) -> None:
    for _ in range(8):
        world.now += timedelta(seconds=30)
        assert attempt(desk(), code=code(world, secret)).status_code == 303


def test_a_thousand_tries_come_to_nothing(world: World, desk: Desks, secret: str) -> None:
    """Counted before they are compared: but for the first five none costs any work."""
    browser = desk()
    given = Forms(browser.get("/console/enter").text).found[PATH]
    said = {**given, "account": "M001", "password": "guess", "code": "123456"}
    answers = [browser.post(PATH, said).status_code for _ in range(100)]

    assert answers == [403] * 5 + [429] * 95


def test_forged_addresses_are_counted_as_the_real_one(
    world: World, desk: Desks, secret: str
) -> None:
    for n in range(5):
        attempt(desk(), f"M10{n}", **{"x-forwarded-for": f"198.51.100.{n}"})
    assert attempt(desk(), "M001", **{"x-forwarded-for": "198.51.100.9"}).status_code == 429


def test_our_own_proxy_is_believed(world: World, desk: Desks, secret: str) -> None:
    for n in range(5):
        forwarded = {"x-forwarded-for": f"6.6.6.{n}, 198.51.100.7"}
        attempt(desk(peer="10.0.0.1"), f"M10{n}", **forwarded)
    answer = attempt(desk(peer="10.0.0.1"), **{"x-forwarded-for": "198.51.100.7"})
    assert answer.status_code == 429
    other = attempt(
        desk(peer="10.0.0.1"), code=code(world, secret), **{"x-forwarded-for": "198.51.100.8"}
    )
    assert other.status_code == 303


def test_the_work_is_what_is_recommended() -> None:
    """RFC 9106, its second choice: 64 MiB, three passes."""
    assert (COSTLY.time_cost, COSTLY.memory_cost, COSTLY.type) == (3, 64 * 1024, Type.ID)


def test_the_work_is_the_same_for_nobody(
    world: World, keys: Keyring, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both compare one argon2id hash of the same cost."""
    compared = []

    class Counting(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
            compared.append(hash)
            return super().verify(hash, password)

    counting = Counting(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "HASHER", counting)
    with world.database.reading() as db:
        known, unknown = (
            passwords.known(db, keys, "M001"),
            passwords.known(db, keys, "M999"),
        )
    assert passwords.HASHER.check_needs_rehash(known.hash) is False
    assert passwords.HASHER.check_needs_rehash(unknown.hash) is False
    for each in (known, unknown):
        assert passwords.matches(each, "not the word") is False
    assert compared == [known.hash, unknown.hash]


@pytest.mark.parametrize(
    ("word", "weak"),
    [
        ("短", True),
        ("a" * 20, True),
        ("M001" + "1" * 12, True),
        ("张一" + "8" * 12, True),
        (WORD, False),
        ("correct horse battery", False),
        ("x1y2z3" * 30, True),
    ],
)
def test_what_is_no_password(word: str, weak: bool) -> None:
    assert rules.too_weak(word, "M001", "张一") is weak


def test_choosing_one_ends_the_other_sessions_and_is_told(world: World, desk: Desks) -> None:
    world.member("M001", role=Role.SECRETARY)
    here, elsewhere = desk().enter(world, "M001"), desk().enter(world, "M001")
    page = "/console/settings/password"
    given = Forms(here.get(page).text).found[page]
    now = code(world, given["secret"])

    wrong = here.post(page, {**given, "password": WORD, "code": "000000"})
    assert "动态码不对" in wrong.text
    assert WORD not in wrong.text
    assert elsewhere.is_in
    here.post(page, {**given, "password": WORD, "code": now})

    assert "密码设好了" in here.get("/console/settings").text
    assert not elsewhere.is_in
    with world.database.reading() as db:
        row = stored.password(db, "M001")
        assert row is not None
        assert row.hash.startswith("$argon2id$")
        assert WORD not in row.hash
        [letter] = db.exec(select(Letter)).all()
        assert letter.to == "M001"
    world.now += timedelta(seconds=30)
    assert attempt(desk(), code=code(world, given["secret"])).status_code == 303
