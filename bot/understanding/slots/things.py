"""Things with a name: activities, branches, people, codes, topics."""

import re
from collections.abc import Iterable

from bot.understanding.hearing import Hearing
from bot.understanding.intents import Find, Slots, Value
from bot.understanding.phrases import Span
from bot.understanding.slots.trimming import blanked, pieces
from bot.understanding.sounds import is_common
from bot.understanding.words import ACTIVITIES, SOFT, words

SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎"
    "鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄"
    "和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭"
    "梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉龚程邢裴陆"
)
NUMBERED_NAME = re.compile(
    rf"(?<![下上这本每个一统会设合总估预累\d])[{SURNAMES}](?:[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
    r"(?![周月号点天次个年十楼条项题期份位])"
)
"""The names of the demonstration: a surname and a number."""
BRANCH = re.compile(
    r"第?[一二三四五六七八九十\d]+(?:党)?(?:总)?支部"
    r"|(?:机关|离退休|退休|老干部|[\u4e00-\u9fff]{2,4}?(?:局|馆|中心|办|委|队|处|科|室|组|院|所)[\u4e00-\u9fff]{0,3})(?:党)?(?:总)?支部"
    r"|(?:业务|综合|苗圃|督查队|热线办)(?:党)?支部"
)
NOT_A_BRANCH = re.compile(
    r"^(?:我们|咱们|咱|我|本|各|每个|哪个|哪些|全体|所有|这个|那个|的|看|查|催)+"
)
ORGAN_BEFORE = re.compile(r"(?:[\u4e00-\u9fff]{2}(?:局|委|馆|院)|[\u4e00-\u9fff]{2,4}中心)\Z")
"""园林局 before 机关党支部: a branch whose short name alone is known."""
KINDS = "会|活动|课|班|小组|演练|讲座|清洁|引导|劝导|慰问|仪式|交流|培训|党日|评议|送学|运动会|大赛"
NAMED = re.compile(rf"[\u4e00-\u9fff]{{1,8}}?(?:{KINDS})(?!室|中心|站|[\u4e00-\u9fff]?(?:议|员))")
NO_NAME = words(
    "会|会议|活动|课|班|小组|培训|学习|大会|开会|这会|那会|的会|有会|上课|上会|交流|个会|次会|机会|不会|"
    "一会|安排|开课|补课|几次会|什么会|啥会|哪个会|有活动|搞活动|什么活动|啥活动|哪些活动|有什么活动|"
    "开什么会|值班|上班|下班|接班|换班|那天的会|那场活动|这次活动|这个活动|那个活动|本次活动|次活动|"
    "场活动|个活动|的活动|的班|的课"
)


NO_ACTIVITY = re.compile(
    r"[不没有什么啥哪几的报取消签到请假参加谁我]|^开|家长会|同学会|聚会|追悼会|告别会|招聘会|婚礼|(?:开会|上课|下课|上班|下班|开班|散会)$"
)


def activity(*, guess: bool = False, drop: str = "") -> Find:
    """The activity named. With `guess`, whatever else is named is taken for one: 报名书法小组."""
    unwanted = re.compile(drop) if drop else None

    def find(hearing: Hearing) -> Slots:
        if span := named_activity(hearing):
            return {"activity": hearing.surface(bare(hearing, span))}
        if not guess:
            return {}
        gone = [span for span, _ in (*hearing.times, *hearing.people)]
        text = blanked(hearing, gone + list(hearing.recognised))
        if unwanted:
            text = unwanted.sub(lambda found: "\n" * len(found[0]), text)
        spans = [span for span in pieces(text) if 2 <= span[1] - span[0] <= 14]
        spans = [span for span in spans if hearing.plain[slice(*span)] not in NO_NAME | SOFT]
        spans = _beside_the_wish(hearing, spans)
        return {"activity": hearing.surface(bare(hearing, spans[0]))} if spans else {}

    return find


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


NUMBERED_ROOM = re.compile(r"(?<![a-z\d])[a-z]?\d{2,4}\s?(?:号?(?:会议|活动|教)?室|报告厅)")
"""B101会议室: needs no 在 before it."""
VENUE = re.compile(
    r"(?:在|到|到了|来到)((?:[一二三四五六七八九十\d]+楼|[\u4e00-\u9fff]{1,6}?)?[\u4e00-\u9fff]{0,4}?"
    r"(?:活动室|会议室|报告厅|礼堂|会议中心|学习屋|交流角|活动站|多功能厅|值班室|广场|党校|阅览室|教室|大厅))"
)


def venue() -> Find:
    """A named room; 会场 and 现场 name none."""

    def find(hearing: Hearing) -> Slots:
        if room := NUMBERED_ROOM.search(hearing.plain):
            return {"venue": hearing.surface(room.span())}
        found = VENUE.search(hearing.plain)
        if not found or found[1] in ("会议室", "活动室", "大厅", "教室"):
            return {}
        start, end = found.span(1)
        lead = re.match(r"(?:现在|我|已|在|到|了|来)+", found[1])
        return {"venue": hearing.surface((start + (lead.end() if lead else 0), end))}

    return find


