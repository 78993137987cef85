"""A second account: begun on the old one, confirmed on the old one."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from bot.messages import Address
from handlers.binding import rules, text
from handlers.binding.actions.entering import bind, tell
from handlers.binding.actions.inviting import new_code
from storage import accounts, audit, devices
from storage.database import Session
from storage.devices import Joining
from storage.members import Speaker


@dataclass(frozen=True)
class Shown:
    """For the new device: a code to type, or a link's token."""

    code: str
    token: str


def begin(db: Session, member: Speaker, address: Address, now: datetime) -> Shown:
    code, token = new_code(), secrets.token_urlsafe(32)
    digests = rules.digest(code), rules.token_digest(token)
    devices.begin(db, member.id, address, *digests, now)
    audit.note(db, member.id, "add_device", f"member:{member.id}", now, address.platform)
    return Shown(code, token)


def waiting(db: Session, member: Speaker, now: datetime) -> Joining | None:
    """The account that has shown the code and wants to be confirmed."""
    return devices.claimed(db, member.id, now)


def confirm(
    db: Session, member: Speaker, address: Address, joining_id: int, now: datetime
) -> Address | None:
    """The account that is bound now; None: there was nothing (any more) to confirm."""
    joining = devices.claimed(db, member.id, now)
    if joining is None or joining.id != joining_id:
        return None
    if accounts.one(db, joining.new) or not devices.end(db, joining.id, now):
        return None
    bind(db, joining.new, member.id, "second", now, knows=rules.mark(*address))
    tell(db, joining.new, joining.new, text.bound_here(member.name), now)
    return joining.new


def decline(db: Session, member: Speaker, now: datetime) -> Address | None:
    """The account that asked, and is not bound."""
    joining = devices.claimed(db, member.id, now)
    if joining is None or not devices.end(db, joining.id, now):
        return None
    audit.note(db, member.id, "decline_device", f"member:{member.id}", now, joining.to_platform)
    tell(db, joining.new, joining.new, text.DECLINED_THERE, now)
    return joining.new
