"""How findings are listed and their rectification reported."""

import re

from bot.understanding import Intent, Slots, sentences
from bot.understanding.hearing import Hearing
from bot.understanding.intents import Find
from bot.understanding.slots import code, lasting, period
from bot.understanding.slots.numbers import SPOKEN
from bot.understanding.slots.trimming import EDGES, blanked, trimmed

CODE = re.compile(rf"(?<![a-z\d])f\s*[\d{SPOKEN}]{{1,3}}(?![\d{SPOKEN}])")
COLON = re.compile(r"[：:]\s*")
LEAD = re.compile(
    r"^(?:整改)?(?:的|号|问题|这项|那项|那个|这个|进展|情况|更新|整改|最新|汇报|报告|一下|是|，|,|\s|已?报)*"
)
CLAUSE = re.compile(r"(?:因为|由于|因)?([^，,。；;：: ]+)")
TOLD = re.compile(r"(?:原因|理由)(?:是|为|：|:)+([^，,。；;\n]{3,})")
SAID_BEFORE = re.compile(r"(?:^|[，,])([^，,：:]{4,})[，,](?:这?是|属于|对应)?$")
NO_REASON = re.compile(
    r"整改|督办|(?<![a-z])f\s*[\d零一二三四五六七八九十]|^.{0,3}(?:您好|你好|书记|报告|领导)"
)
DELAY = re.compile(
    r"(?:申请|要|想|请求|需要|请|希望|能否|可否|恳请)*(?:延期|延长|宽限|缓|推迟|展期|延|还[要得需差](?=[一二两三四五六七八九十半\d]+[天个周])|[再多](?:给|要|宽|缓))"
)


def progress() -> Find:
    """`content`: the progress without the code; `reason` where an extension is asked for."""

    def find(hearing: Hearing) -> Slots:
        plain = hearing.plain
        if delay := DELAY.search(plain):
            return _reason(hearing, delay)
        if colon := COLON.search(plain):
            start = colon.end()
            if again := CODE.match(plain, start):
                start = again.end()
        elif named := CODE.search(plain):
            start = named.end()
            lead = re.match(
                r"(?:的|号|问题|这项|那项|这条|那条|那个|这个|整改(?:进展|情况|问题)|整改(?=[的，,\s])|进展是?|情况是?(?=[，,\s])|，|,|\s)*",
                plain[start:],
            )
            start += lead.end() if lead else 0
            if len(plain) - start < 3 and (before := SAID_BEFORE.search(plain, 0, named.start())):
                return {"content": hearing.surface(before.span(1))}
        else:
            return {}
        start, end = trimmed(plain, start, len(plain), frozenset(" ,:，：。.的"))
        return {"content": hearing.surface((start, end))} if end - start > 1 else {}

    return find


def _reason(hearing: Hearing, delay: re.Match[str]) -> Slots:
    if told := TOLD.search(hearing.plain):
        return {"reason": hearing.surface(told.span(1))}
    rest = blanked(hearing, [span for span, _ in hearing.times])[delay.end() :]
    rest = re.sub(
        r"整改|期限|时间|时限|一下|行不行|行吗|可以吗|可不可以|好不好|好吗|能不能|能行吗",
        lambda gone: "\n" * len(gone[0]),
        rest,
    )
    for found in re.finditer(r"[^，,。；：:\n]+", rest):
        start, end = trimmed(
            hearing.plain,
            delay.end() + found.start(),
            delay.end() + found.end(),
            EDGES - {"了", "在", "有", "还", "去", "到", "来", "过", "下来", "下", "没", "出来"},
        )
        if lead := re.match("(?:主要)?(?:原因|理由)(?:是|为)?|主要是", hearing.plain[start:end]):
            start += lead.end()
        text = hearing.plain[start:end]
        if end - start > 2 and not re.fullmatch(
            r".{0,3}[天日周月]|到.*[日号天底]|.{1,3}个?(?:工作日|星期|礼拜)|.*[天日周]", text
        ):
            return {"reason": hearing.surface((start, end))}
    for before in reversed(list(CLAUSE.finditer(hearing.plain, 0, delay.start()))):
        start, end = trimmed(
            hearing.plain,
            *before.span(),
            EDGES - {"了", "在", "有", "还", "下来", "下", "来", "没", "出来"},
        )
        if end - start > 2 and not NO_REASON.search(hearing.plain, start, end):
            return {"reason": hearing.surface((start, end))}
    return {}


