"""Counts and amounts, in digits or in words."""

import re

from bot.understanding.hearing import Hearing
from bot.understanding.intents import Find, Slots

DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "两": 2,
    "〇": 0,
    "俩": 2,
}
SPOKEN = "零〇一二三四五六七八九十幺"
IN_DIGITS = str.maketrans("零〇一二三四五六七八九幺", "001234567891")
ENGLISH = {
    name: n
    for n, name in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 1
    )
}
NUMBER = rf"(?:\d+(?:\.\d+)?|\b(?:{'|'.join(ENGLISH)})\b|[零〇一二两俩三四五六七八九十百半]+)"


def value(word: str) -> float | None:
    """十二 → 12, 两 → 2, 半 → 0.5, 1.5 → 1.5; None where it is no number."""
    if word.replace(".", "", 1).isdecimal():
        return float(word) if len(word) < 9 else None
    if word == "a":
        return 1.0
    if word in ENGLISH:
        return float(ENGLISH[word])
    if word == "半":
        return 0.5
    total, digit = 0, 0
    for char in word:
        if char == "十":
            total, digit = total + (digit or 1) * 10, 0
        elif char == "百":
            total, digit = total + (digit or 1) * 100, 0
        elif char in DIGITS:
            digit = digit * 10 + DIGITS[char] if word.isdecimal() else DIGITS[char]
        else:
            return None
    return float(total + digit)


def tidy(number: float) -> int | float:
    return int(number) if number == int(number) else number


def amount(name: str, pattern: str) -> Find:
    """A whole number where `pattern` has its one `{n}`: `前{n}名`."""
    wanted = re.compile(pattern.replace("{n}", rf"({NUMBER})"))

    def find(hearing: Hearing) -> Slots:
        found = wanted.search(hearing.plain, *hearing.wish) or wanted.search(hearing.plain)
        said = next(filter(None, found.groups()), "") if found else ""
        number = value(said) if said else None
        return {name: tidy(number)} if number is not None and number == int(number) else {}

    return find


ENGLISH_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
ENGLISH_ORDINAL = re.compile(rf"\b({'|'.join(ENGLISH_ORDINALS)}) (?:reminder|task|item|one)\b")


def ordinal(name: str = "index") -> Find:
    """第三个, 第3条, #3, task 2, the second task."""
    counted = amount(
        name,
        r"(?:第|#|no\.?|number|reminder|task|提醒|任务)\s*{n}(?![点月年周季:])|{n}\s*号\s*(?:任务|提醒|事项|待办)",
    )

    def find(hearing: Hearing) -> Slots:
        if re.search("头一[件个条项桩]", hearing.plain):
            return {name: 1}
        found = ENGLISH_ORDINAL.search(hearing.plain)
        return {name: ENGLISH_ORDINALS[found[1]]} if found else counted(hearing)

    return find


def code(name: str, letter: str) -> Find:
    """F05, f五, F零九, T十二: in capitals and digits."""
    wanted = re.compile(rf"(?<![a-z\d])({letter})\s*([\d{SPOKEN}]{{1,3}})(?![\d{SPOKEN}])")

    def find(hearing: Hearing) -> Slots:
        found = wanted.search(hearing.plain)
        return {name: found[1].upper() + in_digits(found[2])} if found else {}

    return find


def in_digits(said: str) -> str:
    """零九 → 09, 一八 → 18, 十一 → 11; digits as they are."""
    number = value(said) if "十" in said else None
    return f"{number:02.0f}" if number is not None else said.translate(IN_DIGITS)


def days(name: str) -> Find:
    """三天内, 一周内, 7天以内 as a number of days."""
    wanted = re.compile(rf"(\ba\b|{NUMBER})\s*(?:个)?(天|日|周|星期|礼拜|工作日|月|days?|weeks?)")

    within = re.compile(wanted.pattern + "(?:之|以)?内")

    def find(hearing: Hearing) -> Slots:
        found = within.search(hearing.plain) or wanted.search(hearing.plain)
        number = value(found[1]) if found else None
        if found is None or number is None:
            return {}
        size = 7 if found[2][0] in "周星礼w" else 30 if found[2] == "月" else 1
        return {name: tidy(number * size)}

    return find


HOURS = re.compile(
    rf"({NUMBER})\s*(?:多)?(?:个)?(半)?\s*(?:个)?(?:小时|钟头|钟点|hours?|hrs?|h(?![a-z])|课时)(半)?"
)
MINUTES = re.compile(
    rf"({NUMBER})\s*(?:分钟|(?<=[二三四五六七八九十\d])分(?![钟之类])|minutes?|mins?(?![a-z]))"
)
QUARTERS = re.compile(rf"({NUMBER})刻钟")


def hours() -> Find:
    """hours and minutes as they were said: 一个半小时 → 1.5, 一小时二十分钟 → 1 and 20."""

    def find(hearing: Hearing) -> Slots:
        plain = hearing.plain
        found: dict[str, int | float] = {}
        if (said := HOURS.search(plain)) and (number := value(said[1])) is not None:
            half = 0.5 if (said[2] or said[3]) and said[1] != "半" else 0
            found["hours"] = tidy(number + half)
        if (said := MINUTES.search(plain)) and (number := value(said[1])) is not None:
            found["minutes"] = tidy(number)
        elif (said := QUARTERS.search(plain)) and (number := value(said[1])) is not None:
            found["minutes"] = tidy(number * 15)
        return found

    return find


def option(name: str) -> Find:
    """3号, 三号, 1: the number of what is voted for, as text."""
    wanted = re.compile(
        rf"({NUMBER})\s*号|第({NUMBER})[个项位](?!月|季|小时)|"
        rf"(?:投|vote(?: for)?|option|支持)\s*(?:给)?\s*(?:no\.?\s*|number\s*)?"
        rf"第?({NUMBER})(?!(?:党)?支部|小组|队|组|班|票)"
    )

    def find(hearing: Hearing) -> Slots:
        found = wanted.search(hearing.plain)
        number = value(next(filter(None, found.groups()))) if found else None
        return {name: str(int(number))} if number is not None else {}

    return find
