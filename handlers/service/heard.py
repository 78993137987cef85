"""How service is logged and asked for."""

import re

from bot.understanding import Intent, Slots, sentences
from bot.understanding.hearing import Hearing
from bot.understanding.intents import Find
from bot.understanding.slots import branch, first_of, hours, keyword, period, when
from bot.understanding.slots.numbers import HOURS, MINUTES, QUARTERS, tidy, value
from bot.understanding.slots.trimming import EDGES, blanked, pieces
from bot.understanding.sounds import is_common
from bot.understanding.words import words

PLACE = re.compile(
    r"(?:在|去|到|来|前往|于)?((?:[\u4e00-\u9fff]{1,5}?(?:社区|广场|小区|街道|敬老院|养老院|福利院|路口|公园|学校|医院|小学|中学|车站|图书馆|文化馆|服务站|卫生站|驿站|便民点|服务中心|活动站|村|居委会|市场|大厅|河边|[\u4e00-\u9fff]路(?![口上边过])|大道|商场|超市|银行|体育馆|博物馆|档案馆|苗圃|花园|大院|街|站台|服务点|村委会|巷|林区|护林点|卡口|口岸|码头|胡同|镇|乡|苑|桥|岗亭|基地|机场|火车站|汽车站|地铁站|法庭|派出所|消防站|书院|[东西南北]站|学校门口|校门口|地铁口|林场|农场|大棚|渡口)(?:小区|社区|敬老院|养老院|广场|活动室|学校|小学|服务站|路口|幼儿园|居委会)?|光荣院|敬老院|养老院|福利院|图书馆|文化馆|体育馆|博物馆|档案馆))"
)
KINDS = (
    "清雪|维持秩序|夜巡|巡夜|种树|治安巡逻|垃圾分类督导|测血压|量血压|送饭|送药|送菜|巡河|陪诊|导医|导诊|代购|助浴|剪发|磨刀|执勤|站岗|劝导|导览|清淤|除草|除雪|铲冰|文明引导|文明劝导|便民维修|政策咨询|上门送学|社区清洁|清洁|卫生清扫|清扫|大扫除|环境整治|垃圾分类|垃圾清理|应急值守|值守|交通引导|交通劝导|助老|敬老|扶贫|帮扶|走访慰问|慰问|"
    "义诊|义务劳动|植树|巡逻|巡查|防疫|核酸|宣讲|宣传|消防宣传|普法|法律咨询|心理疏导|献血|支教|辅导|捐赠|理发|义剪|送餐|陪护|陪伴|维修|家电维修|环保|河道清理|捡垃圾|铲雪|扫雪|"
    "疏导交通|交通疏导|秩序维护|反诈宣传|图书整理|课后辅导|接待|咨询|导览|讲解|便民服务|文艺演出|培训|健康讲座|送温暖|搬运|物资发放|防汛|防火|护林|登记信息|信息采集|入户走访|走访|调解|矛盾调解|关爱儿童|关爱老人|助残|助学|助农|护学|护学岗|爱心义卖|cleaning|teaching|patrol|guiding"
)
BEFORE_A_KIND = re.compile(
    rf"(?:在|去|到)((?:(?![给帮为陪])[\u4e00-\u9fff]){{2,7}}?)(?:义务|志愿|参加|做|搞|帮忙|当|进行|开展|里|上|那边)*(?:{KINDS}|站了|值了|服务了?)"
)
NO_PLACE = frozenset(
    ("社区", "现场", "单位", "外面", "那里", "这里", "路上", "线上", "家里", "支部", "户外")
)
FOR_WHOM = re.compile(
    r"((?:给|帮助?|为|陪着?|教(?![学育师室]))(?!我|他登|登|记|补|上|忙)[\u4e00-\u9fff]{0,8}?(?:老人|儿童|老兵|妇女|街坊|邻居|商户|企业|村民|农户|社区|单位|老党员|居民|群众|孩子|小朋友|学生|[困难贫]生|家庭|战友|家属|病人|残疾人|环卫工|职工|游客|旅客|户)们?(?!\n)[\u4e00-\u9fff]{1,8}?)"
    r"(?=[，,。\n\d]|一共|共|登记|记|$|[一二两三四五六七八九十半]+(?:个|小时|钟头|刻|分钟))"
)
CORRECTION = re.compile(r"是(.+?)不是")


