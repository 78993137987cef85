"""Whom no message reaches, why, and what can be done."""

from collections.abc import Sequence
from datetime import datetime

from bot.text import why as why_of

HELP = "联系不上：哪些同志收不到消息，怎么办"
SHOWN = 15
ALL_REACHED = "您这里的同志都联系得上。"
WHY = {
    "no_account": "还没绑定，请发「邀请码 姓名」给他们绑定",
    "unfollowed": "取消了关注，请当面请他们重新关注",
    "blocked": "屏蔽了消息，请当面说一声",
    "window": "很久没来说话，平台不让先发；请他们随便发一句",
    "not_there": "只在网页上，打开时才收得到",
}
OTHERWISE = "平台说送不到，请电话联系"


def counted(count: int, of: int) -> str:
    return f"{of} 人里有 {count} 人收不到消息。"


def because(total: str, now: datetime) -> str:
    rule = "在册的人里，眼下没有一个账号收得到消息的。"
    records = "按原因列着名字；每条消息的去向在控制台「消息」里。"
    return f"{total}\n" + why_of(rule, records, now)


def group(why: str, names: Sequence[str]) -> str:
    more = f"等 {len(names)} 位" if len(names) > SHOWN else ""
    return f"{'、'.join(names[:SHOWN])}{more}：{WHY.get(why, OTHERWISE)}"
