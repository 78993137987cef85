"""What members were told, and what is on record."""

import re

from bot.webhooks import Response
from storage import attendance
from storage.database import Database

SAID = re.compile(r'<Content><!\[CDATA\[(.*?)\]\]>|"text":"(.*?)"', re.S)
"""In WeChat's XML, and in the method that Telegram is given."""
Told = dict[int, set[str]]
"""By member: the different replies that their one message was given."""


def keep(told: Told, answered: dict[int, Response]) -> None:
    for number, response in answered.items():
        if response.status == 200 and (found := SAID.search(response.body.decode())):
            told[number].add(found[1] or found[2])


def recorded(url: str, activity: int) -> int:
    database = Database(url)
    with database.reading() as db:
        count = len(attendance.records(db, activity))
    database.close()
    return count


def each_was_told_once(told: Told) -> bool:
    """The same to every delivery, and to none that it had been here before."""
    return all(len(replies) == 1 and "已签到：" in min(replies) for replies in told.values())
