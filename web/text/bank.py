"""How the bank is worded in the console."""

from handlers.bank.text import KINDS as KINDS

NOTHING = "里面没有认出题目。请照例子的样子写：题干、选项、答案。"


def not_yours(id: str) -> str:
    return f"{id} 这一题由别人管，没有改动。换一个编号，或请他来改。"
