"""How settings are worded."""

from handlers.duties.rules.rulebook import Rule, Rung
from handlers.duties.text.answering import VERIFIED, how_often

TOO_WEAK = "密码至少 10 个字符，不要用姓名、编号或重复的字符。换一个再试。"
WRONG_CODE = (
    "动态码不对，密码还没有设。请输入验证器此刻显示的六位数字；二维码换过的，先重新扫一次。"
)
SAME_TIME = "开始和结束是同一个时间，请改一个。"
NO_CLOCK = "没有看懂这个时间，请写成「22:00」或「晚上十点」这样。"
NOT_QUIET = "免打扰取消了，消息照常发给您。"
GROUPS = {
    "org_life": "组织生活",
    "term": "任期和换届",
    "dues": "党费",
    "training": "学习培训",
    "anniversary": "纪念和慰问",
    "relations": "组织关系",
    "service": "志愿服务和报到",
    "task": "任务",
    "leadership": "领导责任",
    "organisation": "组织建设",
    "development": "发展党员",
    "members": "党员教育管理",
    "supervision": "督促检查",
    "compliance": "合规",
}
CHANNELS = {
    "private": "私信",
    "digest": "汇总",
    "supervision_list": "督办建议",
    "circular_candidate": "通报建议",
    "talk_candidate": "谈话建议",
}


def password_set(account: str) -> str:
    return f"密码设好了。以后用登录名 {account}、密码和动态码进入，其他地方的登录已退出。"


def at(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def quiet(begins: int, ends: int) -> str:
    return f"每天 {at(begins)} 到 {at(ends)} 不打扰您。急事和您自己定的提醒照发。"


def left_elsewhere(count: int) -> str:
    return f"已退出其他 {count} 处登录。" if count else "没有别处的登录。"


def asks(rule: Rule) -> str:
    try:
        return how_often(str(rule.per), rule.times, rule.hours)
    except KeyError:  # counted from a day, not per span
        return "到期一次办一次"


def basis(rule: Rule) -> str:
    article = "" if rule.source.article == "-" else rule.source.article
    return f"《{rule.source.title}》{article}，{VERIFIED.get(rule.source.verification, '')}"


def rung(rung: Rung, who: str) -> str:
    when = "当天" if rung.after_days == 0 else f"过期 {rung.after_days} 天"
    return f"{when}：{who}（{CHANNELS.get(rung.channel, rung.channel)}）"
