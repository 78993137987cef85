"""`zhibu say`: one message through the real path, and `zhibu chat`: many."""

import asyncio
import json
import secrets
from contextlib import closing
from datetime import datetime
from typing import Any

import typer

from bot import clock
from bot.commands import text
from bot.commands.opening import fail, moment, open_database
from bot.messages import Address, Incoming, Reply
from bot.settings import Settings
from storage import members
from storage.database import Database
from storage.members import Account, Member


def say(member: str, words: str, platform: str, at: str | None, as_json: bool) -> None:
    from bot.app import dispatcher, links_of
    from bot.platforms.terminal import plain

    settings, now = Settings(), moment(at)
    with closing(open_database(settings)) as database:
        sender = address_of(database, member, platform, now)
        incoming = Incoming(id=secrets.token_hex(8), sender=sender, at=now, **heard(words))
        with database.unit_of_work() as db:
            [reply] = dispatcher(links_of(settings)).answer_all(db, [incoming])
    typer.echo(as_json_text(reply) if as_json else plain(reply))


def heard(words: str) -> dict[str, Any]:
    """«tap:…» presses a button by what `--json` showed, «scene:…» opens a QR code."""
    for kind in ("tap", "scene"):
        if words.startswith(f"{kind}:"):
            return {kind: words.removeprefix(f"{kind}:")}
    return {"text": words}


def as_json_text(reply: Reply) -> str:
    shown = reply.model_dump(include={"text", "title", "fields", "buttons"})
    return json.dumps(shown, ensure_ascii=False)


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
            platform=platform,
            user=member_id,
            member_id=member_id,
            bound_at=now,
            via="operator",
            consent="operator",
        )
        db.add(account)
    return Address(platform, member_id)


def chat(member: str) -> None:
    from bot.app import links_of, writer
    from bot.platforms.terminal import Terminal
    from bot.reception import Reception

    settings = Settings()
    database = open_database(settings)
    sender = address_of(database, member, Terminal.name, clock.now())

    async def talk() -> None:
        reception = Reception(writer(database, links_of(settings)), database)
        await Terminal(reception.ask, sender).listen()
        await reception.close()
        database.close()

    asyncio.run(talk())
