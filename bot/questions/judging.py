"""Whether an answer is right. What cannot be told for certain is not called wrong for good:
whoever asks may let one try again."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from bot.questions.values import Kind, Question

BLANK = re.compile(r"_{2,}|[（(]\s*[）)]|\{\}")
SEPARATORS = re.compile(r"[\s、,，;；/|和与及至到~—-]+")
LONGEST = 500
"""Characters of an answer that are looked at."""
NOISE = re.compile(r"[\s，。、；：！？,.;:!?\"'“”‘’「」《》()（）]+")


@dataclass(frozen=True)
class Verdict:
    right: bool
    hits: tuple[int, ...] = ()
    """Of a short answer: which key points were found."""


def judge(question: Question, answer: Sequence[int] | str) -> Verdict:
    """`answer`: the options chosen, by their own numbers; or words. A card is judged by whoever
    knew it or not: (0,) known, (1,) not."""
    if not isinstance(answer, str):
        right = (0,) if question.kind is Kind.CARD else question.right
        return Verdict(tuple(sorted(answer)) == right)
    match question.kind:
        case Kind.FILL:
            return Verdict(fills(question, answer))
        case Kind.SHORT:
            hits = tuple(
                at for at, wordings in enumerate(question.accepted) if mentioned(wordings, answer)
            )
            return Verdict(len(hits) >= max(1, question.min_hits), hits)
        case _:
            return Verdict(False)


def fills(question: Question, answer: str) -> bool:
    """Blank by blank, in their order; what stands around a blank in the stem may be written
    too: «11月9日» for «____月____日»."""
    return any(
        len(parts) == len(question.accepted)
        and all(
            plain(part) in {plain(each) for each in variants}
            for part, variants in zip(parts, question.accepted, strict=True)
        )
        for parts in readings(question, answer)
    )


def readings(question: Question, answer: str) -> list[list[str]]:
    """The ways to cut `answer` into blanks: at marks, or at what stands between the blanks."""
    whole = unicodedata.normalize("NFKC", answer[:LONGEST]).strip()
    cut = [part for part in SEPARATORS.split(whole) if part]
    around = [plain(each, numerals=False) for each in BLANK.split(question.stem)]
    if len(around) != len(question.accepted) + 1:
        return [[whole], cut]
    rest, parts = plain(whole, numerals=False), []
    for near in around[1:-1]:
        part, _, rest = rest.partition(near[:3]) if near else (rest, "", "")
        parts.append(part)
    return [[whole], cut, *([*parts, rest.removesuffix(tail)] for tail in tails(around[-1]))]


def tails(after: str) -> list[str]:
    """What may be written behind the last blank: «年» of «____年。»."""
    return [after[:length] for length in range(4)]


def mentioned(wordings: Sequence[str], answer: str) -> bool:
    said = plain(answer, numerals=False)
    return any(
        at >= 0 and not denied(said, at)
        for each in wordings
        for at in [said.find(plain(each, numerals=False))]
    )


def denied(said: str, at: int) -> bool:
    """«不低姿» names the point in order to deny it."""
    return said[max(0, at - 2) : at].endswith(("不", "不要", "不用", "别", "没有", "无需"))


def plain(words: str, *, numerals: bool = True) -> str:
    """As compared: narrow, small, without punctuation; numerals as digits."""
    tidy = NOISE.sub("", unicodedata.normalize("NFKC", words)).lower()
    return digits(tidy) if numerals else tidy


def digits(words: str) -> str:
    """«十五» as 15, «二〇二一» as 2021; what is no number as it is."""
    if words.isdecimal():
        return words.lstrip("0") or "0"
    return SPELT.get(words.replace("〇", "零")) or (
        words.translate(ONE_BY_ONE) if DIGIT_BY_DIGIT.fullmatch(words) else words
    )


def spelt(number: int) -> str:
    """Below a thousand, as it is said."""
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10)
    words = f"{NUMERALS[hundreds]}百" if hundreds else ""
    if tens:
        words += ("" if tens == 1 and not hundreds else NUMERALS[tens]) + "十"
    elif hundreds and units:
        words += "零"
    return words + (NUMERALS[units] if units or not number else "")


NUMERALS = "零一二三四五六七八九"
SPELT = {spelt(number): str(number) for number in range(1000)} | {"两": "2", "两百": "200"}
ONE_BY_ONE = str.maketrans("〇零一二三四五六七八九", "00123456789")
DIGIT_BY_DIGIT = re.compile("[〇零一二三四五六七八九]{2,}")
