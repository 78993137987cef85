"""Which table is meant by what somebody calls it, and which names stand in it for whom."""

import re
from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum


class Table(StrEnum):
    ATTENDANCE = "attendance"
    LEDGER = "ledger"
    DUTIES = "duties"
    TASKS = "tasks"
    ROSTER = "roster"


LASTS = timedelta(minutes=15)
"""How long a table that was asked for may be fetched."""
NOT_HERE = re.compile(r"学时|服务|志愿|党费|值班|轮班|排班|通知签收|题库|成绩|缴纳")
"""What nobody has built yet, or keeps no record of."""
WORDS: Sequence[tuple[re.Pattern[str], Table]] = (
    (re.compile(r"任务|督办|整改|tasks?"), Table.TASKS),
    (re.compile(r"逾期|应办|到期|清单"), Table.DUTIES),
    (re.compile(r"名册|花名册|通讯录|党员名|名单|roster|members?|list"), Table.ROSTER),
    (re.compile(r"签到|签道|出勤|考勤|到会|参会|请假|簽到|attendance|sheet"), Table.ATTENDANCE),
    (
        re.compile(
            r"台账|台帐|台賬|会议记录|活动|主题党日|党课|安排|记录|报表|汇总|统计"
            r"|ledger|reports?|records?"
        ),
        Table.LEDGER,
    ),
)  # fmt: skip


def table_named(said: str) -> Table | None:
    """None where it cannot be told."""
    for pattern, table in WORDS:
        if pattern.search(said.lower()):
            return table
    return None
