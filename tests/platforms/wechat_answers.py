"""What may come back from WeChat when a message was sent, and what it means for the message."""

import httpx

BASE = "http://127.0.0.1:9"
OK = {"errcode": 0, "errmsg": "ok"}
ANSWERS = {
    "html": (httpx.Response(200, html="<html>维护中</html>"), "uncertain"),
    "cut json": (httpx.Response(200, content=b'{"errcode":0,"errm'), "uncertain"),
    "empty": (httpx.Response(200), "uncertain"),
    "no errcode": (httpx.Response(200, json={}), "uncertain"),
    "errcode in words": (httpx.Response(200, json={"errcode": "0"}), "uncertain"),
    "errcode is a truth": (httpx.Response(200, json={"errcode": False}), "uncertain"),
    "a list": (httpx.Response(200, json=[0]), "uncertain"),
    "packed": (
        httpx.Response(200, content=b"\x1f\x8b\x08", headers={"content-encoding": "gzip"}),
        "uncertain",
    ),
    "huge": (httpx.Response(200, content=b'{"errcode":0}' + b" " * 1_000_000), "uncertain"),
    "elsewhere": (httpx.Response(302, headers={"location": f"{BASE}/other"}), "uncertain"),
    "500": (httpx.Response(500), "uncertain"),
    "502 html": (httpx.Response(502, html="<html>bad gateway</html>"), "uncertain"),
    "500 with ok": (httpx.Response(500, json=OK), "uncertain"),
    "503 busy": (httpx.Response(503, json={"errcode": -1}), "again"),
    "404": (httpx.Response(404, html="<html>"), "again"),
    "429": (httpx.Response(429, headers={"retry-after": "30"}), "later"),
    "429 without": (httpx.Response(429, headers={"retry-after": "soon"}), "again"),
}
