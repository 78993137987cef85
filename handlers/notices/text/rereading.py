"""What was said in short, in full."""

HELP = "看全文：几件事合成一条的，一件一件看"
FURTHER = "下一件"
NOTHING = "最近没有合在一起的消息。"


def one_of(words: str, place: int, count: int) -> str:
    return f"（{place}/{count}）{words}"
