"""What is named only to be refused: 我不是要请假, 谁叫你催了, 报名先别弄."""

import re
from itertools import pairwise

from bot.understanding.hearing import Hearing
from bot.understanding.intents import Intent
from bot.understanding.phrases import Span

UNWANTED = (
    r"(?<!要)不要|(?<!用)不用|用不着|没必要|不必要?|犯不着|(?<!需)不需要|(?<!想)(?<!不是我)不想|不打算|不准备|不愿意?|"
    r"别|甭|莫(?!非)|勿|"
    r"(?<![有吗])没(?:有)?(?:要|想|打算|准备|让|叫|喊|请|求)|"
    r"(?:谁|哪个|哪里|哪儿|几时|啥时候|什么时候)(?:说|让|叫|要|喊|请|准|许)"
)
"""Said of any wish: it is not wanted."""
NOT_A_CHANGE = (
    r"(?<!是)不是|并不是|并非|(?<![有吗])没(?:有)?说过?|(?<![会要用是能])不(?:去|来|再)?(?=$)|"
    r"暂时不|先不"
)
"""Said of what would change something, too."""
DELAYED = (
    r"(?:等一?(?:会儿?|下|哈|等)|待会儿?|过会儿?|回头|晚点儿?|稍后|改天|以后|下次)"
    r"(?:我|咱|就)?(?:再|才)"
)
LITTLE = (
    r"(?:要|想|来|去|在|帮|给|替|为|把|将|我|俺|咱|你|您|是|说|让|叫|再|又|现在|马上|急着|忙着|就|先|的话|"
    r"打算|准备|参加|做|搞|弄|办)*"
)
AT_ALL = re.compile(rf"(?:{UNWANTED}){LITTLE}$")
A_CHANGE = re.compile(rf"(?:{UNWANTED}|{NOT_A_CHANGE}){LITTLE}$")
NOT_NOW = re.compile(rf"{DELAYED}(?:去|来)?$")
BETWEEN = re.compile(
    r"(?:先|暂时|暂且|可|千万)?(?:不|别|甭|莫|勿|不要|不用|不必)(?:给我|帮我|急着|忙着|再)?$"
)
BEHIND = re.compile(
    r"^(?:的?(?:事儿?|事情)|这[个事]|那[个事]|我|就|嘛|呢|可以|还是|也|都|吧|千万|可|，|,| )*"
    r"(?:(?:先|暂时|暂且)?(?:别|甭|莫|不要|不用|不必|免)(?!人|忘|落|漏|迟|让|太|口令|码|定位|审批)[^，,。!?？忘]{0,3}"
    r"|(?:先|暂时|暂且)不[^，,。!?？]{0,3}"
    r"|(?:等一?(?:会儿?|下|哈|等|两天|几天)|待会儿?|过会儿?|回头|改天|以后|下次)再(?:说|弄|签|讲|办|报|看|议|定)"
    r"|(?:我)?还没想好[^。!?？]*)(?:吧|哈|啦|了|啊)?[。.!，,]?$"
)
WANTING = frozenset(("打算", "想", "要", "准备", "我要", "我想", "想要", "给我", "帮我"))
SHORT = 7
"""Characters behind the name of a wish that has content of its own, which are none."""


def negated(hearing: Hearing, intent: Intent, spans: tuple[Span, ...]) -> bool:
    """我不是要请假: what was said is named only to be refused."""
    if not spans or intent.effect == "none":
        return False
    pattern = A_CHANGE if intent.changes else AT_ALL
    start, end = spans[0]
    if hearing.plain[start:end] in WANTING:
        start = end
    clause = re.split(r"[，。！？；,.!?;]", hearing.plain[:start])[-1]
    if pattern.search(clause):
        return True
    if intent.effect == "read":
        return False
    later = not intent.takes_rest and NOT_NOW.search(clause)
    return bool(later) or _inside(hearing, spans) or _behind(hearing, intent, spans)


def _inside(hearing: Hearing, spans: tuple[Span, ...]) -> bool:
    """通报先不起草: between the words of the wish itself."""
    return any(
        BETWEEN.fullmatch(hearing.plain, before[1], after[0]) for before, after in pairwise(spans)
    )


def _behind(hearing: Hearing, intent: Intent, spans: tuple[Span, ...]) -> bool:
    """签到等会儿再说."""
    rest = hearing.plain[spans[-1][1] :]
    return bool(BEHIND.match(rest)) and not (intent.takes_rest and len(rest) > SHORT)


REFUSED = re.compile(
    r"^(?!不想?(?:参加|去|来|报)[^,，。]{2,8}了[,，])(?:我|书记|您好|你好|那个|,|，|\s)*(?:不是|并不是|不|别|没说|没有|没)(?:要|想|说|来|去|打算|是)*"
    r"[^,，。;!！？?]{1,8}?(?:[,，。;!！]\s*|(?=我是?(?:要|想)[^,，。]{2})|(?<!不)(?<!还)(?=是[^不否，,。]))"
)


def after_refusal(hearing: Hearing) -> Hearing | None:
    """What follows 「不是请假，」: the wish itself, if there is one."""
    found = REFUSED.match(hearing.plain)
    return hearing.part(found.end(), len(hearing.plain)) if found else None
