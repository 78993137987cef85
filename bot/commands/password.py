"""`zhibu password`: lets somebody into the console by password and code, without the chat."""

import sys
from contextlib import closing

import segno
import typer

from bot import clock
from bot.commands import text
from bot.commands.opening import fail, open_database
from bot.settings import Settings
from handlers.console import rules
from handlers.console.actions import entering, passwords
from storage import console, keyring


def renew_key() -> None:
    """All or nothing: where a secret cannot be read, everything stays as it was."""
    settings = Settings()
    keys = keyring.at(settings.key_file, settings.database_url)
    with closing(open_database(settings)) as database:
        with database.reading() as db:
            if lost := console.unreadable(db, keys):
                fail(f"{text.KEY_MISSING.format(file=keys.file)}{text.those(lost)}")
        keys.renew()
        with database.unit_of_work() as db:
            count = console.reseal(db, keys)
    typer.echo(text.KEY_RENEWED.format(count=count, file=keys.file))


def set_password(member: str) -> None:
    now, member_id, settings = clock.now(), member.strip().upper(), Settings()
    keys = keyring.at(settings.key_file, settings.database_url)
    with closing(open_database(settings)) as database:
        with database.reading() as db:
            who = entering.who(db, member_id, now)
        if who is None:
            fail(text.NO_POST.format(id=member_id))
        word = typer.prompt(text.NEW_WORD, hide_input=True, confirmation_prompt=True)
        if rules.too_weak(word, who.id, who.name):
            fail(text.WEAK.format(count=rules.SHORTEST))
        secret, hashed = passwords.new_secret(), passwords.hashed(word)
        with database.unit_of_work() as db:
            passwords.put(db, keys, who.id, hashed, secret, now, by="operator")
            console.end_all(db, who.id)
    if sys.stdout.isatty():
        segno.make(passwords.address(secret, who.id), error="m").terminal(compact=True)
    typer.echo(text.SET.format(id=who.id, secret=secret))
