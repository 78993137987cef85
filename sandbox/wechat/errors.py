"""What the official account's API says when it refuses, in its own words."""

from sandbox.ids import letters
from sandbox.values import Answer

ERRORS = {
    -1: "system error",
    40001: "invalid credential, access_token is invalid or not latest",
    40002: "invalid grant_type",
    40003: "invalid openid",
    40013: "invalid appid",
    40014: "invalid access_token",
    40016: "invalid button size",
    40017: "invalid button type",
    40018: "invalid button name size",
    40019: "invalid button key size",
    40020: "invalid button url size",
    40023: "invalid sub button size",
    40025: "invalid sub button name size",
    40031: "invalid openid list",
    40032: "invalid openid list size",
    40033: "invalid charset. please check your request, if include \\uxxxx will create fail!",
    40037: "invalid template_id",
    40053: "invalid action info",
    40125: "invalid appsecret",
    41001: "access_token missing",
    41002: "appid missing",
    41004: "appsecret missing",
    42001: "access_token expired",
    43002: "require POST method",
    43004: "require subscribe",
    43101: "user refuse to accept the msg",
    44002: "empty post data",
    44004: "empty content",
    45002: "content size out of limit",
    45009: "reach max api daily quota limit",
    45011: "api minute-quota reach limit must slower retry next minute",
    45015: "response out of time limit or subscription is canceled",
    45028: "has no masssend quota",
    45047: "out of response count limit",
    45065: "clientmsgid exist",
    46003: "menu no exist",
    47001: "data format error",
    47003: "argument invalid!",
    48001: "api unauthorized",
    48002: "user block receive message",
    48006: "forbid to clear quota because of reaching the limit",
}
BESIDES_THE_TABLE = frozenset({40037, 40053, 40125, 43101, 45028, 47003})
"""Codes that people report and the published table leaves out."""


class Refused(Exception):
    def __init__(self, code: int, **more: object) -> None:
        super().__init__(code)
        self.code = code
        self.more = more


def body(code: int, now: float, **more: object) -> Answer:
    """HTTP 200, always."""
    rid = letters("rid", code, now, length=24)
    words = f"{ERRORS[code]} rid: {rid[:8]}-{rid[8:16]}-{rid[16:]}"
    return Answer(body={"errcode": code, "errmsg": words, **more})
