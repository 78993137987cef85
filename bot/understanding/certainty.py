"""How sure to be. A wrong act is ten times worse than a question, so doubt counts double there."""

import re
from collections.abc import Sequence
from math import exp, tanh

from bot.understanding.hearing import Hearing
from bot.understanding.intents import Slots
from bot.understanding.phrases import Span
from bot.understanding.weighing import Evidence

STEEPNESS = 1.1
UNEXPLAINED = 0.45
GUESSED = 0.5
"""As sure as a mere likeness can make."""
DOUBTFUL = 0.55
"""Not sure enough to change anything: ask."""
QUORUM = 80
OUTVOTED = 5.0
"""Where the examples speak so much more for another intent, nothing is changed by a phrase."""

QUOTED = re.compile(r"[「『\"'《]([^」』\"'》]{1,12})[」』\"'》]")
ASKED_ABOUT = re.compile(
    r"怎么|如何|怎样|咋|什么意思|啥意思|有什么用|有啥用|为什么|为啥|为何|凭什么|凭啥|干[嘛吗]|何必|怎么又|是不是要|需不需要|要不要|什么叫|啥叫|什么是|啥是|何谓|是什么|几个人|几人|"
    r"规定|制度|流程|条件|多久|多长|几天|什么时候|何时|几点|啥时候|截止|吗|么\b|没有\?|有没有|有无|"
    r"how|what|why|when|where|\bdid i\b|\bhave i\b|\?\s*$"
)
MENTIONED = re.compile(
    r"对不对|是不是|算不算|该不该|会不会|本来|差点|算了|放哪|在哪|哪里|哪儿|丢了|坏了|太麻烦|烦死|被[拒退驳]|权限|之前能|以后还|"
    r"谁(?!能|可以|愿意|帮)|哪[个些位]|多不多|麻烦不|几个[人队]|几条|记几分|被人|被(?:取消|换|删|改)|了没有?$|成功没|绑定失败|过期了|没用|错了吧|"
    r"批了|批没批|同意了|拒了|找回|会影响|成功了|出来了|错人|要领导批|审核"
)
"""The words are only spoken about."""
DONE_BEFORE = re.compile(
    r"(?:已经?|早就?)(?:报名|请|报|签到|补签|投|换|催|参赛|登记|绑定|解绑|取消)[^，,。]{0,4}(?:了|过)|(?:签到|报名|补签|请假|登记)过了?$|投过"
)
STATED = re.compile(
    r"^(?:我|俺)?(?:今天|现在|这次)?(?:还没有?|没有?)(?:签到|打卡|报名|请假|补签|投票|绑定|登记)"
    r"(?:呢|啊|过|的)?[。.!]*$"
)
"""我还没签到 tells how things are, and asks for nothing."""
OF_OTHERS = re.compile(
    r"^(?:昨天|今天|前天|刚才)?(?:我?[听据]说|(?:书记|领导|主任|老(?!师|伴)[\u4e00-\u9fff]|小(?![助秘同])[\u4e00-\u9fff]|他们?|她们?|别人|人家|有人|我?同事们?)"
    r"(?:也|都|今天|昨天|明天|刚才|早就|已经|上午|下午)*(?:的任务|把|服务|说|讲|问|让我|请假|请了|报名|签|补|换|投|催))"
)
"""Somebody else said it, or did it."""
FOR_ANOTHER = re.compile(
    r"(?:帮|替|给|代)(?:我们?家?)?(?:爱人|老伴|妻子|丈夫|老公|老婆|媳妇|妈|爸|母亲|父亲|儿子|女儿|同事|同志|邻居|他|她|"
    r"老(?!师|伴)[\u4e00-\u9fff]|小(?![助秘同])[\u4e00-\u9fff])[们也]?(?:请|报|补|签|记|登|投|换)"
    r"|(?:^|[，,。 ])(?:我们?家?)?(?:爱人|老伴|妻子|丈夫|老公|老婆|媳妇|同事|孩子[爸妈])"
    r"(?:也|要|想|得|说)*(?:请.{0,2}假|报个?名|补个?签)"
)
"""帮我爱人请个假: whoever speaks asks it for somebody else."""
AT_THE_END = re.compile(r"(?:吗|了没有?|怎么[写说弄]|有几[条个项])[?。!]*$")
SUPPOSED = re.compile(r"如果|要是|假如|万一|的话|以后|以前|上次|当时|昨天的|每次|总是|老是")


