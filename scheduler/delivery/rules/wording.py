"""What is said: one letter with its marks. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.messages import Reply
from bot.together import beginning
from scheduler.delivery import text


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


def subject(reply: Reply) -> str:
    """What a letter is about, in a few words."""
    return reply.title or beginning(reply.text)[:20] or text.SOMETHING
