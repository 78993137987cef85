"""The secrets of codes: of no use to whoever has the database, and lost with the key alone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from handlers.console import rules
from handlers.console.actions import passwords
from storage import console
from storage.console import ConsolePassword
from storage.database import table
from storage.keyring import Damaged, KeyMissing, Keyring
from storage.members import Role
from tests.web.desk import Desk
from tests.web.test_passwords import WORD, attempt, code
from tests.web.test_passwords import secret as secret
from tests.world import World

Desks = Callable[..., Desk]
rows = table(ConsolePassword)


def stored(world: World) -> str:
    with world.database.reading() as db:
        return str(db.run(select(rows.c.totp)).scalar_one())


def test_the_database_does_not_know_the_secret(world: World, keys: Keyring, secret: str) -> None:
    assert rules.SECRET.fullmatch(secret)
    assert secret not in stored(world)
    assert keys.open(stored(world), "M001") == secret
    assert keys.file.stat().st_mode & 0o777 == 0o600


def test_it_opens_nothing_in_another_row(world: World, keys: Keyring, secret: str) -> None:
    with pytest.raises(Damaged):
        keys.open(stored(world), "M002")
    with pytest.raises(Damaged):
        keys.open(stored(world)[:-8] + "AAAAAAA=", "M001")
    with pytest.raises(Damaged):
        keys.open(stored(world)[:20], "M001")


def test_two_sealings_of_one_word_differ(keys: Keyring) -> None:
    assert keys.seal("A" * 32, "M001") != keys.seal("A" * 32, "M001")


def test_a_lost_key_is_said_and_lets_nobody_in(
    world: World, desk: Desks, keys: Keyring, secret: str, caplog: pytest.LogCaptureFixture
) -> None:
    kept = keys.file.read_bytes()
    keys.file.unlink()

    with pytest.raises(KeyMissing, match=r"zhibu\.key"):
        keys.open(stored(world), "M001")
    for guess in (code(world, secret), "", "000000"):
        assert attempt(desk(), code=guess).status_code == 403
    assert "no code can be compared" in caplog.text
    assert secret not in caplog.text

    keys.file.write_bytes(kept)
    assert attempt(desk(), code=code(world, secret)).status_code == 303


def test_another_key_is_not_taken_for_the_lost_one(
    world: World, keys: Keyring, secret: str
) -> None:
    keys.file.unlink()
    keys.seal("x", "M002")

    with world.database.reading() as db:
        assert console.unreadable(db, keys) == ["M001"]
    with pytest.raises(KeyMissing), world.database.unit_of_work() as db:
        console.reseal(db, keys)


def test_what_was_stored_before_there_were_keys(
    world: World, desk: Desks, keys: Keyring, secret: str
) -> None:
    """It works, and the next start puts it under the key."""
    with world.database.unit_of_work() as db:
        db.run(rows.update().values(totp=secret))
    assert attempt(desk(), code=code(world, secret)).status_code == 303

    with world.database.unit_of_work() as db:
        assert console.reseal(db, keys) == 1
        assert console.reseal(db, keys) == 0
    assert secret not in stored(world)
    world.now += timedelta(minutes=1)
    assert attempt(desk(), code=code(world, secret)).status_code == 303


def test_a_new_key(world: World, desk: Desks, keys: Keyring, secret: str) -> None:
    """The old one opens what is still under it; then it is not needed any more."""
    before = stored(world)
    keys.renew()
    assert attempt(desk(), code=code(world, secret)).status_code == 303

    with world.database.unit_of_work() as db:
        assert console.reseal(db, keys) == 1
    assert keys.open(before, "M001") == secret
    first, _ = keys.file.read_text().split()
    keys.file.write_text(first)
    world.now += timedelta(minutes=1)
    assert attempt(desk(), code=code(world, secret)).status_code == 303
    with pytest.raises(KeyMissing):
        keys.open(before, "M001")


def test_the_first_of_two_processes_makes_the_key(keys: Keyring) -> None:
    other = Keyring(keys.file)
    assert other.open(keys.seal("x", "M001"), "M001") == "x"
    assert keys.open(other.seal("y", "M001"), "M001") == "y"


def test_choosing_one_at_the_desk_seals_it(world: World, desk: Desks, keys: Keyring) -> None:
    world.member("M001", role=Role.SECRETARY)
    browser = desk().enter(world, "M001")
    page = "/console/settings/password"
    picked = passwords.new_secret()
    browser.fill(page, page, secret=picked, password=WORD, code=code(world, picked))

    assert keys.open(stored(world), "M001") == picked
    assert picked not in stored(world)
