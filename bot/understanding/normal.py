"""One spelling for what people write: width, case, traditional characters, spaces, fillers."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LONGEST = 256
"""Characters that are looked at. What a message says, it says before that."""

TABLES = Path(__file__).with_name("tables")
FILLERS = frozenset("嗯呃唔噢喔诶欸啊呀哎唉")
SIGNS = (
    dict.fromkeys("✅☑✔", "完成") | dict.fromkeys("❌✖❎", "取消") | {"⏰": "提醒", "📋": "清单"}
)
ALONE = dict.fromkeys("✅☑✔⭕🆗", "是") | dict.fromkeys("❌✖❎", "不") | {"🙏": "谢谢"}
HEARD = frozenset("📍👌👍🫡🌹")
"""Signs that phrases listen for; other pictures say nothing."""
STOPS = "，。！？；：、,.!?;:…~\n"


@dataclass(frozen=True, slots=True)
class Plain:
    """A message in one spelling, which remembers where each character came from."""

    text: str
    plain: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def surface(self, start: int, end: int) -> str:
        """The words as written between two positions of `plain`."""
        if start >= end:
            return ""
        return self.text[self.starts[start] : self.ends[end - 1]]

    def part(self, start: int, end: int) -> "Plain":
        return Plain(self.text, self.plain[start:end], self.starts[start:end], self.ends[start:end])

    def without(self, *spans: tuple[int, int]) -> "Plain":
        """The message as if what stands at `spans` had not been said."""
        gone = {at for start, end in spans for at in range(start, end)}
        kept = [at for at in range(len(self.plain)) if at not in gone]
        return Plain(
            self.text,
            "".join(self.plain[at] for at in kept),
            tuple(self.starts[at] for at in kept),
            tuple(self.ends[at] for at in kept),
        )

    def replaced(self, wrong: tuple[int, int], slip: int, right: tuple[int, int]) -> "Plain":
        """With what stands at `right` in the place of `wrong`, and nothing from `slip` on to it."""
        order = [*range(wrong[0]), *range(*right), *range(wrong[1], slip)]
        order += range(right[1], len(self.plain))
        return Plain(
            self.text,
            "".join(self.plain[at] for at in order),
            tuple(self.starts[at] for at in order),
            tuple(self.ends[at] for at in order),
        )

    def respelt(self, plain: str) -> "Plain":
        """The same message with other characters at the same places."""
        return Plain(self.text, plain, self.starts, self.ends)


def normalise(text: str) -> Plain:
    heard = _characters(text[:LONGEST])
    kept = _without_noise(_in_words(heard)) or heard
    return Plain(
        text,
        "".join(char for char, _ in kept),
        tuple(at for _, at in kept),
        tuple(at + 1 for _, at in kept),
    )


def plain_of(name: str) -> str:
    """`normalise(name).plain`, for names by the thousand."""
    if not USUAL.fullmatch(name):
        return normalise(name).plain
    spelt = name.lower().translate(_usual())
    return spelt.translate(UNFILLED) or spelt


USUAL = re.compile(r"[0-9A-Za-z\u4e00-\u9fff]{1,64}")
"""Names of nothing but these are respelt character by character."""
UNFILLED = dict.fromkeys(map(ord, FILLERS))


@cache
def _usual() -> dict[int, str]:
    return {ord(written): meant for written, meant in simplified().items() if len(written) == 1}


def _characters(text: str) -> list[tuple[str, int]]:
    table = simplified()
    out: list[tuple[str, int]] = []
    for at, char in enumerate(text):
        if "\u4e00" <= char <= "\u9fff":
            out.append((table.get(char, char), at))
            continue
        for part in unicodedata.normalize("NFKC", char).lower():
            if part.isspace():
                out.append((" ", at))
            elif not _invisible(part):
                out.append((table.get(part, part), at))
    return out


def _in_words(chars: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """✅ for yes, or for what is done; pictures that only decorate are gone."""
    if not any(_is_sign(char) for char, _ in chars):
        return chars
    said = [at for at, (char, _) in enumerate(chars) if char.isalnum()]
    out: list[tuple[str, int]] = []
    for place, (char, at) in enumerate(chars):
        if not _is_sign(char):
            out.append((char, at))
        elif not said:
            out += [(part, at) for part in ALONE.get(char, char)]
        elif char in "✅☑✔❌✖❎" and place < said[-1]:
            continue
        elif char in HEARD:
            out.append((char, at))
        else:
            out += [(part, at) for part in SIGNS.get(char, "")]
    return out


def _is_sign(char: str) -> bool:
    return not char.isascii() and unicodedata.category(char) in ("So", "Sk")


def _invisible(char: str) -> bool:
    return not char.isascii() and unicodedata.category(char) in ("Cc", "Cf", "Mn", "Me", "Cs", "Co")


def _without_noise(chars: list[tuple[str, int]]) -> list[tuple[str, int]]:
    spelt_apart = _spelt_apart("".join(char for char, _ in chars))
    out: list[tuple[str, int]] = []
    for char, at in chars:
        if char in FILLERS:
            continue
        if char == " " and (spelt_apart or not out or out[-1][0] in " " + STOPS):
            continue
        out.append((char, at))
    while out and out[-1][0] == " ":
        out.pop()
    return out


def _spelt_apart(text: str) -> bool:
    """「我 到 了」: some recognisers put a space between all characters."""
    words = text.split()
    return len(words) > 1 and all(len(word) == 1 and not word.isascii() for word in words)


def spelt_plainly(text: str) -> str:
    """One spelling for our own words, which have nothing else to be tidied."""
    return text.lower().translate(_translation())


@cache
def _translation() -> dict[int, str]:
    return str.maketrans(simplified())


@cache
def simplified() -> dict[str, str]:
    """Traditional character → simplified, and the punctuation that NFKC leaves alone."""
    before, after = (TABLES / "simplified.txt").read_text("utf-8").split()
    return dict(zip(before, after, strict=True)) | {
        "。": "。",
        "“": "「",
        "”": "」",
        "『": "「",
        "』": "」",
    }
