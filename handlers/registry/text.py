"""How registers are worded: what is wrong with a file, what an import will do, what is missing."""

from collections.abc import Sequence
from datetime import date

from bot.files import text as files
from bot.files.tables import Fault

SUBJECTS = {
    "organisation": "组织",
    "members": "党员",
    "accounts": "账号",
    "activities": "活动",
    "attendance": "出勤",
    "tasks": "任务清单",
    "candidates": "发展对象",
}
PROCEED = "确认导入"
NOTHING_TO_DO = "和现有记录完全一致，不用导入。"
NOT_IMPORTED = "没有导入，什么也没有改动。"
ONLY_SHOWN = "这是预览，什么也没有改动。"
NO_ROWS = "文件里只有列名，没有内容。从第二行起一行写一条。"
MEANWHILE = "预览之后名册有了新的变动。请再执行一次，按新的预览确认。"
WRITING = "正在写入"
NAMES = {
    "parent_id": "上级",
    "name": "名称",
    "kind": "类型",
    "branch": "支部",
    "group": "党小组",
    "post": "职务",
    "status": "状态",
    "starts": "开始时间",
    "manner": "签到方式",
    "due": "时限",
}
"""How changes are called, where a column's own name is not enough."""

HELP = "名册检查：看看名册里还缺什么"
OPEN_ACTIVITY = "体验签到：支部主题党日"
OPEN_VENUE = "三楼党员活动室"
TROUBLES = {
    "empty": ("是空的", "请填写"),
    "too_long": ("有 {said} 个字", "请不要超过 {hint} 个字"),
    "invisible": ("里面有看不见的控制字符", "请重新输入这一格"),
    "not_an_id": ("写的是「{said}」", "编号只用英文字母、数字和 - _ .，最多 40 个"),
    "not_a_choice": ("写的是「{said}」", "可以写 {hint}"),
    "not_a_day": ("写的是「{said}」", "请写成 2026-11-23"),
    "not_a_moment": ("写的是「{said}」", "请写成 2026-11-23T09:00"),
    "not_a_number": ("写的是「{said}」", "请写 {hint} 之间的数"),
    "not_a_flag": ("写的是「{said}」", "请写 1 或 0（是 或 否）"),
    "not_a_code": ("写的是「{said}」", "口令用 3 到 12 个字母或数字"),
    "not_a_platform": ("写的是「{said}」", "请写 wechat、wecom、telegram 这样的平台名"),
    "not_officers": ("写的是「{said}」", "请写党员编号，多人用分号隔开；职务写成 M005:operator"),
    "column_unknown": ("没有这个列名", "是不是「{hint}」？请改列名，或删去这一列"),
    "column_missing": ("缺少这一列", "请在第一行加上这个列名，并逐行填写"),
    "repeated": ("写的是「{said}」", "与第 {hint} 行重复，请只留一行"),
    "left_with_branch": ("写的是「{said}」", "已离开的同志不写支部；还在支部就把状态改成 full"),
    "far_ahead": ("写的是「{said}」，在一年以后", "请核对年份；回来了或不清楚就留空"),
    "full_before_accepted": ("写的是「{said}」", "不能早于入党日期 {hint}"),
    "leader_without_group": ("写的是「{said}」", "请在 group 里写明是哪个党小组的组长"),
    "closes_too_early": ("写的是「{said}」", "签到结束要晚于签到开始"),
    "not_done_yet": ("写的是「{said}」", "状态写成 done，或把完成日期留空"),
    "not_later": ("写的是「{said}」", "延期要晚于时限 {hint}，不延期就留空"),
    "other_than_row": ("写的是「{said}」", "与第 {hint} 行同一编号却不一样，请改成一致或换编号"),
    "not_flat": ("不是一条一条的清单", "请写成列表，每条用同样的列名"),
    "no_organisations": ("还没有导入组织", "请先执行 zhibu import organisation"),
    "no_such_organisation": ("没有编号为 {said} 的组织", "请更正编号，或先导入这个组织"),
    "not_a_branch": ("{said} 不是党支部", "请写党支部的编号"),
    "not_a_group_of": ("{said} 不是 {hint} 的党小组", "请更正，或把这一格留空"),
    "no_such_member": ("没有编号为 {said} 的党员", "请先导入党员，或更正编号"),
    "erased": ("{said} 已要求删除本人资料", "请删去这一行"),
    "account_of_other": ("这个账号已经是 {said} 的", "请本人先发「解除绑定」，再导入"),
    "begins_later": ("现有记录从 {said} 才开始", "请用 --as-of {said} 或更晚的日期"),
    "circular": ("上级绕成了一个圈", "请更正其中一个组织的上级"),
    "group_without_branch": ("写的是「{said}」", "党小组要挂在党支部下面"),
    "branch_under_branch": ("写的是「{said}」", "党支部不能挂在党支部或党小组下面，请改挂上一级"),
    "second_secretary": (
        "{said} 已有书记 {hint}",
        "一个支部一位书记，请把另一位的新职务也写进文件",
    ),
}
"""What was found, and the remedy: two halves of one line."""


