"""What members and secretaries say in a rehearsed year."""

CHECK_IN = "签到"
DONE = "已签到"
FIRST = "1"
"""The first of the numbered buttons: 发布, 发出."""
SENT = "已发出"
PUBLISHED = "已发布"
RESENT = "（补发"


def branch(number: int) -> str:
    return f"第{number:03d}党支部"


def arrange(month: int, day: int) -> str:
    return f"{month}月{day}日上午9点在三楼开主题党日"


def notice(key: str) -> str:
    return f"通知全体党员：#{key}/1# 请带好学习笔记。"
