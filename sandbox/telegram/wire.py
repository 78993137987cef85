"""How a method of the Bot API is asked, in any of the ways it allows, and answered."""

from email import message_from_bytes
from email.message import Message
from typing import Any
from urllib.parse import parse_qsl

import orjson

from sandbox.values import Answer, Call, Json

NESTED = frozenset(
    {
        "reply_markup", "entities", "caption_entities", "link_preview_options", "allowed_updates",
        "commands", "options", "correct_option_ids", "reply_parameters", "scope", "media",
        "explanation_entities", "question_entities", "message_ids",
    }
)  # fmt: skip
"""What a form carries as JSON."""


class Refused(Exception):
    def __init__(self, status: int, description: str, **parameters: object) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters

    @property
    def answer(self) -> Answer:
        said: Json = {"ok": False, "error_code": self.status, "description": self.description}
        if self.parameters:
            said["parameters"] = self.parameters
        wait = self.parameters.get("retry_after")
        return Answer(self.status, said, {"retry-after": str(wait)} if wait else {})


def bad(description: str, **parameters: object) -> Refused:
    return Refused(400, f"Bad Request: {description}", **parameters)


def too_many(wait: int) -> Refused:
    return Refused(429, f"Too Many Requests: retry after {wait}", retry_after=wait)


def asked_in(call: Call) -> Json:
    """The parameters of a method. Raises `Refused`."""
    kind = call.headers.get("content-type", "").partition(";")[0].strip().lower()
    asked: Json = dict(call.query)
    try:
        if kind == "application/json" and call.body:
            return {**asked, **orjson.loads(call.body)}
        if kind == "multipart/form-data":
            asked |= parts_of(call)
        elif call.body:
            asked |= dict(parse_qsl(call.body.decode(), keep_blank_values=True))
        return {name: unfolded(name, value) for name, value in asked.items()}
    except (ValueError, TypeError):
        raise bad("can't parse request parameters") from None


def unfolded(name: str, value: Any) -> Any:
    if name in NESTED and isinstance(value, str) and value:
        return orjson.loads(value)
    return value


def parts_of(call: Call) -> Json:
    head = f"content-type: {call.headers['content-type']}\r\n\r\n".encode()
    whole = message_from_bytes(head + call.body)
    found: Json = {}
    for part in whole.get_payload():
        if isinstance(part, Message):
            name = part.get_param("name", header="content-disposition")
            content = part.get_payload(decode=True)
            body = content if isinstance(content, bytes) else b""
            found[str(name)] = body if part.get_filename() else body.decode()
    return found


def number(asked: Json, name: str, default: int = 0) -> int:
    """Raises `Refused`."""
    try:
        return int(asked.get(name, default) or default)
    except (TypeError, ValueError):
        raise bad(f"{name} is not a number") from None


def flag(asked: Json, name: str) -> bool:
    return str(asked.get(name, "")).lower() in {"true", "1", "yes"}


def units(words: str) -> int:
    """Length as Telegram counts it: UTF-16."""
    return len(words.encode("utf-16-le", "surrogatepass")) // 2
