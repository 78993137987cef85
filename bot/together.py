"""Several letters in one message, and which buttons it then has. Pure."""

from collections.abc import Sequence

from bot import text
from bot.messages import Reply, Say, button

ALL_OF_IT = 500
"""Characters: as long as all fits, each letter is said in full."""
OF_EACH = 60
MOST_BUTTONS = 6


def in_one(letters: Sequence[Reply]) -> Reply:
    """Several for one person: in full where that is short, else the beginning of each, and what
    is missing one tap away."""
    if len(letters) == 1:
        return letters[0]
    whole = [plain(each) for each in letters]
    short = sum(map(len, whole)) <= ALL_OF_IT
    buttons = [each for letter in letters for each in letter.buttons]
    if not short or len(buttons) > MOST_BUTTONS:
        rest = button(text.WHOLE, Say(words=text.WHOLE))
        buttons = [*buttons[: MOST_BUTTONS - 1], rest]
    said = "\n\n".join(whole) if short else text.several([beginning(each) for each in whole])
    return Reply(text=said, buttons=buttons)


def plain(reply: Reply) -> str:
    fields = (f"{name}：{value}" for name, value in reply.fields.items())
    return "\n".join(line for line in (reply.title, reply.text, *fields) if line)


def beginning(words: str) -> str:
    first = words.replace("\n", " ")
    return first if len(first) <= OF_EACH else f"{first[: OF_EACH - 1]}…"