ABOUT = (MENTIONED, DONE_BEFORE, STATED, OF_OTHERS, FOR_ANOTHER)


def quoted(hearing: Hearing, spans: tuple[Span, ...]) -> bool:
    """他说「请假」是什么意思: the words are spoken about."""
    return any(
        found.start() <= start and end <= found.end()
        for found in QUOTED.finditer(hearing.plain)
        for start, end in spans[:1]
    ) and bool(hearing.content_outside(spans))


TOGETHER = re.compile(r"(?:我[和跟与同]|[和跟与同、])$|我(?:是|叫)?$|我们.*$|书记|主任")
BESIDE = re.compile(r"(?:同志)?(?:也|都|要|想|今天|明天|后天|上午|下午|晚上|那天)*(?:要|想)?")


def _asked_for_another(hearing: Hearing, best: Evidence, slots: Slots) -> bool:
    """李二请假, 替李二报名, where the wish has nobody else in it than whoever speaks."""
    if not best.spans or best.intent.takes_rest or {"person", "audience", "option"} & slots.keys():
        return False
    wish = best.spans[0][0]
    return any(
        end <= wish
        and BESIDE.fullmatch(hearing.plain, end, wish)
        and not TOGETHER.search(hearing.plain, 0, start)
        for (start, end), _ in hearing.people
    )


def confidence(hearing: Hearing, best: Evidence, others: Sequence[Evidence], slots: Slots) -> float:
    """From 0 to 1; at least `SURE` only where acting on it is right. `others`: the likeliest of
    them first."""
    second = others[0].score if others else 0.0
    margin = best.score - second
    if best.phrased <= 0:
        return round(GUESSED * tanh(max(margin, 0.0)), 3) if best.score > 0 else 0.0
    left = _unexplained(hearing, best, slots)
    sure = (1 - UNEXPLAINED * left) / (1 + exp(-STEEPNESS * margin))
    doubts = best.intent.changes and (
        _doubtful(hearing, best, left)
        or _outvoted(best, others)
        or _asked_for_another(hearing, best, slots)
    )
    if doubts:
        sure = min(sure, DOUBTFUL)
    return round(sure, 3)


def _unexplained(hearing: Hearing, best: Evidence, slots: Slots) -> float:
    """The share of what was said that neither the intent nor a slot accounts for."""
    spans = [
        *best.spans,
        *(span for span, _ in hearing.times),
        *(span for span, _ in hearing.people),
    ]
    spans += [span for span, _ in hearing.branches]
    for value in slots.values():
        at = hearing.said.text.find(str(value)) if isinstance(value, str) else -1
        if at >= 0:
            spans.append(_in_plain(hearing, at, at + len(str(value))))
    whole = sum(char.isalnum() for char in hearing.plain)
    return len(hearing.content_outside(spans)) / whole if whole else 0.0


def _in_plain(hearing: Hearing, start: int, end: int) -> Span:
    inside = [place for place, at in enumerate(hearing.said.starts) if start <= at < end]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _doubtful(hearing: Hearing, best: Evidence, left: float) -> bool:
    if quoted(hearing, best.spans) or left > 0.6 or _spoken_about(hearing, best):
        return True
    said = {at for start, end in best.spans for at in range(start, end)}
    around = "".join(char if at not in said else "\n" for at, char in enumerate(hearing.plain))
    if best.intent.takes_rest:  # what follows is content, whatever it asks
        around = around[: best.spans[0][0]]
    return any(pattern.search(around) for pattern in (ASKED_ABOUT, SUPPOSED))


def _spoken_about(hearing: Hearing, best: Evidence) -> bool:
    """Of what has content of its own (通知：…) only what has no content yet."""
    plain = hearing.plain
    if best.intent.takes_rest:
        behind = plain[best.spans[-1][1] :]
        return bool(AT_THE_END.search(behind)) and not any(stop in behind for stop in "，,：:")
    return any(each.search(plain) for each in ABOUT)


def _outvoted(best: Evidence, others: Sequence[Evidence]) -> bool:
    """Not by what is only the content of what is to be said or noted, nor where the examples are
    too few to vote."""
    if best.intent.takes_rest or best.taught < QUORUM:
        return False
    wishes = [each.alike for each in others if not each.intent.aside]
    return max(wishes, default=0.0) > best.alike + OUTVOTED
