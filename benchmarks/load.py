"""A meeting day at 8:30: many connections that post WeChat messages and wait for each answer.

Runs as a process of its own: `python -m benchmarks.load HOST PORT CONNECTIONS TOTAL`. Every 20th
message is delivered three times under one id, as WeChat does when it is impatient.
"""

import asyncio
import json
import re
import resource
import sys
import time
from collections import defaultdict
from contextlib import suppress
from hashlib import sha1
from statistics import quantiles

import uvloop

TOKEN = "benchmark"
SAID = re.compile(rb"<Content><!\[CDATA\[(.*?)\]\]>", re.S)
PATH = "/webhooks/wechat"


def request(number: int, at: int, sender: str = "", says: str = "签到") -> bytes:
    """One signed delivery, in WeChat's plain mode."""
    nonce = str(number)
    signature = sha1("".join(sorted((TOKEN, str(at), nonce))).encode()).hexdigest()
    body = (
        f"<xml><ToUserName><![CDATA[gh_1]]></ToUserName>"
        f"<FromUserName><![CDATA[{sender or f'o{number}'}]]></FromUserName>"
        f"<CreateTime>{at}</CreateTime><MsgType><![CDATA[text]]></MsgType>"
        f"<Content><![CDATA[{says}]]></Content><MsgId>{number}</MsgId></xml>"
    ).encode()
    head = (
        f"POST {PATH}?signature={signature}&timestamp={at}&nonce={nonce} HTTP/1.1\r\n"
        f"Host: localhost\r\nContent-Type: text/xml\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def whole(received: bytes) -> tuple[bytes, bytes] | None:
    """Head, in lower case, and body of an answer; None while some of it is still to come."""
    head, found, body = received.partition(b"\r\n\r\n")
    lowered = head.lower()
    length = int(lowered.partition(b"content-length:")[2].split(b"\r\n")[0] or b"0")
    return (lowered, body) if found and len(body) >= length else None


class Client(asyncio.Protocol):
    """One connection: sends, waits for the whole answer, sends the next."""

    def __init__(self, crowd: "Crowd") -> None:
        self.crowd = crowd
        self.received = b""
        self.number = -1
        self.begun = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: asyncio.Transport = transport  # type: ignore[assignment]
        self.next()

    def next(self) -> None:
        if self.number < 0:
            self.number = self.crowd.take()
        if self.number < 0:
            self.transport.close()
            return
        if not self.begun:
            self.begun = time.perf_counter()
        self.transport.write(self.crowd.requests[self.number])

    def data_received(self, data: bytes) -> None:
        self.received += data
        answer = whole(self.received)
        if answer is None:
            return
        head, body = answer
        self.crowd.answered(self.number, head, body, time.perf_counter() - self.begun)
        self.received, self.number, self.begun = b"", -1, 0.0
        if b"connection: close" in head:
            self.transport.close()
        else:
            self.next()

    def connection_lost(self, error: Exception | None) -> None:
        self.crowd.lost(self)


class Crowd:
    def __init__(self, host: str, port: int, connections: int, total: int) -> None:
        self.where, self.connections = (host, port), connections
        self.requests = [request(number, int(time.time())) for number in range(total)]
        self.todo = [n for n in range(total) for _ in range(3 if n % 20 == 0 else 1)]
        self.todo.reverse()
        self.open = len(self.todo)
        self.seconds: list[float] = []
        self.said: dict[int, list[bytes]] = defaultdict(list)
        self.refused = 0
        self.done = asyncio.Event()

    def take(self) -> int:
        return self.todo.pop() if self.todo else -1

    def answered(self, number: int, head: bytes, body: bytes, seconds: float) -> None:
        if b" 200 " in head[:20]:
            said = SAID.search(body)
            self.said[number].append(said[1] if said else body)
        else:
            self.refused += 1
        self.seconds.append(seconds)
        self.open -= 1
        if not self.open:
            self.done.set()

    def lost(self, client: Client) -> None:
        """A server that closes after each answer, or under the load: come again."""
        if self.open and (client.number >= 0 or self.todo):
            self.coming = asyncio.ensure_future(self.connect(client))

    async def connect(self, client: Client) -> None:
        for _ in range(200):
            try:
                await asyncio.get_running_loop().create_connection(lambda: client, *self.where)
                return
            except OSError:
                await asyncio.sleep(0.05)

    async def run(self) -> dict[str, object]:
        begun = time.perf_counter()
        clients = [Client(self) for _ in range(self.connections)]
        await asyncio.gather(*(self.connect(client) for client in clients))
        with suppress(TimeoutError):
            await asyncio.wait_for(self.done.wait(), 120)
        return self.report(time.perf_counter() - begun)

    def report(self, elapsed: float) -> dict[str, object]:
        cuts = quantiles(self.seconds, n=100)
        again = [said for said in self.said.values() if len(said) > 1]
        return {
            "messages": len(self.seconds),
            "per_second": round(len(self.seconds) / elapsed),
            "p50": round(cuts[49], 4),
            "p99": round(cuts[98], 4),
            "worst": round(max(self.seconds), 4),
            "refused": self.refused,
            "unanswered": self.open,
            "other_reply": sum(len(set(said)) > 1 for said in again),
            "repeated": len(again),
            "sample": next(iter(self.said.values()))[0].decode("utf-8", "replace"),
        }


def main() -> None:
    host, port, connections, total = sys.argv[1], *map(int, sys.argv[2:5])
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(files, 8192), files))
    crowd = None

    async def go() -> dict[str, object]:
        nonlocal crowd
        crowd = Crowd(host, port, connections, total)
        return await crowd.run()

    print(json.dumps(uvloop.run(go()), ensure_ascii=False))


if __name__ == "__main__":
    main()
