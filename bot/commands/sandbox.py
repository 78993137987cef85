"""`zhibu sandbox`: the platforms' local stand-ins, until they are told to stop."""

import asyncio
import shlex
from pathlib import Path

import typer

from bot import clock
from bot.commands import text
from bot.commands.opening import fail
from bot.commands.run import taken


def sandbox(port: int, speed: float, members: int, assistant: str, transcript: Path | None) -> None:
    from sandbox import serving

    if taken(serving.HOST, port):
        fail(text.PORT_TAKEN.format(port=port, other=port + 1))
    base = f"http://{serving.HOST}:{port}"
    written = transcript or Path(f"sandbox-{clock.now():%Y%m%d-%H%M%S}.jsonl")
    plan = serving.Plan(port, speed, members, assistant, written)
    lines = [f"{name}={shlex.quote(value)}" for name, value in serving.environment(base).items()]
    typer.echo(
        text.SANDBOX.format(
            environment="\n".join(f"export {line}" for line in lines),
            members=members,
            control=serving.somebody(base),
            transcript=written,
        )
    )
    asyncio.run(serving.serve(plan))
