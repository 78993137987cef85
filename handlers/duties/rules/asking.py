"""Whose duties somebody asks about. Plain values only."""

import re

OTHERS = re.compile("谁|哪[家个些]|各|支部|单位|大家")


def of_others(words: str) -> bool:
    """«哪个支部还没交»: not one's own."""
    return bool(OTHERS.search(words))
