"""How binding is worded."""

from collections.abc import Mapping, Sequence
from datetime import datetime

HELP = "绑定：把邀请码发给我就行"
HELP_ACCOUNTS = "我的账号：看绑定了哪些账号，也能「绑定新设备」「解绑」"
HELP_INVITE = "邀请 姓名：给本组织的党员一个邀请码"

HOW = (
    "绑定要一个邀请码：请向支部书记或组织委员要，收到后把这十位字母数字直接发给我，"
    "大小写、空格都不要紧。名册里有您、码又对得上，就绑好了。"
)
IN_PRIVATE = "邀请码和绑定请私聊我，群里别发。"
BOUND_ALREADY = (
    "这个账号已经绑定了，不用再绑。想加一台设备，发「绑定新设备」；想换人用，先「解绑」。"
)
OVER = "这个码已经用过、过期或收回了。请向支部书记再要一个，七天内有效。"
AGREE, DECLINE = "同意并绑定", "先不绑"
WHAT_IS_KEPT, PRIVACY = "会记录我的什么", "隐私"
NOT_NOW = "好的，先不绑，什么都没有保存。想好了把码再发一次就行。"
AGREE_OR_NOT = "要绑定请回「同意」，不绑请回「先不绑」。想看得更细就发「隐私」，看完把码再发一次。"
SEND_AGAIN = "隔得有点久，请把邀请码再发一次。"
NOBODY = "在您的组织里没有找到这个人。请核对姓名或编号；别的支部请找那边的书记。"
NAME_WANTED = "请写上姓名，例如「收回邀请 张三」。"
EVERYBODY_BOUND = "您组织里的人都已经绑定了。要给谁再发一个码，发「邀请 姓名」。"
CODE_ONCE = "邀请码只显示一次，这里不再重复。没有看到，请再发一次「邀请 姓名」，旧码自动作废。"
DEVICE_CODE_ONCE = "绑定码只显示一次。没有看到，请再发一次「绑定新设备」。"
NOTHING_TO_CONFIRM = "现在没有等您确认的新设备。要加一台，发「绑定新设备」。"
CONFIRM, NOT_ME, SENT_IT = "确认绑定", "不是我", "已在新设备发出"
THIS_IS_NOT_ME = "这不是我"
DECLINED_THERE = "这次绑定没有被确认，什么都没有绑上。"
NOT_CONFIRMED = "好的，没有绑定，那个码也作废了。要是有人向您要过码，请告诉支部书记。"
NOTHING_TO_UNDO = "最近七天没有新绑定的账号，不用撤销。发「我的账号」可以核对。"
NOT_BOUND_ANY_MORE = "这个账号已经不在绑定里了。发「我的账号」看现在的。"
TOO_NEW_TO_UNBIND = "刚绑定的账号七天内只能解绑自己。要解绑更早的，请用那个账号发「解绑」。"
UNBOUND_THERE = "这个账号已由您的另一个账号解绑。有疑问请找支部书记。"
UNBIND_NOW, KEEP, NEVER_MIND = "确认解绑", "先不解", "先不解"
KEPT_BOUND = "好的，没有解绑。"
NEW_DEVICE, UNBIND = "绑定新设备", "解绑"

PLATFORMS = {
    "wechat": "微信",
    "wecom": "企业微信",
    "telegram": "Telegram",
    "webchat": "网页",
    "terminal": "终端",
}


def account(platform: str, user: str) -> str:
    """Enough to recognise one's own, too little to use it."""
    return f"{PLATFORMS.get(platform, platform)}（尾号 {user[-4:]}）"


def consent(version: str, *, abroad: bool, joining: bool) -> str:
    """Version 1. What is kept, why, who sees it, how to leave."""
    lines = [
        f"绑定前请看一下（第 {version} 版）：",
        "· 记录：您的姓名和支部（名册里已有）、这个账号、您办的签到请假等事。",
        "· 用途：办组织生活的事，本支部书记、组织委员和上级党组织按职责查看。",
        "· 不要位置和照片，不打分；聊天内容不留存。",
        "· 随时可发「我的数据」「解绑」「删除我的数据」。",
    ]
    if abroad:
        lines.append("· Telegram 的服务器在境外，您发的话会经过境外。")
    if joining:
        lines.append("同意后，还要在原来的账号上确认一次。")
    return "\n".join(lines)


def consent_once(version: str) -> str:
    """For somebody whom an import has bound, after the answer to what they asked."""
    return (
        f"（只说一次，第 {version} 版）单位已为您绑定这个账号：记录您办的签到请假等事，"
        "书记和上级党组织按职责查看；不要位置照片，聊天内容不留存。"
        "继续用即表示同意，不同意发「撤回同意」，详情发「隐私」。"
    )


def welcome(name: str, branch: str, next_title: str, starts: datetime | None, venue: str) -> str:
    lines = [f"{name}，您好。已绑定：{branch}。"]
    if starts is None:
        lines.append("今天没有活动。要看安排发「本周活动」，不知道说什么就发「帮助」。")
    else:
        where = f"，{venue}" if venue else ""
        lines.append(f"今天 {starts:%H:%M} 有「{next_title}」{where}，到场后发「签到」就行。")
    return "\n".join(lines)


