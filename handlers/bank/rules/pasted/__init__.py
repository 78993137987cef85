"""Questions as people paste them: numbered stems, options on one line or several, 答案：B,
【解析】, the answers below each question or in a list at the end, full width or half."""

from handlers.bank.rules.pasted.assembling import read
from handlers.bank.rules.pasted.writing import written

__all__ = ["read", "written"]
