"""How notices are sent, acknowledged and followed up."""

import re

from bot.understanding import Intent, Slots, sentences
from bot.understanding.hearing import Hearing
from bot.understanding.intents import Find
from bot.understanding.slots import fixed, when
from bot.understanding.slots.audience import GROUP
from bot.understanding.slots.trimming import trimmed

TO_GROUP = re.compile(
    rf"(?:给|通知|向|对|跟|和|告诉|告知|知会|转告|群发给)(?:一下|下)?({GROUP})(?:发|群发|下发|推送|：|:|，|,|一下|一声|说|讲|个|$)"
)
TO_SOME = re.compile(
    r"(?:给|向)([^，,。：:我你他她\n]{2,14}?)(?:群发|下发|推送|发)(?!的|言|展|现|生)"
)
"""Whoever stands between 给 and 发."""
COLON = r"(?:(?<!\d)[：:]|(?<=\d)[：:](?!\d))(?!//)\s*"
"""Neither within 9:30 nor within a link."""
AFTER_COLON = re.compile(
    rf"(?:通知|公告|消息|告知|通告|启事|内容是?|内容为|通知书|告示)(?:一下|下)?(?:全体|各位|大家|党员|同志|给)*[^：:，,]{{0,8}}?{COLON}|{COLON}"
)
AFTER_WORDS = re.compile(
    r"(?:发|拟|出|下|写|推|群发|发布|弄|搞|下发|起草)(?:布|送|出|一)?(?:个|条|份|则|一个|一条|一份|下)?(?:要回执的?|需要?回执的?|带回执的?)?(?:会议|活动|紧急)?(?:通知|公告|消息|信息|告示|通告)(?:出去)?(?:给[^，,。：:\n]{1,12}?)?(?:，|,|\s)?(?:要回执|需要回执|带回执|需回执|要求回执|回执)?(?:，|,|\s)*(?:内容是|内容为|内容|让|叫|说|就说|告诉|请|通知|：|:|，|,|\s)+"
)
AFTER_GROUP = re.compile(
    rf"(?:(?P<told>通知|告诉|告知|知会|转告)(?:一下|下)?|跟|和|给|向|对)(?:{GROUP})"
    r"(?(told)(?:[：:，,\s]|说)*|(?:说一声|说一下|说下|讲一声|讲一下|讲下|说|讲)(?:[：:，,\s])*)"
)


SENT_TO = re.compile(r"(?:通知|公告|消息)给([^，,。：:\n]{2,12}?)[，,：:]\s*")
TOLD = re.compile(
    r"(?:^|通知|公告|消息)(?:请|麻烦|帮我|替我)*(?:通知|告知|转告|告诉)(?:一下)?(?![：:，,])"
    r"([^，,。：:\n]{1,10}?(?:们|员|长|人|全体|同志|科室|部门|单位|支部|小组|[大中]队|老师|医生|护士|骨干|干部|职工|家属|志愿者|主任|警|司机|师傅|经理|书记|委员|(?<=各)[^，,。：:\n]{2,8}))[：:，,]\s*"
)
ADDRESSED = (SENT_TO, TOLD, TO_GROUP, TO_SOME)
AFTER_ALL = re.compile(r"(?:就说|内容是|内容为|写明|群发一?[条个则](?=[：:，,]))[：:，,\s]*")
RECEIPT_ASKED = re.compile(r"[，,。\s]+(?:要|需要|需|带|请)?(?:大家)?回执[。.\s]*$")


def notice_content() -> Find:
    """All that follows 「通知：」, 让, or the people addressed."""

    def find(hearing: Hearing) -> Slots:
        plain, slots = hearing.plain, {}
        addressed = next((found for each in ADDRESSED if (found := each.search(plain))), None)
        if addressed:
            slots["audience"] = hearing.surface(addressed.span(1))
        begins = next(
            (
                found.end()
                for pattern in (
                    AFTER_ALL,
                    SENT_TO,
                    TOLD,
                    AFTER_COLON,
                    AFTER_WORDS,
                    AFTER_GROUP,
                )
                if (found := pattern.search(plain))
            ),
            None,
        )
        if begins is not None:
            if plain[begins - 1] == "请":
                begins -= 1
            if inner := re.match(r"内容是?[:：]?", plain[begins:]):
                begins += inner.end()
            asked = RECEIPT_ASKED.search(plain, begins)
            stop = asked.start() if asked else len(plain)
            start, end = trimmed(plain, begins, stop, frozenset(" ,:，：。."))
            if end - start > 1:
                whole = end >= len(plain.rstrip("。. "))
                text = hearing.said.text
                last = (
                    len(text.rstrip("。. \n"))
                    if whole and len(text) > 256
                    else hearing.said.ends[end - 1]
                )
                slots["content"] = text[hearing.said.starts[start] : last]
        return slots

    return find


