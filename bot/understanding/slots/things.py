"""Which activity is named: 党课, 周日的亲子植树, 廉政教育展参观."""

import re

from bot.understanding.hearing import Hearing
from bot.understanding.intents import Find, Slots
from bot.understanding.phrases import Span
from bot.understanding.slots.trimming import blanked, pieces
from bot.understanding.sounds import is_common
from bot.understanding.times import Duration
from bot.understanding.words import ACTIVITIES, FESTIVAL, SOFT, words

KINDS = (
    "植绿护绿|会|活动|课|班|小组|演练|谈心谈话|训练|排练|雅集|义诊|影展|宣誓|研学|诵读|朗诵|"
    "比武|汇演|演出|联欢|晚会|沙龙|论坛|书展|画展|徒步|拉练|采摘|团建|踏青|祭扫|"
    "扫墓|义卖|募捐|护绿|护河|植绿|巡查|讲座|清洁|引导|劝导|慰问|仪式|交流|培训|"
    "党日|评议|送学|运动会|大赛"
)
NAMED = re.compile(
    rf"[\u4e00-\u9fff]{{0,8}}?(?:{KINDS})(?:仪式|比赛|大赛|行动|演出|帮扶)?(?!室|中心|站|[\u4e00-\u9fff]?(?:议|员))"
)
BY_ITSELF = words("义诊|影展|雅集|诵读|朗诵|徒步|团建|踏青|祭扫|义卖|书展|画展")
NO_NAME = words(
    "会|会议|活动|课|班|小组|培训|学习|大会|开会|这会|那会|的会|有会|上课|上会|交流|个会|次会|机会|不会|"
    "一会|安排|开课|补课|几次会|什么会|啥会|哪个会|有活动|搞活动|什么活动|啥活动|哪些活动|有什么活动|"
    "开什么会|值班|上班|下班|接班|换班|那天的会|那场活动|这次活动|这个活动|那个活动|本次活动|次活动|"
    "场活动|个活动|的活动|的班|的课"
)


NO_ACTIVITY = re.compile(
    r"堵|人在|[楼厅室]|[不没有什么啥哪几的报取消签到请假参加谁我过班岗]|^开|家长会|同学会|聚会|追悼会|告别会|招聘会|婚礼|(?:开会|上课|下课|上班|下班|开班|散会)$"
)


def activity(*, guess: bool = False, drop: str = "") -> Find:
    """The activity named. With `guess`, whatever else is named is taken for one: 报名书法小组."""
    unwanted = re.compile(drop) if drop else None

    def find(hearing: Hearing) -> Slots:
        named, of_a_day = named_activity(hearing), said_of_a_day(hearing)
        if of_a_day and (named is None or of_a_day[1] == named[1]):
            return {"activity": hearing.surface(of_a_day)}
        if named:
            return {"activity": hearing.surface(bare(hearing, named))}
        if not guess:
            return {}
        gone = [span for span, _ in (*hearing.times, *hearing.people)]
        text = blanked(hearing, gone + list(hearing.recognised))
        if unwanted:
            text = unwanted.sub(lambda found: "\n" * len(found[0]), text)
        spans = [span for span in pieces(text) if 2 <= span[1] - span[0] <= 14]
        spans = [span for span in spans if hearing.plain[slice(*span)] not in NO_NAME | SOFT]
        spans = [span for span in spans if _names_something(hearing, span)]
        spans = _beside_the_wish(hearing, spans)
        return {"activity": hearing.surface(bare(hearing, spans[0]))} if spans else {}

    return find


OF_A_DAY = re.compile(
    r"的?(?:那个|那场|那次|那堂|那节|这次)?(?<=[的个场次堂节])(?!会|课|活动|学习|支部|班|事|时候)([\u4e00-\u9fff]{2,8}?)"
    r"(?=我|俺|它|没|忘|漏|请|给|想|要|能|可|几|在|什么|啥|中午|管饭|还|去|来|参加|报|扫|签|算|帮|是|由|有|改|取消|推|结束|时|里|[^\u4e00-\u9fff]|$)"
)
"""前天的义诊我忘点了: whatever is said to be of a day, where an activity is spoken of."""


