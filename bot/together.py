"""Several letters to one person, said as one message. Pure."""

from collections.abc import Sequence

from bot import text
from bot.messages import Reply, Say, button

ALL_OF_IT = 500
"""Characters that all letters may have together to be said in full."""
OF_EACH = 60
"""Characters that are said of each otherwise."""
MOST_BUTTONS = 6


def in_one(letters: Sequence[Reply]) -> Reply:
    """In full, a blank line between two, where that is short; else the beginning of each, numbered,
    and a button 「看全文」. At most `MOST_BUTTONS` of their buttons, in their order."""
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
    """All its words, without its buttons."""
    fields = (f"{name}：{value}" for name, value in reply.fields.items())
    return "\n".join(line for line in (reply.title, reply.text, *fields) if line)


def beginning(words: str) -> str:
    first = words.replace("\n", " ")
    return first if len(first) <= OF_EACH else f"{first[: OF_EACH - 1]}…"
