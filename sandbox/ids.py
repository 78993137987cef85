"""Names and numbers that look as real ones do and are the same at every run."""

import hashlib
from itertools import count


class Numbers:
    """Grows by one; begins where real ones are."""

    def __init__(self, first: int) -> None:
        self._count = count(first)

    def next(self) -> int:
        return next(self._count)


def letters(*parts: object, length: int) -> str:
    """As many hexadecimal digits as wanted, which nobody would guess and everybody can repeat."""
    text = "/".join(map(str, parts))
    found = ""
    while len(found) < length:
        found += hashlib.sha256(f"{text}{len(found)}".encode()).hexdigest()
    return found[:length]


def openid(number: int) -> str:
    """Of the `number`-th synthetic member: 28 characters that begin with o."""
    return f"o{letters('openid', number, length=21)}{number:06d}"


def userid(number: int) -> str:
    return f"member{number:06d}"


def telegram_id(number: int) -> int:
    return 700_000_000 + number
