"""How members have themselves reminded."""

import re

from bot.understanding import Intent, Slots, sentences
from bot.understanding.hearing import Hearing
from bot.understanding.intents import Find
from bot.understanding.slots import first_of, ordinal, recurring, rest, when
from bot.understanding.slots.audience import GROUP
from bot.understanding.slots.trimming import LIGHT, blanked, pieces
from bot.understanding.times import Duration
from bot.understanding.words import words

REMIND = "闹铃|定个闹铃|设个闹铃|提醒|提醒我|叫我|喊我|通知我|叫醒我|喊一声|叫一声|提示我|记得叫|记得提醒|到时候提醒|call_me|remind_me|提个醒|设提醒|闹钟|叫一下我|喊一下我|告诉我|提醒一下|remind|ping_me|吱一声|定个闹钟|设个闹钟|提醒下"
TRIGGER = re.compile(
    r"(?:(?:请|麻烦|帮我|给我|到时候|到时|记得|帮忙|你|再|要|set |a |an |up )*(?:设置?|定|建|新建|创建|加|添加|弄|来|搞|做)?(?:一?个|一?条)?(?:提醒|提示|闹钟|闹铃|叫醒|喊|叫|通知|告诉|reminder|记着|记住|记下|remind|ping)(?:一下|一声|下)?(?:我|\s*me\b|俺)?(?:一下|一声|下|要|记得|\s*to\b|that)?)"
)
AUDIENCE = re.compile(rf"(?:提醒|通知|叫|喊|告诉|remind)(?:一下|下)?\s*({GROUP})")


def content() -> Find:
    """`content` and `audience` of a reminder: what follows the asking, else what comes before."""

    def find(hearing: Hearing) -> Slots:
        slots: dict[str, str | int | float] = {}
        text = blanked(hearing, _named_times(hearing))
        text = WARNING.sub(lambda found: "\n" * len(found[0]), text)
        spans = []
        heard = AUDIENCE.search(hearing.plain) or AUDIENCE.search(text)
        if heard:
            slots["audience"] = hearing.surface(heard.span(1))
            spans.append(heard.span(1))
        text = "".join(
            "\n" if any(a <= at < b for a, b in spans) else char for at, char in enumerate(text)
        )
        trigger = TRIGGER.search(text)
        if trigger is None:
            return slots
        behind = pieces("\n" * trigger.end() + text[trigger.end() :], CONTENT_EDGES)
        before = pieces(text[: trigger.start()], CONTENT_EDGES)
        found = [span for span in behind if span[1] - span[0] > 1] or [
            span
            for span in before
            if span[1] - span[0] > 1 and hearing.plain[slice(*span)] not in POLITE
        ]
        if found:
            slots["content"] = hearing.surface(
                (found[0][0], found[-1][1]) if found[0] in behind else found[-1]
            )
        return slots

    return find


def _named_times(hearing: Hearing) -> list[tuple[int, int]]:
    """The time of the reminder; what lasts (学习半小时) is part of what is to be done."""
    points = [span for span, found in hearing.times if not isinstance(found.value, Duration)]
    return points[:1]


WARNING = re.compile(r"[，,]\s*(?:可|千万)?别(?:忘|睡过|迟到|误|耽误|漏|晚)[^，,。]{0,4}$")
"""Said for emphasis: 去坐班车，别睡过了."""
CONTENT_EDGES = (LIGHT - {"了"}) | words(
    "内容是|内容|叫|是|就|有个|那个|这个|一下|提醒|闹钟|我要|到时候|时候|帮我|请|让|给我|记着|别忘了|那天|都|on|at|by|for|that"
)
POLITE = words("请|麻烦|帮我|你好|您好|小助手|书记|谢谢|同志|帮忙|给我|不好意思|助手")


