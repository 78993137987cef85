"""The players: a process of its own that posts WeChat messages at the rate agreed, whether or not
the answers keep up, and delivers again, under the same id, what the server has not answered.

python -m benchmarks.contest.crowd PORT PEOPLE QUESTIONS RATE SECONDS CUT ACKNOWLEDGED

An answer's time runs from when it was due. CUT is the second at which the parent will kill the
server: what is due from then on is reported apart. Each acknowledgement is a line of the file
ACKNOWLEDGED: person, place, letter.
"""

import asyncio
import json
import sys
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from statistics import median

import uvloop
from rich.console import Console
from rich.progress import track

from benchmarks.load import SAID, request, whole

CONNECTIONS = 64
START = "开始答题"
SHOWN, TAKEN, FINISHED = "第 1／", "第 {place} 题已收到", "都答完了"
PATIENCE = 120
"""Seconds that the last answers may take after everything was sent."""


@dataclass(frozen=True)
class Message:
    number: int
    person: int
    place: int
    """-1: the wish to begin."""
    due: float = 0.0

    @property
    def letter(self) -> str:
        return "AB"[(self.person + self.place) % 2]

    def delivery(self) -> bytes:
        says = START if self.place < 0 else self.letter
        return request(self.number, int(time.time()), f"o{self.person}", says)

    def answered_by(self, said: str) -> bool:
        if self.place < 0:
            return said.startswith(SHOWN)
        return said.startswith(TAKEN.format(place=self.place + 1)) or FINISHED in said


class Connection(asyncio.Protocol):
    """One message at a time; what was cut off is delivered again."""

    def __init__(self, crowd: "Crowd") -> None:
        self.crowd, self.received = crowd, b""
        self.message: Message | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: asyncio.Transport = transport  # type: ignore[assignment]
        self.received = b""
        self.crowd.free(self)

    def send(self, message: Message) -> None:
        self.message = message
        self.transport.write(message.delivery())

    def data_received(self, data: bytes) -> None:
        self.received += data
        answer = whole(self.received)
        if answer is None or self.message is None:
            return
        message, self.message, self.received = self.message, None, b""
        head, body = answer
        self.crowd.answered(message, b" 200 " in head[:20], body)
        if b"connection: close" in head:
            self.transport.close()
        else:
            self.crowd.free(self)

    def connection_lost(self, error: Exception | None) -> None:
        self.crowd.lost(self)


class Crowd:
    def __init__(self, port: int, acknowledged: TextIOWrapper) -> None:
        self.port, self.acknowledged = port, acknowledged
        self.idle: set[Connection] = set()
        self.waiting: deque[Message] = deque()
        self.open = 0
        self.seconds: dict[float, float] = {}
        """When an answer was due, and how long it took."""
        self.others: list[str] = []
        self.again = 0

    async def connect(self, connection: Connection) -> None:
        """A server that is gone comes back."""
        loop = asyncio.get_running_loop()
        while True:
            with suppress(OSError):
                await loop.create_connection(lambda: connection, "127.0.0.1", self.port)
                return
            await asyncio.sleep(0.05)

    def free(self, connection: Connection) -> None:
        if self.waiting:
            connection.send(self.waiting.popleft())
        else:
            self.idle.add(connection)

    def lost(self, connection: Connection) -> None:
        self.idle.discard(connection)
        if connection.message:
            self.waiting.appendleft(connection.message)
            connection.message, self.again = None, self.again + 1
        self.coming = asyncio.ensure_future(self.connect(connection))

    def post(self, message: Message) -> None:
        self.open += 1
        if self.idle:
            self.idle.pop().send(message)
        else:
            self.waiting.append(message)

    def answered(self, message: Message, accepted: bool, body: bytes) -> None:
        self.open -= 1
        found = SAID.search(body)
        said = found[1].decode() if found else ""
        if not accepted or not message.answered_by(said):
            self.others.append(said)
        elif message.place >= 0:
            self.acknowledged.write(f"{message.person} {message.place} {message.letter}\n")
            self.seconds[message.due] = asyncio.get_running_loop().time() - message.due

    async def all_answered(self) -> None:
        for _ in range(PATIENCE * 20):
            if not self.open:
                return
            await asyncio.sleep(0.05)
        raise TimeoutError(f"{self.open} messages were never answered")

    async def begin(self, people: int) -> float:
        """Everybody at once opens the paper. How many a second."""
        began = time.perf_counter()
        for person in range(people):
            self.post(Message(person, person, -1))
        await self.all_answered()
        return people / (time.perf_counter() - began)

    async def play(self, people: int, answers: int, rate: int) -> float:
        """Everybody in turn, question after question, from the moment returned."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        bar = track(range(answers), "answering", console=Console(stderr=True))
        for number in bar:
            due = began + number / rate
            if (early := due - loop.time()) > 0:
                await asyncio.sleep(early)
            person, place = number % people, number // people
            self.post(Message(people + number, person, place, due))
        await self.all_answered()
        return began


async def go(
    crowd: Crowd, people: int, questions: int, rate: int, seconds: int, cut: int
) -> dict[str, object]:
    await asyncio.gather(*(crowd.connect(Connection(crowd)) for _ in range(CONNECTIONS)))
    starting = await crowd.begin(people)
    print("playing", flush=True)
    most = people * questions
    answers = min(most, seconds * rate) if seconds else most
    began = await crowd.play(people, answers, rate)
    spent = asyncio.get_running_loop().time() - began
    before = sorted(took for due, took in crowd.seconds.items() if due < began + cut)
    after = [took for due, took in crowd.seconds.items() if due >= began + cut]
    return {
        "starts_per_second": round(starting),
        "answers": len(crowd.seconds),
        "per_second": round(len(crowd.seconds) / spent),
        "p50": round(median(before), 3),
        "p99": round(before[len(before) * 99 // 100], 3),
        "worst": round(before[-1], 3),
        "delivered_again": crowd.again,
        "worst_after_the_kill": round(max(after, default=0.0), 3),
        "other_replies": len(crowd.others),
        "sample": crowd.others[:2],
    }


def main() -> None:
    port, *numbers = map(int, sys.argv[1:7])
    with Path(sys.argv[7]).open("w") as acknowledged:
        report = uvloop.run(go(Crowd(port, acknowledged), *numbers))
    print(json.dumps(report, ensure_ascii=False))


if __name__ == "__main__":
    main()
