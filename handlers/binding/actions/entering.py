"""A code comes in: is it one, and what happens when its bearer agrees."""

from datetime import datetime

from bot.messages import Address, Reply
from bot.permissions import Action, authorize
from handlers.binding import rules, text
from handlers.binding.rules import (
    Agreed,
    AskedThere,
    LookUp,
    Misread,
    Over,
    ShowConsent,
    TooMany,
    Unknown,
    Welcome,
)
from storage import accounts, audit, devices, inbox, invites, members, organisation, outbox
from storage.database import Session
from storage.devices import Joining
from storage.invites import Invite
from storage.organisation import Tree
from storage.outbox import Post, Rank


def look_up(db: Session, address: Address, code: str | Misread, now: datetime) -> LookUp:
    """What a code that was typed leads to. Whose it is, is not said."""
    if isinstance(code, Misread):
        return code
    if waiting := barred(db, address, now):
        return waiting
    invites.take_turn(db)
    if waiting := barred(db, address, now):
        return waiting
    return known(db, address, rules.digest(code), now)


def look_up_token(db: Session, address: Address, token: str, now: datetime) -> LookUp:
    """What the link of an older account carries."""
    if waiting := barred(db, address, now):
        return waiting
    return known(db, address, rules.token_digest(token), now)


def known(db: Session, address: Address, digest: str, now: datetime) -> LookUp:
    if invite := invites.find(db, digest):
        return ShowConsent(invite=invite.id) if is_good(db, invite, now) else Over()
    if joining := devices.find(db, digest):
        free = joining.claimed_at is None and joining.ended_at is None and now < joining.expires
        return ShowConsent(joining=joining.id) if free else Over()
    invites.was_wrong(db, address, now)
    mine, _ = invites.wrong(db, address, now - rules.WINDOW)
    return Unknown(max(0, rules.TRIES - mine))


def barred(db: Session, address: Address, now: datetime) -> TooMany | None:
    since = now - rules.WINDOW
    mine, everybodys = invites.wrong(db, address, since)
    return rules.too_many(
        mine,
        everybodys,
        invites.first_wrong(db, since, address),
        invites.first_wrong(db, since),
    )


def is_good(db: Session, invite: Invite, now: datetime) -> bool:
    """It is open, and who made it might still make it today."""
    if invite.used_at or invite.withdrawn_at or now >= invite.expires:
        return False
    tree = organisation.tree(db, now.date())
    maker = members.speaker(db, invite.made_by, tree)
    target = accounts.candidate(db, tree, invite.member_id)
    return bool(maker and target and authorize(maker, Action.INVITE, tree.line(target.branch_id)))


def agree(db: Session, address: Address, to: ShowConsent, now: datetime) -> Agreed:
    """The bearer has read what is kept and agrees."""
    if to.joining:
        return claim(db, address, to.joining, now)
    invite = db.get(Invite, to.invite)
    if not invite or accounts.one(db, address) or not is_good(db, invite, now):
        return Over()
    if not invites.use(db, invite.id, now):
        return Over()
    return bind(db, address, invite.member_id, "invite", now)


def bind(
    db: Session, address: Address, member_id: str, via: str, now: datetime, *, knows: str = ""
) -> Welcome:
    """Ties the account to the member, and tells the member's other accounts, but for the one
    marked `knows`, which has just agreed."""
    all_others = accounts.of(db, member_id)
    others = [each for each in all_others if rules.mark(each.platform, each.user) != knows]
    accounts.bind(db, address, member_id, via=via, consent=rules.CONSENT, now=now)
    audit.note(db, member_id, "consent", f"member:{member_id}", now, rules.CONSENT)
    audit.note(db, member_id, "bind", f"member:{member_id}", now, address.platform)
    for each in others:
        news = text.bound_elsewhere(address.platform, address.user, rules.UNDO_WITHIN.days)
        tell(db, Address(each.platform, each.user), address, news, now)
    return welcome(db, member_id, organisation.tree(db, now.date()))


def welcome(db: Session, member_id: str, tree: Tree) -> Welcome:
    speaker = members.speaker(db, member_id, tree)
    assert speaker is not None  # just bound
    return Welcome(speaker.id, speaker.name, tree.name(speaker.branch_id))


def claim(db: Session, address: Address, joining_id: int, now: datetime) -> Agreed:
    """Asks the older account; a stolen code leads no further than here."""
    if accounts.one(db, address) or not devices.claim(db, joining_id, address, now):
        return Over()
    joining = db.get_one(Joining, joining_id)
    asked = text.asks_to_join(address.platform, address.user)
    tell(db, joining.old, address, asked, now)
    return AskedThere(joining.from_platform)


def tell(db: Session, to: Address, about: Address, news: str, now: datetime) -> None:
    """When it is next heard, or by a letter to this very account: whichever comes first."""
    key = f"{rules.mark(*about)}-{rules.mark(*to)}-{now.timestamp()}"
    inbox.tell(db, to, key, news)
    account = accounts.one(db, to)
    if account is None:  # not theirs yet, or not any more
        return
    letter = Post(
        key=key,
        to=account.member_id,
        kind="account",
        say=Reply(text=news),
        cause=f"member:{account.member_id}",
        due=now,
        until=now + rules.UNDO_WITHIN,
        rank=Rank.OWN,
        at=to,
    )
    outbox.post(db, [letter], now)
