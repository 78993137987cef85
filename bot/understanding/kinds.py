"""The kinds of activities: what people call them, and the glossary's identifier of each."""

from collections.abc import Iterator, Mapping

from bot.understanding.sounds import key

WORDS: Mapping[str, tuple[str, ...]] = {
    "theme_day": ("主题党日", "党日活动", "党日"),
    "general_meeting": ("支部党员大会", "党员大会", "支部大会"),
    "committee_meeting": ("支委会", "支部委员会"),
    "group_meeting": ("党小组会", "小组会"),
    "party_lecture": ("党课",),
    "org_life_meeting": ("组织生活会",),
    "democratic_life_meeting": ("民主生活会",),
    "democratic_review": ("民主评议",),
    "oath_renewal": ("重温入党誓词", "入党宣誓"),
    "study_session": ("集中学习", "读书班", "理论学习", "学习会", "中心组学习"),
    "training": ("培训", "补训班"),
    "work_meeting": ("工作会", "部署会", "推进会", "调度会", "联席会", "工作部署会"),
    "report_back": ("述职评议", "述职"),
    "observation_meeting": ("现场观摩会", "观摩会", "观摩"),
    "coop_group": ("协作组交流", "协作组", "交流会"),
    "volunteer_shift": ("文明引导", "轮值", "值守"),
    "volunteer": ("志愿服务", "志愿活动", "义务劳动", "义务植树"),
    "contest": ("知识竞赛", "竞赛"),
    "drill": ("演练",),
    "visit": ("走访慰问", "慰问"),
    "research": ("调研",),
    "inspection": ("督查", "督导"),
    "commendation": ("表彰",),
    "activity": ("活动", "会议"),
}
"""The first word of each is its name."""
OTHER = "activity"


def name(kind: str) -> str:
    return WORDS.get(kind, WORDS[OTHER])[0]


def named() -> frozenset[str]:
    """All words for kinds that tell one from another."""
    return frozenset(word for kind, words in WORDS.items() for word in words if kind != OTHER)


def kind_of(said: str) -> str:
    """The identifier of the longest kind named in `said`; `activity` for none of them."""
    named = [(len(word), kind) for kind, word in _words() if word in said]
    return max(named, key=lambda each: each[0])[1] if named else OTHER


def kind_by_sound(said: str) -> str:
    """As `kind_of`, of what was written by ear: 之部大会; empty for none."""
    if not (heard := key(said)):
        return ""
    spoken = [
        (len(word), kind)
        for kind, word in _words()
        if kind != OTHER and f"'{key(word)}'" in f"'{heard}'"
    ]
    return max(spoken)[1] if spoken else ""


def _words() -> Iterator[tuple[str, str]]:
    for kind, words in WORDS.items():
        yield from ((kind, word) for word in words)
