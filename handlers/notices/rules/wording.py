"""What a notice says: tidied, and what somebody should look at before it goes."""

import re
from datetime import datetime, time, timedelta

from bot.understanding import times
from bot.understanding.times import Day, Deadline, Moment, Span

LONGEST = 500
"""Characters."""
SECOND_ABOVE = 500
"""Recipients; above it a second person confirms."""
UNDO_WITHIN = timedelta(seconds=60)
SHELF_LIFE = timedelta(days=7)
"""How long a notice without a date of its own is worth delivering."""
CLASSIFIED = re.compile(r"(?:绝密|机密|秘密)\s*[★☆▲级件]|(?:绝密|机密)文件|涉密(?:文件|内容|信息)")
LINK = re.compile(r"(?:https?://|www\.)([^\s/，。、；）)]+)", re.IGNORECASE)
URGENT = re.compile(r"紧急|加急|急件")
HEAD = re.compile(
    r"^(?:请|帮我|我想|我要|麻烦)*(?:(?:给|向|通知|告诉)?[^：:，,]{0,12})?(?:发|群发|下发|拟|写)?(?:布|送|出|一)?[个条份则]?"
    r"(?:紧急|加急)?(?:通知|公告|消息)[：:，, ]*"
)
NIGHT_FROM, NIGHT_UNTIL = 21, 8
"""Hours between which only what is urgent goes out."""
_WIDE = str.maketrans(",;:?!()", "，；：？！（）")
_ADDRESSED = re.compile(r"^的(?:人|同志们?|党员们?)[,，:：]?")
"""What is left of 「通知二支部的人……」 belongs to whom it is for."""
_BETWEEN = re.compile(
    r"(?<=[\u4e00-\u9fff，。；：？！（）」』”])[,;:?!()]|[,;?!()](?=[\u4e00-\u9fff])"
)


def tidy(words: str) -> str:
    """Full-width punctuation between Chinese characters: what is typed is narrowed on its way."""
    words = _ADDRESSED.sub("", words.strip())
    said = _BETWEEN.sub(lambda found: found[0].translate(_WIDE), words)
    said = said.strip("，：； ")
    return f"{said}。" if re.search(r"[\u4e00-\u9fff\d]$", said) else said


def without_head(words: str) -> str:
    """What is left of «发通知：…» where nothing else told it apart."""
    return HEAD.sub("", words, count=1)


def is_classified(said: str) -> bool:
    return bool(CLASSIFIED.search(said))


def hosts(said: str) -> list[str]:
    return list(dict.fromkeys(host.lower() for host in LINK.findall(said)))


def is_urgent(words: str) -> bool:
    return bool(URGENT.search(words))


def at_night(now: datetime) -> bool:
    return not NIGHT_UNTIL <= now.hour < NIGHT_FROM


def best_before(said: str, now: datetime) -> datetime:
    """After the last moment that it speaks of, nobody wants to read it any more."""
    found = times.find(said, now=now, looking="ahead")
    named = [at for each in found if (at := _end(each.value, now))]
    last = max(named, default=now)
    return last if last > now + timedelta(hours=1) else now + SHELF_LIFE


def _end(value: times.Value, now: datetime) -> datetime | None:
    match value:
        case Moment(at) | Deadline(Moment(at)):
            return at
        case Span(_, end):
            return end
        case Day(day) | Deadline(Day(day)):
            return datetime.combine(day, time(23, 59, 59), now.tzinfo)
        case _:
            return None
