"""How the message of the morning is worded around what the capabilities say."""

from collections.abc import Sequence

AT_MOST = 4
"""Lines: one screen of a small phone."""
SURNAMES = ("欧阳", "上官", "司马", "诸葛", "司徒", "皇甫", "东方", "慕容", "令狐", "尉迟")
LIST, LIST_WORDS = "全部清单", "逾期"


def morning(name: str, roles: Sequence[str], lines: Sequence[str], more: int) -> str:
    count = len(lines) + more
    head = f"{greeting(name, roles)}今天有 {count} 件事要看："
    numbered = [f"{number}. {each}" for number, each in enumerate(lines, start=1)]
    rest = [f"另有 {more} 件，发「逾期」看全部。"] if more else []
    return "\n".join([head, *numbered, *rest])


def one(name: str, roles: Sequence[str], line: str) -> str:
    return f"{greeting(name, roles)}{line}。"


def greeting(name: str, roles: Sequence[str]) -> str:
    family = name[:2] if name.startswith(SURNAMES) else name[:1]
    return f"{family}书记早。" if "secretary" in roles else f"{name}，早上好。"


def label(verb: str, number: int) -> str:
    """「已办」 alone would not say which line is meant."""
    return f"第 {number} 件{verb}" if number and len(verb) <= 3 else verb
