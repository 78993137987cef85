"""A password, and a code that changes every half minute.

Whoever is not known costs as much work as who is, and hears the same.
"""

import hmac
import logging
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from bot.messages import Reply
from handlers.console import rules, text
from handlers.console.actions import entering
from handlers.console.rules import Entered, NoPost, TooMany, Wrong
from storage import audit, console, outbox
from storage.console import ConsolePassword, Inside
from storage.database import Session
from storage.keyring import Damaged, KeyMissing, Keyring
from storage.members import Speaker
from storage.outbox import Post, Rank

log = logging.getLogger(__name__)
ISSUER = "Zhibu"
HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
"""argon2id, about a tenth of a second: called in a thread, and outside of any transaction."""


@dataclass(frozen=True)
class Known:
    """What a try is compared with."""

    member_id: str
    hash: str
    totp: str
    real: bool


def new_secret() -> str:
    return pyotp.random_base32()


def address(secret: str, member_id: str) -> str:
    """What an authenticator scans."""
    return pyotp.TOTP(secret).provisioning_uri(name=member_id, issuer_name=ISSUER)


def may_try(db: Session, account: str, peer: str, now: datetime) -> TooMany | None:
    """To be asked in a unit of work of its own after `note_try`: then of many who try at once
    nobody is overlooked."""
    for key in keys(account, peer):
        count, first = console.tries(db, key, now - rules.WITHIN)
        if first and count > rules.TRIES:
            return TooMany(first + rules.WITHIN)
    return None


def note_try(db: Session, account: str, peer: str, now: datetime) -> None:
    console.note_try(db, keys(account, peer), now)


def keys(account: str, peer: str) -> tuple[str, str]:
    return rules.key("account", account.strip().casefold()), rules.key("peer", peer)


def known(db: Session, keys: Keyring, account: str) -> Known:
    """Where the key of the codes is gone, nobody is known by a code; the log says so."""
    row = console.password(db, account.strip().upper())
    try:
        secret = keys.open(row.totp, row.member_id) if row else ""
    except (KeyMissing, Damaged) as trouble:
        log.error("no code can be compared: %r", trouble)
        secret = ""
    if row is None or not secret:
        return Known("", decoy(), "A" * 32, real=False)
    return Known(row.member_id, row.hash, secret, real=True)


def matches(known: Known, password: str) -> bool:
    """Slow on purpose, and as slow for nobody as for somebody."""
    try:
        HASHER.verify(known.hash, rules.plain(password)[: rules.LONGEST_WORD])
    except (VerifyMismatchError, InvalidHashError):
        return False
    return known.real


def enter(
    db: Session, known: Known, code: str, peer: str, now: datetime, *, right: bool
) -> Entered | Wrong | NoPost:
    """After the password was compared; a code is taken once."""
    slot = slot_of(known.totp, code, now)
    if not (right and known.real and slot and console.use_slot(db, known.member_id, slot)):
        return Wrong()
    entered = entering.let_in(db, known.member_id, now, "password")
    account_key, peer_key = keys(known.member_id, peer)
    console.forget_tries(db, account_key)
    console.forget_tries(db, peer_key, now)
    return entered


def slot_of(secret: str, code: str, now: datetime) -> int:
    """The half minute whose code it is, at most one beside the present one; 0 for none."""
    clock, found = pyotp.TOTP(secret), 0
    for offset in (-1, 0, 1):
        if hmac.compare_digest(
            clock.at(now, counter_offset=offset).encode(), code.strip().encode()
        ):
            found = int(now.timestamp()) // rules.HALF_MINUTE + offset
    return found


def choose(
    db: Session,
    keys: Keyring,
    actor: Speaker,
    inside: Inside,
    password_hash: str,
    secret: str,
    code: str,
    now: datetime,
) -> bool:
    """From now on this password with codes of `secret`, and no other session goes on; False when
    `code` is none of them."""
    slot = slot_of(secret, code, now)
    if not slot:
        return False
    put(db, keys, actor.id, password_hash, secret, now, by=actor.id, slot=slot)
    console.end_all(db, actor.id, but=inside.digest)
    return True


def put(
    db: Session,
    keys: Keyring,
    member_id: str,
    password_hash: str,
    secret: str,
    now: datetime,
    *,
    by: str,
    slot: int = 0,
) -> None:
    """Whose it is hears of it. The secret of the codes is kept under the key alone."""
    row = ConsolePassword(
        member_id=member_id,
        hash=password_hash,
        totp=keys.seal(secret, member_id),
        last_slot=slot,
        set_at=now,
    )
    console.set_password(db, row)
    audit.note(db, by, "set_console_password", f"member:{member_id}", now)
    told = Post(
        key=f"console:password:{member_id}:{now.isoformat()}",
        to=member_id,
        kind="security",
        say=Reply(text=text.SECURED),
        cause=f"member:{member_id}",
        due=now,
        rank=Rank.URGENT,
    )
    outbox.post(db, [told], now)


def hashed(password: str) -> str:
    return HASHER.hash(rules.plain(password))


@cache
def decoy() -> str:
    """What is compared with where there is nobody."""
    return hashed(new_secret())