def named_reminder() -> Find:
    """Which reminder is meant, in the speaker's words."""
    dropped = re.compile(
        r"取消掉?|删掉|删除|删了|^掉|去掉(?=的|提醒|$|第)|关掉|撤销|撤掉|撤了|撤回|停掉|停止|提醒我?|没用了|用不[着上]了|不用了?|不要了?|别再?|不再|不必|麻烦您?|请|您|关了?(?=$|\W)|定时|闹钟|"
        r"刚(?:才|刚)?[设定建](?:好|了)?的?|(?:列表|清单)(?:里头?|中|上)?的?|排?(?:在)?第\s*[一二三四五六七八九十\d]+\s*[个条]?|^(?:叫|喊|让)我?|first|second|third|delete|remove|那个|这个|那条|这条|关于|我的|把|将|帮我|给我|设的|之前|原来|全部|所有|我设|cancel|reminders?|(?<![a-z])del(?![a-z])|(?<![a-z])done(?![a-z])|(?<![a-z])ok(?![a-z])|(?<![a-z])off(?![a-z])|\bmy\b|\ball\b|\bthe\b|\bfor\b|\babout\b|那|再"
    )
    named = rest("content", drop=dropped.pattern, pick="longest", light=True)

    def find(hearing: Hearing) -> Slots:
        if (of := OF_THE_REMINDER.search(hearing.plain)) and (
            slots := named(hearing.clause(*of.span(1)))
        ):
            return slots
        for found in CLAUSE.finditer(hearing.plain):
            if re.search("提醒|闹钟|reminder", found[0]) and (
                slots := named(hearing.clause(*found.span()))
            ):
                return slots
        return named(hearing)

    return find


OF_THE_REMINDER = re.compile(r"(?:^|[，,。])([^，,。]{2,12})的(?:那个|那条)?提醒")
CLAUSE = re.compile(r"[^，,。；;！!]+")


