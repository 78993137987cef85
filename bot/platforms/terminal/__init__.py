"""A chat in the terminal: for whoever runs the assistant, and for whoever is building it."""

import asyncio
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.input import Input
from prompt_toolkit.output import ColorDepth, Output
from prompt_toolkit.patch_stdout import patch_stdout
from prompt_toolkit.shortcuts import print_formatted_text
from prompt_toolkit.styles import Style

from bot import clock
from bot.messages import Address, Ask, Busy, Button, Reply, SendFailed
from bot.platforms.terminal import text
from bot.platforms.terminal.receive import typed
from bot.platforms.terminal.render import plain, styled
from bot.webhooks import Webhook

__all__ = ["Terminal", "connect", "plain"]

STYLE = Style.from_dict(
    {
        "prompt": "ansired bold",
        "title": "bold",
        "name": "ansibrightblack",
        "number": "ansired bold",
        "edge": "ansibrightblack",
        "aside": "ansibrightblack italic",
    }
)


def connect(ask: Ask) -> "Terminal | None":
    """None: `zhibu run` has nobody at a keyboard. `zhibu chat` makes a `Terminal` itself."""
    return None


class Terminal:
    """One conversation at one keyboard. Piped, it reads lines and writes plain text."""

    name = "terminal"

    def __init__(
        self,
        ask: Ask,
        sender: Address,
        *,
        history: Path | None = None,
        now: Callable[[], datetime] = clock.now,
        input: Input | None = None,
        output: Output | None = None,
    ) -> None:
        """With `history`, what was typed is kept there, for its owner alone to read."""
        self._ask = ask
        self._sender = sender
        self._history = history
        self._now = now
        self._input = input
        self._output = output
        self._offered: Sequence[Button] = ()

    def webhooks(self) -> Mapping[str, Webhook]:
        return {}

    async def listen(self) -> None:
        """Until Ctrl-D, or until the pipe ends."""
        if self._input is None and not (sys.stdin.isatty() and sys.stdout.isatty()):
            await self._listen_to_pipe()
        else:
            await self._listen_to_keys()

    async def _listen_to_keys(self) -> None:
        session: PromptSession[str] = PromptSession(
            [("class:prompt", text.PROMPT)],
            history=_remembered(self._history),
            style=STYLE,
            input=self._input,
            output=self._output,
            color_depth=_colours(),
        )
        self._aside(text.WELCOME)
        with patch_stdout(raw=True):
            while (line := await _line(session)) is not None:
                await self._hear(line)
        self._aside(text.GOODBYE)

    async def send(self, to: Address, reply: Reply, *, key: str) -> None:
        if to != self._sender:
            raise SendFailed("somebody else is at this terminal")
        self._show(reply)

    async def close(self) -> None:
        return

    async def _listen_to_pipe(self) -> None:
        while line := await asyncio.to_thread(sys.stdin.readline):
            await self._hear(line)

    async def _hear(self, line: str) -> None:
        said = line.strip()
        if not said:
            return
        try:
            reply = await self._ask(typed(said, self._sender, self._offered, self._now()))
        except Busy:
            self._aside(text.BUSY)
        else:
            self._show(reply) if reply else self._aside(text.LATER)

    def _show(self, reply: Reply) -> None:
        self._offered = reply.buttons
        self._write(FormattedText(styled(reply)), plain(reply))

    def _aside(self, words: str) -> None:
        self._write(FormattedText([("class:aside", words + "\n")]), words)

    def _write(self, pretty: FormattedText, simple: str) -> None:
        if self._output is None and not sys.stdout.isatty():
            sys.stdout.write(simple + "\n")
            sys.stdout.flush()
            return
        print_formatted_text(
            pretty, style=STYLE, output=self._output, color_depth=_colours(), end=""
        )


async def _line(session: PromptSession[str]) -> str | None:
    """None at Ctrl-D; Ctrl-C only drops the line that was begun."""
    try:
        return await session.prompt_async()
    except KeyboardInterrupt:
        return ""
    except EOFError:
        return None


def _remembered(file: Path | None) -> History:
    if file is None:
        return InMemoryHistory()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    return FileHistory(str(file))


def _colours() -> ColorDepth | None:
    """None: as many as the terminal has. NO_COLOR is how its owner says: none."""
    return ColorDepth.DEPTH_1_BIT if os.environ.get("NO_COLOR") else None
