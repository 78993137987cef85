"""How the console words what its templates do not."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from bot import text as common
from bot.permissions import GRANTS, Action
from bot.text import ROLES
from storage.members import Role

if TYPE_CHECKING:
    from web.visit import Visit

TODAY, ACTIVITIES, DUTIES, TASKS, PEOPLE, BANK = "今天", "活动", "应办", "任务", "人员", "题库"
REQUESTS = "申请"
REACH, LETTERS, AUDIT, SETTINGS = "送达", "消息", "记录", "设置"
REPORTS = "通报"
TROUBLE = "!"
"""Begins what is said about something that was not done."""
BEGINNING = 1900
"""The year that stands for «ever since»."""
NOT_FOUND = "没有这一页，或者它不归您看。"
FORM_TOO_OLD = "这一页放得太久了，为了安全没有照办。请返回刷新后再试一次。"
NOT_IN = "登录过期了，还没有办。请在聊天里发「控制台」，从新链接进来，再回到这一页点一次。"
LOST = "没有收到服务器的回答，网络可能断了。您填的还在这一页；网络好了，先看看办成没有，再点一次。"
ODD = "服务器那边没有办成。您填的还在这一页，请过一会儿再点一次。"
RENEWED = "这一页已经更新，您填的还在，请再点一次。"
SLOW = "已经收到您这一下，网络有点慢，请稍等。"
TOO_LARGE = "内容太大了，没有收下。文件请控制在 5 MB 以内。"
BUSY = "数据库正忙，刚才没有办成，也没有改动。请过一会儿再试。"
BROKEN = "刚才没有办成，是系统的问题，已经记录下来，没有改动任何东西。请过一会儿再试。"
NEEDS_HTTPS = "控制台要用 https 打开。请向管理员要 https:// 开头的地址。"
NO_SCRIPT = "这个浏览器关着脚本（JavaScript），从链接进不来。请打开脚本再点一次链接，或用密码进入。"
NO_SCRIPT_SCREEN = "大屏要打开脚本（JavaScript）才会显示签到码。"
LINK_OVER = "这个链接用过了，或者过了五分钟。请在聊天里再发一次「控制台」。"
NO_POST = "控制台供支部委员、党小组组长和上级党组织使用，您目前没有相应职务。"
WRONG = "登录名、密码或动态码不对。也可以在聊天里发「控制台」，用链接进入。"
LEFT = "已退出。"
NOTICE_SETTLED = "这条通知已经定了：改过的内容已经换上，或者别人先答复过。"
DUTY_CLOSED_BEFORE = "这一件已经办结，或者不再需要了。"
LOOKS = {"late": "过期未记", "soon": "快到期", "ahead": "以后", "done": "已办"}
KINDS = {"leave": "请假", "make_up": "补签"}
STATES = {"approved": "同意", "declined": "没有同意", "withdrawn": "撤回", "pending": "待定"}
CATEGORIES = {"sickness": "身体原因", "business": "公务", "family": "家事", "other": "其他"}


def day(moment: date, today: date | None = None) -> str:
    """11月27日（周五）; 2027年2月20日 of another year than today's."""
    if today and moment.year != today.year:
        return written_out(moment)
    return common.day(moment)


def written_out(on: date) -> str:
    """2018年5月29日"""
    return f"{on.year}年{on.month}月{on.day}日"


def until(due: date, today: date) -> str:
    """11月27日（周五）前: with the weekday apart, so that nobody reads «before Friday»."""
    if due.year != today.year:
        return f"{written_out(due)}前"
    return f"{common.day(due)}前"


def since(begins: date, ends: date | None) -> str:
    """From when to when something was so; what was always so has no beginning that means any."""
    began = "" if begins.year <= BEGINNING else f"{written_out(begins)}起"
    ended = f"到{written_out(ends)}前" if ends else ""
    return "，".join(each for each in (began, ended) if each) or "一直"


def clock(moment: datetime) -> str:
    return f"{moment:%H:%M}"


def moment(moment: datetime, today: date | None = None) -> str:
    """11月27日（周五）15:00"""
    return f"{day(moment, today)}{moment:%H:%M}"


def action(name: str) -> Action:
    return Action(name)


def posts(visit: "Visit") -> list[str]:
    """What somebody is, and where: one line each."""
    return [f"{visit.tree.name(post.org_id)} {ROLES[post.role]}" for post in visit.who.posts]


def not_theirs(may: Action) -> str:
    who = [name for role, name in ROLES.items() if Role(role) in GRANTS[may]]
    return f"这一页由{'、'.join(who[:3])}来看，您目前的职务看不到。"


def too_many(until: datetime) -> str:
    return f"试的次数多了，{until:%H:%M} 之后再试。急用可以在聊天里发「控制台」，用链接进入。"


def duty_closed(name: str, on: date) -> str:
    return f"已记：{name}，{day(on)}办结。"


def decided(kind: str, name: str, title: str, *, approved: bool, told: bool = False) -> str:
    how = "已同意" if approved else "没有同意"
    return f"{how}{name}的{KINDS[kind]}：{title}。{'原因会私下告诉本人。' if told else ''}"


def decided_before(name: str, title: str, state: str, by: str) -> str:
    who = f"由{by}" if by else ""
    return f"{name}「{title}」的申请已经{who}办过了（{STATES.get(state, state)}），没有再改。"


def came_meanwhile(name: str, title: str, at: datetime) -> str:
    return f"{name}{at:%H:%M} 已在「{title}」签到，申请不用再办。"


def left(due: date, today: date) -> str:
    """How far a due day is."""
    days = (due - today).days
    if days < 0:
        return f"过了 {-days} 天"
    return "今天到期" if days == 0 else f"剩 {days} 天"