def asked_there(platform: str) -> str:
    where = PLATFORMS.get(platform, platform)
    return (
        f"还差一步：请在您原来的账号（{where}）上发「确认绑定」，十分钟内有效。确认前什么都没有绑。"
    )


def misread(length: int, *, lookalikes: bool) -> str:
    if lookalikes:
        return "邀请码里没有 0、O、1、I、L 这几个容易看错的字符，请对照再看一眼重发。"
    if length != 10:
        return f"邀请码是十位，您发的是 {length} 位，请对照再看一眼重发。"
    return "这不像一个邀请码，请对照再看一眼重发。"


def unknown(left: int) -> str:
    if left <= 0:
        return "没有这个邀请码，这一小时不能再试了。请向支部书记核对，或请他重新发一个。"
    return f"没有这个邀请码，请对照再看一眼。这一小时还可以试 {left} 次。"


def too_many(until: datetime, *, everybody: bool) -> str:
    if everybody:
        return f"现在试错的人太多，{until:%H:%M} 之后再试。等不及请找支部书记当面办。"
    return f"试的次数多了，{until:%H:%M} 之后再试。也可以请支部书记重新发一个码。"


def handed(name: str, code: str, expires: datetime) -> str:
    return (
        f"{name}的邀请码：\n{code}\n"
        f"{day(expires)}前有效，只能用一次。请当面或私聊给本人，本人把它发给我就行。"
    )


def link_names(links: Mapping[str, str]) -> dict[str, str]:
    return {f"用{PLATFORMS.get(each, each)}打开": link for each, link in links.items()}


def who(total: int, shown: int, *, named: bool) -> str:
    if named:
        return "同名的不止一位，您要邀请哪一位？"
    more = f"先列 {shown} 位，其他人发「邀请 姓名」。" if total > shown else ""
    return f"还没有绑定的有 {total} 位，邀请哪一位？{more}"


def who_to_withdraw(people: Sequence[tuple[str, str]]) -> str:
    listed = "、".join(f"{name}（{id}）" for id, name in people)
    return f"同名的不止一位：{listed}。请用编号，例如「收回邀请 {people[0][0]}」。"


def person(name: str, branch: str, id: str, *, alike: bool) -> str:
    return f"{name} {branch} {id}" if alike else name


def withdrawn(name: str) -> str:
    return f"{name}的邀请码已收回，之前发出的都不能用了。"


def device_code(code: str) -> str:
    return (
        f"您的绑定码：\n{code}\n十分钟内有效。请在新设备上把它发给我，"
        "再回到这里发「确认绑定」。这个码不要给别人。"
    )


def asks_to_join(platform: str, user: str) -> str:
    return (
        f"有新设备想绑定您的身份：{account(platform, user)}。"
        "是您本人就发「确认绑定」，不是就发「这不是我」，不理会就不会绑上。"
    )


def confirm(platform: str, user: str) -> str:
    return f"确认绑定 {account(platform, user)}？是您自己的设备再确认。"


def confirmed(platform: str, user: str, days: int) -> str:
    return f"已绑定 {account(platform, user)}，两边都能用了。{days} 天内发「这不是我」可以撤销。"


def bound_here(name: str) -> str:
    return f"{name}，您好。这台设备已经绑定好了。"


def bound_elsewhere(platform: str, user: str, days: int) -> str:
    return (
        f"您的身份刚绑定了新账号：{account(platform, user)}。"
        f"要不是您，{days} 天内在这里发「这不是我」就撤销。"
    )


def undone(accounts: Sequence[str]) -> str:
    return f"已撤销：{'、'.join(accounts)}，不能再用您的身份。请告诉支部书记一声，邀请码别给别人。"


def mine(accounts: Sequence[str]) -> str:
    return "\n".join([f"您绑定了 {len(accounts)} 个账号：", *accounts])


def one_of_mine(label: str, at: datetime, *, here: bool) -> str:
    return f"· {label}，{day(at)}绑定{'（现在用的）' if here else ''}"


def unbind_which(count: int) -> str:
    return f"您有 {count} 个账号，解绑哪一个？"


def unbind_choice(label: str, *, here: bool) -> str:
    return f"{label}{'，现在用的' if here else ''}"


def sure_to_unbind(label: str, *, last: bool) -> str:
    after = "要再用得重新要邀请码" if last else "别的账号照常用"
    return f"解绑 {label}？解绑后它和您的身份不再相连，{after}；已有的签到记录还在支部台账里。"


def unbound(label: str, *, here: bool) -> str:
    if here:
        return "已解绑，这个账号和您的身份不再相连。想再用，向支部书记要一个邀请码。"
    return f"已解绑 {label}。"


def day(moment: datetime) -> str:
    return f"{moment.month}月{moment.day}日 {moment:%H:%M} "
