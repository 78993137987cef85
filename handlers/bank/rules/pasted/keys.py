"""Answers, wherever they stand: after the label, in the brackets of the stem, in a list at the
end."""

import re
from collections.abc import Iterator

from bot.questions import LETTERS
from handlers.bank.rules.pasted.lines import folded

IN_STEM = re.compile(r"[(]\s*([A-Ja-j](?:[\s,、]*[A-Ja-j]){0,5}|[√✓✔×✗✘]|对|错|正确|错误)\s*[)]")
EMPTY = "（　）"
LETTERED = re.compile(r"[A-Ja-j](?:[\s,、;和]*[A-Ja-j]){0,5}")
TRUTH = {
    **dict.fromkeys(("√", "✓", "✔", "对", "正确", "是", "T", "TRUE", "Y"), 0),
    **dict.fromkeys(("×", "✗", "✘", "错", "错误", "不对", "否", "F", "FALSE", "N", "X"), 1),
}
RANGE = re.compile(
    r"(\d{1,4})\s*[-~—–至到]+\s*(\d{1,4})\s*[.、:)]?\s*([A-Ja-j√×✓✗对错\s]+?)(?=$|[\s,;。]*\d)"
)
EACH = re.compile(
    r"(\d{1,4})\s*[.、:)]?\s*([A-Ja-j](?:[,、]?[A-Ja-j]){0,5}|√|×|✓|✗|对|错|正确|错误)(?=$|[\s,;。])"
)


def tidy(answer: str) -> str:
    return folded(answer).strip(" \t。.;,")


def letters_in(answer: str) -> str | None:
    """«B», «ABC», «A、C»: in capitals, in order; None where it is something else."""
    plain = tidy(answer)
    if not LETTERED.fullmatch(plain):
        return None
    return "".join(sorted({char.upper() for char in plain if char.isalpha() and char.isascii()}))


def truth_in(answer: str) -> int | None:
    return TRUTH.get(tidy(answer).upper())


def in_stem(stem: str, options: int) -> tuple[str, str]:
    """The answer that stands in the stem's own brackets, and the stem with these empty. «(AED)»
    is none: letters name options that there are, in their order."""
    found = [mark for mark in IN_STEM.finditer(folded(stem)) if means(mark[1], options)]
    if len(found) != 1:
        return "", stem
    [mark] = found
    return mark[1], stem[: mark.start()] + EMPTY + stem[mark.end() :]


def means(said: str, options: int) -> bool:
    letters = [each for each in said.upper() if each in LETTERS]
    if not letters:
        return not options
    return letters == sorted(set(letters)) and LETTERS.index(letters[-1]) < options


def listed(words: str) -> Iterator[tuple[int, str]] | None:
    """«1-5 BCADB», «6.ABC 7.BD», «8√»: number and answer; None where anything else remains."""
    narrow = folded(words)
    found: list[tuple[int, str]] = []
    rest = narrow
    for mark in RANGE.finditer(narrow):
        each = re.sub(r"\s", "", mark[3])
        first, last = int(mark[1]), int(mark[2])
        if last - first + 1 != len(each):
            return None
        found += list(zip(range(first, last + 1), each, strict=True))
        rest = rest.replace(mark[0], " ", 1)
    for mark in EACH.finditer(rest):
        found.append((int(mark[1]), mark[2]))
    rest = EACH.sub(" ", rest)
    return None if rest.strip(" ,;。.、") or not found else iter(found)
