"""A run in which everything went as promised, with faults in it; to be spoilt by the tests."""

import random
from typing import Any

from sandbox.transcript import Line

DAY = 1_795_309_200.0
"""2026-11-22, 9:00 in China."""
PEOPLE = 40


class Clean:
    """Each letter is refused, unclear, cut or taken, and in the end shown as it should be."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.number = 0
        self.lines: list[Line] = [
            {"what": "settings", "at": DAY, "lease": 60, "grace": 2.0, "night": [21, 8]}
            | {"one_token": True}
        ]
        for n in range(PEOPLE):
            self.note("member", DAY, person=f"M{n}", accounts=[["telegram", str(n)]])
        for n in range(PEOPLE):
            for place in range(3):
                self.letter(f"L{n}-{place}", n, place)
        self.tokens()
        for n in range(10):
            self.note("event", DAY, id=f"e{n}", outcome=self.chance.choice(["ok", "info"]))
            self.note("record", DAY + 900, id=f"e{n}", count=1)
        self.note("sums", DAY + 900, of="letters", parts=[100, 20], total=120)
        self.note("canary", DAY - 1, word="secret-7", allowed=[["telegram", "7"]])
        self.note("visit", DAY + 1, n=999_999, platform="telegram")
        self.note("shown", DAY + 1, n=999_999, platform="telegram", user="7", words="your secret-7")

    def tokens(self) -> None:
        """One for two hours, one because that was refused, and one because its process died."""
        self.fetch(DAY, "p0")
        self.number += 1
        self.note("revoked", DAY + 8, n=self.number, platform="wecom")
        self.fetch(DAY + 9, "p1")
        self.note("killed", DAY + 9.1, via="p1")
        self.fetch(DAY + 10, "p2")
        self.fetch(DAY + 7000, "p0")

    def fetch(self, at: float, via: str) -> None:
        self.number += 1
        self.note("token", at, n=self.number, platform="wecom", via=via, lasts=7200)

    def letter(self, key: str, reader: int, place: int) -> None:
        due = DAY + 60 * place
        self.note(
            "promised", DAY, key=key, to=f"M{reader}", due=due, until=due + 3600,
            flow=f"F{reader}", place=place,
        )  # fmt: skip
        at = due + self.chance.uniform(0, 5)
        match self.chance.choice(["taken", "refused", "unclear", "taken unclear", "cut", "edited"]):
            case "refused":
                self.call(key, reader, at, code=429)
            case "unclear":
                self.call(key, reader, at, unclear=True)
            case "taken unclear":
                self.call(key, reader, at, unclear=True, taken=True)
            case "cut":
                via = f"cut{self.number}"
                self.call(key, reader, at, taken=True, via=via)
                self.note("killed", at + 0.1, via=via)
            case "edited":
                self.note("edited", DAY - 3600, key=key, version=2)
                self.call(key, reader, at, taken=True, version=2)
                return
            case _:
                self.call(key, reader, at, taken=True)
                return
        self.call(key, reader, at + 20, taken=True)

    def call(
        self, key: str, reader: int, at: float, *, taken: bool = False, unclear: bool = False,
        code: int = 0, via: str = "p0", version: int = 1,
    ) -> None:  # fmt: skip
        self.number += 1
        words = f"通知 #{key}/{version}#"
        self.note(
            "call", at, n=self.number, platform="telegram", via=via, to=[str(reader)], words=words,
            taken=[str(reader)] if taken else [], unclear=unclear, fault=None, code=code,
        )  # fmt: skip
        if taken:
            self.note(
                "shown", at, n=self.number, platform="telegram", user=str(reader), words=words
            )

    def note(self, what: str, at: float, **fields: Any) -> None:
        self.lines.append({"what": what, "at": at, **fields})

    def in_order(self) -> list[Line]:
        return sorted(self.lines, key=lambda line: float(line["at"]))

    def any(self, what: str, **like: Any) -> Line:
        """One of the lines that are so, the same one for the same seed."""
        found = [
            line
            for line in self.lines
            if line["what"] == what and all(line.get(name) == value for name, value in like.items())
        ]
        return self.chance.choice(found)

    def message(self) -> tuple[Line, Line]:
        """A call and what it showed, where no other call was about the same."""
        calls = [line for line in self.lines if line["what"] == "call"]
        alone = [c for c in calls if sum(c["words"][:-2] == o["words"][:-2] for o in calls) == 1]
        call = self.chance.choice(alone)
        return call, self.any("shown", n=call["n"])
