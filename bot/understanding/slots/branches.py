"""Which branch is named: 检验科支部, 供水二支部, 离退休第一党支部."""

import re
from collections.abc import Iterator

from bot.understanding.hearing import Hearing
from bot.understanding.intents import Find, Slots
from bot.understanding.phrases import Span
from bot.understanding.sounds import is_common

ENDS = re.compile(r"(?:党)?(?:总)?支部(?!大会|党员大会|委员|主题|书记|工作|组织|助手)")
LONGEST = 14
OWN = re.compile(
    r"(?:我们|咱们?|本|各|全|每个|哪个|哪些|哪几个|所有|全部|其他|别的|这个|那个|这|那|两个|几个|下属|你们|他们|一个|个|整个|全体|党|老|新|小)*"
)
"""支部 alone, and which: no name."""
BEFORE = re.compile(
    r"我们|咱们|你们|他们|我是|我叫|通知|提醒|告诉|转告|催办|催催|催促|督促|绑定|加入|申请|属于|隶属|来自|现在|目前|看看|查查|统计|导出|汇总|报名|"
    r"党课|党日|大会|支委会|例会|晨会|早会|年会|周会|活动|演练|会议|签到|到会|帮忙|麻烦|关于|代表|支持|记得|还有|哪些|所有|一下|一遍|一次|一回|有没有|没有|能不能|最近|非常|感谢|汇出|全年|多少|正式党员|不再|转给|那个|这个|"
    r"\n|[^\u4e00-\u9fff\d]"
)
"""What never belongs to a name: it begins behind."""
LITTLE = frozenset(
    "的了在给把被让叫请催查看找问跟和与向对是到来去我你您他咱那这各每有没吗吧呢啊说要想帮替为由从就都还也先再又已投选发下导"
)
"""The same, where it is no part of a word: no 看 in 看守所, no 来 in 外来."""


def named_in(plain: str, busy: frozenset[int] = frozenset()) -> Iterator[Span]:
    """The branches named, wherever 支部 stands; `busy` are the places of times."""
    for end in ENDS.finditer(plain):
        start = _begin(plain, end.start(), busy)
        own = OWN.match(plain, start, end.start())
        if own and own.end() < end.start():
            yield start, end.end()


def _begin(plain: str, at: int, busy: frozenset[int]) -> int:
    start = max(0, at - LONGEST)
    start = max((place + 1 for place in busy if start <= place < at), default=start)
    for found in BEFORE.finditer(plain, start, at):
        start = found.end()
    for place in range(at - 1, start - 1, -1):
        if plain[place] in LITTLE and not _in_a_word(plain, place, start):
            return place + 1
    return start


def _in_a_word(plain: str, place: int, start: int) -> bool:
    before = place > start and is_common(plain[place - 1 : place + 1])
    return before or is_common(plain[place : place + 2])


def branch(name: str = "branch") -> Find:
    """The branch named, in the words of the speaker."""

    def find(hearing: Hearing) -> Slots:
        busy = frozenset(at for span, _ in hearing.times for at in range(*span))
        for span in named_in(hearing.plain, busy):
            return {name: hearing.surface(span)}
        for span, _ in hearing.branches:
            return {name: hearing.surface(span)}
        return {}

    return find
