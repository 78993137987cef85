"""What delivery says by itself: marks on letters, several in one, and what could not be sent."""

from datetime import datetime, timedelta

RESENT = "（补发，若已收到请忽略）"
SOMETHING = "一条消息"


def late(by: timedelta) -> str:
    minutes = int(by.total_seconds()) // 60
    if minutes < 60:
        return f"（迟到 {minutes} 分钟）"
    if minutes < 24 * 60:
        return f"（迟到 {minutes // 60} 小时）"
    return f"（迟到 {minutes // (24 * 60)} 天）"


def at(now: datetime) -> str:
    return f"（{now:%H:%M}）"


def expired(what: str) -> str:
    return f"「{what}」过了时限，有人没有收到，不再补发。发「联系不上」可以看名单。"


def refused(what: str, reason: str) -> str:
    return f"「{what}」平台不收，没有发出（{reason}）。改一改再发，或换个方式通知。"
