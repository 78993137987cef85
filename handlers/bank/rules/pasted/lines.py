"""What one line of a pasted paper is. Matched on a folded copy of the same length, cut from the
line as it was written."""

import re
from dataclasses import dataclass

from bot.questions import Kind

WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
WIDE |= {ord("【"): ord("["), ord("】"): ord("]"), ord("．"): ord(".")}

KINDS = {
    "单选": Kind.SINGLE, "单项选择": Kind.SINGLE, "选择": None, "多选": Kind.MULTIPLE,
    "多项选择": Kind.MULTIPLE, "不定项": Kind.MULTIPLE, "不定项选择": Kind.MULTIPLE,
    "判断": Kind.TRUE_FALSE, "判断对错": Kind.TRUE_FALSE, "是非": Kind.TRUE_FALSE,
    "填空": Kind.FILL, "简答": Kind.CARD, "问答": Kind.CARD, "论述": Kind.CARD,
    "名词解释": Kind.CARD, "案例分析": Kind.CARD,
}  # fmt: skip
"""Without key points a short answer is a card: one judges oneself. None: told by the answer."""
_KIND = "|".join(sorted(KINDS, key=len, reverse=True))
LABELS = {
    "答案": "answer", "正确答案": "answer", "参考答案": "answer", "标准答案": "answer",
    "本题答案": "answer", "答": "answer", "解析": "explanation", "答案解析": "explanation",
    "试题解析": "explanation", "说明": "explanation", "难度": "difficulty", "主题": "topic",
    "知识点": "topic", "考点": "topic", "分类": "topic", "依据": "source", "出处": "source",
    "来源": "source", "有效期至": "valid_until", "要点": "points", "至少": "min_hits",
    "编号": "id", "题型": "kind", "核对": "verification", "问": "stem",
}  # fmt: skip
_LABEL = "|".join(sorted(LABELS, key=len, reverse=True))

SECTION = re.compile(
    rf"\s*(?:[(]?[一二三四五六七八九十]+[)]?\s*[、.:]?|第[一二三四五六七八九十]+(?:部分|大题|节)\s*[、.:]?|#+)"
    rf"\s*({_KIND})题?(?:\s*[(:,。].*)?\s*|\s*\[?({_KIND})题\]?\s*(?:[(:].*)?"
)
STEM = re.compile(
    r"\s*(?:第\s*(\d{1,4})\s*题\s*[.、:)]?|(\d{1,4})\s*[、:)]|(\d{1,4})\s*[.](?!\d)|[(](\d{1,4})[)]\s*[.、]?)\s*(?=\S)"
)
LABEL = re.compile(
    rf"\s*(?:\[({_LABEL})\]\s*[:]?|({_LABEL})(?:是|为)?\s*[:]|[(]({_LABEL})\s*[:])\s*"
)
INSIDE = re.compile(
    rf"(?<=[\s;。.,)A-Z√×对错])\s*(?:\[({_LABEL})\]\s*[:]?|(解析|答案解析|难度|依据)\s*[:])\s*"
)
KEY_LIST = re.compile(
    r"\s*\[?(?:参考答案|答案|标准答案|答案部分|试题答案|参考答案及解析)\]?\s*[:]?\s*"
)
MARKED = re.compile(rf"\s*[(\[]({_KIND})题?[)\]]\s*")


@dataclass(frozen=True)
class Blank:
    pass


@dataclass(frozen=True)
class Section:
    kind: Kind | None
    title: str


@dataclass(frozen=True)
class Stem:
    number: int
    text: str


@dataclass(frozen=True)
class Labelled:
    name: str
    text: str


@dataclass(frozen=True)
class KeyList:
    """The answers of all questions follow."""


@dataclass(frozen=True)
class Free:
    text: str


Line = Blank | Section | Stem | Labelled | KeyList | Free


def folded(words: str) -> str:
    """Full-width forms narrowed, one for one."""
    return words.translate(WIDE)


def line_of(words: str) -> Line:
    narrow = folded(words)
    if not narrow.strip():
        return Blank()
    if KEY_LIST.fullmatch(narrow):
        return KeyList()
    if found := SECTION.fullmatch(narrow):
        return Section(KINDS[found[1] or found[2]], words.strip())
    if found := LABEL.match(narrow):
        name = LABELS[next(filter(None, found.groups()))]
        return Labelled(name, trimmed(words[found.end() :], found[3]))
    if found := STEM.match(narrow):
        return Stem(int(next(filter(None, found.groups()))), words[found.end() :].strip())
    return Free(words.strip())


def trimmed(words: str, bracket: str | None) -> str:
    words = words.strip()
    return words[:-1].rstrip() if bracket and folded(words[-1:]) == ")" else words


def parts(labelled: Labelled) -> list[Labelled]:
    """«答案：B 【解析】…» is two."""
    if labelled.name not in {"answer", "topic", "difficulty", "id"}:
        return [labelled]
    found = INSIDE.search(folded(labelled.text))
    if not found:
        return [labelled]
    name = LABELS[found[1] or found[2]]
    first = Labelled(labelled.name, labelled.text[: found.start()].strip())
    return [first, *parts(Labelled(name, labelled.text[found.end() :].strip()))]


def kind_marked(stem: str) -> tuple[Kind | None, str]:
    """«（多选题）下列…» or «下列…（多选）»: the kind, and the stem without it."""
    narrow = folded(stem)
    if found := MARKED.match(narrow):
        return KINDS[found[1]], stem[found.end() :].strip()
    if (found := re.search(MARKED.pattern + "$", narrow)) is not None:
        return KINDS[found[1]], stem[: found.start()].strip()
    return None, stem
