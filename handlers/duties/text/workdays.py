"""How a list of workdays is received."""

from bot.files import text as files
from bot.files.tables import Fault

TROUBLES = {
    "column_missing": ("缺少这一列", "请在第一行加上这个列名：date（日期）、is_workday（1 或 0）"),
    "not_a_day": ("写的是「{said}」", "请写成 2027-01-01"),
    "not_a_flag": ("写的是「{said}」", "工作日写 1，放假写 0"),
    "repeated": ("写的是「{said}」", "与第 {hint} 行重复，请只留一行"),
    "nothing_special": (
        "{said} 年没有一天放假或调休",
        "请把法定节假日和调休上班日写进去，其余的日子可以不写",
    ),
    "not_flat": ("不是一条一条的清单", "请写成列表，每条用同样的列名"),
}
NOTHING = "文件里没有一天，什么也没有改动。"
PROCEED = "确认导入"
ONLY_SHOWN = "这是预览，什么也没有改动。"
NOT_IMPORTED = "没有导入，什么也没有改动。"


def fault(fault: Fault) -> str:
    return files.fault(fault, files.MISSHAPEN | TROUBLES)


def not_possible(count: int) -> str:
    return f"有 {count} 处要改，什么也没有导入："


def year(year: int, odd: int, *, known: bool) -> str:
    return f"{year} 年：{odd} 天放假或调休{'，将替换现有的安排' if known else ''}"


def done(years: list[int]) -> str:
    return f"已导入工作日：{'、'.join(map(str, years))} 年。到期日会在下一次计划时重算。"
