"""How a doubt about a question is worded."""

HELP = "这题有问题：告诉出题人，可以接着写哪里不对"
NOTHING = "不清楚说的是哪一题。答完题后发「这题有问题」，后面可以写哪里不对。"
NOTED = "谢谢，已转给出题人，不会说是您提的。改动或撤下之前答的都不受影响。"
AGAIN = "这一题您提过了，出题人会看的。"


def letter(question_id: str, stem: str, words: str) -> str:
    said = f"说的是：「{words}」" if words else "没有写哪里不对。"
    return f"有人觉得题目 {question_id} 有问题：「{stem}」\n{said}"


LONGEST = 200
LOOK = "看这一题"


def look(question_id: str) -> str:
    return f"题目 {question_id}"
