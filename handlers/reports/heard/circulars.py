"""How circulars are asked for."""

import re

from bot.understanding import Intent, Slots, sentences
from bot.understanding.hearing import Hearing
from bot.understanding.intents import Find
from bot.understanding.slots import period
from bot.understanding.slots.trimming import EDGES, blanked, pieces, trimmed

NO_TOPIC = frozenset(
    (
        "情况",
        "督查",
        "督导",
        "工作",
        "工作情况",
        "总体情况",
        "整体情况",
        "有关情况",
        "相关情况",
        "内部",
        "书面",
        "正式",
        "简短",
        "简单",
        "阶段",
    )
)
SAID_OF_IT = re.compile(
    r"通报(?:批评)?的?(?:草稿|初稿|底稿|稿子|稿|文稿|材料)?|草稿|初稿|底稿|稿子|circular|draft|write|the|for|about|"
    r"一?[期则]?简报|起草|草拟|拟(?:一?下|个|份|篇|好|出)*|(?:你|您|帮我?|帮忙|替我|给我|麻烦|先|来|再)+|(?:写|出|做|弄|搞|整|生成|发|形成|准备|汇总)(?:一?[个份篇版下点]|出来|好|成)*|"
    r"一?[个份篇版]|时间(?:是|为)|(?:题目|主题|内容|标题)(?:嘛|呢|是|为|就?写|就?定为)*|关于|有关|围绕|针对|讲一讲|讲讲|讲|说说|要(?:有|用)?|用于|领导|书记|急|尽快|马上|今天|明天"
)
"""What is said of a circular itself; the rest is what it is about."""
LATELY = re.compile("(?:近期|最近|目前|近来|近日)的?")
MADE_INTO = re.compile(r"(?:写|做|弄|整理|形|汇总|改)成")


AS_BEFORE = re.compile(r"[照按](?:着|照)?[^，,。；\n]{0,8}?(?:格式|样式|模板|样子|版式)")


def circular_topic() -> Find:
    """What a circular is about: 拟份关于主题党日的通报."""
    patterns = [
        re.compile(
            r"(?:关于|有关|就)([^\n，,。]{2,20}?)(?:的|写|做|出|起草|拟|来)*(?:一?[个份篇])?通报"
        ),
        re.compile(
            r"(?:写|拟|起草|出|生成|做|弄|来|草拟|整|发)(?:一?[份个篇])?([\u4e00-\u9fff]{2,16}?)的?通报"
        ),
        re.compile(r"\n([\u4e00-\u9fff]{2,12}?)的?通报"),
        re.compile(r"通报(?:一下)?([\u4e00-\u9fff]{2,12}?情况)"),
        re.compile(r"(?:主题|题目|内容)(?:就?[是为写定]|[：:])*([^\n，,。；：:]{2,14})"),
        re.compile(
            r"(?:围绕|针对|聚焦|(?:重点|主要)?(?:讲|写|说)(?:的是|一下|下)?)(?![^，,。]{0,9}通报)([^\n，,。；一]{2,14}?)(?:的|来写|方面)*(?=[\n，,。；]|$)"
        ),
    ]

    def find(hearing: Hearing) -> Slots:
        text = blanked(hearing, [span for span, _ in hearing.times])
        for pattern in patterns:
            if found := pattern.search(text):
                start, end = trimmed(text, *found.span(1), EDGES)
                start += text[start:end].startswith("的")
                start += len(lead[0]) if (lead := LATELY.match(text[start:end])) else 0
                if (
                    end - start > 1
                    and text[start:end] not in NO_TOPIC
                    and not MADE_INTO.search(text, start, end)
                ):
                    return {"topic": hearing.surface((start, end))}
        text = AS_BEFORE.sub(lambda gone: "\n" * len(gone[0]), text)
        text = SAID_OF_IT.sub(lambda gone: "\n" * len(gone[0]), text)
        left = [span for span in pieces(text) if span[1] - span[0] > 1]
        left = [(a + text.startswith("的", a), b) for a, b in left]
        left = [span for span in left if text[slice(*span)] not in NO_TOPIC]
        return {"topic": hearing.surface(max(left, key=lambda at: at[1] - at[0]))} if left else {}

    return find


INTENTS = (
    Intent(
        id="circular_draft",
        zh="通报草稿",
        effect="draft",
        role="committee",
        policy="draft only; a person issues it",
        slots=(
            period(),
            circular_topic(),
        ),
        says=(
            "通报|circular|简报 -通报批评谁|看|收到|看了|谁看|导出",
            "写|拟|起草|出|生成|做|弄|来|草拟|整|准备|形成|draft|write|generate|搞|汇总 通报|circular|通报稿|简报|bulletin !",
            "通报 草稿|初稿|稿|稿子|生成|起草|写|拟|出|怎么写|模板 !",
            "{time} 通报 !",
        ),
        unless=("督办|整改|问题 清单", "收到|已阅", "谁 看|没看"),
        examples=sentences(
            "生成第三季度通报|起草一份通报|写个通报初稿|通报草稿|拟一份主题党日开展情况的通报|"
            "出上月通报|写通报|起草第三季度通报|生成通报|出个通报|拟通报|帮我写一份本月通报|"
            "主题党日开展情况通报|整改情况通报草稿|来个上半年通报|通报初稿|"
            "给我拟一个11月份的通报|起草一份关于三会一课的通报|做一份督导情况通报|"
            "生成上个月情况通报|把第三季度的情况写成通报|draft the Q3 circular|弄个通报|"
            "写一下学习情况的通报|今年的通报起草一下|拟一份11月通报|生成本月情况通报|"
            "帮忙写份通报|通报帮我起草一下|出一个党费收缴情况的通报|年度通报|起草去年的通报|"
            "做个通报|来一份督查通报|搞个通报初稿|关于学时完成情况的通报|上周的通报写一下|"
            "生成第二季度党课情况通报|write a circular for November|写一份三季度通报|"
            "帮我弄份通报草稿|通报稿|出一版通报|督导通报帮我写|本季度通报生成一下|"
            "上半年组织生活情况通报|拟关于党费的通报|来份主题党日通报|生成10月通报|"
            "给我写个关于整改情况的通报|草拟一份通报|通报来一份|起草个情况通报"
        ),
    ),
)
