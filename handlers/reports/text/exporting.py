"""How tables and calendars are asked for and given."""

from datetime import date, datetime

from bot.text import ROLES

HELP = "导出：如「导出本月签到表」「导出今年台账」，在控制台下载"
HELP_CALENDAR = "日历订阅：把活动和到期的事放进手机日历；「停用日历」随时收回"
NAMES = {
    "attendance": "签到表",
    "ledger": "支部工作台账",
    "duties": "应办事项清单",
    "tasks": "任务清单",
    "roster": "名册",
}
WHICH = "要导出哪一种？签到表、台账、应办清单、任务清单、名册都可以，比如「导出本月签到表」。"
NOT_HERE = "这一种还没有记录，导不出来。可以导的有：签到表、台账、应办清单、任务清单、名册。"
NO_CONSOLE = (
    "控制台还没有开，请管理员在命令行导出：zhibu export ledger --branch 支部编号 --year 年份。"
)
OPEN, CONSOLE = "打开控制台", "控制台"
INTO_TABLE = "导出成表"
IN_PRIVATE = "表格的事已私信您，群里不发。"
NOT_YOURS = "您目前的职务没有可以导出的组织。"
NO_CALENDAR = "日历要通过网页地址订阅，助手还没有地址。请管理员设置 ZHIBU_PUBLIC_URL。"
CALENDAR_ONCE = "日历地址只给一次。要新的，请再发一次「日历订阅」，旧的随即失效。"
CALENDAR = "支部助手"
CALENDAR_PRIVATE = "日历地址已私信您。"
CALENDAR_GONE = "日历地址已停用，日历程序再也读不到。要重新订阅就发「日历订阅」。"
CALENDAR_NONE = "您没有在用的日历地址。要订阅就发「日历订阅」。"
TOO_OLD = "这份表过了 15 分钟，请在聊天里再要一次。"
OTHER_SESSION = "这份表在另一处打开过，为了安全只给那一处。请在聊天里再要一次。"


def ready(name: str, org: str, days: str, until: datetime) -> str:
    return (
        f"{org}{days}{name}备好了，{until:%H:%M} 前有效。"
        "点「打开控制台」进去，在「通报和表格」里下载；只给您的这次登录用。"
    )


def calendar(address: str) -> str:
    return (
        f"您的日历地址（里面是您的活动和到期的事，不含别人的信息）：\n{address}\n"
        "在手机日历里「添加订阅日历」粘贴即可。谁有地址谁就能看，请不要转给别人；发「停用日历」随时收回。"
    )


def due(name: str, org: str) -> str:
    return f"到期：{name}（{org}）"


def file_name(name: str, org: str, days: str) -> str:
    return f"{org}{days}{name}.xlsx"


def watermark(who: str, at: datetime) -> str:
    """On every table with persons: for whom it was made, and when."""
    return f"由{who}于{at.year}年{at.month}月{at.day}日{at:%H:%M}导出，仅供工作使用，用后请删除。"


ATTENDANCE = "场次"
ATTENDANCE_COLUMNS = ("日期", "活动", "类型", "地点", "举办", "应到", "到会", "请假", "来源")
LINES = "名单"
LINES_COLUMNS = ("日期", "活动", "姓名", "记录", "时间")
DUTIES = "应办事项"
DUTIES_COLUMNS = ("组织", "事项", "期次", "到期", "办结", "依据的记录")
TASKS = "任务"
TASKS_COLUMNS = ("组织", "编号", "任务", "到期", "状态", "办结")
CHANGES = "人员变动"
CHANGES_COLUMNS = ("日期", "姓名", "变动", "职务")
ROSTER = "名册"
ROSTER_COLUMNS = ("姓名", "支部", "党小组", "职务")
SUMMARY = "概况"
SUMMARY_COLUMNS = ("项目", "数", "分母", "口径")
REPORTED, RECORDED = "报来的人数", "签到记录"
MOVED = {"joined": "转入", "left": "转出", "appointed": "任职", "relieved": "卸任"}
STATES = {
    "present": "到会",
    "late": "迟到",
    "made_up": "补签",
    "on_leave": "请假",
    "observing": "列席",
    "exempt": "免到",
    "": "还没有记录",
}
TASK_STATES = {
    "issued": "已下达",
    "signed": "已签收",
    "working": "办理中",
    "reported": "已报告",
    "returned": "退回",
    "accepted": "已验收",
    "closed": "销号",
}
KINDS = {
    "general_meeting": "支部党员大会",
    "committee_meeting": "支部委员会会议",
    "group_meeting": "党小组会",
    "party_lecture": "党课",
    "theme_day": "主题党日",
    "org_life_meeting": "组织生活会",
    "democratic_review": "民主评议党员",
    "democratic_life_meeting": "民主生活会",
    "study_session": "集中学习",
    "work_meeting": "工作会议",
    "training": "培训",
    "volunteer_service": "志愿服务",
}
BY = {"activity": "活动记录", "member": "负责人确认"}


def basis(ref: str) -> str:
    """Of a duty: the record that fulfilled it, named by its sort and number, never by a person."""
    kind, colon, number = ref.partition(":")
    if not colon:
        return "名册" if kind else ""
    return f"{BY[kind]} {number}" if kind == "activity" else BY.get(kind, "登记")


def kind(name: str) -> str:
    return KINDS.get(name, "其他活动")


def role(name: str) -> str:
    return ROLES.get(name, name)


def on(moment: date | datetime | None) -> str:
    if moment is None:
        return ""
    if isinstance(moment, datetime):
        return f"{moment:%Y-%m-%d %H:%M}"
    return moment.isoformat()
