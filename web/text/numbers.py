"""Why a number is what it is: what is counted, in words. The records stand on the pages."""

from datetime import datetime

from web.text import moment

ATTENDANCE = (
    "已到 ÷ 应到。应到是当天在册、要求参加的人，请假的算在内，免到的没来就不算；"
    "已到是按时、迟到和补签的人。更正过的记录不算。"
)
MONTH = "把本月已经结束、有个人记录的各场加起来。只有上报人数的、还没有记录的，都不在里面。"
OVERDUE = "按规则排出的到期日已过、又没有对应记录的事，一件算一件。办了活动自动记，其余点「已办」。"
DUTIES = "每一格是一个支部一项事：已办的次数／要办的次数。有一次过期没记就算过期。"
TASKS = "办结的份数 ÷ 布置的份数。办结是验收通过或销了号的；报了完成、还没验收的不算。"
REACH = "在册的人里，眼下没有一个账号收得到消息的。原因按他最近一次用的账号写。"
BOUND = "在册的人里，还没有绑定任何账号的。"


def as_of(now: datetime) -> str:
    return f"{moment(now)}的记录，之后再变就重新数。"


def live(now: datetime, closes: datetime) -> str:
    """Of something that goes on."""
    if now <= closes:
        return f"随到随变，到 {closes:%H:%M} 结束签到；补签和更正之后会再变。"
    return f"{moment(now)}的记录；补签和更正之后会再变。"
