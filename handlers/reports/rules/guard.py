"""The guard for relief: what no circular and no table may use or ask for, and by which clause.

The clauses are told apart by document and number as far as their text was seen: of the rules of
2026 the five prohibitions were, the number of the article that holds them was not.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

APP = "《政务移动互联网应用程序规范化管理办法》（国办函〔2026〕12号）五项“不得”"
FINGER = "《关于防治“指尖上的形式主义”的若干意见》（2023年12月）"
BURDEN = "《整治形式主义为基层减负若干规定》（2024年8月）"
PIPL = "《个人信息保护法》"


@dataclass(frozen=True)
class Ban:
    """What is refused, and why."""

    id: str
    pattern: re.Pattern[str]
    what: str
    """Ends the sentence «不能用…»."""
    document: str
    article: str
    says: str
    """The clause in short."""
    instead: str

    @property
    def clause(self) -> str:
        return f"{self.document}{self.article}"


def words(*expressions: str) -> re.Pattern[str]:
    return re.compile("|".join(expressions), re.IGNORECASE)


PEOPLE = r"(?:个人|党员|每人|人员|同志|大家|谁)"
TABLE: Sequence[Ban] = (
    Ban(
        "study_time",
        words(r"学习(?:时长|时间|强国)", r"在线学习", r"学时排", r"study time"),
        "学习时长", APP, "第（四）项", "不得把学习时长作为考评依据",
        "可以写办了几场党课、应到多少、到了多少。",
    ),
    Ban(
        "points",
        words("积分", r"得分排", "打分", "points"),
        "积分", APP, "第（二）项", "不得设置积分排名等强制性功能",
        "可以写应办事项办结了多少。",
    ),
    Ban(
        "quiz",
        words("答题", "正确率", "做题", "测验", "考试成绩", "每日一学", "错题", "quiz"),
        "答题情况", APP, "第（四）项", "学习一类的数据不得作为考评依据",
        "答题是自愿的，只有本人看得到。可以写党课和主题党日。",
    ),
    Ban(
        "online",
        words("在线时长", "在线时间", r"登(?:录|陆)", "使用率", "安装率", "下载率", "活跃度",
        "日活", "绑定率",
              r"log-?ins?\b", "online time"),
        "登录、安装和在线的数据", APP, "第（二）（三）项",
        "不得统计在线时长、通报安装使用率、强制定期登录",
        "用不用助手不是工作。可以写工作本身办得怎样。",
    ),
    Ban(
        "likes",
        words("点赞", "转发量", "投票数", "评论数", "阅读量", "关注量", "likes"),
        "点赞、投票和转发的数量", APP, "第（四）项", "不得把点赞量、网络投票数、转发量作为考评依据",
        "可以写活动开展和到会的情况。",
    ),
    Ban(
        "ranking",
        words(rf"{PEOPLE}.{{0,6}}(?:排名|排行|排序|名次|倒数|末位)",
        r"(?:排名|排行|名次|前十|后十).{0,4}" + PEOPLE,
              "红黑榜", "光荣榜", "后进", r"思想.{0,4}(?:排|打分|评分)", "觉悟",
              "rank.{0,8}(?:people|members)"),
        "对人的排名", APP, "第（二）项", "不得搞积分排名",
        "可以写各支部的数，按组织顺序列出，不分先后。",
    ),
    Ban(
        "pictures",
        words("照片", "拍照", "截图", "截屏", "视频", "录像", "合影", "定位", "位置", "轨迹",
        "photo", "screenshot"),
        "照片、截图、位置或轨迹", APP, "第（四）项", "非必要不得强制上传工作照片、视频和轨迹",
        "有签到和办结记录就够了，不用另外证明。",
    ),
    Ban(
        "check_in_duty",
        words(r"(?:每日|每天|天天|强制|必须).{0,4}(?:打卡|签到)"),
        "强制打卡", FINGER, "防止强制使用部分", "不得强制打卡签到",
        "开会签到只用一次，开会之外不需要。",
    ),
    Ban(
        "named",
        words("点名通报", "通报批评", "曝光",
        r"(?:没来|未到|缺勤|缺席|迟到)(?:的)?(?:人员|党员|名单|同志)", "缺勤名单", "未到名单"),
        "个人的姓名", PIPL, "第六条、第二十五条", "处理限于最小范围，未经本人单独同意不得公开",
        "通报里只写数，名单只给本支部的书记看。",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Known:
    """Something that is on record already, so that it is not asked for a second time."""

    pattern: re.Pattern[str]
    what: str
    record: str
    get: str
    """What to send to have it."""


ASKING = words(
    "报送",
    "上报",
    "填报",
    "填写",
    "填表",
    "收集",
    "提交",
    "报一下",
    "报来",
    "交一份",
    "统计上来",
    "汇总上来",
    "再报",
    "各支部报",
)
KNOWN: Sequence[Known] = (
    Known(words("到会", "签到", "出勤", "参会", "考勤"), "到会人数", "签到记录", "导出签到表"),
    Known(words("名册", "党员(?:人数|信息|名单)", "花名册", "通讯录"), "党员名册",
        "组织与党员名册", "导出名册"),
    Known(words("台账", "主题党日", "党课", "三会一课", "活动(?:情况|记录)", "会议记录"),
        "活动情况", "活动记录", "导出今年台账"),
    Known(words("任务", "进展", "整改"), "任务和整改进展", "任务记录", "导出任务清单"),
    Known(words("换届", "任期", "委员", "书记名单"), "换届和任职时间", "名册里的任职记录",
        "导出名册"),
)  # fmt: skip
BURDENED = (APP, "第（一）项", "不得随意或重复要求基层填表报数交材料")


@dataclass(frozen=True)
class Banned:
    ban: Ban
    said: str


@dataclass(frozen=True)
class Repeated:
    """Asks for what is known; pointed out, and refused as part of a circular."""

    known: Known


@dataclass(frozen=True)
class Fine:
    pass


Verdict = Banned | Repeated | Fine


def judge(said: str) -> Verdict:
    """What a person has written for a circular or wants counted."""
    for ban in TABLE:
        if found := ban.pattern.search(said):
            return Banned(ban, found[0])
    if ASKING.search(said):
        for known in KNOWN:
            if known.pattern.search(said):
                return Repeated(known)
    return Fine()


def names_in(written: str, names: Iterable[str], ours: Iterable[str]) -> int:
    """How many of `names` stand in `written`, apart from what is `ours`: names of organisations
    and the fixed words, in which the name of a person may happen to be hidden."""
    said = sorted({each for each in ours if each}, key=len, reverse=True)
    if said:
        written = re.sub("|".join(map(re.escape, said)), "\n", written)
    wanted = {name for name in names if len(name) > 1}
    lengths = {len(name) for name in wanted}
    found = {written[at : at + n] for n in lengths for at in range(len(written) - n + 1)}
    return len(wanted & found)
