"""What is logged: never a secret, never a name, and no line that somebody else has written."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import insert
from sqlalchemy.exc import SQLAlchemyError

from bot import logs
from handlers.reports.actions import feeds
from storage import members, organisation
from storage.database import table
from storage.keyring import Keyring
from storage.members import Member, Role
from tests.handlers.many import blank_member
from tests.handlers.test_console import running as running
from tests.handlers.test_console import token
from tests.web.conftest import console as console
from tests.web.conftest import desk as desk
from tests.web.conftest import keys as keys
from tests.web.desk import Desk, Forms
from tests.web.test_passwords import WORD, attempt
from tests.world import World

Desks = Callable[..., Desk]
WHO = "CANARY"


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Everything, down to DEBUG, as the process writes it."""
    root, out = logging.getLogger(), io.StringIO()
    handlers, level = root.handlers[:], root.level
    logs.set_up("DEBUG", plain=False)
    [handler] = root.handlers
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(out)
    yield out
    root.handlers[:] = handlers
    root.setLevel(level)


def test_no_secret_of_entering(
    world: World, desk: Desks, keys: Keyring, logged: io.StringIO
) -> None:
    """By link, by password and code, wrong and right, with a key that is lost, and a calendar."""
    zhang = world.member("张一", role=Role.SECRETARY)
    secrets = {WORD, link := token(zhang.says("控制台"))}
    browser = desk()
    browser.fill("/console/enter", "/console/enter/link", link=link)
    secrets.add(browser.cookies["__Host-zhibu-desk"])
    page = "/console/settings/password"
    given = Forms(browser.get(page).text).found[page]
    secrets.add(totp := given["secret"])
    right = pyotp.TOTP(totp)
    browser.post(page, {**given, "password": WORD, "code": right.at(world.now)})
    world.now += timedelta(minutes=1)
    for word, code in (("猜的密码-0001", "1234567"), (WORD, right.at(world.now))):
        secrets |= {word, code}
        attempt(desk(), "张一", password=word, code=code)
    keys.file.rename(keys.file.with_suffix(".away"))
    attempt(desk(), "张一", password=WORD, code="7654321")
    with world.database.unit_of_work() as db:
        who = members.speaker(db, "张一", organisation.tree(db, world.now.date()))
        assert who is not None
        secrets.add(feed := feeds.subscribe(db, who, world.now))
    assert browser.get(f"/calendar/{feed}.ics").status_code == 200
    browser.get(f"/calendar/{feed[::-1]}.ics")

    said = logged.getvalue()
    assert "no code can be compared" in said
    assert [each for each in secrets if each in said] == []
    assert "203.0.113.5" not in said


def test_an_error_of_the_database_tells_no_values(world: World, logged: io.StringIO) -> None:
    """Its text would hold the row: names, digests, what somebody asked."""
    world.member(WHO)
    for row in ({"id": WHO, "name": WHO}, {"id": WHO * 2, "name": None}, {"id": WHO, "name": {}}):
        try:
            with world.database.unit_of_work() as db:
                db.run(insert(table(Member)), blank_member(WHO) | row)
        except SQLAlchemyError:
            logging.getLogger("x").exception("broken")
    assert logged.getvalue().count("broken") == 3
    assert WHO not in logged.getvalue()


@pytest.mark.parametrize(
    "leak",
    [
        "https://api.weixin.qq.com/cgi-bin/token?appid=1&secret=CANARY&x=1",
        "https://api.weixin.qq.com/x?access_token=CANARY",
        "https://api.telegram.org/bot123456:CANARY-CANARY-CANARY-1/sendMessage",
        "https://house/console/enter#CANARY-CANARY-CANARY-CANARY-CANARY-CANARY-1",
        "GET /calendar/CANARY-CANARY-CANARY-CANARY-CANARY-CANARY-1.ics",
        "postgresql://zhibu:CANARY@db/zhibu",
        "otpauth://totp/Zhibu:M001?secret=CANARY&issuer=Zhibu",
        "zhibu-desk=CANARY-CANARY-CANARY-CANARY-CANARY-CANARY-1",
    ],
)
def test_a_secret_in_an_address_is_masked(logged: io.StringIO, leak: str) -> None:
    logging.getLogger("x").warning("asked: %s", leak)
    try:
        raise ValueError(leak)
    except ValueError:
        logging.getLogger("x").exception("broken")

    assert "asked: " in logged.getvalue()
    assert "CANARY" not in logged.getvalue()


@pytest.mark.parametrize("mark", ["\n", "\r\n", "\u2028", "\x1b[31m", "\x00", "\u202e", "\x85"])
def test_nobody_writes_a_line_of_ours(logged: io.StringIO, mark: str) -> None:
    forged = f'x{mark}{{"event": "alert", "level": "error"}}'
    logging.getLogger("x").warning(forged)
    logging.getLogger("x").warning("said %s", forged)

    lines = logged.getvalue().splitlines()
    assert [json.loads(line)["logger"] for line in lines] == ["x", "x"]
    assert "\x1b" not in logged.getvalue()
    assert "\u202e" not in logged.getvalue()