def named_activity(hearing: Hearing) -> Span | None:
    """Where an activity is named."""
    return _known_activity(hearing) or _named_activity(hearing)


def _known_activity(hearing: Hearing) -> Span | None:
    spans = [span for word in ACTIVITIES & hearing.hits.keys() for span in hearing.hits[word]]
    if not spans:
        return None
    first = min(spans, key=lambda span: (-(span[1] - span[0]), span[0]))
    return _grown(hearing, first)


def _grown(hearing: Hearing, span: Span) -> Span:
    """协作组交流 + 会; 读书, 专题 before 分享会."""
    start, end = span
    while _qualifies(hearing, start):
        start -= 2
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
        and not any(
            a < start and start - 2 < b and (b - a > 1 or pair[0] in LITTLE) for a, b in taken
        )
    )


def _named_activity(hearing: Hearing) -> Span | None:
    gone = [span for span, _ in hearing.times]
    gone += [
        span for word in SOFT & hearing.hits.keys() if len(word) > 1 for span in hearing.hits[word]
    ]
    text = blanked(hearing, gone)
    for start, end in pieces(text):
        found = NAMED.match(text, start, end)
        if found and found[0] not in NO_NAME and len(found[0]) > 2 and found.end() <= end:
            word = found[0]
            if not NO_ACTIVITY.search(word):
                return found.span()
    return None


def branch(name: str = "branch") -> Find:
    """The branch named, in the words of the speaker."""

    def find(hearing: Hearing) -> Slots:
        for (start, end), _ in hearing.branches:
            organ = ORGAN_BEFORE.search(hearing.plain, 0, start)
            return {name: hearing.surface((organ.start() if organ else start, end))}
        found = BRANCH.search(hearing.plain)
        if not found:
            return {}
        start, end = found.span()
        start += len(skip[0]) if (skip := NOT_A_BRANCH.match(found[0])) else 0
        return {name: hearing.surface((start, end))} if end - start > 2 else {}

    return find


def person(name: str = "person", *, said_after: str = "") -> Find:
    """A member by full name; else, where `said_after` (a regex) matched, the name that follows."""
    mark = (
        re.compile(
            rf"(?:{said_after})([{SURNAMES}][\u4e00-\u9fff]{{1,2}}?)(?=[\W的换调签请说替一]|$)"
        )
        if said_after
        else None
    )

    def find(hearing: Hearing) -> Slots:
        for _, full in hearing.people:
            return {name: full}
        busy = {at for span, _ in hearing.times for at in range(*span)}
        for found in NUMBERED_NAME.finditer(hearing.plain):
            if found.start() not in busy:
                return {name: hearing.surface(found.span())}
        if mark and (named := mark.search(hearing.plain)):
            return {name: hearing.surface(named.span(1))}
        return {}

    return find


def matching(name: str, pattern: str, *, upper: bool = False, as_heard: bool = False) -> Find:
    """Group 1 of a regex, looked for in the plain spelling; `as_heard` in small letters."""
    wanted = re.compile(pattern)

    def find(hearing: Hearing) -> Slots:
        found = wanted.search(hearing.plain)
        if not found:
            return {}
        if upper or as_heard:
            return {name: found[1].upper() if upper else found[1]}
        return {name: hearing.surface(found.span(1))}

    return find


def spoken_digits(name: str, pattern: str) -> Find:
    """Group 1 of a regex, a code that was spoken: 四八二六 → 4826."""
    wanted = re.compile(pattern)
    digits = str.maketrans("零一二三四五六七八九幺", "01234567891")

    def find(hearing: Hearing) -> Slots:
        found = wanted.search(hearing.plain)
        return {name: found[1].translate(digits).replace(" ", "")} if found else {}

    return find


def keyword(name: str, words: str, *, only_with: str = "") -> Find:
    """The longest of some words that was said (`a|b|c`), as it was written."""
    choices = sorted(words.split("|"), key=len, reverse=True)
    needed = re.compile(only_with)

    def find(hearing: Hearing) -> Slots:
        for word in choices if needed.search(hearing.plain) else ():
            at = hearing.plain.find(word)
            if at >= 0:
                return {name: hearing.surface((at, at + len(word)))}
        return {}

    return find


def fixed(name: str, values: Iterable[tuple[Value, str]]) -> Find:
    """The first value whose regex matches: (\"opinion_profiling\", \"思想|牢骚\")."""
    choices = [(value, re.compile(pattern)) for value, pattern in values]

    def find(hearing: Hearing) -> Slots:
        for value, pattern in choices:
            if pattern.search(hearing.plain):
                return {name: value}
        return {}

    return find
