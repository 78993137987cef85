"""Contests in the console, in words."""

KINDS = {"individual": "个人赛", "team": "团体赛", "final": "决赛"}
STOPPED = "抢答已停，题目留在大屏上。"
NOTHING_ASKED = "大屏上还没有题。请先选一题，点「上大屏并开抢」。"


def asked(number: int) -> str:
    return f"第 {number} 题已上大屏，大家发「抢答」。"


def revealed(number: int) -> str:
    return f"第 {number} 题的答案已在大屏上。"


def no_such_number(total: int) -> str:
    return f"只有 {total} 题，请写 1 到 {total} 之间的数。"
