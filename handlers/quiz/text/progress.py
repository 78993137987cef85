"""How one's own progress, the wrong answers and a branch's topics are worded."""

from collections.abc import Sequence

HELP = "学习进度：看看自己记住了多少（只有您自己看得到）"
HELP_BOOK = "错题本：把答错过的再练一练"
HELP_TOPICS = "学习薄弱点：支部哪些主题记得不牢，附五道题"
NOTHING_YET = "还没有学习记录。发「考考我」做一题，进度就从那里开始，只有您自己看得到。"
TITLE = "我的学习进度"
SMALL_PRINT = "只有您自己看得到，不进任何考核。"
EMPTY_BOOK = "错题本是空的。答错的题会记在这里，连着答对两次就自动移出。"
PRACTISE, PRACTISE_WORDS = "练一练", "练错题"
TOO_FEW = "现在还没有能看的主题：一个主题至少要有五人学过才显示，这样看不出是谁。"
NO_BRANCH = "支部的学习薄弱点由本支部的书记和委员看，只有主题，没有人名。"
SHOWN = 6
"""Topics in words; the picture shows as many again."""


def overall(count: int, percent: int) -> str:
    return f"学过 {count} 题，到明天大约还记得 {percent}%。"


def count(count: int) -> str:
    return f"{count} 题"


def topic(name: str, percent: int, count: int) -> str:
    return f"{name} {percent}%（{count} 题）"


def streak(days: int) -> str:
    return f"坚持学习 {days} 天了，歇两三天不会断。" if days > 1 else ""


def book(topics: Sequence[tuple[str, int]]) -> str:
    total = sum(count for _, count in topics)
    shown = "、".join(f"{name} {count} 题" for name, count in topics[:SHOWN])
    return f"错题本里有 {total} 题：{shown}。连着答对两次就自动移出。"


def branch(topics: Sequence[tuple[str, int]]) -> str:
    shown = "、".join(f"「{name}」记得 {percent}%" for name, percent in topics[:SHOWN])
    return f"本支部各主题（五人以上才显示，按周更新）：{shown}。"


WITH_ANSWERS, HANDOUT = "带上答案", "薄弱点讲义"


def handout(topic: str, points: Sequence[tuple[str, str, str]]) -> str:
    """`points`: stem, answer and reason."""
    shown = [
        f"{number}. {stem}\n答案：{answer}。{reason}"
        for number, (stem, answer, reason) in enumerate(points, start=1)
    ]
    return "\n".join([f"「{topic}」十分钟讲义：", *shown])


def lecture(topic: str, stems: Sequence[str]) -> str:
    lines = [f"{number}. {stem}" for number, stem in enumerate(stems, start=1)]
    return "\n".join([f"可以用十分钟讲讲「{topic}」，备好的五道题：", *lines])
