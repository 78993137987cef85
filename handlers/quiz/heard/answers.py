"""How an answer to a question is given: letters, ordinals, right and wrong, by voice too."""

import re

from bot.understanding import Slots
from bot.understanding.hearing import Hearing
from bot.understanding.intents import Find

LETTERS = re.compile(
    r"(?<![a-z\d])([a-f](?:\s*(?:[、,和及/与跟 ]|还有|以及|\s跟\s)?\s*[a-f]){0,5})(?![a-z\d])"
)
SPOKEN = {
    "西": "C",
    "诶": "A",
    "比": "B",
    "币": "B",
    "弟": "D",
    "地": "D",
    "低": "D",
    "伊": "E",
    "必": "B",
    "逼": "B",
    "哎": "A",
}
HEARD = re.compile(rf"(?:选|答案是|答|是|猜)([{''.join(SPOKEN)}])(?:吧|了|啊|呀)?(?=$|[，,。])")
NTH = re.compile(r"选?(?:择)?第?([一二三四五1-5])(?:个|项)|选([1-4])$")
RIGHT = re.compile(r"(?<![不错])(?:正确(?!答案)|对|√)(?!错)")
WRONG = re.compile(r"错误|不对|不正确|错|×")
ALL = re.compile(r"(?:以上)?(?:都是|全选|全都选|全对|都对)$")


INSTEAD = re.compile(r"改成|改选|改为|换成|改")


def _changed_to(plain: str) -> int:
    """不选A了，改成D: where the last word begins."""
    return max((found.end() for found in INSTEAD.finditer(plain)), default=0)


def letters(*, alone: bool = False) -> Find:
    """`answer`: letters in capitals; T or F for right or wrong, unless they stand `alone`."""

    def find(hearing: Hearing) -> Slots:
        plain = hearing.plain
        if found := LETTERS.search(plain, _changed_to(plain)):
            return {"answer": "".join(char for char in found[1].upper() if char in "ABCDEF")}
        if alone:
            return {}
        if found := HEARD.search(plain):
            return {"answer": SPOKEN[found[1]]}
        if found := NTH.search(
            re.sub(r"第\s*[\d一二三四五六七八九十]+\s*(?:道|个)?\s*题", "", plain)
        ):
            said = found[1] or found[2]
            return {
                "answer": "ABCDE"[
                    "一二三四五".find(said) if said in "一二三四五" else int(said) - 1
                ]
            }
        if WRONG.search(plain):
            return {"answer": "F"}
        return {"answer": "T"} if RIGHT.search(plain) else {}

    return find


TOPIC = re.compile(
    r"(?:有没有|有没|有无|来|出|做|考|练|刷|推|给我|考考我|几|一|两|三|五|十|点|些|关于|有关|道|个|想|要|学|套)*"
    r"(?:关于|有关|跟|和|与)?([\u4e00-\u9fff]{2,8}?)(?:方面|(?<!分)类|内容|相关|有关|沾边)?的?(?:题|题目|练习|试题|习题)"
)
NO_TOPIC = re.compile(
    r"^(?:发|儿个|今儿个?|[一二两三四五六七八九十几]+[道个]|[今当]?[日天]份|每日一|今日一|每天一|一日一|今天|今日|每日|每天|一道|几道|两道|三道|五道|十道|什么|有没|没有|还有|我的|一个|这道|那道|新的|一些|再来|来道|出道|答|做|刷|考|错|给我|来几|来个|下一|换一|随机|别的|其他|简单|难|随便|给我来|我想做|我要做|想做|再给我|帮我出|帮我来|我来|点|个|道|些|今天有|我?老头子?|老太婆|老人家|老同志|大家|日一|每日一|学习|脑子|脑筋|手|记性|记忆|自己|本事|水平|眼力|天|日|选择|单选|多选|判断|填空|换道|换个)+(?:道|个|的|点|些)?$"
)
ABOUT = re.compile(
    r"(?:考考我|考我|考一下我?|测测我?|练练|学学|复习)(?:的|关于|一下|下|[\s,，])*([\u4e00-\u9fff]{2,8}?)(?:方面|相关|的?内容|吧|呗|$)"
)


COUNTED = re.compile(
    r"(?<!第)[一两三四五六七八九十几\d][道题][题，,]*(?:关于)?([\u4e00-\u9fff]{2,9}?)的?(?:题目?|考考?我?|吧|呗|来)*$"
)
LEAD = re.compile(
    "整(?=[一二两三四五六七八九十几])|今天|组(?!织)|[几道个点些来出做给我的套想要考练关于有再一两三五十]"
)


def topic() -> Find:
    """`topic` of the questions wanted: 出几道消防的题 → 消防."""

    def find(hearing: Hearing) -> Slots:
        for pattern in (TOPIC, ABOUT, COUNTED):
            for found in pattern.finditer(hearing.plain):
                start, end = found.span(1)
                word = hearing.plain[start:end]
                while lead := LEAD.match(word):
                    start, word = start + lead.end(), word[lead.end() :]
                if lead := re.match("(?:麻烦|请|您|你|考考?我?|测测?我?|给我|帮我)+", word):
                    start, word = start + lead.end(), word[lead.end() :]
                word = word.removesuffix("的")
                if len(word) >= 2 and not NO_TOPIC.match(word):
                    return {"topic": hearing.surface((start, start + len(word)))}
        return {}

    return find