INTENTS = (
    Intent(
        id="notice_publish",
        zh="发通知",
        effect="write",
        role="organiser",
        takes_rest=True,
        policy="confirm with preview; secret-word check",
        slots=(
            notice_content(),
            when(deadlines=False),
            fixed(
                "receipt",
                (
                    (
                        True,
                        r"(?:要|需要|带|请|需|附|加|有|求)(?:大家)?回执|回执确认|要求确认|收到请回复",
                    ),
                ),
            ),
        ),
        says=(
            "发|拟|出|下|写|推|群发|发布|下发|发出|推送|起草|弄|搞|发个|发条|publish|send|post 通知|公告|通告|告示|notice|announcement|启事 -谁|多少|没看|别|不要|收到|看了|看过|有没有 !!",
            "^通知|公告|告知|通告 大家|各位|全体|全体党员|所有人|党员|各支部|{branch}|同志们|全支部|一下|支委|各单位|各小组|组长|书记们|all -谁|看了|都看|多少|没看 !!",
            "^通知：|公告：|通知:|公告:|通知，",
            "通知 一下|下 大家|全体|各位|各支部|所有人|党员|{branch}|同志们 -谁|多少 !!",
            "群发|广播|全员发 通知|消息|一条|个|信息|给|一下|下 !",
            "跟|给|向|和 大家|各位|全体|全体党员|所有人|各支部|{branch}|同志们 +说|讲 一声|一下|下|：|: !",
            "告诉|告知|转告 的人|的同志|的党员|的组员|的志愿者|的各位 !!",
            "告诉|告知|转告|跟 大家|各位|全体|全体党员|所有人|各支部|同志们 说|一声|：|:|明天|{time}|，",
            "给 大家|各位|全体|全体党员|所有人|各支部|{branch}|同志们 发|推|群发 通知|消息|公告|一条|个|信息 !!",
            "=发通知|发公告|发布通知|发个通知|群发通知|通知",
        ),
        unless=(
            "怎么|如何|咋|怎样|在哪|哪里 发|群发|通知",
            "已看|看了|看过|读了|已读|收到了",
            "提醒我|叫我|喊我",
            "别|不要|不想|停 发|推",
            "谁|多少人|几个人|哪些人 看|读|没看|签收|收到|没收",
            "看过了|看到了|收到了|看完了",
            "通知 我",
            "通报",
            "没交|没完成|没签到 提醒|催",
        ),
        examples=sentences(
            "发通知|发个通知：明天开会|通知大家周五交材料|给二支部发通知|发布公告|群发一条消息|"
            "通知全体党员明天上午九点开会|发布通知|给大家发个通知|通知：周五下午三点开支部大会|"
            "发一条通知，明天停电|通知大家下周一交材料|帮我发个公告|"
            "群发通知：请各位下载新版应用|通知各支部报送名册|"
            "发通知，要求回执：12月1日前报送名单|拟一条通知，说周三改到四楼开会|"
            "通知全体党员明天上午九点到市民广场集合|发个公告：观摩会改期到12月5日|"
            "给一支部发通知：周五交学习笔记|通知支委周四上午开支委会|发布公告：食堂周六关闭|"
            "發個通知|send a notice|帮我通知大家，今天下午的会取消|"
            "发通知给全体党员，周五大扫除|发个紧急通知：下午两点开会|"
            "给各支部发个通知，下周交总结|通知：明天放假一天|发通知：请大家周五前交党费|"
            "帮我通知各支部书记周一开会|给全体党员群发：下午三点打扫卫生|写个通知发出去|"
            "发通知说明天会议取消|发一则公告：系统今晚维护|通知第二党支部，周三下午学习|"
            "下发通知|向全体党员发通知：12月8日主题党日|通知一下大家，会议改到四点|"
            "告诉大家明天不开会了|发个会议通知，周四上午十点|要发一个通知|通知大家带好笔记本|"
            "publish a notice: meeting at 3pm|发布通知：请上报名单，需要回执|"
            "公告：活动室已开放|帮我发通知，明天的会改到下午|通知下去：周五大扫除|"
            "告诉大家会议延期|发通知给支委|群里发个通知，明早集合|拟个通知：组织大家体检|"
            "向各支部下发通知，报送学时|通知全体：今天下午三点学习|"
            "给离退休支部发个通知，走访改到周三|通知党员们明天带党徽|发个通知，大家注意防火|"
            "帮我发布：活动取消|发一条公告，服务器维护|出个通知，要求大家12月5日前交总结|"
            "通知志愿者周六八点集合|发通知：因天气原因，活动推迟|再发一遍通知|"
            "announce that the meeting is moved to 4pm|通知一支部，后天开会|我想发个通知"
        ),
    ),
    Intent(
        id="notice_ack",
        zh="回执",
        effect="write",
        role="member",
        says=(
            "=收到|已阅|知道了|收到了|已收到|已读|明白|了解|知悉|已知悉|收悉|阅|看到了|看过了|已看|received|got_it|noted|roger|copy|晓得了|知道|我知道了|收到收到|好的收到|收到通知|明白了|清楚了|已知晓|知晓|1收到|收|shoudao|copy_that|看到通知了|阅知|已了解|看了|已经看了|已查收|查收|签收|回执|已签收|确认收到|收到明白|收到请放心|understood|acknowledged|ack|收道|晓得|遵命|照办收到|收到照办|got_the_notice|知道啦|收到啦|晓得啦|看到啦|明白收到|了然|知道知道|我收到了|我看到了|我看了",
            "收到|已阅|已读|知悉|收悉|查收 谢谢|书记|通知|了|👍|🌹|好的|感谢|👌|照办|明白|谢 -谁|多少|没|几|吗|还没|提醒|人 !",
            "通知|公告|消息|文件 看了|看过|看到|收到|已阅|读了|知道|已看|看完|读完|收悉|阅读了 -谁|多少|大家|没|几|都|吗|有人|哪些|还 !",
            "我|本人|已经 看过|看到|收到|读了|看完|知道 +了 通知|公告|消息|文件 -没|谁 !",
            "知道了|明白了|了解了|看到了|看过了 -不|没|怎么 通知|书记|好的|谢谢|👌",
            "=通知|公告|消息 已读|已阅|已看|读了|已知悉 !!",
            "^收到 ",
            "^noted|received|got_it|understood|roger thanks|thank_you|will ",
            "confirm|acknowledge receipt|notice|receipt_of",
            "👌|👍|🫡 收到",
            "回执 我|交|确认|给 -谁|多少|几|统计|情况|没",
        ),
        unless=(
            "看|查|看下|查看|看看|查一下|看一下 签收|回执|已读",
            "谁|多少|几个|哪些|还有|没有人|几人 收到|看|读|签收|回执",
            "没 收到|看到",
            "收到 吗|没有|没|多少",
            "签到码 收到",
            "积分",
            "知道 怎么",
        ),
        examples=sentences(
            "收到|已阅|知道了|收到通知|通知看过了|好的收到|已知悉|收到谢谢|已收到|好的，收到|"
            "收到，马上办|明白|了解|收悉|已知晓|知道了，谢谢|收到通知了|看到了|OK收到|收到！！|"
            "收到啦|已查收|通知已阅|通知收到|roger|got it|已读|嗯收到|首到|收到，一定参加|"
            "1，收到|知道啦|收到，谢谢|好的，知道了|看过了|通知看到了|已阅，收到|明白收到|"
            "我收到了|收到，准时参加|知道|阅|我已知悉|收到通知，会按时交|确认收到|ok收到|"
            "收到哦|了解了|noted|read and understood|收倒|收到，会准时到|好，收到了|知晓|"
            "我晓得了|看见了|阅悉|明白，照办|收到请放心|收到，明天见|已看通知|读过了|"
            "通知已收到|OK，知道了|收到[强]|收到🫡|收到 谢谢|收到，李二|ack|嗯，知道了|"
            "好的明白|悉知"
        ),
    ),
    Intent(
        id="notice_status",
        zh="签收情况",
        effect="read",
        role="organiser",
        policy="counts in groups",
        says=(
            "签收|回执|已读 到哪|多少|几 !!",
            "<谁>|哪几位|还有谁 没|未|没有|还没|尚未 签收|回执|看|读|确认收到|回复 -签到|题 !!",
            "回执 齐|收齐|收到|回来 !",
            "<看> 签收|回执|已读|阅读|签收情况 !!",
            "read_status|read_receipt|receipts",
            "签收|回执|已读|阅读|查看|未读|确认|收到 情况|统计|多少|率|人数|几个|几人|几份|进度|名单|汇总|怎么样|有几 -我收到 !",
            "通知|公告|消息|回执|那条|文件 谁|多少|几个|哪些人|有没有人|几人|多少人|大家|都 没看|没读|看了|读了|没签收|签收|收到|没收到|没回|没确认|确认|已读|未读|看过|没回复|回复|看|回执|回了|没有看|没有签收 -我 !",
            "谁|多少人|哪些人|几个人|几个|还有谁|哪几个|多少|几人|有谁|哪个|who|how_many|anyone|哪些 没看|没读|没签收|没回执|没回复|没收到|没确认|未读|未签收|未回执|没回|已读|签收|回执|回了|看了通知|确认收到|read|acknowledged|confirmed|回收到|收到|没点|看 -我|签到|题 !",
            "没看|没读|没签收|没回执|没回|未读|未签收|没确认|没收到|没回复 通知|公告|谁|有谁|的|几个|多少|名单|人 -催|提醒|发|把 !",
            "通知|公告|notice 发 +出去 情况|看了|多少|效果|反馈",
            "大家|都|全 看|收到|读|签收 +了 吗|没|没有|通知",
            "签收情况|回执情况|阅读情况|已读情况|签收率|回执率|已读人数|未读人数|签收统计|回执统计|通知状态|通知情况|阅读量|notice_status|who_hasn't_read|read_receipts|who_has_read|hasn't_read",
            "通知 没|未|还没 看|签收|读|确认|回执|收到 +的 ",
            "who|how_many|anyone read|seen|acknowledged|confirmed|hasn't_read|haven't_read notice|it|announcement|message",
            "通知|那条|公告 有|还有 几个|多少|谁|哪些|几人 没|签收|看|确认|读",
        ),
        unless=("催|催一下|催一遍|提醒 ", "发 个通知", "我 看过|收到 了", "签到", "好的"),
        examples=sentences(
            "通知还有谁没看|签收情况|多少人回执了|大家都收到通知了吗|回执统计|谁没签收|"
            "通知有几个人看了|还有几个没确认|谁没看通知|通知签收情况|多少人看了通知|"
            "通知回执情况|有几个人没签收|还有谁没回执|大家都收到了吗|未读的有谁|通知已读率|"
            "回执收齐了吗|看下签收|没确认的有哪些人|通知都看了没|几个人回复收到了|"
            "谁还没看那个通知|查看回执|read status|有多少人已读|刚发的通知多少人看了|"
            "签收了多少|未签收名单|哪些人还没看通知|通知有多少人收到|签收率|谁没有回执|"
            "已读多少人|通知谁看了|还差几个回执|未回执的有谁|大家确认了没有|看一下回执情况|"
            "有没有人没收到通知|刚才的公告几个人看了|收到的有多少|昨天的通知签收得怎么样|"
            "统计回执|who acknowledged|how many have read it|那条通知都有谁看了|没看通知的人|"
            "通知发出去有多少人读了|还有几个没回收到|有几个人已读|签收到哪了|通知的回执情况|"
            "谁还没确认通知|回了的有多少|是不是都看到通知了|大家看通知了吗|已签收几个|"
            "几个人没看公告|看看谁没签收|通知阅读统计|notice read count|还有谁没收到|"
            "二支部签收了几个"
        ),
    ),
)
