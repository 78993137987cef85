"""What members and secretaries say in a rehearsed year, and what they look for in an answer."""

CHECK_IN = "签到"
DONE = "已签到"
FIRST, SECOND = "1", "2"
"""The first of the numbered buttons: 发布, 发出, 提交, 同意, 通过; the second: 取消这条."""
SENT = "已发出"
RECALL, RECALLED = "撤回通知", "已撤回"
PUBLISHED = "已发布"
RESENT = "（补发"
ASK_LEAVE, ASKED = "请假", "请假申请已提交"
MINE, ON_LEAVE = "我的申请", "请假："
TO_DECIDE, TO_BE_DECIDED = "待我审批", "不同意"
JOIN, JOINED, LEAVE, LEFT = "加入学习", "已加入", "退出学习", "已退出"
A_QUESTION = r"【[^紧】][^】]*】"
A_BRANCH = r"第(\d{3})党支部"
GUESS = "A"
REMINDED, CANCELLED = "提醒您", "已取消"
HAND_OUT, HANDED_OUT = "布置", "已布置"
TO_ACCEPT, TO_BE_ACCEPTED = "待验收", "通过"
REPORTING, ACCEPTED = r"第(\d{3})党支部报", r"已办结：.*，第(\d{3})党支部"
CLOCKS = {"10:00": "上午十点", "15:00": "下午三点", "19:30": "晚上七点半"}


def branch(number: int) -> str:
    return f"第{number:03d}党支部"


def day(month: int, day: int) -> str:
    return f"{month}月{day}日"


def arrange(month: int, day: int) -> str:
    return f"{month}月{day}日上午9点在三楼开主题党日"


def notice(key: str) -> str:
    return f"通知全体党员：#{key}/1# 请带好学习笔记。"


def remind(month: int, day: int, clock: str, key: str) -> str:
    return f"提醒我{month}月{day}日{CLOCKS[clock]}交材料#{key}/1#"


def task(month: int) -> str:
    return f"核对第{month:02d}批名册"


def hand_out(what: str, month: int, day: int) -> str:
    return f"布置任务：各支部{what}，{month}月{day}日前"


def handed_out(what: str) -> str:
    """As it stands in the letter, and in no other."""
    return f"布置了一件任务：{what}"


def accepted(what: str, number: str) -> str:
    return f"{what}（{number}）已验收"


def report(number: str) -> str:
    return f"{number} 办完了"
