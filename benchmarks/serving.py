"""The console in a process of its own, as `zhibu run` serves it, at the hour of the city.

Clock and delivery stand still: what they do in the meantime is measured elsewhere.
"""

import gc
import time
from datetime import timedelta

from benchmarks.duties import NOW
from bot import clock

BEGAN = time.monotonic()
clock.now = lambda: NOW + timedelta(seconds=time.monotonic() - BEGAN)


async def serve() -> None:
    from granian.constants import Interfaces
    from granian.server.embed import Server

    from bot import app
    from bot.lazy_console import LazyConsole
    from bot.settings import Settings
    from bot.webhooks import Webhooks
    from storage.database import Database

    settings = Settings()
    database = Database(settings.database_url)
    console = LazyConsole(lambda: app.web_console(settings, database))
    server = Server(
        Webhooks({}, below=dict.fromkeys(("console", "screen", "calendar"), console)),
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        backlog=4096,
        log_enabled=False,
    )
    gc.collect()
    gc.freeze()  # as `zhibu run` does
    console.expect(database)
    await server.serve()


if __name__ == "__main__":
    import uvloop

    uvloop.run(serve())
