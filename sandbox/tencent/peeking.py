"""Who is meant by a message that may never be taken."""

import orjson

from sandbox.values import Call, Json


def peek(call: Call) -> tuple[list[str], str] | None:
    """The readers and the words of a sending; None for any other call."""
    if not ("message/" in call.path and "send" in call.path):
        return None
    try:
        asked = orjson.loads(call.body)
        named = asked.get("touser", "")
    except (orjson.JSONDecodeError, AttributeError):
        return None
    readers = named if isinstance(named, list) else str(named).split("|")
    return [str(each) for each in readers], said(asked)


def said(asked: Json) -> str:
    inside = asked.get(str(asked.get("msgtype", ""))) or asked.get("data") or {}
    words = inside.get("content") if isinstance(inside, dict) else ""
    return words if isinstance(words, str) else orjson.dumps(inside).decode()
