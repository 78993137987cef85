"""How messages, their fate, and what was done are worded."""

from handlers.notices.text.reaching import OTHERWISE, WHY

KINDS = {
    "morning": "早间提醒",
    "circular": "通报签发",
    "ladder": "到期提醒",
    "press": "催办",
    "missing": "到会提醒",
    "notice": "通知",
    "receipt": "回执提醒",
    "confirm": "请您确认",
    "task": "任务",
    "finding": "整改",
    "leave": "请假审批",
    "request": "申请的答复",
    "contest": "竞赛",
}
STATES = {
    "waiting": "等着发",
    "sending": "正在发",
    "sent": "已送出",
    "failed": "没有送到",
    "cancelled": "已取消",
    "expired": "过了时间，没有再发",
    "uncertain": "可能送到了，平台没有回话",
    "held": "先压着，等人放行",
}
LOOKS = {"sent": "good", "failed": "bad", "held": "warn", "uncertain": "warn", "expired": "warn"}
REASONS = {
    "blocked": "对方收不到",
    "window": "对方 48 小时没来过",
    "no_account": "没有绑定账号",
    "erased": "本人已要求删除资料",
    "quiet": "对方设了免打扰",
    "contact": "联系不上",
    "restored": "从备份恢复，等人看过",
    "done": "事情已经办了",
    "not_there": "对方没有打开网页",
}
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
    "read_tasks": "看了任务",
    "read_feedback": "看了意见",
    "export": "导出名册",
    "import_organisation": "导入组织",
    "import_members": "导入党员",
    "import_accounts": "导入账号",
    "import_activities": "导入活动",
    "import_workdays": "导入工作日",
    "change_rules": "改了规则",
    "make": "建了竞赛",
    "ask": "出了赛题",
    "reveal": "揭晓了答案",
    "send_notice": "发通知",
    "confirm_notice": "确认通知",
    "edit_notice": "改通知",
    "recall_notice": "撤回通知",
    "take_over_notice": "接手通知",
    "remind_unread": "提醒没看的人",
    "issue_task": "下任务",
    "issue_finding": "下整改",
    "sign_up": "报名",
    "sign_off": "取消报名",
    "feedback": "提意见",
}
THINGS = {
    "member": "",
    "activity": "活动 ",
    "request": "申请 ",
    "organisation": "",
    "branch": "",
    "duty": "事项 ",
    "task": "任务 ",
    "task_item": "任务 ",
    "year": "年份 ",
    "broadcast": "通知 ",
}
OTHERS = {"": "（本人已删除资料）", "operator": "管理员", "import": "导入", "clock": "定时"}


def kind(name: str) -> str:
    return KINDS.get(name, name)


def state(name: str) -> str:
    return STATES.get(name, name)


def reason(name: str) -> str:
    return REASONS.get(name, name)


def unreached(why: str) -> str:
    return WHY.get(why, OTHERWISE)


def done(action: str) -> str:
    return ACTIONS.get(action, action)


def to_what(object: str, names: dict[str, str]) -> str:
    what, _, id = object.partition(":")
    return f"{THINGS.get(what, what + ' ')}{who(id, names)}"


def who(actor: str, names: dict[str, str]) -> str:
    return names.get(actor, OTHERS.get(actor, actor))