def fault(fault: Fault) -> str:
    return files.fault(fault, files.MISSHAPEN | TROUBLES)


def bad_day(words: str) -> str:
    return f"日期「{words}」看不懂，请写成 2026-11-23。"


def head(subject: str, as_of: date) -> str:
    return f"导入{SUBJECTS[subject]}，自 {as_of} 起生效："


def sums(new: int, changed: int, ended: int, unchanged: int) -> str:
    return f"新增 {new}，更改 {changed}，结束 {ended}，不变 {unchanged}。"


def section(title: str, count: int) -> str:
    return f"{title}（{count}）"


NEW, CHANGED, ENDED = "新增", "更改", "结束"


def change(column: str, before: str, after: str) -> str:
    name = NAMES.get(column, column)
    return (
        f"{name} {before or '空'} → {after or '空'}" if before or not after else f"{name} {after}"
    )


def more(count: int) -> str:
    return f"…… 还有 {count} 条"


def unused_columns(columns: Sequence[str]) -> str:
    return f"没有用到的列：{'、'.join(columns)}。不会保存。"


def officers_unknown(ids: Sequence[str]) -> str:
    return f"干部 {'、'.join(ids[:5])} 还不在党员名册里。导入党员后再导入一次本文件，职务就会生效。"


def more_units(number: str, count: int) -> str:
    return f"{number} 新增 {count} 个单位。"


def told(count: int) -> str:
    return f"已通知 {count} 位承办人，一人一条。" if count else ""


def not_in_file(count: int) -> str:
    return f"名册里另有 {count} 人不在这份文件里，保持原样。"


def done(subject: str, written: int) -> str:
    return f"已导入{SUBJECTS[subject]}：{written} 条有变动。"


def not_possible(count: int) -> str:
    return f"有 {count} 处要改，什么也没有导入："


def exported(subject: str, count: int, name: str) -> str:
    return f"已导出{SUBJECTS[subject]} {count} 条：{name}"


# what is missing

LACKS = {
    "secretary": "没有书记的",
    "members": "人数不合适的",
    "posts": "职务空缺的",
    "accounts": "还没绑定的",
}
"""On the buttons: which branches?"""
ROLES = {
    "org_commissioner": "组织委员",
    "publicity_commissioner": "宣传委员",
    "discipline_commissioner": "纪检委员",
}
WHO_IS_UNBOUND = "看还没绑定的人"
NOT_YOURS = "这个支部不在您负责的范围里。发「名册检查」看看您负责的支部。"
ALL_THERE = "名册齐全，没有要补的。"
NO_BRANCHES = "您负责的范围里还没有支部。"
AT_ONCE = 8
"""Branches or names in one message: a screen of a small phone."""


NO_SECRETARY = "还没有书记"


def checked(branches: int, gaps: int) -> str:
    return f"看了 {branches} 个支部的名册，有 {gaps} 处要补。" if gaps else ALL_THERE


def of_one_branch(name: str, members: int, missing: Sequence[str]) -> str:
    return "\n".join([f"{name}：{members} 人。", *(f"· {each}" for each in missing)])


def of_many_branches(branches: int, gaps: int, by_lack: Sequence[tuple[str, int]]) -> str:
    if not branches:
        return NO_BRANCHES
    lines = [f"· {LACKS[lack]}：{count} 个支部" for lack, count in by_lack]
    return "\n".join([checked(branches, gaps), *lines])


def lacking(lack: str, branches: Sequence[tuple[str, str]]) -> str:
    """Each branch with what it lacks."""
    if not branches:
        return "都补齐了。"
    lines = [f"· {name}：{missing}" for name, missing in branches[:AT_ONCE]]
    if len(branches) > AT_ONCE:
        lines.append(f"还有 {len(branches) - AT_ONCE} 个支部。")
    return "\n".join([f"{LACKS[lack]}支部：", *lines])


def vacant(roles: Sequence[str]) -> str:
    return "空缺" + "、".join(ROLES[role] for role in roles)


def too_few(full: int, fewest: int) -> str:
    return f"正式党员 {full} 人，不足 {fewest} 人，可考虑联合支部"


def too_many(members: int, most: int) -> str:
    return f"{members} 人，超过 {most} 人，可考虑分设"


def without_account(count: int) -> str:
    return f"{count} 人还没有绑定账号"


def unbound(names: Sequence[str]) -> str:
    if not names:
        return "都绑定好了。"
    most = AT_ONCE * 3
    more = f"等 {len(names)} 人" if len(names) > most else ""
    return f"还没有绑定账号：{'、'.join(names[:most])}{more}。"