def said_of_a_day(hearing: Hearing) -> Span | None:
    gone = [span for span in hearing.recognised if span[1] - span[0] > 1]
    text = blanked(hearing, gone)
    for (_, end), when in hearing.times:
        found = None if isinstance(when.value, Duration) else OF_A_DAY.match(text, end)
        if found and found[1] not in NO_NAME | SOFT and not NO_ACTIVITY.search(found[1]):
            return found.span(1)
    return None


def _names_something(hearing: Hearing, span: Span) -> bool:
    """我家离得近，算我一份: what a clause of its own tells is no name."""
    start, end = hearing.wish
    inside = start <= span[0] < end
    return inside or not TELLS.search(hearing.plain, *span)


TELLS = re.compile(r"我|得|了|也|想|很|太|不|没|虽|因为|家")
OF_THE_KIND = re.compile(r"的(?:那个|那场|那次|这个|这场|这次)?(?:活动|会议|会|课)?$")


def _beside_the_wish(hearing: Hearing, spans: list[Span]) -> list[Span]:
    """Of 老伴病了，义诊那个报名帮我取消 only what is said in one clause with the wish."""
    for start, end in hearing.recognised[:1]:
        before = re.split(r"[，,。；;]", hearing.plain[:start])[-1]
        behind = re.split(r"[，,。；;]", hearing.plain[end:])[0]
        first, last = start - len(before), end + len(behind)
        return [span for span in spans if first <= span[0] and span[1] <= last] or spans
    return spans


def bare(hearing: Hearing, span: Span) -> Span:
    """周日的社区服务: what follows the day's 的; 重走长征路的活动: what is said before it."""
    start, end = span
    start += hearing.plain[start] == "的"
    said = OF_THE_KIND.search(hearing.plain, start, end)
    return (start, said.start()) if said and said.start() - start > 1 else (start, end)


ENGLISH = re.compile(
    r"(?:the|for|of|from|in|to|join|attend) ((?:[a-z-]+ ){0,2}"
    r"(?:lecture|training|meeting|shift|visit|event|day|class|session|activity|group|service|cleaning))\b"
)


def english_activity() -> Find:
    """«the party lecture»."""

    def find(hearing: Hearing) -> Slots:
        for found in ENGLISH.finditer(hearing.plain):
            words = re.sub(r"^(?:(?:the|for|of|a|up|me|my|to|this|next)\s)+", "", found[1])
            if " " in words:
                start = found.end(1) - len(words)
                return {"activity": hearing.surface((start, found.end(1)))}
        return {}

    return find


def named_activity(hearing: Hearing) -> Span | None:
    """Where an activity is named; to be at another one (在党校培训) is a reason to be away."""
    if hearing.titles:
        return hearing.titles[0]
    for named in (_known_activity(hearing), _named_activity(hearing)):
        if named and not (_away(hearing) and _elsewhere(hearing, named)):
            return named
    return None


def _away(hearing: Hearing) -> bool:
    return any("假" in hearing.plain[start:end] for start, end in hearing.recognised)


def _elsewhere(hearing: Hearing, span: Span) -> bool:
    start, end = hearing.wish
    if start <= span[0] < end:
        return False
    clause = re.split(r"[，,。；; ]", hearing.plain[: span[0]])[-1]
    return bool(re.search(r"[在去到]|参加|派我|赶", clause))


def _known_activity(hearing: Hearing) -> Span | None:
    spans = [
        span
        for word in ACTIVITIES & hearing.hits.keys()
        for span in hearing.hits[word]
        if hearing.plain[span[1] : span[1] + 1] not in ("室", "基", "部")
    ]
    if not spans:
        return None
    start, end = hearing.wish
    first = min(spans, key=lambda span: (not start <= span[0] < end, -(span[1] - span[0]), span[0]))
    return _grown(hearing, first)


