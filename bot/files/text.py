"""How files and their faults are worded."""

from collections.abc import Mapping

from bot.files.tables import Fault

NOT_THERE = "找不到这个文件，请核对路径。"
EMPTY = "文件是空的。第一行写列名，下面一行一条。"
OLD_WORKBOOK = "这是旧版 .xls 或加了密码的工作簿。请用表格软件打开，另存为不带密码的 .xlsx。"
NOT_A_TABLE = "这不是表格文件。可以导入 .csv、.xlsx、.yaml。"
NOT_DECODED = "文字编码认不出来。请另存为「CSV UTF-8」再导入。"
NESTED_ARCHIVE = "工作簿里还有压缩包，不能导入。请把表格复制到一个新的 .xlsx。"
MACROS = "工作簿带有宏，不能导入。请另存为「Excel 工作簿（.xlsx）」。"
LINKED = "工作簿引用了别的文件，不能导入。请把内容复制、只粘贴数值到一个新的 .xlsx。"
SUSPICIOUS = "工作簿里有不该有的声明，不能导入。请把内容复制到一个新的 .xlsx。"
BROKEN_WORKBOOK = "工作簿打不开，可能没有传完整。请用表格软件打开后另存为 .xlsx。"
TOO_HEAVY = "工作簿展开后太大，不能导入。请只留需要的行和列，复制到一个新的 .xlsx。"
BROKEN_DOCUMENT = "文档打不开，可能没有传完整。请用文字处理软件打开后另存为 .docx。"
BROKEN_PACKAGE = "这个 Anki 包打不开，可能没有传完整。请在 Anki 里重新导出。"
NEW_PACKAGE = "这个 Anki 包是新格式，请在导出时勾选「支持旧版 Anki」，或导出为 .txt。"
NUMERALS = "一二三四五六七八九十"
ALIASES = "文件用了 YAML 的引用（& 和 *），请把内容直接写出来。"
THERE_ALREADY = "文件已经存在。换一个名字，或加上 --force 覆盖。"
NO_SUCH_FORM = "文件名请以 .csv、.xlsx 或 .yaml 结尾。"

MISSHAPEN = {
    "column_unnamed": ("列名是空的", "请给这一列写上列名，或删去整列"),
    "column_twice": ("这个列名出现了两次", "每一列只写一次，请删去或改名"),
    "extra_cells": ("多出「{said}」", "这一行比列名多出了格子，请检查是否多了逗号或引号"),
}
"""What was found, and the remedy."""


def too_large(megabytes: int) -> str:
    return f"文件超过 {megabytes} MB。请分成几个文件，或删去无关的内容。"


def too_many_rows(limit: int) -> str:
    return f"行数超过 {limit}。请分成几个文件分别导入。"


def too_many_columns(limit: int) -> str:
    return f"列数超过 {limit}。请只留需要的列。"


def too_many_parts(limit: int) -> str:
    return f"工作簿的部件超过 {limit} 个，工作表太多了。请只留需要的工作表。"


def not_yaml(line: int) -> str:
    return f"第 {line} 行起读不懂，请检查缩进、冒号和引号。"


def twice(line: int, key: str) -> str:
    return f"第 {line} 行的「{key}」在同一条里写了两次，请只留一个。"


def broken_csv(line: int) -> str:
    return f"第 {line} 行附近读不懂，请检查引号是否成对。"


def cannot_write(name: str, reason: str) -> str:
    return f"{name} 写不进去（{reason}）。请检查文件夹和权限。"


def fault(fault: Fault, wordings: Mapping[str, tuple[str, str]]) -> str:
    """One line: where, what was found, and what to do."""
    found, remedy = (half.format(said=fault.said, hint=fault.hint) for half in wordings[fault.what])
    return f"{place(fault)}：{found}。{remedy}。"


def place(fault: Fault) -> str:
    sheet = f"工作表「{fault.sheet}」" if fault.sheet else ""
    row = f"第 {fault.row} 行" if fault.row else ""
    column = f"「{fault.column}」" if fault.column else ""
    return f"{sheet}{row}{column}" or "整个文件"


XIAOBIAOSONG, FANGSONG, KAITI = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312"
HEITI, SONGTI = "黑体", "宋体"
"""The faces of GB/T 9704, as Chinese office machines call them."""
GETA = "〓"
"""Stands where the type has no shape for a character."""
DIGITS = "一二三四五六七八九"


def chinese(number: int) -> str:
    """1 to 99."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else f"{DIGITS[tens - 1] if tens > 1 else ''}十"
    return head + (DIGITS[ones - 1] if ones else "")


def label(level: int, number: int) -> str:
    """As official documents number their parts, by level."""
    match level:
        case 1:
            return f"{chinese(number)}、"
        case 2:
            return f"（{chinese(number)}）"
        case 3:
            return f"{number}."
        case _:
            return f"（{number}）"


def addressed(whom: str) -> str:
    return f"{whom}："
