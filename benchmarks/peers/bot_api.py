"""A Bot API that takes everything, after a while: `-m benchmarks.peers.bot_api PORT SECONDS`."""

import asyncio
import json
import sys
from typing import Any

import uvloop

RESULT = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "x"}
BODY = json.dumps({"ok": True, "result": RESULT}).encode()
ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(BODY)
) + BODY


class Connection(asyncio.Protocol):
    def __init__(self, wait: float) -> None:
        self.wait, self.heard = wait, b""

    def connection_made(self, transport: Any) -> None:  # uvloop's is no asyncio.Transport
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.heard += data
        while (end := self.heard.find(b"\r\n\r\n")) >= 0:
            head = self.heard[:end].lower()
            length = int(head.partition(b"content-length:")[2].partition(b"\r\n")[0] or b"0")
            if len(self.heard) < end + 4 + length:
                return
            self.heard = self.heard[end + 4 + length :]
            asyncio.get_running_loop().call_later(self.wait, self.answer)

    def answer(self) -> None:
        if not self.transport.is_closing():
            self.transport.write(ANSWER)


async def main(port: int, wait: float) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(wait), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), float(sys.argv[2])))
