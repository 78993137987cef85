"""How reminders are worded. Every time is said in full."""

from collections.abc import Sequence
from datetime import datetime

from bot.text import CHANGE_TIME as CHANGE_TIME
from bot.text import day, day_and_time
from bot.understanding import times
from bot.understanding.times import Duration

HELP = "提醒我 什么时候 什么事：到时候提醒您，比如「提醒我明天下午三点交材料」"
HELP_LIST = "我的提醒：看您定过的提醒，只有您自己看得到"
CANCEL, UNDO, RESTORE = "取消这条", "撤销", "恢复"
CHANGE_ONE, DROP_ONE, DROP = "改提醒", "取消一条", "取消提醒"
LATER, TOMORROW = "30 分钟后再说", "明天再说"
ALL_OF_THEM, KEEP = "全部取消", "不取消了"
KEPT = "好的，提醒都还在。"
NOT_THERE = "这条提醒已经不在了。发「我的提醒」看现在有哪些。"
NO_SUCH_ACTIVITY = "这场活动已经开始或取消了。发「本周活动」看看安排。"
TOO_LATE_TO_RESTORE = "它的时间已经过了，恢复不了。请重新定一个，比如「提醒我明天九点交材料」。"
NONE_YET = "您还没有定过提醒。要定就说，比如「提醒我明天下午三点交材料」。"
WHICH_TO_CANCEL, WHICH_TO_CHANGE = "取消哪一条？", "改哪一条的时间？"
FOR_OTHERS = "提醒别人，要由书记发通知；我先不记。要提醒您自己，请说「提醒我……」。"
SEND_A_NOTICE = "发通知"
TO_OTHERS = "这是要告诉大家的，用通知来发，发之前您能看到发给谁。"
WHAT = "提醒您做什么事？"
WHAT_AND_WHEN = "提醒您什么事，什么时候？比如「明天下午三点交材料」。"
WHEN_TO = "改到什么时候？比如「周五下午三点」。"


def activity(when: str, title: str) -> str:
    return f"{when} {title}"


def notice(audience: str, when: str, content: str) -> str:
    """What one would say to tell others instead."""
    return f"给{audience}发通知：{when}{content}"


def when(content: str, trouble: str, words: str) -> str:
    match trouble:
        case "past":
            return "这个时间已经过了。改到什么时候？比如「明天上午九点」。"
        case "far":
            return "这个时间太远了，五年以内的我才记得住。什么时候？"
        case "unclear":
            return f"「{words}」是哪一天、几点？比如「周五下午三点」。"
        case "too_often":
            return "我一天最多提醒一次。每天几点？比如「每天上午十点」，要几次就分开定。"
        case "lead_past":
            return "提前那么久，时间已经过了。改成什么时候提醒？比如「今天下午三点」。"
        case _:
            return f"什么时候提醒您「{content}」？比如「周五下午三点」。" if content else WHEN_TO


def lead_past(when: str) -> str:
    return f"那是 {when}，已经过了，还按原来的时间提醒您。"


def clock(known: str) -> str:
    return f"{known}几点提醒您？"


def which(words: str) -> str:
    return f"「{words}」，您指的是："


def ahead(minutes: int) -> str:
    return f"提前{length(minutes)}"


def too_near(title: str, when: str, minutes: int, *, any_left: bool) -> str:
    said = f"「{title}」{when} 就开始，{ahead(minutes)}来不及了"
    return f"{said}。可以改成：" if any_left else f"{said}，马上就到时间了。"


def before_which(ahead: int, any_activity: bool, nearer: int) -> str:
    if any_activity:
        rest = f"另有 {nearer} 场不到{length(ahead)}就开始，来不及了。" if nearer else ""
        return f"提前{length(ahead)}提醒您，是哪一场？{rest}"
    return f"提前{length(ahead)}提醒您什么事？请一起说，比如「周五下午三点开会，提前一天提醒我」。"


def length(minutes: int) -> str:
    days, rest = divmod(minutes, 1440)
    return times.echo(Duration(minutes, "minute") if rest else Duration(days, "day"))


def set_to(content: str, when: str, ahead: int, again: str, *, changed: bool) -> str:
    good = "改好了" if changed else "好的"
    early = f"（提前{length(ahead)}）" if ahead else ""
    if again:
        return f"{good}，{spaced(again + early)}提醒您：{content}。下一次是 {when}。"
    return f"{good}，{spaced(when + early)}提醒您：{content}。"


def spaced(words: str) -> str:
    """Between a figure and a character there is a space."""
    return f"{words} " if words[-1:].isdigit() else words


def assumed(years: Sequence[int]) -> str:
    listed = "、".join(f"{year}" for year in years)
    return f"{listed} 年的调休还没公布，先按周一到周五算。"


def line(content: str, when: str, again: str) -> str:
    return f"{again}：{content}（下一次 {when}）" if again else f"{when}：{content}"


def listing(lines: Sequence[str], more: int) -> str:
    shown = "\n".join(f"{number}. {each}" for number, each in enumerate(lines, start=1))
    rest = f"\n还有 {more} 条更晚的。" if more else ""
    return f"{shown}{rest}\n不要哪条，说「取消第 1 个提醒」。"


def cancelled(content: str, when: str, again: str) -> str:
    return f"已取消：{line(content, when, again)}。"


def confirm_all(count: int) -> str:
    return f"您有 {count} 条提醒，全部取消？"


def all_cancelled(count: int) -> str:
    return f"已取消全部 {count} 条提醒。"


def none_such(count: int) -> str:
    return f"没有找到这条提醒。您现在有 {count} 条，发「我的提醒」看看。" if count else NONE_YET


def put_off(content: str, when: str) -> str:
    return f"好的，{when} 再提醒您：{content}。"


def too_many(most: int) -> str:
    return f"您已经有 {most} 条提醒了，先取消几条再定。发「我的提醒」看看。"


def letter(content: str, event: datetime, ahead: int, missed: int, *, named: bool) -> str:
    """`named`: the content says already when it is."""
    whole_days = ahead and ahead % 1440 == 0
    of = f"（{day(event) if whole_days else day_and_time(event)}）" if ahead and not named else ""
    before = f"之前有 {missed} 次没能按时提醒，抱歉。" if missed else ""
    return f"提醒您：{content}{of}。{before}"
