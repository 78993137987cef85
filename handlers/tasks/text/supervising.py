"""How rounds of supervision are worded."""

from collections.abc import Sequence
from datetime import date

from handlers.tasks.text.common import short_day

HELP_COVERAGE = "督查覆盖：这一轮去过哪些单位、还有哪些没去（也可以「督查抽签 3」）"
NOT_YOURS = "督查由机关党委和工委办公室安排，这里没有您的一轮。"
ALL_VISITED = "这一轮都去过了，没有可抽的。要再来一轮，发「新一轮督查」。"
WHICH_UNIT = "去的是哪一家？请带上名称，例如「督查记录 园林养护局」。"
NO_DRAW = "这一轮还没有抽过签。要抽，发「督查抽签 3」。"
DRAW, PROOF = "随机抽 3 家", "抽签依据"
SAY_DRAW, SAY_PROOF = "督查抽签 3", "抽签依据"
SHOWN = 6


def names(units: Sequence[str]) -> str:
    more = f"等 {len(units)} 家" if len(units) > SHOWN else ""
    return "、".join(units[:SHOWN]) + more


def coverage(number: int, since: date, visited: int, left: Sequence[str]) -> str:
    total = visited + len(left)
    head = f"第 {number} 轮督查（{short_day(since)}起）：{total} 家去过 {visited} 家。"
    return f"{head}\n还没去：{names(left)}。" if left else f"{head}全覆盖了。"


def findings(count: int, closed: int, before: tuple[int, int] | None) -> str:
    said = f"本轮发现问题 {count} 项，销号 {closed} 项"
    return f"{said}；上一轮 {before[0]} 项，已销号 {before[1]} 项。" if before else f"{said}。"


def drawn(number: int, units: Sequence[str], pool: int, seed: str) -> str:
    return (
        f"第 {number} 号抽签，从还没去的 {pool} 家里抽出 {len(units)} 家：{'、'.join(units)}。\n"
        f"种子 {seed} 已存档，任何人都能复算。"
    )


def proof(number: int, units: Sequence[str], pool: int, seed: str, *, proven: bool) -> str:
    same = "刚刚复算一遍，结果一致" if proven else "复算结果不一致，请告诉管理员"
    return (
        f"第 {number} 号抽签：种子 {seed}，名单 {pool} 家，抽出 {'、'.join(units)}。\n"
        f"方法：对「种子:单位编号」取 SHA-256，由小到大排，取前 {len(units)} 家。{same}。"
    )


def visited(name: str, left: int) -> str:
    rest = f"还有 {left} 家没去" if left else "这一轮全覆盖了"
    return f"已记：今天督查{name}，{rest}。发现问题就说「发现问题：{name}……，几号前」。"


def visited_before(name: str) -> str:
    return f"{name}这一轮已经记过了，没有重复记。"


def begun(number: int, units: int) -> str:
    return f"第 {number} 轮督查开始，共 {units} 家。发「督查覆盖」随时看进度。"
