"""What WeCom's API says when it refuses, in its own words."""

from sandbox.ids import letters
from sandbox.values import Answer

ERRORS = {
    -1: "system busy",
    40001: "invalid credential",
    40008: "invalid message type",
    40013: "invalid corpid",
    40014: "invalid access_token",
    40029: "invalid code",
    40056: "invalid agentid",
    40058: "invalid param",
    41001: "access_token missing",
    41004: "corpsecret missing",
    41011: "agentid missing",
    42001: "access_token expired",
    42009: "response code is invalid",
    44004: "content is empty",
    45009: "api freq out of limit",
    45033: "api concurrent out of limit",
    47001: "data format error",
    60020: "not allow to access from your ip",
    60111: "userid not found",
    81013: "user & party & tag all invalid",
    82002: "party list length out of limit",
    82003: "tag list length out of limit",
    130101: "send too fast, exceed 20 times per minute",
    301002: "not allow operate another agent with this accesstoken",
}
UNCONFIRMED = frozenset({42009, 47001, 130101})
"""Codes that stand for a refusal whose number the published table leaves open."""


class Refused(Exception):
    def __init__(self, code: int, **more: object) -> None:
        super().__init__(code)
        self.code = code
        self.more = more


def body(code: int, now: float, **more: object) -> Answer:
    hint = letters("hint", code, now, length=16)
    words = f"{ERRORS[code]}, hint: [{hint}], from ip: 127.0.0.1"
    return Answer(body={"errcode": code, "errmsg": words, **more})
