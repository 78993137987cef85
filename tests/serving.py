"""An application behind a real server, in a thread of the test's own process."""

import asyncio
import socket
import threading

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.embed import Server

from bot.webhooks import Webhooks


class Serving:
    """At `url`, until `stop`."""

    def __init__(self, application: Webhooks) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.loop = asyncio.new_event_loop()
        self._server = Server(
            application,
            "127.0.0.1",
            port,
            interface=Interfaces.ASGI,
            backlog=4096,  # as in production: it bounds the open connections too
            log_level=LogLevels.error,
        )
        self._thread = threading.Thread(target=self._live, daemon=True)
        self._thread.start()
        self._wait_for(port)

    def stop(self) -> None:
        self.loop.call_soon_threadsafe(self._server.stop)
        self._thread.join(15)

    def _live(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_until_complete(self._server.serve())
        left = asyncio.all_tasks(self.loop)
        for task in left:
            task.cancel()
        self.loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        self.loop.run_until_complete(self.loop.shutdown_default_executor())
        self.loop.close()

    def _wait_for(self, port: int) -> None:
        for _ in range(200):
            with socket.socket() as probe:
                probe.settimeout(0.05)
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            self._thread.join(0.05)
        raise TimeoutError("the server did not start")
