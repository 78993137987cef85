"""How a rule is quoted: what it asks, where it stands, and how well that is verified."""

from collections.abc import Sequence

HELP = "规定：问「三会一课多久开一次」这样的话，按条文回答"
UNKNOWN = "这一条我手里没有依据，不敢乱答。请问支部的组织委员，或查条例原文。"
PER = {
    "month": "每月",
    "quarter": "每季度",
    "half": "每半年",
    "year": "每年",
    "meeting": "每次会议",
}
VERIFIED = {
    "text": "原文已核对",
    "secondary": "据转引，请核对原文",
    "unverified": "未核对，仅供参考",
}
FROM = {
    "branch.elected_on": "从选举之日起",
    "org.elected_on": "从选举之日起",
    "org.term_ends_on": "任期届满",
    "post.vacant_from": "空缺之后",
    "post.appointed_on": "任职之后",
    "candidate.applied_on": "收到申请之后",
    "candidate.activist_on": "确定为积极分子之后",
    "candidate.publicity_from": "从公示之日起",
    "candidate.object_on": "列为发展对象之后",
    "candidate.pre_review_on": "预审合格之后",
    "candidate.accepted_on": "支部大会通过之后",
    "candidate.approved_on": "上级批准之后",
    "candidate.probation_ends_on": "预备期满之后",
    "candidate.full_meeting_on": "支部大会通过转正之后",
    "candidate.full_approved_on": "转正批准之后",
    "member.accepted_on": "支部大会通过之后",
    "member.away_from": "外出之后",
    "member.dues_paid_through": "最近一次交纳之后",
    "member.last_attended_on": "最近一次参加之后",
    "service.served_on": "服务之后",
    "request.received_on": "收到之后",
}
UNITS = {
    "add_days": "天",
    "add_workdays": "个工作日",
    "workday_window": "个工作日",
    "add_months": "个月",
    "add_years": "年",
}


def how_often(per: str, times: int | None, hours: int | None) -> str:
    if hours is not None:
        return f"{PER.get(per, '')}不少于 {hours} 学时"
    if times is None:
        return "全国没有统一次数，由地方定"
    return f"{PER[per]}至少 {times} 次"


def counted(anchor: str, function: str, count: int) -> str:
    start = FROM.get(anchor, "")
    if count < 0:
        return f"{start}前 {-count} {UNITS[function]}"
    if function == "workday_window":
        return f"{start}不少于 {count} {UNITS[function]}"
    span = f"{count} {UNITS[function]}"
    return f"每届 {span}" if anchor.endswith("elected_on") else f"{start} {span}"


def rule(name: str, asks: str, *, draft: bool, title: str, article: str, verification: str) -> str:
    basis = "（次数或天数为本单位口径）" if draft else ""
    article = "" if article == "-" else article
    return f"{name}：{asks}{basis}。《{title}》{article}，{VERIFIED[verification]}"


def answer(rules: Sequence[str]) -> str:
    return "\n".join(rules)
