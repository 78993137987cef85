"""What somebody reads who makes a contest by talking."""

from collections.abc import Sequence
from datetime import datetime

from bot.text import day_and_time

HELP = "办竞赛：一句话办一场知识竞赛，比如「下周一到下周三办一场消防知识竞赛，10 道题」"
ROUND = "线上赛"
NOT_YOURS = "办竞赛由支部书记、委员和机关党委来做。有想法可以发「意见」。"
PAST = "说好的时间已经过了，没有办。请重新说「办竞赛」。"
WHEN = "「{title}」什么时候答题？比如「明天下午三点到五点」「下周一到下周三」。"
WHEN_PAST = "这个时间已经过了，或者在一年以后。什么时候答题？"
WHEN_DOUBTFUL = "「{said}」是哪一天？请说成「12月1日到12月3日」。"
PUBLISH, OTHER_TIME, DISCARD = "发布", "改答题时间", "不办了"
NOTICE = "发通知"
YES = frozenset(
    {PUBLISH, "发出", "好", "好的", "可以", "行", "是", "是的", "对", "确认", "嗯", "ok"}
)
NO = frozenset({DISCARD, "不办", "不用", "不", "不要", "先不", "不行", "取消"})
DISCARDED = "好的，没有办。"
UNCLEAR = "没听懂要改什么。要办就回「发布」，想改就说「20 道题」「只考消防」「每题 60 秒」。"
HOW_TO_CHANGE = "想改直接说：「20 道题」「消防 5 题」「每题 60 秒」「团体赛」「叫××竞赛」。"
TAKEN_BACK = "已撤销「{name}」，就当没有办过。"
BEGUN = "已经有人开始答题，不能撤销了。个别题有问题可以「作废赛题」。"
TAKE_BACK = "撤销竞赛"
KINDS = {"individual": "个人赛", "team": "团体赛，按各队前 5 名计"}


def of(whose: str, title: str) -> str:
    return f"{whose}{title}"


def of_day(whose: str, title: str, opens: datetime) -> str:
    return f"{of(whose, title)}（{opens.month}月{opens.day}日）"


def preview(
    title: str, opens: datetime, closes: datetime, kind: str, cells: Sequence[tuple[str, int]],
    seconds: int,
    whose: str,
) -> str:  # fmt: skip
    total = sum(count for _, count in cells)
    about = "、".join(f"{topic or '各主题'} {count} 题" for topic, count in cells)
    return (
        f"「{title}」，{day_and_time(opens)}至{day_and_time(closes)}，{KINDS[kind]}，"
        f"{total} 题（{about}），每题 {seconds} 秒，可答 1 次。"
        f"{whose}的党员自愿报名，成绩由您核对后公布。"
    )


def made(name: str, opens: datetime) -> str:
    return (
        f"已办「{name}」，{day_and_time(opens)}起可以答题，现在就能「参赛」报名。"
        f"想告诉大家，发「{NOTICE}」；要撤销，在有人答题之前发「{TAKE_BACK} 编号」，"
        "编号在「竞赛管理」里。"
    )
