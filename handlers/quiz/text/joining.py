"""How joining and leaving are worded."""

from collections.abc import Sequence

HELP = "每日一题：自愿参加，每天一到五题（发「加入学习」，不想学了发「退出学习」）"
LEFT = "已退出，以后不再给您发题。答题记录还在，只有您看得到；要一起删掉，发「删除学习记录」。"
NOT_JOINED = "您没有参加每日一题，所以不会给您发题。想参加，发「加入学习」。"
DELETED = "您的学习记录已经全部删除，每日一题也停了。"
SURE_TO_DELETE = "答题记录、错题本和进度都会删掉，找不回来。"
YES_DELETE, NO_DELETE = "全部删除", "不删了"
KEPT = "好的，没有删。"
WHEN = "每天几点发给您？比如「早上八点」「12:30」。"
BAD_TIME = "没听懂时间，请说「早上八点」或「12:30」这样的。"
CHANGE_TIME, CHANGE_TOPICS, FEWER, MORE = "换时间", "选主题", "每天一题", "每天三题"
JOIN = "加入学习"
TIME_WORDS, TOPIC_WORDS = "换学习时间", "选学习主题"
ALL = frozenset({"全部", "都要", "都学", "所有", "不限", "全部主题", "都行"})


def joined(a_day: int, minute: int, topics: Sequence[str], *, first: bool) -> str:
    start = "已加入" if first else "已改好"
    return f"{start}：{wishes(a_day, minute, topics)}。{PRIVATE if first else ''}"


def wishes(a_day: int, minute: int, topics: Sequence[str]) -> str:
    about = "、".join(topics) if topics else "全部主题"
    return f"每天 {minute // 60}:{minute % 60:02} 发 {a_day} 题，{about}"


PRIVATE = "答得怎样只有您自己看得到，不进考核；支部最多看到不少于五人的主题汇总。"


def ask_topics(there: Sequence[str]) -> str:
    return f"想学哪些主题？可以说几个，或者说「全部」。现有：{'、'.join(there)}。"


def no_such_topics(there: Sequence[str]) -> str:
    return f"没有听出主题。现有：{'、'.join(there)}；都想学就说「全部」。"
