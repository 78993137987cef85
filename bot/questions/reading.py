"""Which options somebody means: «A», «ac», «AC。», «对», «选第二个», by voice too."""

import re
import unicodedata
from collections.abc import Iterable

from bot.questions.values import LETTERS, Kind

SPOKEN = {
    "诶": "A", "哎": "A", "欸": "A", "唉": "A",
    "比": "B", "币": "B", "必": "B", "逼": "B", "毕": "B", "笔": "B",
    "西": "C", "希": "C", "吸": "C", "嘻": "C",
    "弟": "D", "地": "D", "低": "D", "滴": "D", "第": "D", "迪": "D",
    "伊": "E", "艾弗": "F",
}  # fmt: skip
"""How voice recognition spells single letters."""
BEFORE = (
    r"(?:那|嗯|呃|额|啊|哦|就|我|觉得|认为|猜|想|再|应该|肯定|可能|大概|还|是|选择|选项|选|答案|答|填|蒙"
    r"|my answer is|option|i choose|[:：\s])*"
)
"""One word after the other, none of which is another two: no words take long to refuse."""
AFTER = r"(?:选项|项|吧|啊|呀|嘛|哦|呗|了|的|对|正确|都对|都选|这个|答案)*"
JOINED = r"[\s、,，;；.。和跟与及还有]*"
WORDS = re.compile(rf"{BEFORE}((?:[a-j]{JOINED})+){AFTER}")
HEARD = re.compile(rf"{BEFORE}((?:(?:{'|'.join(SPOKEN)}|[a-j]){JOINED}){{1,6}}){AFTER}")
NTH = re.compile(rf"{BEFORE}((?:第?[一二三四五六1-6](?:个|项|个选项){JOINED}){{1,6}}){AFTER}")
LAST = re.compile(rf"{BEFORE}最后(?:一个|一项|那个){AFTER}")
ALL = re.compile(rf"{BEFORE}(?:以上)?(?:都是|全选|全都选|都选|全对|都对|全部){AFTER}")
RIGHT = re.compile(
    rf"(?:判断)?{BEFORE}(?:对的?|正确的?|是的?|没错|不错|true|t|yes|√|✓|✔)(?:[的吧啊呀了]|选对|选正确)*"
)
WRONG = re.compile(
    rf"(?:判断)?{BEFORE}(?:错误?的?|不对的?|不正确的?|不是的?|有误|false|f|no|×|x|✗|✘|叉)(?:[的吧啊呀了]|选错|选错误)*"
)
LONGEST = 40
"""Characters; what is longer says more than letters."""
EDGES = " 。.,，!！?？~、;；:：\"'“”「」()（）\n\t"


def chosen(kind: Kind, count: int, words: str) -> tuple[int, ...] | None:
    """The places that are meant, ascending; None when the words choose nothing.

    Of `count` options shown; true/false has two: 0 true, 1 false. A single choice that names
    two is no answer, nor is a letter that was not offered.
    """
    plain = unicodedata.normalize("NFKC", words).lower().strip(EDGES)
    plain = re.sub(
        r"^第\s*[\d一二三四五六七八九十]+\s*(?:道|个)?\s*题[:：,\s]*|^这[道个]?题\s*", "", plain
    )
    if len(plain) > LONGEST:
        return None
    if kind is Kind.TRUE_FALSE:
        return truth(plain)
    places = sorted(set(named(plain, count)))
    if not places or places[-1] >= count or (kind is Kind.SINGLE and len(places) > 1):
        return None
    return tuple(places)


def truth(plain: str) -> tuple[int, ...] | None:
    if WRONG.fullmatch(plain) or plain in {"b", "选b", "第二个", "选第二个"}:
        return (1,)
    if RIGHT.fullmatch(plain) or plain in {"a", "选a", "第一个", "选第一个"}:
        return (0,)
    return None


def named(plain: str, count: int) -> Iterable[int]:
    if found := WORDS.fullmatch(plain) or HEARD.fullmatch(plain):
        return letters(found[1])
    if found := NTH.fullmatch(plain):
        return ["一二三四五六".find(n) if n in "一二三四五六" else int(n) - 1
                for n in re.findall(r"[一二三四五六1-6]", found[1])]  # fmt: skip
    if LAST.fullmatch(plain):
        return [count - 1]
    return range(count) if ALL.fullmatch(plain) else ()


def letters(written: str) -> list[int]:
    for spoken, letter in SPOKEN.items():
        written = written.replace(spoken, letter)
    return [LETTERS.index(each) for each in written.upper() if each in LETTERS]
