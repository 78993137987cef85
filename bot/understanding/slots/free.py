"""Free words: the content of a reminder, a reason, the name of a task."""

import re
from typing import Literal

from bot.understanding.hearing import Hearing
from bot.understanding.intents import Find, Slots
from bot.understanding.phrases import Span
from bot.understanding.slots.things import named_activity, said_of_a_day
from bot.understanding.slots.trimming import EDGES, END_ONLY, LIGHT, blanked, pieces, trimmed
from bot.understanding.words import ACTIVITIES, words

Pick = Literal["first", "last", "longest"]


def rest(
    name: str,
    *,
    drop: str = "",
    pick: Pick = "longest",
    light: bool = False,
    shortest: int = 2,
    keep_recognised: bool = False,
) -> Find:
    """What is left when times, the words that told the intent, and `drop` (a regex) are gone."""
    unwanted = re.compile(drop) if drop else None

    def find(hearing: Hearing) -> Slots:
        gone = [span for span, _ in hearing.times]
        gone += [] if keep_recognised else list(hearing.recognised)
        text = blanked(hearing, gone)
        if unwanted:
            text = unwanted.sub(lambda found: "\n" * len(found[0]), text)
        spans = [
            span
            for span in pieces(text, LIGHT if light else EDGES)
            if span[1] - span[0] >= shortest
        ]
        return {name: hearing.surface(_picked(spans, pick))} if spans else {}

    return find


def _picked(spans: list[Span], pick: Pick) -> Span:
    match pick:
        case "first":
            return spans[0]
        case "last":
            return spans[-1]
        case "longest":
            return max(spans, key=lambda span: span[1] - span[0])


def after(name: str, mark: str, *, until: str = "") -> Find:
    """Everything that follows `mark` (a regex), to the end or to `until`, as it was written."""
    begins, ends = re.compile(mark), re.compile(until) if until else None

    def find(hearing: Hearing) -> Slots:
        found = begins.search(hearing.plain)
        if not found:
            return {}
        end = len(hearing.plain)
        if ends and (stop := ends.search(hearing.plain, found.end())):
            end = stop.start()
        start, end = trimmed(
            hearing.plain, found.end(), end, frozenset((" ", "：", ":", "，", ",", "。", "."))
        )
        return {name: hearing.surface((start, end))} if start < end else {}

    return find


def first_of(*finders: Find) -> Find:
    """The first finder that finds anything."""

    def find(hearing: Hearing) -> Slots:
        for each in finders:
            if found := each(hearing):
                return found
        return {}

    return find


NOT_A_REASON = re.compile(
    r"[请准批].{0,3}?假条?|告.?假|(?<![\u4e00-\u9fff])(?:全天|整天|一整天)(?![\u4e00-\u9fff])|[去来到]不[了成]了?|参加不[了成]了?|(?<![起回下醒])不(?:能|方便)?(?:去|来|参加|过去|过来)了?|没法(?:参加|去|来|到)|"
    r"(?:的|那个|这个|那场|这场|这次|这回|(?<![\u4e00-\u9fff]))(?:会议?|活动|学习|课|党课)(?=我|就|要|请|想|$|\W)|缺席|"
    r"从(?=$|\W)|开会(?=忘|没|漏)|错过了?|开始(?=$|\W)|我[是叫][^，,。!]{2,4}(?=[，,])|我是[^,，。!]{0,14}?支部的[^,，。!]{0,4}|(?<![去地加位])开会(?=我|的时候|那天|那次|时|$|\W)|我(?=$|\W)|"
    r"(?:结果|后来|回来|回家|散会)*(?:一看|一查|才发现|才想起来?)[^,，。!]*|(?:没有|没)?(?:签到)?记录(?=$|\W)|"
    r"补(?:签|一下|上|个签|卡|个(?=$|\W)|(?=$|\W))(?:一下|上|个签|卡)?|签到|签(?!字|合同|约|文件)|打卡|忘(?:了|记)*(?=签|打卡|扫|点|$|\W)|漏了?|没(?:点|能)?(?=$|\W)|能不能|可以吗?|还能|帮我|替我|给我|"
    r"我?人在|我?去了的?|我?到了|就是|怎么办|怎么|失败了?|没?成功|没签[上成]|所以|想|(?:个|的)?半天|"
    r"帮帮?忙|补补|各位|书记|同志|老师|主任|委员|[您你]好|向您|跟您|特此|特|请批准|望批准|批准|谢谢|不好意思|抱歉|的事情?|可能|恐怕|估计"
)
REASON_EDGES = (
    EDGES
    - words(
        "了|在|去|到|过|来|出来|下来|有|一个|今天|好|我|跟|和|刚|刚刚|刚才|下|给|再|又|还|将|把|从|起|没"
    )
) | words("当时|那时|那会儿|当天|那天|必须|需要|得要|正在|只好|只能")
OWN = re.compile(
    r"(?:我|俺|本人)(?!们|[这那]边|妈|爸|爱人|老?伴|家|婆|公|父|母|娘|弟|妹|哥|姐|爷|奶|岳|丈|嫂|舅|叔|姨|媳妇|先生|太太)(?:得|要|需要|必须|正|还|又|也)?"
)
"""我身体不舒服: that it is the speaker's own body goes without saying; 我老伴 does not."""
NO_CAUSE = re.compile(
    r"(?:可不可以|行不行|好不好|您好|你好|早上好|批准|同意|望|恳请|辛苦|麻烦|下|上|早|晚|中午|的|那|回|"
    r"次|场|都|全部|一次|个人|本人|今儿|不行|不成|真的|实在|确实|没法|无法|参加|出席|到|去|来|假|报告|小助手|"
    r"同事说?|听说|通知说|说|有点儿?事?|一?点儿?事|跟您说|说一声|领导|老师|主任|组长|科长|大姐|师傅|小同志|组织|公司|单位|活动|会|学习|一声|个|会议|这周|"
    r"meeting|event|activity|lecture|training|session|sorry|the|to|can't|come|\s|"
    r"leave|need|day off|today|take|ask)+"
)
"""What is left over and explains nothing."""
CIRCUMSTANCE = re.compile(
    r"失效|汇报|带队|请教|崩|光顾|只顾|顾着|断|死机|落在|落车|老花镜|没带|没注意|拍照|照顾|裁判|主持|抢救|接待|挖|扛|出差|病|住院|复查|医院|发烧|感冒|不舒服|事|值班|开会|检查|孩子|老人|家|会议|冲突|堵|车|飞机|高铁|培训|手机|网|没电|"
    r"腿|腰|身体|看|接|送|手术|体检|结婚|婚|丧|葬|出|外地|公务|任务|加班|下乡|调研|考试|故障|坏|扫|信号|晚|忙|迟|"
    r"sick|trip|doctor|hospital|ill|busy|fever|business"
)


