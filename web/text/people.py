"""How people and organisations are worded."""

from bot.text import ROLES
from storage.organisation import OrgKind

SUBJECTS = {"organisation": "组织", "members": "党员", "accounts": "账号", "activities": "活动"}
WHICH_SUBJECT = "请选择这份文件里是什么：组织、党员、账号或活动。"
IMPORT_GONE = "这次导入已经不在了：超过半小时没有确认，或者助手重启过。什么也没有改动，请重新上传。"
KINDS = {
    OrgKind.WORK_COMMITTEE: "工委",
    OrgKind.ORGAN: "单位",
    OrgKind.ORGAN_COMMITTEE: "机关党委",
    OrgKind.ORGAN_DISCIPLINE_COMMITTEE: "机关纪委",
    OrgKind.GENERAL_BRANCH: "党总支",
    OrgKind.BRANCH: "党支部",
    OrgKind.JOINT_BRANCH: "联合党支部",
    OrgKind.TEMPORARY_BRANCH: "临时党支部",
    OrgKind.PARTY_GROUP: "党小组",
}
STATUSES = {"full": "正式党员", "probationary": "预备党员", "left": "已转出"}
PLATFORMS = {
    "wechat": "微信",
    "wechat_template": "微信模板消息",
    "wecom": "企业微信",
    "telegram": "Telegram",
    "webchat": "网页",
    "terminal": "终端",
}
WHY = {
    "no_account": "还没有绑定",
    "blocked": "账号都收不到",
    "unfollowed": "取消了关注",
    "window": "微信 48 小时没有来过，现在发不到",
    "not_there": "只在网页上，眼下没有打开",
}


def role(name: str) -> str:
    return ROLES.get(name, name)


def kind(name: str) -> str:
    return KINDS.get(OrgKind(name), name) if name in set(OrgKind) else name


def why(name: str) -> str:
    return WHY.get(name, name)