INTENTS = (
    Intent(
        id="reminder_create",
        zh="设提醒",
        effect="write",
        role="member",
        looking="ahead",
        takes_rest=True,
        policy="audience other than self needs organiser role and confirm",
        slots=(first_of(recurring(), when()), content()),
        says=(
            f"{{time}} {REMIND} -不用|不要|别|取消|催|没提醒|没叫|没喊 !",
            f"{REMIND} {{time}} -不用|不要|别|取消|哪些|没交|没完成|没签 !",
            "提醒我|叫我|喊我|remind_me -不用|不要|别|取消|谁|没提醒|没叫|没喊 !",
            "提醒 大家|各位|全体|所有人|全体党员|我|一下|{branch}|各支部|同志们|支部 -没|不用|别|取消|未|还没 !",
            "设|定|建|加|创建|新建|设置|弄|添加|来|订|上|set 提醒|闹钟|闹铃|reminder|个提醒|定时 -哪些|取消|了哪 !",
            "别忘了|记得 提醒|叫|喊 !",
            "到时候|届时|到点 提醒|叫|喊|通知 我|一声|大家",
            "{time}|{recurring} 叫|喊|提醒|提示 我|大家|一声|全体 -没提醒|没叫|没喊 !",
            "=设提醒|提醒|定提醒|提醒我|新建提醒|加提醒",
        ),
        unless=(
            "不用|不要|别|甭|取消|删|撤|去掉|停 提醒",
            "提醒 取消|删|撤|去掉|不要|关|太多|有哪些|列表|清单|哪些|几个|查",
            "没交|没完成|没签|没报|未完成|没签到|未签到|没办|haven't|没签收|没看 提醒|催|提个醒|的|人",
            "提醒 没交|没完成|没签|没报|未完成|没签到|没办|those|没签收|还没|未",
            "我的 提醒",
            "发通知|发个通知",
            "闹钟 没响|没闹|坏了|没听见",
            "提醒 我 +了",
            "没|没有|未 +提醒|叫|喊",
        ),
        examples=sentences(
            "提醒我明天下午开会|半小时后叫我|每月10号提醒我交党费|周五提醒大家带笔记本|"
            "设个提醒，后天交材料|明早八点叫我起床|两小时后提醒我打电话|每周一提醒我看任务|"
            "下午三点喊我一声|明天上午九点提醒我开会|提醒我周五交报告|一小时后提醒我|"
            "每周五下午四点提醒我写周报|下午三点叫我|后天早上八点喊我起床|月底提醒我交党费|"
            "提醒我28号去参加培训|设置提醒：周四下午两点交流会|"
            "帮我定个提醒，明天下午两点去社区|记得提醒我明天带身份证|到周五提醒一下我|"
            "每天早上七点提醒我打卡|提醒大家明天穿正装|提醒支委们周三开会|"
            "提醒各位委员下周一前交述职报告|20分钟后提醒我给王三打电话|"
            "每个工作日八点半提醒我签到|每月最后一天提醒我核对名册|明晚七点提醒我看新闻联播|"
            "加个提醒，12月1号换证|周三上午十点叫我去档案馆|今晚八点提醒我学习|"
            "remind me in 10 minutes|remind me on Friday to submit the report|"
            "提醒我一下，下周三党课|每周一三五早上八点提醒我学习|一会儿提醒我|五分钟后叫我|"
            "提醒第一党支部周五下午三点开会|年底前提醒我做总结|後天提醒我開會|"
            "两天后提醒我催材料|周五提醒我交材料|明天下午两点叫我去开会|提醒我12月5号体检|"
            "过一个小时提醒我吃药|每月1号提醒我登记台账|每周三下午提醒我学习|"
            "下周一早上九点提醒我发通知|晚上七点半提醒我|设个闹钟明早六点|今天下班前提醒我关窗|"
            "三天后提醒我回访|帮我记着，周四下午三点去档案馆，到时叫我|"
            "提醒全体同志周五下午两点开会|提醒一支部明天交表|提醒同志们带证件，明早八点|"
            "每天中午十二点提醒我吃药|半个钟头后喊我|提醒我，明天给赵四打电话|"
            "每月15号提醒我主题党日|remind me every Monday at 9am to check tasks|"
            "remind everyone to bring notebooks tomorrow|周末提醒我浇花|25号前提醒我交党费|"
            "大后天下午提醒我接人|每季度末提醒我写总结|下个月5号早上九点提醒我开支委会|"
            "明早提醒我带伞|到下午两点喊我|明天记得叫我带材料|提醒我给父亲买药，晚上六点|"
            "周三别忘提醒我交表|帮我设个提醒，十点开会|每天下午五点提醒我下班打卡|"
            "每月最后一个周五提醒我开会|提醒二支部的人明天开会|通知我，后天上午九点去医院|"
            "十五分钟以后提醒我|礼拜天早上提醒我升国旗|12月20号提醒我述职|下下周一提醒我交总结|"
            "提醒支部成员周四带笔|提醒一下大家后天交心得体会|中午十二点半提醒我|"
            "今天下午四点半叫我接孩子|工作日早上八点提醒我签到|明年1月5号提醒我续费|"
            "周五下午提醒我打扫活动室|set a reminder for 3pm|remind me to call 王三 at 5pm|"
            "每两周提醒我一次走访|过两天提醒我看通知|提醒我晚点回电话|"
            "每季度第一个月提醒我收党费|提醒我，周一，交台账"
        ),
    ),
    Intent(
        id="reminder_list",
        zh="我的提醒",
        effect="read",
        role="member",
        says=(
            "你|您|都 要|会|得|都 提醒|叫 我 什么|啥|哪些|些什么|几件 !!!",
            "<我> 有|设|定|建|的 提醒|闹钟|定时提醒 有哪些|哪些|几个|多少|什么|列表|清单|啥",
            "提醒 列表|清单|有哪些|有什么|有啥|查询|一览|都有|有几个|几条|几个|多少 -太多 !",
            "<看> 提醒|闹钟 -取消|交|开 !",
            "我的提醒|提醒列表|我设的提醒|我定的提醒|已设提醒|my_reminders|list_reminders|提醒清单|查提醒|看提醒|提醒事项|待提醒",
            "哪些|什么|几个|多少|有没有|几条|啥 提醒|闹钟 -发|我做|我交|太多 !",
            "设|定|建|有 +了|过|的|着|哪些 提醒|哪些提醒|什么提醒|几个提醒|什么|哪些",
            "show|list|what reminders|my_reminders",
        ),
        unless=("取消|删|撤|去掉|不要|不用|别", "提醒我 {time}", "{time} 提醒 我", "太多"),
        examples=sentences(
            "我有哪些提醒|提醒列表|看看我的提醒|我设了几个提醒|查提醒|我定过什么提醒|我的提醒|"
            "查看提醒|提醒都有哪些|我定了什么提醒|列出提醒|提醒清单|有哪些提醒|"
            "我设置了几个提醒|我都让你提醒啥了|看下我的提醒|show my reminders|还有哪些提醒没到|"
            "我有几条提醒|提醒一览|查询提醒|我定的提醒|目前有什么提醒|看一下提醒列表|"
            "提醒还有几个|有没有设提醒|帮我看看设了哪些提醒|查我的提醒|我的闹钟有哪些|所有提醒|"
            "what reminders do I have|列一下我的提醒|还有什么提醒|我设的提醒都有啥|提醒有几个|"
            "看看有哪些提醒|把提醒列出来|现在设了哪些提醒|我的定时提醒|查询我的提醒|"
            "提醒事项有哪些|明天有什么提醒|list reminders"
        ),
    ),
    Intent(
        id="reminder_cancel",
        zh="取消提醒",
        effect="write",
        role="member",
        slots=(first_of(ordinal(), named_reminder()),),
        says=(
            "取消|删除|删掉|删了|去掉|关掉|撤销|撤掉|撤|不要|停掉|停止|删|清除|清掉|移除|cancel|delete|remove|关闭|作废 提醒|闹钟|reminder|定时|reminders -不要忘 !!",
            "提醒|闹钟|定时 取消|删除|删掉|删了|去掉|关掉|撤销|撤掉|撤|不要了|停掉|删|作废|不用了|关了|停了|免了|取消掉|别提醒了 -太多 !!",
            "不用|不要|别|不必|甭|不需要|无需|不用再|别再 提醒|叫|喊 我|了|{time} !!",
            "提醒 不要|不用|别 +了|再",
            "不用|别 提醒 交|开|去|看|带|办|做",
        ),
        unless=(
            "太多|太吵|别发|所有消息|推送|打扰",
            "提醒我 取消",
            "不要|别|不用 设|定|建|加|添",
            "不要|别|不用 给我设|给我定|帮我设|帮我定|再设|再定",
        ),
        examples=sentences(
            "取消提醒|把交材料那个提醒取消|删掉第二个提醒|不用提醒我开会了|那个提醒不要了|"
            "取消明天的提醒|删除提醒|把开会的提醒删了|交党费的提醒取消|不要提醒我交材料了|"
            "第二个提醒取消|删掉第三条提醒|别提醒我开会了|提醒我打电话那个取消|"
            "把所有提醒都取消|取消交报告的提醒|那个喝水提醒删掉|不用提醒了|提醒取消掉|"
            "delete reminder 2|关掉每天的提醒|撤销第1个提醒|取消每周一的提醒|"
            "收党费的提醒不用了|那个提醒不用了|删了第一个提醒|提醒我体检的那条删掉|"
            "不要再提醒我了|取消周五的提醒|取消吃药提醒|去掉第4个提醒|浇花的提醒撤掉|"
            "每周三的提醒停了吧|提醒不要了|把提醒我开会那条去掉|clear all reminders|"
            "remove the reminder|第三个提醒不要了|取消提醒吧|明早那个提醒取消|"
            "体检的提醒不需要了|去掉交党费提醒|不用叫我起床了|别叫我了|取消第五个提醒|"
            "把第2条提醒删掉|删提醒|带伞那个提醒撤销|撤销提醒|接孩子的提醒关掉|"
            "每天那个提醒停掉|取消给王三打电话的提醒|提醒都删了吧|把提醒关了|"
            "cancel the reminder|不再提醒收党费"
        ),
    ),
)
