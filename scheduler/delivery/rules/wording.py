"""What is said: one letter with its marks, or several for one person in one message. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.messages import Reply, Say, button
from scheduler.delivery import text

ALL_OF_IT = 500
"""Characters: as long as all fits, each letter is said in full."""
OF_EACH = 60
MOST_BUTTONS = 6


@dataclass(frozen=True)
class Said:
    reply: Reply
    late: timedelta | None
    resent: bool


def marked(said: Said) -> Reply:
    marks = (text.RESENT if said.resent else "") + (text.late(said.late) if said.late else "")
    if not marks:
        return said.reply
    return said.reply.model_copy(update={"text": marks + said.reply.text})


def with_the_time(reply: Reply, now: datetime) -> Reply:
    """For a platform that drops what it has said before: the same words, and not the same."""
    return reply.model_copy(update={"text": text.at(now) + reply.text})


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


def subject(reply: Reply) -> str:
    """What a letter is about, in a few words."""
    return reply.title or beginning(reply.text)[:20] or text.SOMETHING
