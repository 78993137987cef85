"""How the message of the morning is worded around what the capabilities say."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.text import day_and_time

AT_MOST = 4
"""Lines: one screen of a small phone."""
SURNAMES = ("欧阳", "上官", "司马", "诸葛", "司徒", "皇甫", "东方", "慕容", "令狐", "尉迟")
PRIVATE = "（只与本人有关，内容不显示）"
LIST, LIST_WORDS = "全部清单", "逾期"


def morning(name: str, roles: Sequence[str], lines: Sequence[str], more: int) -> str:
    count = len(lines) + more
    head = f"{greeting(name, roles)}今天有 {count} 件事要看："
    numbered = [f"{number}. {each}" for number, each in enumerate(lines, start=1)]
    rest = [f"另有 {more} 件，发「逾期」看全部。"] if more else []
    return "\n".join([head, *numbered, *rest])


def one(name: str, roles: Sequence[str], line: str) -> str:
    return f"{greeting(name, roles)}{line}。"


def greeting(name: str, roles: Sequence[str]) -> str:
    family = name[:2] if name.startswith(SURNAMES) else name[:1]
    return f"{family}书记早。" if "secretary" in roles else f"{name}，早上好。"


def label(verb: str, number: int) -> str:
    """「已办」 alone would not say which line is meant."""
    return f"第 {number} 件{verb}" if number and len(verb) <= 3 else verb


ROLES = {
    "member": "本人",
    "secretary": "书记",
    "deputy_secretary": "副书记",
    "org_commissioner": "组织委员",
    "publicity_commissioner": "宣传委员",
    "discipline_commissioner": "纪检委员",
    "group_leader": "党小组组长",
    "branch_committee": "支委会",
    "parent_committee": "机关党委（党总支）",
    "parent_committee_secretary": "机关党委（党总支）书记",
    "leading_group": "党组",
    "leading_group_secretary": "党组书记",
    "committee": "机关工委",
    "committee_office": "工委办公室",
    "committee_secretary": "工委书记",
    "data_protection_lead": "个人信息保护负责人",
    "assignee": "承办人",
    "unit_lead": "承办单位负责人",
    "issuer": "交办单位",
    "applicant": "申请人",
    "introducer": "入党介绍人",
    "trainer_contact": "培养联系人",
    "org_department": "组织部门",
}
CHANNELS = {
    "private": "单独告诉",
    "digest": "汇总告诉",
    "supervision_list": "建议列入督办，报",
    "circular_candidate": "建议考虑通报，报",
    "talk_candidate": "建议考虑约谈，报",
}
STATES = {
    "waiting": "等待发送",
    "sending": "正在发送",
    "sent": "已发出",
    "failed": "没有发出",
    "cancelled": "已撤回",
    "expired": "过了时限，没有发",
    "uncertain": "不确定是否送到",
    "held": "暂缓",
}
VERIFIED = {"text": "原文已核对", "secondary": "据转引", "unverified": "未核对"}
NO_LETTER = "没有这封信：{which}。可以写信的编号，或 morning:2026-11-23:M001 这样的名称。"
NOTHING_AHEAD = "未来 {days} 天按现在的进度没有要说的。"
ALL_AHEAD = "共 {count} 条，{people} 人。只是预览，什么也没有发出。"
UNREACHABLE = "暂时联系不上"


def ahead(at: datetime, name: str, id: str, platform: str) -> str:
    return f"{day_and_time(at)}  {name}（{id}）  {platform or UNREACHABLE}"


def reason(name: str, title: str, article: str, verification: str) -> str:
    where = "" if article == "-" else article
    return f"{name}，《{title}》{where}（{VERIFIED.get(verification, verification)}）"


def task(title: str, number: str) -> str:
    return f"布置的任务：{title}（{number}）"


def record(of: str, due: date, anchor: date | None, duty_id: int) -> str:
    counted = f"，从 {anchor} 起算" if anchor and anchor != due else ""
    return f"{of}，{due} 到期{counted}（事项 {duty_id}）"


def in_advance(days: int, role: str) -> str:
    return f"提前 {days} 天提醒{ROLES.get(role, role)}"


def rung(number: int, days: int, role: str, channel: str, ladder: str) -> str:
    how = CHANNELS.get(channel, channel)
    return f"阶梯第 {number + 1} 级（到期后 {days} 天）：{how}{ROLES.get(role, role)}，按 {ladder}"


def by_hand(role: str) -> str:
    return f"有人催办，提醒{ROLES.get(role, role)}"


def stood_in(for_whom: str) -> str:
    return "，该岗位空缺，由他代收" if for_whom == "vacant" else f"，{for_whom} 不在，由他代收"


def letter(id: int, key: str, name: str, to: str) -> str:
    return f"信 {id}（{key}），给{name}（{to}）"


def state(name: str, reason: str, due: datetime, until: datetime | None) -> str:
    why = f"（{reason}）" if reason else ""
    latest = f"，最迟 {day_and_time(until)}" if until else ""
    return f"{STATES.get(name, name)}{why}，应发 {day_and_time(due)}{latest}"


def cause(name: str) -> str:
    return f"由 {name} 引起"


def attempt(number: int, lane: str, at: datetime, result: str, reason: str) -> str:
    ended = f"{result}{f'（{reason}）' if reason else ''}" if result else "没有结果，进程中断"
    return f"第 {number} 次，{lane}，{at:%m-%d %H:%M:%S}：{ended}"


NO_ATTEMPT = "还没有发送过。"


ALERTS = {
    "workdays_missing": "{detail} 年的放假和调休还没有导入，请在国务院办公厅公布后导入："
    "zhibu import workdays 文件",
    "clock_skew": "服务器与数据库的时钟相差 {detail}，到点以数据库为准，请校准服务器时间",
    "tick_silent": "有一个进程的时钟停了（{detail}），已由别的进程或重新启动接上，请看日志",
    "audit_broken": "操作记录与写下时不一样（{detail}），请运行 zhibu audit，并保全数据库和日志",
    "job_failed": "有一项定时工作出错（{detail}），会再试几次，请看日志",
    "job_expired": "有一项定时工作错过了时限，没有补做（{detail}）",
}


def alert(what: str, detail: str) -> str:
    return ALERTS.get(what, "系统提醒：{what} {detail}").format(what=what, detail=detail)
