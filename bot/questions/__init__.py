"""What a question is, whoever asks it: its value, its shuffling, how an answer is read and judged.

Pure: a daily quiz and a contest ask the same questions, and neither may know the other.
"""

from bot.questions.judging import Verdict, judge
from bot.questions.reading import chosen
from bot.questions.shuffling import order_for
from bot.questions.topics import topics_named, wanted
from bot.questions.values import LETTERS, Kind, Question

__all__ = [
    "LETTERS", "Kind", "Question", "Verdict", "chosen", "judge", "order_for", "topics_named",
    "wanted",
]  # fmt: skip