def _grown(hearing: Hearing, span: Span) -> Span:
    """协作组交流 + 会; 读书, 专题 before 分享会."""
    start, end = span
    while _qualifies(hearing, start):
        start -= 2
    start = _from_the_border(hearing, start)
    if more := GOES_ON.match(hearing.plain, end):
        return start, more.end()
    if hearing.plain[end : end + 1] == "会" and hearing.plain[end - 1] != "会":
        return (
            (start, end + 1) if hearing.plain[end + 1 : end + 2] not in "议不开" else (start, end)
        )
    return start, end


LITTLE = frozenset(
    "的那这个次场下上是有在去到来了和跟我你他要想请把被报给就都也还今明后昨早晚每各全"
)


def _qualifies(hearing: Hearing, start: int) -> bool:
    """Whether the two characters before are a word that belongs to a name, and no word of ours."""
    pair = hearing.plain[max(start - 2, 0) : start]
    taken = [span for spans in hearing.hits.values() for span in spans]
    return (
        len(pair) == 2
        and is_common(pair)
        and LITTLE.isdisjoint(pair)
        and (
            pair in OF_WHICH_KIND
            or not any(
                a < start and start - 2 < b and (b - a > 1 or pair[0] in LITTLE) for a, b in taken
            )
        )
    )


def _from_the_border(hearing: Hearing, start: int) -> int:
    """周日的亲子植树, 急救知识培训: from where the clause begins, or a time or a small word ends,
    if what stands between may be part of a name."""
    taken = {at for span, _ in hearing.times for at in range(*span)}
    first = start
    while first and first - 1 not in taken:
        if hearing.plain[first - 1] in BORDERS and not hearing.plain.startswith("退休", first - 1):
            break
        first -= 1
    before = hearing.plain[first:start]
    fits = 1 < len(before) <= LONGEST_KIND and not NO_KIND.search(FESTIVAL.sub("", before))
    return first if fits else start


LONGEST_KIND = 6
BORDERS = LITTLE | frozenset(
    '您谁哪几不没为因与及个吗呢吧问听开讲办做看补签报退搞第赶 ，。！？；：、,.!?;:()\n「」"'
)
NO_KIND = re.compile(
    r"[^\u4e00-\u9fff]|参加|取消|撤|退(?!休)|路口|广场|社区|这回|上回|几|[回堂场节]$|通知|提醒|关于|组织|召开|举|开始|需要|可以|导出|查|登记|准备|安排|已经|大家|同志们|"
    r"书记|支部|单位|科|局|院|汇报|统计|起草|什么|最近|近期|老师|现在|帮忙|麻烦|所有|期间|年|半|季|月|周|日|午|晚|早|"
    r"忘|漏|错过|漏|迟到|缺|期|分钟|小时|昨|代表|名额|别|加|收到|看到|正式|临时|本人|应该|完成|结束|知道|记得|领导|一|带|轮|嗯|那|这|从|让|叫|算"
)
"""What belongs to no name of an activity."""
OF_WHICH_KIND = words(
    "防火|廉政|政策|专题|消防|安全|理论|青年|红色|党史|法治|反腐|保密|家风|警示|技能|急救|健康|读书|主题|党建|业务|禁毒|普法|防汛|环保|春季|秋季|年度|基地|教育|学习"
)
"""What may say which kind of lecture or meeting it is, though it is a word that we listen for."""
GOES_ON = re.compile(
    r"(?:比赛|大赛|读书班|研讨班|培训班|研讨会|座谈会|小组|行动|见学|党员(?=[几在要我去，,]|什么|$)|参观|仪式)(?!室|了)"
)


def _named_activity(hearing: Hearing) -> Span | None:
    gone = [span for span, _ in hearing.times]
    gone += [
        span for word in SOFT & hearing.hits.keys() if len(word) > 1 for span in hearing.hits[word]
    ]
    text = blanked(hearing, gone)
    for start, end in pieces(text):
        found = NAMED.match(text, start + (text[start] == "的"), end)
        if (
            found
            and found[0] not in NO_NAME
            and found.end() <= end
            and (len(found[0]) > 2 or found[0] in BY_ITSELF)
        ):
            word = found[0]
            if not NO_ACTIVITY.search(word):
                return found.span()
    return None
