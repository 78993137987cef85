"""How privacy is worded."""

from collections.abc import Mapping

HELP = "隐私：记录您的什么、谁看得到；「我的数据」看全部，「删除我的数据」离开"

INFO = (
    "我只记办事要用的：名册里的姓名和支部、绑定的账号、签到请假等您办的事。\n"
    "看得到的人：本支部书记、组织委员和上级党组织按职责看；别的党员看不到，群里只说人数。\n"
    "不要：位置、照片、身份证号、手机号；聊天原话不留存，不打分、不画像、不给外人。"
)
DETAILS = (
    "每一类为什么记、记多久：\n"
    "· 名册、任职：党组织管理党员要用，随党组织关系。\n"
    "· 到会记录：「三会一课」要记到会，随支部台账。\n"
    "· 任务：谁承办、到哪一步，随任务台账。\n"
    "· 账号和同意：认得是您，解绑就删。\n"
    "· 请假、补签、报名：办这件事，删除数据时一并删。\n"
    "· 我的回复：同一条消息重复送来时好答得一样，几天后清除。\n"
    "· 邀请码和试错次数：防冒名，只存摘要，过期清除。\n"
    "· 办事记录（谁在何时改了、查了什么）：防乱用，只存编号。\n"
    "· 意见：匿名的不带任何身份。"
)
MORE, MY_DATA, ERASE_MINE = "分类说明", "我的数据", "删除我的数据"
SAY_MORE = "隐私 分类说明"
SAY_JSON = "我的数据 JSON"
AS_JSON = "发我原文（JSON）"
ONCE = "这份数据只显示一次，这里不再重复。要看请再发「我的数据」。"
GUEST = "这个账号没有绑定，名下没有数据。刚才这几句的回执几天内自动清除。"

ERASE = (
    "会删除：您的全部账号和同意、请假补签和报名、自愿参加的活动记录、意见、未办完的对话和回执。\n"
    "要保留：名册、任职和应到会议的到会记录，它们是党组织的台账，按党章和组织生活制度要存；"
    "还有任务台账和只含编号的办事记录。\n"
    "删了不能恢复，以后再用要重新要邀请码。"
)
WITHDRAW = "撤回同意后我不再处理您的数据，所以也会一并删除。\n"
NOT_IN_PART = "不能只删某一段时间的。\n"
SURE, KEEP, SAY_KEEP = "确认删除", "先不删", "先不删"
KEPT = "好的，什么都没有删。"
ASK_AGAIN = "隔得有点久，要删除请再发一次「删除我的数据」。"
SURE_OR_NOT = "要删除请回「确认删除」，不删请回「先不删」。"
ERASED = (
    "已删除，这个账号和您的身份不再相连。应到会议的到会记录和名册留在党组织的台账里，"
    "要更正请找支部书记。多谢一路同行，想回来随时可以。"
)

CLASSES: Mapping[str, str] = {
    "member": "名册",
    "membership": "所在支部",
    "appointment": "任职",
    "attendance": "到会记录",
    "activity": "您安排的活动",
    "missing_reminder": "您发起的到会提醒",
    "duty": "与您有关的事项",
    "ladder_step": "哪件事在哪天提醒过您",
    "anchor": "事项的起算日",
    "rule_amendment": "您改过的规则",
    "audit": "办事记录",
    "task": "您承办的任务",
    "task_item": "您布置的任务",
    "task_step": "任务的办理步骤",
    "supervision_round": "您开始的督查",
    "supervision_visit": "您记的督查",
    "supervision_draw": "您抽的签",
    "account": "绑定的账号",
    "attendance_request": "请假和补签",
    "signup": "报名",
    "broadcast": "您发的通知",
    "broadcast_recipient": "通知的确认",
    "courtesy": "免打扰和收信习惯",
    "own_reminder": "您定的提醒",
    "service_record": "您登记的志愿服务",
    "activity_draft": "活动草稿",
    "invite": "邀请码",
    "console_link": "控制台链接",
    "circular": "您经手的通报",
    "number_shown": "您最近看的通报数字",
    "file_wanted": "您要的表格",
    "calendar_feed": "日历订阅",
    "console_session": "控制台登录",
    "console_password": "控制台密码",
    "joining": "绑定新设备",
    "learner": "每日一题的约定",
    "memory": "学习记忆",
    "asking": "答过的题",
    "doubt": "您觉得有问题的题",
    "question": "您出的题",
    "contest_player": "竞赛报名",
    "contest_answer": "竞赛作答",
    "contest_attempt": "竞赛答卷",
    "contest_result": "竞赛成绩",
    "contest_appeal": "竞赛申诉",
    "contest_buzz": "竞赛抢答",
    "contest": "您办的竞赛",
    "contest_round": "您公布的成绩",
    "feedback": "署名意见",
    "wrong_code": "试错的邀请码",
    "opendialog": "没办完的对话",
    "latereply": "待告诉您的话",
    "credit": "您最近一次来消息的时间",
    "consent": "您同意收哪些微信通知",
    "aftermath": "微信通知是否送到",
    "letter": "发给您的消息",
    "attempt": "消息的发送记录",
    "heard": "我的回复",
}
"""Table → what members call it."""


def name(table: str) -> str:
    return CLASSES.get(table, table)


def summary(who: str, counts: Mapping[str, int]) -> str:
    listed = "、".join(f"{name(table)} {count} 条" for table, count in counts.items())
    return f"{who}，这里存着您的：{listed}。除此之外没有别的。"


def too_long(counts: Mapping[str, int]) -> str:
    """Nothing is left out: each part can be had by itself."""
    listed = "\n".join(f"· 我的数据 {name(table)}（{count} 条）" for table, count in counts.items())
    return f"原文较长，请分类取，例如：\n{listed}"


def part(table: str, written: str, left_out: int) -> str:
    more = f"\n（更早的 {left_out} 条太长没有列出，可请支部书记导出给您）" if left_out else ""
    return f"{name(table)}：\n{written}{more}"


def no_such_part(said: str) -> str:
    return f"没有「{said}」这一类。发「我的数据」看有哪些。"
