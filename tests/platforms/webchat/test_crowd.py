"""Many pages and slow connections at once: whoever has something to say is heard all the same."""

import http.client
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from bot.messages import Reply
from tests.platforms.webchat.serving import Script, Served

PAGES, SLOW, SPOKEN = 120, 60, 30


@pytest.fixture
def served() -> Iterator[Served]:
    served = Served(Script(lambda incoming: Reply(text="好的")))
    yield served
    served.stop()


def connect(served: Served) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(served.url.removeprefix("http://"), timeout=20)


def cookie_of(served: Served) -> str:
    page = connect(served)
    page.request("GET", "/chat/me")
    answer = page.getresponse()
    answer.read()
    page.close()
    return (answer.getheader("set-cookie") or "").split(";")[0]


def test_pages_that_wait_and_connections_that_dawdle_hold_nobody_up(served: Served) -> None:
    address = served.url.removeprefix("http://")
    host, port = address.split(":")
    with ExitStack() as stack:
        for number in range(PAGES):
            page = connect(served)
            stack.callback(page.close)
            page.request("GET", f"/chat/events?tab={number}", headers={"cookie": cookie_of(served)})
        for _ in range(SLOW):
            half = stack.enter_context(socket.create_connection((host, int(port)), timeout=20))
            half.sendall(b"POST /chat/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n")
        mine = {
            "cookie": cookie_of(served),
            "origin": served.url,
            "content-type": "application/json",
        }
        speaker = connect(served)
        stack.callback(speaker.close)
        for number in range(SPOKEN):
            said = json.dumps({"id": f"abcdefghijklmnopqrst{number:04}", "text": "签到"})
            speaker.request("POST", "/chat/messages", said, mine)
            answer = speaker.getresponse()
            assert json.loads(answer.read())["text"] == "好的"
        assert served.chat._lines.open == PAGES
        served.chat.hush()


def test_a_message_that_never_ends_is_cut(served: Served) -> None:
    host, port = served.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=20) as long:
        long.sendall(b"POST /chat/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n\r\n")

        def pour() -> None:
            try:
                for _ in range(200):
                    long.sendall(b"x" * 45_000)
            except OSError:
                pass

        pouring = threading.Thread(target=pour)
        pouring.start()
        answer = long.recv(100)
        pouring.join()
    assert b"413" in answer.splitlines()[0]
