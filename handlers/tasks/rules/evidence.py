"""What a list wants as evidence: nothing, words or a link. A picture is never asked for."""

LINK = ("link", "链接")
TEXT = ("text", "文字")


def is_link(wanted: str) -> bool:
    return wanted.lower().startswith(LINK)


def description(wanted: str) -> str:
    """What is to be described; empty where the list says no more than «text» or «link»."""
    for word in (*LINK, *TEXT):
        if wanted.lower().startswith(word):
            return wanted[len(word) :].lstrip("：: ")
    return wanted
