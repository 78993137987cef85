"""How messages, their fate, and what was done are worded."""

from handlers.notices.text.reaching import OTHERWISE, WHY

KINDS = {
    "morning": "早间提醒",
    "circular": "通报签发",
    "ladder": "到期提醒",
    "press": "催办",
    "missing": "到会提醒",
    "notice": "通知",
    "receipt": "回执提醒",
    "confirm": "请您确认",
    "task": "任务",
    "finding": "整改",
    "leave": "请假审批",
    "request": "申请的答复",
    "contest": "竞赛",
    "unsay": "从手机上撤回或换成新文",
}
STATES = {
    "waiting": "等着发",
    "sending": "正在发",
    "sent": "已送出",
    "failed": "没有送到",
    "cancelled": "已取消",
    "expired": "过了时间，没有再发",
    "uncertain": "可能送到了，平台没有回话",
    "held": "先压着，等人放行",
}
LOOKS = {"sent": "good", "failed": "bad", "held": "warn", "uncertain": "warn", "expired": "warn"}
REASONS = {
    "blocked": "对方收不到",
    "no_consent": "对方没有同意订阅",
    "not_delivered": "微信没有送达",
    "window": "对方 48 小时没来过",
    "no_account": "没有绑定账号",
    "not_there": "对方没有打开网页",
    "contact": "眼下联系不上",
    "erased": "本人已要求删除资料",
    "role": "对方已不在这个职务",
    "author": "写的人已不在这个职务",
    "restored": "从备份恢复，等人看过",
    "quiet": "夜里不打扰，早上发",
    "day_off": "休息日不打扰，上班那天发",
    "wish": "对方设了免打扰",
    "digest": "今天够三条了，并在一起说",
    "pace": "平台限速，慢慢发",
    "late": "过了时间",
    "done": "事情已经办了",
    "cancelled": "本人取消了",
    "changed": "本人改了",
    "recalled": "通知撤回了",
    "edited": "通知又改了",
    "left": "本人退出了",
}


def kind(name: str) -> str:
    return KINDS.get(name, name)


def state(name: str, reason: str) -> str:
    if (name, reason) == ("held", "contact"):
        return "等对方再来时补发"
    return STATES.get(name, name)


def reason(name: str) -> str:
    """What a platform said of itself is for the log, and in its own language."""
    return REASONS.get(name, "平台那边没有办成")


def unreached(why: str) -> str:
    return WHY.get(why, OTHERWISE)