def kind_and_content() -> Find:
    """`kind` where the service has a short name, else `content`: what was done, in the words used."""
    names = sorted(KINDS.split("|"), key=len, reverse=True)

    def find(hearing: Hearing) -> Slots:
        place = PLACE.search(_without_times(hearing))
        if whom := FOR_WHOM.search(_without_times(hearing)):
            return {"content": hearing.surface(whom.span(1))}
        for name in names:
            at = hearing.plain.find(name)
            if (
                at >= 0
                and not (place and place.start(1) <= at < place.end(1))
                and hearing.plain[at + len(name) : at + len(name) + 1] != "院"
            ):
                return _kind(hearing, at, name)
        return _content(hearing, place)

    return find


MODIFIED = words(
    "清洁|宣传|宣讲|咨询|维修|引导|劝导|巡查|值守|疏导|巡逻|理发|接待|讲解|调解|走访|慰问|辅导"
)
NO_MODIFIER = frozenset(
    (
        "服务",
        "社区",
        "小区",
        "广场",
        "现场",
        "参加",
        "上门",
        "公园",
        "学校",
        "小学",
        "路口",
        "进行",
        "开展",
        "时间",
        "一起",
        "我们",
        "参与",
        "今天",
        "昨天",
        "前天",
        "上午",
        "下午",
        "晚上",
        "车站",
        "医院",
        "街道",
        "集市",
        "大厅",
    )
)


def _kind(hearing: Hearing, at: int, name: str) -> Slots:
    before = hearing.plain[max(0, at - 2) : at]
    if name in MODIFIED and is_common(before) and before not in NO_MODIFIER:
        at, name = at - 2, before + name
    return {"kind": hearing.surface((at, at + len(name)))}


CONTENT_GONE = re.compile(
    r"(?:报|记|填|写|算|登|录)[少多漏错]了?|volunteering|volunteered|volunteer|please|hours?|minutes?|登记|登一下|登记一下|记一下|记上|记录一?下?|记个|补登|录入|录一下|上报|志愿服务|志愿活动|公益服务|服务时长|服务时间|想登上?|一笔|时长|志愿者?|服务|log|记工时|"
    r"(?:在|去|到)(?:社区|小区|广场|现场)|帮我|给我|一共|总共|共|大概|大约|左右|来着|花了|用了|干了|做了|做完|刚才|[填写登记报录弄搞]错了?|应该|改成|更正|是|不是|在|去|到|of|at|for"
)


def _content(hearing: Hearing, place: re.Match[str] | None) -> Slots:
    gone = [span for span, _ in hearing.times]
    gone += [
        found.span()
        for pattern in (HOURS, MINUTES, QUARTERS)
        for found in pattern.finditer(hearing.plain)
    ]
    if place:
        gone.append(place.span())
    text = CONTENT_GONE.sub(lambda found: "\n" * len(found[0]), blanked(hearing, gone))
    spans = [
        span for span in pieces(text, EDGES - {"了"} | {"小时", "分钟"}) if span[1] - span[0] > 2
    ]
    words = [
        span
        for span in spans
        if not re.fullmatch(r"(?:社区|现场|活动|我们|小时|不用|谢谢|登记)+了?", text[slice(*span)])
    ]
    if not words:
        return {}
    said = hearing.surface(words[0])
    return {"kind" if len(said) == SHORT and not LONGER.search(said) else "content": said}


SHORT = 4
"""整理图书 is the name of a service; what is said in more words is what was done."""
LONGER = re.compile(r"[了给帮陪为完]|刚|回来")


def _without_times(hearing: Hearing) -> str:
    return blanked(hearing, [span for span, _ in hearing.times])


def place_served() -> Find:
    def find(hearing: Hearing) -> Slots:
        if told := re.search(r"地点(?:是|在|：|:)*([\u4e00-\u9fff]{2,8})", hearing.plain):
            return {"place": hearing.surface(told.span(1))}
        for found in PLACE.finditer(_without_times(hearing)):
            start, end = found.span(1)
            word = hearing.plain[start:end]
            if way := re.match(r".{0,3}?(?:一起|起|一块)?(?:去|到|来到|在)(?=.{3})", word):
                start, word = start + way.end(), word[way.end() :]
            skip = re.match(
                r"(?:那个|这个|登记|志愿|服务|我|去|在|到|了|小时|给|帮|昨天|今天|上午|下午|早上|晚上|午|记|一下|的|周[一二三四五六日]|日|天)+",
                word,
            )
            start += skip.end() if skip else 0
            if end - start > 2:
                return {"place": hearing.surface((start, end))}
        beside = BEFORE_A_KIND.search(_without_times(hearing))
        if beside and beside[1] not in NO_PLACE:
            return {"place": hearing.surface(beside.span(1))}
        return {}

    return find


