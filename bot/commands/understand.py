"""`zhibu understand`: what the assistant makes of each line, for testing without a conversation."""

import csv
import json
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import get_args

import typer
import yaml

import handlers
from bot import clock
from bot.understanding import NOBODY, Names, Understander
from bot.understanding.intents import Role

ROLES = get_args(Role)
"""Whoever speaks is understood alike: what a role may not have, is told when it is asked for."""
DEMO = Path(__file__).parents[2] / "storage" / "seeds" / "demo"


def understand_lines(lines: Iterable[str], now: datetime, names: Names = NOBODY) -> Iterator[str]:
    """One JSON object a line: text, the likeliest intent, its slots and the confidence."""
    understander = Understander(tuple(handlers.intents()))
    for line in lines:
        text = line.rstrip("\r\n")
        heard = understander.understand(text, now=now, names=names)
        found = {
            "text": text,
            "intent": heard.likeliest,
            "slots": dict(heard.slots),
            "confidence": round(heard.confidence, 3),
        }
        yield json.dumps(found, ensure_ascii=False, sort_keys=False)


def understand(now: str | None = None, role: str = "member") -> None:
    """Reads standard input; `now` is ISO 8601, at home where it names no zone.

    Raises typer.BadParameter for a `now` that is no time and a `role` that nobody has.
    """
    if role not in ROLES:
        raise typer.BadParameter("、".join(ROLES), param_hint="--role")
    try:
        moment = datetime.fromisoformat(now) if now else clock.now()
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--now") from error
    home = moment.astimezone(clock.HOME) if moment.tzinfo else moment.replace(tzinfo=clock.HOME)
    for line in understand_lines(sys.stdin, home, demo_names()):
        typer.echo(line)


def demo_names(folder: Path = DEMO) -> Names:
    """The people and branches of the demo organisation; nobody where it is not there."""
    if not folder.exists():
        return NOBODY
    organs = yaml.safe_load((folder / "org.yaml").read_text("utf-8"))["organs"]
    members = [
        row["name"]
        for file in ("members.csv", "candidates.csv")
        for row in csv.DictReader((folder / file).read_text("utf-8-sig").splitlines())
    ]
    branches = [branch["name"] for organ in organs for branch in organ["branches"]]
    return Names(tuple(members), tuple(branches))


if __name__ == "__main__":
    typer.run(understand)