def reason(name: str = "reason", *, any_words: bool = False) -> Find:
    """Why somebody stays away: what is left over, if it names a circumstance or `any_words`."""

    def find(hearing: Hearing) -> Slots:
        gone = [span for span, _ in hearing.times] + list(hearing.recognised)
        start, end = hearing.wish
        gone += [
            span
            for word in ACTIVITIES & hearing.hits.keys()
            for span in hearing.hits[word]
            if start <= span[0] < end
        ]
        if named := named_activity(hearing) or said_of_a_day(hearing):
            gone.append((named[0] - (hearing.plain[named[0] - 1 : named[0]] == "的"), named[1]))
        text = NOT_A_REASON.sub(lambda found: "\n" * len(found[0]), blanked(hearing, gone))
        spans = [_without_the_end_before(text, span) for span in pieces(text, REASON_EDGES)]
        spans = [span for span in spans if span[1] - span[0] >= 2]
        if not any_words:
            spans = [span for span in spans if CIRCUMSTANCE.search(text, *span)]
        spans = [span for span in spans if not NO_CAUSE.fullmatch(text, *span)]
        spans = [_own(text, span) for span in spans]
        if told := _told(hearing):
            return {name: hearing.surface(told)}
        if not spans:
            return {}
        best = max(spans, key=lambda s: (bool(CIRCUMSTANCE.search(text, *s)), s[1] - s[0]))
        return {name: hearing.surface(_whole(hearing, best))}

    return find


def _without_the_end_before(text: str, span: Span) -> Span:
    """去不了了我血压高: the 了 ends what was said before; so does the 的 of 今天的 出差."""
    start, end = span
    while start < end and (text[start] in "了 " or text.startswith(("的 ", "的假 "), start)):
        start += 1
    return start, end


def _told(hearing: Hearing) -> Span | None:
    """What follows 因为: a reason, whatever it says."""
    for found in CAUSE.finditer(hearing.plain):
        span = trimmed(hearing.plain, *found.span(1), REASON_EDGES)
        if span[1] - span[0] > 1 and not NO_CAUSE.fullmatch(hearing.plain, *span):
            return _own(hearing.plain, span)
    return None


def _whole(hearing: Hearing, span: Span) -> Span:
    """A clause that only gives the reason is quoted as a whole: 征期走不开, 接孩子迟到了."""
    start, end = span
    for clause in REASON_CLAUSE.finditer(hearing.plain):
        if clause.start() <= start and end <= clause.end():
            rest = hearing.plain[end : clause.end()]
            if rest and len(rest) <= MORE and not NO_MORE.search(clause[0]):
                return trimmed(hearing.plain, start, clause.end(), END_ONLY | {"请"})
    return span


CAUSE = re.compile(
    r"(?:因为|由于|原因(?:是|：|:)?|(?<![原病公素果])因(?![为此病公素果特事]))([^，,。；;\n]{2,16}?)"
    r"(?=未[能签]|没能?[签打扫到来去]|漏签|忘[了签]|无法|不能|请假|特?此?请|所以|[，,。；;\n]|$)"
)
REASON_CLAUSE = re.compile(r"[^，,。；;！!？?\n ]+")
MORE = 10
NO_MORE = re.compile(
    r"假|[签补]|打卡|帮|麻烦|您好|书记|谢谢|抱歉|能不能|可以|申请|批|那天|会我|不[去来了]|参加|(?:活动|党课|会|学习|党日)$"
)


def _own(text: str, span: Span) -> Span:
    said = OWN.match(text, *span)
    return (said.end(), span[1]) if said and span[1] - said.end() > 1 else span