def hours_served() -> Find:
    """As `hours`, but of 「是3小时不是2小时」 the first alone counts."""
    usual = hours()

    def find(hearing: Hearing) -> Slots:
        for pattern in (CORRECTION, re.compile(r"(?:改成|改为|应该是|应是|更正为)(.+)")):
            if (meant := pattern.search(hearing.plain)) and (said := HOURS.search(meant[1])):
                number = value(said[1])
                if number is not None:
                    return {"hours": tidy(number + (0.5 if said[2] or said[3] else 0))}
        return usual(hearing)

    return find


SERVICE = "志愿服务|服务|志愿|公益|义工|志愿活动|服务时长|志愿时长|公益活动|volunteer|volunteering"

INTENTS = (
    Intent(
        id="service_log",
        zh="服务登记",
        effect="write",
        role="member",
        looking="back",
        policy="member confirms own record",
        slots=(hours_served(), when(), place_served(), kind_and_content()),
        says=(
            f"登记|记|记录|记一下|登|录入|登一下|填报|补登|记上|补记|录一下|报一下|上报|填|补录|添加|录|log|record|记个|报 {SERVICE}|服务了|时长|工时 -双报到|多少|查|导出|几次 !",
            f"{SERVICE} 登记|记一下|记上|登一下|记录一下|录入|报一下|填一下|记个|登 -多少|查 !",
            "{hours} 登记|记上|记一下|记录|登|录入|记|log|服务 -提醒|后|多少|查|会 !",
            f"{SERVICE} {{hours}} -多少|提醒|以后|够|查|总共有|后|一年|规定 !",
            "登记|记|log {hours} -后|提醒 !",
            f"{'|'.join(sorted(set(KINDS.split('|'))))} {{hours}} -后|提醒|要多久|党课|开|通知 !",
            f"{{hours}} {'|'.join(sorted(set(KINDS.split('|'))))} -后|提醒|通知 !",
            "做|干|参加|陪|去|帮|扫|捡|服务|搞|忙 +了 {hours} -后|提醒|多少 !",
            "社区|广场|路口|敬老院|小区 {hours} -后|提醒|会|几点|多久 ",
            "做完|参加完|刚做完|做了|参加了|搞了 志愿|服务|公益|志愿服务 -多少|几|查 ",
            "^改成|改为|更正为|应该是 {hours} -提醒|会|活动|开始 !!!",
            "服务|时长 填错|改成|更正|记错|改一下|登错|不对 {hours}|小时",
            "填错|记错|登错|报错|写错 +了 服务|时长|小时|{hours} !",
            "{time} {hours} 服务|志愿|社区|值守",
            "服务登记|登记服务|志愿登记|服务打卡|时长登记|登记时长|记时长|登记志愿|记服务 !!",
            "我 +去|在|到 社区|敬老院|路口|广场 {hours} -提醒|后 !",
            "log|record|add hours|volunteer|service|{hours} !",
        ),
        unless=(
            "多少 小时|个小时|时长|服务|次",
            "提醒|后 叫",
            "学时|培训 够|多少",
            "导出|下载",
            "会议|党课|开会 {hours}",
            "服务 规定|要求",
            "{hours} 后|以后|之后",
            "登一下名|登个名|登上名|登名",
            "抹掉|抹去|删|删掉|删了|清掉|清除|清空",
            "报名",
        ),
        examples=sentences(
            "登记志愿服务2小时|今天文明引导三小时|记一下服务时长|昨天在社区打扫卫生两个小时|"
            "我去敬老院陪老人一小时|志愿服务4小时记一下|服务登记|登记服务时长|"
            "记录志愿服务3小时|今天在社区服务了两个小时|昨天植树两小时|"
            "帮我登记一下，周六文明引导2小时|我今天做了三小时志愿服务|"
            "上午在北岸社区做清洁，2小时|登记：南坡社区便民维修1.5小时|"
            "补登上周六的志愿服务4小时|去敬老院慰问老人两小时|"
            "我在市民广场做了一个半小时政策咨询|昨天下午社区值守3小时|录入服务时长2.5小时|"
            "刚才服务登记错了，应该是2小时|改一下，服务是1小时|志愿服务登记|记3小时服务|"
            "今天上门送学一小时|周日去河边捡垃圾两个钟头|交通劝导40分钟|"
            "log volunteer service 3 hours|服务了50分钟，北岸社区|给我记上，昨天消防宣传2小时|"
            "我服务了两小时|今天志愿服务3小时|登记一下服务2小时|我做了4小时志愿者|"
            "记一下，昨天助老两小时|上周六在南坡社区垃圾分类3小时|我在路口值守了两个小时|"
            "服务时间改成3小时|刚记错了，是一小时|登记1小时环保|补记昨天的服务，两小时|"
            "前天植树三小时|在敬老院服务2小时|上午巡逻一个半小时|志愿服务了90分钟|"
            "我去北岸社区帮忙搬东西一小时|记服务|上门看望老党员一小时|"
            "登记时长：2小时，政策宣讲|volunteered 2 hours today|今天去社区扫雪俩小时|"
            "护学岗半小时|我今天捡垃圾捡了两小时|昨天去敬老院理发三小时|报一下志愿时长：2小时|"
            "今早交通引导一小时，记上|我这周六帮社区搬东西花了三小时|加一条服务，政策宣讲1小时|"
            "前天下午巡逻两小时，登记|参加植树3小时|给我登上4小时|更正：服务2.5小时|"
            "昨天不是2小时，是3小时服务|上门慰问半小时|志愿服务刚结束，2小时|"
            "我陪老人看病用了三小时|记录一次服务：北岸社区，义诊，2小时|"
            "今天上午在路口站了两小时|图书整理两小时|I did 3 hours of volunteering|"
            "写错了，应该是4小时|服务了一下午，3个小时|今天便民服务60分钟|"
            "南坡社区清扫一小时，记一下"
        ),
    ),
    Intent(
        id="service_query",
        zh="服务查询",
        effect="read",
        role="member",
        slots=(
            period(),
            first_of(
                branch("scope"),
                keyword(
                    "scope",
                    "支部|全部|单位|我们单位|党小组",
                    only_with="支部|全部|单位|小组",
                ),
            ),
        ),
        says=(
            f"{SERVICE} 多少|几次|多长|查询|记录|情况|统计|累计|总共|几|几回|明细|总时长|查|够|排|时长|hours -登记|记一下|补|怎么填|导出|报名|在哪|什么时候|几点|提醒 !",
            f"多少|几次|几个|几小时|多长|查|查询|看|统计|查一下|累计|一共|总共|my|几回|how_many {SERVICE}|服务时长 -登记|导出|报名|会 !",
            "我的服务|我的服务时长|服务时长|志愿时长|我的志愿时长|服务记录|志愿记录|服务查询|公益时长|my_volunteer_hours|volunteer_hours|service_hours|服务统计|志愿服务记录|服务小时 -登记|记一下|导出|下载 ",
            "服务|志愿|公益 了|过 多少|几|哪些 !",
            "支部|单位|我们 {time} 服务|志愿 多少|几|情况",
            "做 +了|过 多少|几 志愿|公益|服务|小时 !",
        ),
        unless=(
            "删|删除|清空|删掉",
            "表",
            "登记|记一下|记上|录入|补登|补记",
            "导出|下载|excel|汇出|打印",
            "填错|改成",
            "报名",
            "是 {hours} 不是",
            "计划|方案|总结|报告|材料|名单|清单 报|交|写|做|提交|上报|整理",
        ),
        examples=sentences(
            "我今年服务了多少小时|我的服务时长|服务记录|查一下志愿时长|我们支部服务了多少小时|"
            "做了几次志愿服务|我的志愿服务时长|我服务了几个小时|查服务时长|今年服务了多久|"
            "服务记录查询|我做了多少小时志愿服务|我们支部的服务时长|志愿服务统计|"
            "这个月我服务了几次|累计服务时长|上季度志愿时长|我总共服务多少小时|"
            "查询志愿服务记录|支部今年服务多少人次|how many volunteer hours do I have|"
            "看看我志愿服务做了多少|我的公益时长|去年我服务了多少小时|服务时间查询|"
            "志愿时长多少了|我做过几次志愿服务|我的志愿记录|本季度服务了几小时|"
            "服务时长排查一下我的|看我今年服务时长|支部服务总时长|我们支部做了多少志愿服务|"
            "上半年我服务多少小时|服务过几次|志愿服务小时数|查下服务记录|total volunteer hours|"
            "我服务够几小时了|我今年志愿服务几次了|看下我攒了多少服务时长|咱支部服务多少小时|"
            "我的服务明细|服务够多少小时|我累计志愿时长|上个月服务多少次|查我的志愿服务|"
            "服务情况|我们单位志愿服务情况|志愿时长统计|我做志愿多少小时了|全年服务时长|"
            "我这季度服务了几回|how many hours have I served"
        ),
    ),
)
