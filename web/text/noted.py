"""How the record of who did what is worded. A test sees to it that nothing is left in English."""

from collections.abc import Mapping

from handlers.registry.actions.plans import Subject
from handlers.reports.actions.printing import Form
from handlers.reports.rules.stages import Step as Stage
from handlers.reports.rules.tables import Table
from handlers.tasks.rules.machine import Step

ACTIONS = {
    "enter_console": "进入控制台",
    "leave_console": "退出控制台",
    "ask_for_console": "要了控制台的链接",
    "set_console_password": "设了控制台密码",
    "bind": "绑定账号",
    "unbind": "解除绑定",
    "invite": "发邀请码",
    "withdraw_invite": "收回邀请码",
    "add_device": "加绑账号",
    "decline_device": "拒绝加绑",
    "consent": "同意隐私说明",
    "erase": "删除本人资料",
    "annul": "更正到会记录",
    "call_roll": "点名登记",
    "open_check_in": "开放签到",
    "open_demo": "开放演示签到",
    "close_check_in": "结束签到",
    "publish_activity": "发布活动",
    "move_activity": "活动改期",
    "cancel_activity": "取消活动",
    "ask_leave": "申请请假",
    "ask_make_up": "申请补签",
    "withdraw_leave": "撤回请假",
    "withdraw_make_up": "撤回补签",
    "approved_leave": "同意请假",
    "declined_leave": "没有同意请假",
    "approved_make_up": "同意补签",
    "declined_make_up": "没有同意补签",
    "remind_missing": "提醒没有记录的人",
    "read_attendance": "看了到会名单",
    "export_attendance": "导出签到表",
    "read_request": "看了一份申请",
    "read_roster": "看了名册",
    "read_member": "看了一个人的资料",
    "read_unbound": "看了未绑定名单",
    "see_unbound": "看了未绑定名单",
    "read_unreachable": "看了联系不上的名单",
    "read_letters": "看了消息去向",
    "read_audit": "看了操作记录",
    "read_receipts": "看了回执",
    "read_tasks": "看了任务清单",
    "read_task": "看了一项任务",
    "read_feedback": "看了意见",
    "read_records": "看了数字的来源",
    "export": "导出资料",
    "import": "导入题目",
    "import_workdays": "导入工作日",
    "change_rules": "改了规则",
    "question": "启用或撤下题目",
    "make": "办了竞赛",
    "take_back": "撤回竞赛",
    "ask": "出了赛题",
    "reveal": "揭晓了答案",
    "answer": "答复了申诉",
    "publish": "公布了成绩",
    "send_notice": "发通知",
    "confirm_notice": "确认通知",
    "edit_notice": "改通知",
    "recall_notice": "撤回通知",
    "take_over_notice": "接手通知",
    "remind_unread": "提醒没看的人",
    "issue_task": "布置任务",
    "issue_finding": "交办问题",
    "begin_round": "开始一轮督导",
    "draw_units": "抽了督导单位",
    "visit": "记了一次督导",
    "sign_up": "报名",
    "sign_off": "取消报名",
    "feedback": "提意见",
    "log_service": "记了志愿服务",
    "correct_service": "更正志愿服务",
    "remove_service": "删了志愿服务记录",
    "want_file": "要了一份表格",
    "calendar_begin": "订阅日历",
    "calendar_end": "停用日历",
    "circular_refused": "拟通报被拒",
    "circular_draft": "拟了通报",
    "anniversary": "改了政治生日提醒",
    "restore": "从备份恢复",
}
TASKS: Mapping[Step, str] = {
    Step.SIGN: "签收任务",
    Step.PROGRESS: "记任务进展",
    Step.REPORT: "报任务完成",
    Step.TAKE_BACK: "撤回完成",
    Step.EXTEND: "申请延期",
    Step.HAND_OVER: "转交任务",
    Step.TAKE: "接下任务",
    Step.KEEP: "收回转交",
    Step.ACCEPT: "通过任务",
    Step.RETURN: "退回任务",
    Step.CLOSE: "任务销号",
    Step.GRANT: "同意延期",
    Step.DECLINE: "没有同意延期",
    Step.NUDGE: "催办任务",
    Step.WITHDRAW: "撤销任务",
}
CIRCULARS: Mapping[Stage, str] = {
    Stage.CHECK: "校核通报",
    Stage.APPROVE: "签发通报",
    Stage.PUBLISH: "发布通报",
    Stage.CORRECT: "更正通报",
    Stage.DROP: "作废通报",
}
PAPERS: Mapping[Form, str] = {
    Form.DOCX: "下载通报（Word）",
    Form.XLSX: "下载通报（Excel）",
    Form.PDF: "下载通报（PDF）",
}
TABLES: Mapping[Table, str] = {
    Table.ATTENDANCE: "导出签到表",
    Table.LEDGER: "导出台账",
    Table.DUTIES: "导出应办清单",
    Table.TASKS: "导出任务清单",
    Table.ROSTER: "导出名册",
}
IMPORTS: Mapping[Subject, str] = {
    Subject.ORGANISATION: "导入组织",
    Subject.MEMBERS: "导入党员",
    Subject.ACCOUNTS: "导入账号",
    Subject.ACTIVITIES: "导入活动",
    Subject.TASKS: "导入任务",
    Subject.CANDIDATES: "导入发展对象",
}
DEEDS: Mapping[str, str] = {
    **ACTIONS,
    **{f"task_{step}": said for step, said in TASKS.items()},
    **{f"circular_{step}": said for step, said in CIRCULARS.items()},
    **{f"circular_{form}": said for form, said in PAPERS.items()},
    **{f"export_{table}": said for table, said in TABLES.items()},
    **{f"import_{subject}": said for subject, said in IMPORTS.items()},
}
ELSEWHERE = {("annul", "contest_round"): "作废一道赛题"}
"""Where the same word means something else of another thing."""
THINGS = {
    "member": "",
    "members": "",
    "accounts": "账号 ",
    "attendance": "到会记录",
    "candidates": "发展对象 ",
    "organisation": "",
    "org": "",
    "branch": "",
    "activity": "活动 ",
    "activities": "活动 ",
    "request": "申请 ",
    "duty": "事项 ",
    "task": "任务 ",
    "tasks": "任务 ",
    "task_item": "任务 ",
    "year": "年份 ",
    "broadcast": "通知 ",
    "circular": "通报 ",
    "file": "表格 ",
    "question": "题目 ",
    "questions": "题库",
    "rules": "规则",
    "contest": "竞赛 ",
    "contest_round": "竞赛 ",
    "appeal": "申诉 ",
    "round": "督导 ",
    "draw": "抽签 ",
    "service": "服务 ",
    "feedback": "意见",
    "database": "数据库",
    "roster": "名册",
}
OTHERS = {
    "": "（本人已删除资料）",
    "operator": "管理员",
    "import": "导入",
    "clock": "定时",
    "*": "全部",
}


def done(action: str, object: str) -> str:
    what = object.partition(":")[0]
    return ELSEWHERE.get((action, what)) or DEEDS.get(action, action)


def to_what(object: str, names: Mapping[str, str]) -> str:
    """By its name where `names` has it, else by its number."""
    if object in names:
        return names[object]
    what, _, id = object.partition(":")
    thing = THINGS.get(what, f"{what} ")
    return f"{thing}{who(id, names)}" if id and (not thing or thing.endswith(" ")) else thing


def who(actor: str, names: Mapping[str, str]) -> str:
    return names.get(actor, OTHERS.get(actor, actor))
