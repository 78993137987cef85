"""Numbers, in digits or as they are spoken. A reader takes (text, i) and gives (value, end)."""

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {
    "两": 2,
    "壹": 1,
    "贰": 2,
    "叁": 3,
}
_TENS = {"廿": 20, "卅": 30}
NUMERAL = frozenset("0123456789零一二三四五六七八九十百千万亿两壹贰叁廿卅半几多")
"""What a run of numerals is made of: where none was understood, the whole run is passed over."""

Read = tuple[int, int] | None


def digits(text: str, i: int, most: int = 4) -> Read:
    """A run of ASCII digits; None if it is longer than `most`."""
    end = i
    while end < len(text) and end - i <= most and text[end] in "0123456789":
        end += 1
    if end == i or end - i > most:
        return None
    return int(text[i:end]), end


def _spoken(text: str, i: int) -> Read:
    """零 to 九百九十九; two digits side by side (三三) are two numbers."""
    hundreds, end = 0, i
    if text[i] in _DIGITS and text[i + 1 : i + 2] == "百":
        hundreds, end = _DIGITS[text[i]] * 100, i + 2
        if text[end : end + 1] == "零":
            ones = _DIGITS.get(text[end + 1 : end + 2])
            return (hundreds + ones, end + 2) if ones else None
    rest = _below_hundred(text, end)
    if rest is None:
        return (hundreds, end) if hundreds else None
    return hundreds + rest[0], rest[1]


def _below_hundred(text: str, i: int) -> Read:
    head = text[i : i + 1]
    if head in _TENS:
        tens, end = _TENS[head], i + 1
    elif head == "十":
        tens, end = 10, i + 1
    elif head in _DIGITS and text[i + 1 : i + 2] == "十":
        tens, end = _DIGITS[head] * 10, i + 2
    elif head in _DIGITS:
        return _DIGITS[head], i + 1
    else:
        return None
    ones = _DIGITS.get(text[end : end + 1], 0)
    return (tens + ones, end + 1) if ones else (tens, end)


def number(text: str, i: int) -> Read:
    if i >= len(text):
        return None
    return digits(text, i, 3) if text[i] in "0123456789" else _spoken(text, i)


def year_digits(text: str, i: int) -> Read:
    """Four digits, 2026 or 二〇二六."""
    if i < len(text) and text[i] in "0123456789":
        found = digits(text, i)
        return found if found and found[1] - i == 4 else None
    spoken = text[i : i + 4]
    if len(spoken) < 4 or any(c not in _DIGITS or c == "两" for c in spoken):
        return None
    return int("".join(str(_DIGITS[c]) for c in spoken)), i + 4


def half(text: str, i: int) -> tuple[float, int] | None:
    """A number that may have one decimal, for lengths: 1.5, 2.5, 三."""
    whole = number(text, i)
    if whole is None:
        return None
    value, end = whole
    if (
        text[i] in "0123456789"
        and text[end : end + 1] == "."
        and text[end + 1 : end + 2].isdecimal()
    ):
        tenth = digits(text, end + 1, 1)
        return (value + tenth[0] / 10, tenth[1]) if tenth else None
    return value, end