INTENTS = (
    Intent(
        id="supervision_list",
        zh="督办清单",
        effect="read",
        role="committee",
        slots=(period(),),
        says=(
            "整改 未完成|没完成|未到位|未整改 -{finding} !!",
            "{finding} 是什么|什么问题|谁负责|怎么样|咋样|哪天|几号 !!!",
            "问题台账|整改问题清单|督导清单",
            "督办|督办清单|督办事项|督办台账|督查清单|督导清单|督查事项|督办任务|督导|督查|supervision|督办单|督办件|毒瓣 -整改进展|进展：|催|逾期任务 ",
            "问题清单|整改清单|整改台账|督导问题|发现的问题|督办列表|整改事项|未销号|没销号|待整改|整改问题|未整改|没整改|findings|整改任务 -进展：|更新|导出",
            "督办|督导|督查 哪些|什么|多少|有哪些|清单|列表|事项|问题|情况|进展 !",
            "哪些|什么|多少|还有|几个|有哪些|几项 问题|整改|督办 没|未|待|要|需 销号|整改|改|完成|办结|解决|整改 -我的任务 !",
            "{time} 督办|督查|督导 !",
            "哪些|哪个|几个 单位|支部|问题 整改 没|未|逾期|还没 !",
            "挂牌督办|在督办|被督办",
            "整改 清单|列表|台账|有哪些|哪些|还有|多少|率|逾期",
        ),
        unless=(
            "通报|简报",
            "督办|督查 {report}",
            "{finding}",
            "整改进展：|进展：",
            "申请 延期",
            "会议 在哪",
            "通报 写",
            "已经 整改|改好",
        ),
        examples=sentences(
            "督办清单|督办事项有哪些|还有哪些问题没销号|本月督办|督导发现的问题|整改清单|"
            "第三季度督办了什么|督办清单有哪些|查督办|看看督办事项|正在督办的|督导问题|"
            "还有几个问题没整改|督办台账|上级督办了什么|下半年督导发现的问题|今年督办事项|"
            "没整改的问题|哪些问题还没销号|督查清单|问题台账|未销号问题|本季度督办情况|"
            "有哪些问题在整改|督办件|show supervision list|毒办清单|督办的事|现在有什么督办|"
            "督导清单|整改问题还有哪些|督查发现了哪些问题|本年度督办|上季度督办清单|"
            "有多少问题没整改完|我们单位的整改清单|督查情况|未整改的有几个|督办任务列表|"
            "上半年督导问题|open findings|督办事项给我看看|督办的有几项|看督办|有没有被督办的|"
            "督办进展清单|督导整改清单|还有哪些没整改|要整改的问题有哪些|列出督办事项|"
            "哪些单位有问题没整改|反馈的问题清单|挂账的问题|今年督导发现多少问题|"
            "第二轮督导问题|整改未完成的|问题销号情况|督办到期的有哪些|supervision items"
        ),
    ),
    Intent(
        id="rectification_update",
        zh="整改进展",
        effect="write",
        role="assignee",
        takes_rest=True,
        policy="close needs re-check by the finder",
        slots=(
            code("finding", "f"),
            lasting(),
            progress(),
        ),
        says=(
            "{finding} 整改|进展|完成|已|延期|情况|改|更新|销号|了|报|请示|申请|好了|上报|办|正在|还|要|差|复核 -是什么|什么问题|谁|怎么样了|咋样了|哪天 !!",
            "{finding} -是什么|什么问题|谁|怎么样了|咋样了|哪天|几号|吗 ",
            "{ordinal}|{option} 问题 改好|改完|改了|修订|整改|解决了|补齐|处理好|处理完 -没|未|吗|题|谁|哪 !!!",
            "整改 进展|情况|更新|完成|完了|好了|报告|反馈|到位|落实|说明|延期|已|材料 -时限|期限|清单|哪些|没|导出|谁|列表 !",
            "报|汇报|更新|上报|填|反馈|提交|登记|说 整改|整改进展|整改情况 -清单|哪些 !",
            "整改 申请|要|想|能否|能不能|请求 延期|延长|宽限|缓 !!",
            "申请 延期|延长 整改|问题|{finding} !!",
            "整改进展|整改情况|整改落实|整改更新|rectification|整改完成|整改好了|已整改|整改到位|整改完毕|已经整改 -时限|期限|清单|哪些|没",
            "finding|f05|f06 fixed|update|done|progress",
        ),
        unless=(
            "整改 未完成|没完成 有|的|哪些",
            "哪些|清单|有哪些 整改|督办",
            "没|未 整改|销号 +的 哪些|有",
            "谁 没",
        ),
        examples=sentences(
            "F05整改进展：已完成|整改进展更新|F06申请延期三天|报一下整改情况|F03已经改好了|"
            "整改情况：材料已补齐|F05已完成整改|F06整改到位|F05整改情况：请示已批复|"
            "更新F06进展|F06申请延期一周，人手不够|F05进展：正在走流程|整改报告已提交F06|"
            "F05问题已解决|我来更新一下整改|F05 已销号申请复核|汇报F06整改：服务时长已逐一确认|"
            "F06延期到月底，等本人签字|整改进展：版面已更换完成|F05，换届请示昨天已经报上去了|"
            "F05再给三天，领导出差没签字|整改完成了|F04已经改了|上报整改情况|"
            "F06的整改做完一半了|F05 整改好了|F06已经处理|F05情况说明：已补交请示|"
            "F06正在整改，还差两人确认|F01已复核|F05申请延期十天，等上级批复|"
            "整改情况汇报：台账补全了|更新整改进展，版面换好了|F06整改需要延期，人员出差|"
            "F05：请示已递交|F06进展，已确认三人|整改已完成，请复核|报整改|F05换届请示已准备好|"
            "把F06标记为已整改|F05 done|F06 的问题已解决，请复核|F05请示批了|"
            "F05推进中，预计下周完成|关于F06的整改：已逐人确认|整改有进展了|"
            "F05想再延三天，材料没凑齐|F06再宽限一周，等人回来|F05 100%完成|F02整改完成|"
            "F06已整改，附说明|F05的事办好了|F06情况更新：差一人未确认|"
            "把整改进展报一下：已公示|我报个整改|F05申请延期到12月5日，领导没签字"
        ),
    ),
)
