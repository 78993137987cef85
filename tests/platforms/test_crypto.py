"""The envelope: agrees with everybody else's, and opens nothing that is not for us."""

import base64
import os
import random
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.tencent.envelope import Envelope, Forged, signature
from bot.webhooks import Request, Response
from tests.platforms import payloads
from tests.platforms.doors import NOW, Listener, wechat_door, wecom_door
from tests.platforms.fixtures import FIXTURES, needs_fixtures

VECTORS = FIXTURES / "crypto" / "vectors.json"


def vectors(path: Path = VECTORS) -> list[Any]:
    found = orjson.loads(path.read_bytes()) if path.exists() else []
    return [pytest.param(each, id=each["name"]) for each in found]


def envelope_of(vector: dict[str, str]) -> Envelope:
    return Envelope(
        token=vector.get("token", ""), aes_key=vector["aes_key"], receiver=vector["receive_id"]
    )


@needs_fixtures
def test_there_are_eleven_vectors() -> None:
    assert len(vectors()) == 11


@pytest.mark.parametrize("vector", vectors())
def test_a_vector_of_other_implementations(vector: dict[str, str]) -> None:
    envelope = envelope_of(vector)
    checked = 0
    if "signature" in vector:
        parts = (vector["token"], vector["timestamp"], vector["nonce"], vector["encrypt"])
        assert signature(*parts) == vector["signature"]
        checked += 1
    if not vector.get("signature_only"):
        inside = envelope.decrypt(vector["encrypt"]).decode()
        assert inside == (vector.get("decrypted") or vector["plaintext"])
        checked += 1
    if "random" in vector:
        sealed = envelope.encrypt(vector["plaintext"].encode(), vector["random"].encode())
        assert sealed == vector["encrypt"]
    assert checked


def test_a_vector_written_out() -> None:
    """Tencent's own demonstration: stands where the fixtures are missing."""
    envelope = Envelope(
        token="QDG6eK",
        aes_key="jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C",
        receiver="wx5823bf96d3bd56c7",
    )
    inside = envelope.open(
        "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==",
        signed="5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3",
        timestamp="1409659589",
        nonce="263014780",
    )
    assert inside == b"1616140317555161061"


@given(message=st.binary(max_size=300), salt=st.binary(min_size=16, max_size=16))
def test_what_was_sealed_is_opened(message: bytes, salt: bytes) -> None:
    assert payloads.WECHAT.decrypt(payloads.WECHAT.encrypt(message, salt)) == message


@given(frame=st.binary(max_size=200))
def test_any_bytes_are_opened_or_forged(frame: bytes) -> None:
    with pytest.raises(Forged):
        payloads.WECHAT.decrypt(base64.b64encode(frame).decode())


@given(words=st.text(max_size=200))
def test_any_words_are_opened_or_forged(words: str) -> None:
    with pytest.raises(Forged):
        payloads.WECHAT.decrypt(words)


def test_a_message_for_another_account_is_forged() -> None:
    other = Envelope(token=payloads.TOKEN, aes_key=payloads.AES_KEY, receiver="wxother")
    with pytest.raises(Forged):
        payloads.WECHAT.decrypt(other.encrypt(b"<xml/>", bytes(16)))


@pytest.mark.parametrize("key", ["", payloads.AES_KEY[:-1], payloads.AES_KEY + "=", "!" * 43])
def test_a_key_that_cannot_be_one(key: str) -> None:
    with pytest.raises(ValueError, match="43"):
        Envelope(token="t", aes_key=key, receiver="r")


def altered(request: Request, seed: int) -> Request:
    """The same visit with one character of its encrypted part, or of its query, replaced."""
    chance = random.Random(seed)
    if seed % 8 == 0:
        name = chance.choice(["timestamp", "nonce", "msg_signature"])
        value = request.query[name]
        at = chance.randrange(len(value))
        changed = value[:at] + chr(ord(value[at]) ^ 1) + value[at + 1 :]
        return request._replace(query={**request.query, name: changed})
    at = chance.randrange(len(request.body))
    byte = request.body[at] ^ (1 << chance.randrange(7))
    return request._replace(body=request.body[:at] + bytes([byte]) + request.body[at + 1 :])


@pytest.mark.parametrize("platform", ["wechat", "wecom"])
async def test_altered_frames_are_answered_alike_and_never_decrypted(
    platform: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    listener = Listener()
    open_door = wechat_door(listener) if platform == "wechat" else wecom_door(listener)
    envelope = payloads.WECHAT if platform == "wechat" else payloads.WECOM
    body = payloads.text("签到 4826", user="o1", at=NOW)
    genuine = payloads.sealed(body, at=NOW, envelope=envelope)
    assert (await open_door(genuine)).status == 200

    decrypted: list[str] = []
    monkeypatch.setattr(Envelope, "decrypt", lambda self, words: decrypted.append(words))
    listener.asked.clear()
    outside_encrypt = 0
    for seed in range(4096):
        visit = altered(genuine, seed)
        if visit.query == genuine.query and _encrypted(visit) == _encrypted(genuine):
            outside_encrypt += 1  # what nobody signs, and nobody reads
            continue
        assert await open_door(visit) == Response(403), seed
    assert (decrypted, listener.asked) == ([], [])
    assert outside_encrypt < 1500


def _encrypted(visit: Request) -> bytes:
    head, _, rest = visit.body.partition(b"<Encrypt><![CDATA[")
    inside, _, tail = rest.partition(b"]]></Encrypt>")
    return inside if tail == b"</xml>" and head.startswith(b"<xml><ToUserName><![CDATA[") else b""


@pytest.mark.parametrize("platform", ["wechat", "wecom"])
async def test_a_genuine_signature_opens_no_broken_frame(platform: str) -> None:
    """Whoever knows the token but not the key learns nothing from how we refuse."""
    open_door = wechat_door(Listener()) if platform == "wechat" else wecom_door(Listener())
    genuine = payloads.sealed(payloads.text("签到", user="o1", at=NOW), at=NOW)
    query = dict(genuine.query)
    answers = set()
    for length in (0, 1, 15, 16, 32, 48, 64, 160):
        encrypted = base64.b64encode(os.urandom(length)).decode()
        query["msg_signature"] = payloads.signed(query["timestamp"], query["nonce"], encrypted)
        body = f"<xml><Encrypt>{encrypted}</Encrypt></xml>".encode()
        answers.add(await open_door(genuine._replace(query=query, body=body)))
    assert answers == {Response(403)}


def test_one_visit_is_sealed_the_same_way_twice_and_another_differently() -> None:
    def seal(nonce: str) -> bytes:
        return payloads.WECHAT.seal(b"<xml/>", timestamp="1764203190", nonce=nonce)

    assert seal("77") == seal("77") != seal("78")
