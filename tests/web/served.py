"""The console behind a real server, for a real browser."""

from bot.webhooks import Webhooks
from tests.serving import Serving
from web.app import Console


class Served(Serving):
    def __init__(self, console: Console) -> None:
        self.console = console
        super().__init__(Webhooks({}, below={"console": console, "screen": console}))

    def stop(self) -> None:
        self.console.hush()
        super().stop()
