"""The words that are accepted in files, and what they mean. Identifiers mean themselves."""

from collections.abc import Mapping


def accepted(words: Mapping[str, str]) -> dict[str, str]:
    """From «identifier: word、word» to each word's identifier."""
    return {identifier: identifier for identifier in words} | {
        word: identifier for identifier, said in words.items() for word in said.split("、")
    }


HEADINGS = {
    word: column
    for column, said in {
        "member_id": "编号、党员编号、成员编号",
        "name": "姓名、名称",
        "branch_id": "支部、支部编号、党支部",
        "group": "党小组、党小组编号",
        "role": "职务、党内职务",
        "status": "状态、党员状态",
        "accepted_on": "入党日期、入党时间",
        "full_on": "转正日期、转正时间",
        "is_leader": "领导干部",
        "retired": "离退休",
        "chase_exempt": "免催原因",
        "theme_opt_in": "政治生日提醒",
        "away_from": "外出日期、外出时间",
        "mobile_from": "流动日期、流动党员日期",
        "abroad_from": "出国日期、出国（境）日期",
        "dues_paid_through": "党费交至、党费交到",
        "candidate_id": "发展编号、申请人编号",
        "applied_on": "递交申请日期、申请日期",
        "talked_on": "谈话日期",
        "activist_on": "确定积极分子日期、积极分子日期",
        "object_on": "列为发展对象日期、发展对象日期",
        "pre_review_on": "预审日期",
        "approved_on": "审批日期、上级批准日期",
        "probation_ends_on": "预备期满日期",
        "full_meeting_on": "讨论转正日期",
        "full_approved_on": "转正批准日期",
        "id": "组织编号",
        "parent_id": "上级、上级编号、上级组织",
        "leading_group": "党组",
        "elected_on": "选举日期、换届日期",
        "term_years": "任期年数、任期",
        "theme_day": "主题党日",
        "dues_day": "党费日",
        "has_committee": "设支委会",
        "note": "备注",
        "officers": "干部",
        "platform": "平台",
        "user": "账号",
        "activity_id": "活动编号",
        "org_id": "主办",
        "type": "类型",
        "title": "标题、活动名称",
        "start_at": "开始时间",
        "minutes": "时长分钟",
        "venue": "地点",
        "expected": "应到",
        "present": "实到",
        "on_leave": "请假",
        "check_in": "签到方式",
        "study_hours": "学时",
        "series": "系列",
        "audience": "参加范围",
        "code": "口令",
        "opens_at": "签到开始",
        "closes_at": "签到结束",
    }.items()
    for word in said.split("、")
}

ROLES = {
    "member": "党员",
    "group_leader": "党小组组长、组长",
    "secretary": "党支部书记、支部书记、书记",
    "deputy_secretary": "党支部副书记、支部副书记、副书记",
    "org_commissioner": "组织委员",
    "publicity_commissioner": "宣传委员",
    "discipline_commissioner": "纪检委员",
}
ROLE_WORDS = accepted(ROLES)
STATUSES = {"full": "正式党员、正式", "probationary": "预备党员、预备", "left": "已转出、已离开"}
STATUS_WORDS = accepted(STATUSES)
EXEMPTIONS = {
    "aged_or_infirm": "年老体弱",
    "seriously_ill": "重病",
    "incapacitated": "失去行为能力",
    "on_leave": "休假",
    "posted_away": "外派",
}
EXEMPT_WORDS = accepted(EXEMPTIONS)
ORGANISATIONS = {
    "work_committee": "机关工委",
    "organ": "单位",
    "organ_committee": "机关党委",
    "organ_discipline_committee": "机关纪委",
    "general_branch": "党总支",
    "branch": "党支部",
    "joint_branch": "联合党支部",
    "temporary_branch": "临时党支部",
    "party_group": "党小组",
}
ORG_WORDS = accepted(ORGANISATIONS)
KINDS = {
    "theme_day": "主题党日",
    "general_meeting": "支部党员大会、党员大会",
    "committee_meeting": "支委会、支部委员会",
    "group_meeting": "党小组会",
    "party_lecture": "党课",
    "org_life_meeting": "组织生活会",
    "democratic_life_meeting": "民主生活会",
    "democratic_review": "民主评议党员",
    "oath_renewal": "重温入党誓词",
    "study_session": "集中学习",
    "training": "培训",
    "contest": "竞赛、知识竞赛",
    "volunteer": "志愿服务",
    "volunteer_shift": "志愿轮值",
    "observation_meeting": "现场观摩会",
    "work_meeting": "工作会",
    "coop_group": "协作组交流",
    "report_back": "述职评议会",
    "commendation": "表扬会",
    "inspection": "督导检查",
    "research": "调研走访",
    "drill": "演练",
    "talk": "宣讲",
    "site_visit": "现场教育",
    "interest_group": "兴趣小组",
    "activity": "活动",
}
KIND_WORDS = accepted(KINDS)
MANNERS = {"word": "一个词", "code": "口令", "rotating": "动态口令"}
MANNER_WORDS = accepted(MANNERS)
STATES = {"planned": "计划中", "done": "已完成", "cancelled": "已取消"}
STATE_WORDS = accepted(STATES)
AUDIENCES = {"all": "全体", "officers": "委员", "signed_up": "报名人员"}
AUDIENCE_WORDS = accepted(AUDIENCES)
PLATFORMS = {
    "wechat": "微信、公众号",
    "wecom": "企业微信",
    "telegram": "Telegram",
    "webchat": "网页",
}
PLATFORM_WORDS = accepted(PLATFORMS)


def group_name(number: int) -> str:
    """How a group is called that has no name of its own; `number` from 1 to 99."""
    numerals = "一二三四五六七八九十"
    tens, ones = divmod(number, 10)
    said = numerals[number - 1] if number <= 10 else ""
    if number > 10:
        said = (
            (numerals[tens - 1] if tens > 1 else "") + "十" + (numerals[ones - 1] if ones else "")
        )
    return f"第{said}党小组"
