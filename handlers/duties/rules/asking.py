"""Whose duties somebody asks about. Plain values only."""

import re

BIRTHDAYS = re.compile("谁|哪些|哪位|名单|同志|几个|几位|最近|[本这下]个?[月周]|人过")
OTHERS = re.compile("谁|哪[家个些]|各|支部|单位|大家")


def of_others(words: str) -> bool:
    """«哪个支部还没交»: not one's own."""
    return bool(OTHERS.search(words))


def of_birthdays_of_others(words: str) -> bool:
    """«这个月谁过政治生日»."""
    return bool(BIRTHDAYS.search(words)) and "我" not in words
