"""`zhibu say`: one message through the real path."""

import json
import secrets
from datetime import datetime
from typing import Any

import typer

from bot.commands import text
from bot.commands.opening import fail, moment, open_database
from bot.messages import Address, Incoming, Reply
from bot.settings import Settings
from storage import members
from storage.database import Database
from storage.members import Account, Member


def say(member: str, words: str, platform: str, at: str | None, as_json: bool) -> None:
    from bot.app import dispatcher

    database = open_database(Settings())
    now = moment(at)
    sender = address_of(database, member, platform, now)
    incoming = Incoming(id=secrets.token_hex(8), sender=sender, at=now, **heard(words))
    with database.unit_of_work() as db:
        [reply] = dispatcher().answer_all(db, [incoming])
    typer.echo(json.dumps(plain(reply), ensure_ascii=False) if as_json else reply.text)


def heard(words: str) -> dict[str, Any]:
    """«tap:…» presses a button by what `--json` showed, «scene:…» opens a QR code."""
    for kind in ("tap", "scene"):
        if words.startswith(f"{kind}:"):
            return {kind: words.removeprefix(f"{kind}:")}
    return {"text": words}


def plain(reply: Reply) -> dict[str, object]:
    return reply.model_dump(include={"text", "title", "fields", "buttons"})


def address_of(database: Database, member_id: str, platform: str, now: datetime) -> Address:
    """Where the member speaks from: their account there, else one made for the operator.

    «guest» and ids that begin so are strangers.
    """
    if member_id.startswith("guest"):
        return Address(platform, member_id)
    with database.unit_of_work() as db:
        if db.get(Member, member_id) is None:
            fail(text.NO_SUCH_MEMBER.format(id=member_id))
        for address in members.addresses(db, member_id):
            if address.platform == platform:
                return address
        account = Account(
            platform=platform, user=member_id, member_id=member_id, bound_at=now, via="operator"
        )
        db.add(account)
    return Address(platform, member_id)
