"""One's own door: a password, where one is in; workdays; and the rules, to be read."""

from dataclasses import dataclass
from datetime import datetime

import segno

from bot.files.tables import Block, Table
from bot.messages import Refusal
from bot.permissions import Action
from bot.understanding import times
from bot.understanding.times import Moment
from handlers.console import rules
from handlers.console.actions import entering, passwords
from handlers.duties.actions import workdays as arranging
from handlers.duties.text import workdays as arranged
from handlers.notices.actions import quieting
from handlers.notices.rules.quiet import Daily
from handlers.reports.actions import feeds
from storage import console, courtesy, workdays
from web.asking import Asked
from web.text import settings as text
from web.uploads import Opened, brought
from web.visit import Done, Shown, Visit

HERE = "/console/settings"


@dataclass(frozen=True)
class Known:
    year: int
    known: bool


def show(visit: Visit, address: str = "") -> Shown:
    """With the address of one's calendar, where it has just been made."""
    calendar = workdays.calendar(visit.db)
    password = console.password(visit.db, visit.who.id)
    years = range(visit.now.year, visit.now.year + 2)
    values = {
        "account": visit.who.id,
        "set_at": password.set_at if password else None,
        "sessions": console.of_member(visit.db, visit.who.id),
        "mine": visit.inside.digest,
        "quiet": quieting.in_force(courtesy.of(visit.db, visit.who.id), visit.now),
        "calendar": feeds.has(visit.db, visit.who),
        "address": address,
        "years": [Known(year, calendar.is_known(year)) for year in years],
        "may_import": visit.may(Action.IMPORT_REGISTERS),
    }
    return Shown("settings.html", values)


def password(visit: Visit) -> Shown:
    """With a new secret each time; it counts once its code was typed back."""
    secret = passwords.new_secret()
    address = passwords.address(secret, visit.who.id)
    picture = segno.make(address, error="m").svg_data_uri(border=2, light="#fff")
    values = {
        "account": visit.who.id,
        "secret": secret,
        "spaced": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "picture": picture,
        "shortest": rules.SHORTEST,
    }
    return Shown("password.html", values)


def hashed(asked: Asked) -> str:
    """Slow on purpose; what is no password is not worth it."""
    word = asked.form.get("password", "")
    return passwords.hashed(word) if len(word) >= rules.SHORTEST else ""


def choose_password(visit: Visit) -> Done:
    word, secret = visit.form.get("password", ""), visit.form.get("secret", "")
    if rules.too_weak(word, visit.who.id, visit.who.name) or not visit.brought:
        raise Refusal(text.TOO_WEAK)
    if not rules.SECRET.fullmatch(secret):
        raise Refusal(text.WRONG_CODE)
    chosen = passwords.choose(
        visit.db,
        visit.keys,
        visit.who,
        visit.inside,
        str(visit.brought),
        secret,
        visit.form.get("code", "")[:12],
        visit.now,
    )
    if not chosen:
        raise Refusal(text.WRONG_CODE)
    return Done(text.password_set(visit.who.id), HERE)


def uploaded(asked: Asked) -> Opened:
    return brought(asked.files, asked.names)


def keep_quiet(visit: Visit) -> Done:
    """Every day between two clock times, also around midnight."""
    begins = max(minutes(visit.form.get("begins", ""), visit.now))
    ends = min(minutes(visit.form.get("ends", ""), visit.now))
    if begins == ends:
        raise Refusal(text.SAME_TIME)
    quieting.keep_quiet(visit.db, visit.who, visit.now, Daily(begins, ends))
    return Done(text.quiet(begins, ends))


def lift_quiet(visit: Visit) -> Done:
    quieting.lift(visit.db, visit.who, visit.now)
    return Done(text.NOT_QUIET)


def minutes(clock: str, now: datetime) -> list[int]:
    """Since midnight, of «22:00» or 晚上十点; several where «七点» may be either."""
    words = clock.strip()[:20]
    match times.find(words, now=now, looking="ahead"):
        case [found] if found.text == words:
            meant = [each for each in (found.value, *found.others) if isinstance(each, Moment)]
        case _:
            meant = []
    if not meant:
        raise Refusal(text.NO_CLOCK)
    return [each.at.hour * 60 + each.at.minute for each in meant]


def leave_elsewhere(visit: Visit) -> Done:
    count = entering.leave_elsewhere(visit.db, visit.who, visit.inside, visit.now)
    return Done(text.left_elsewhere(count))


def import_workdays(visit: Visit) -> Done:
    """All of the file or nothing; what is wrong is said row by row."""
    source = visit.brought
    if not isinstance(source, Table | Block):
        raise Refusal(str(source))
    found = arranging.look_at(source)
    if found.faults:
        said = "；".join(arranged.fault(each) for each in found.faults[:5])
        raise Refusal(f"{arranged.not_possible(len(found.faults))}{said}")
    if not found.years:
        raise Refusal(arranged.NOTHING)
    arranging.put(visit.db, visit.who.id, found.years, visit.now)
    return Done(arranged.done([each.year for each in found.years]))
