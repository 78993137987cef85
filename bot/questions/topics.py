"""Topics as people name them."""

import re
from collections.abc import Sequence

APART = re.compile(r"[\n、,，;；。和与及 ]+")


def wanted(topics: Sequence[str], topic: str) -> bool:
    """Whether `topic` is one of those: «消防» is «消防安全». None named: all are."""
    return not topics or any(each in topic or topic in each for each in topics if topic)


def topics_named(words: str, there: Sequence[str]) -> list[str]:
    """Those of `there` that are named, by half of their name too: «消防和急救»."""
    named = [each.removesuffix("的题") for each in APART.split(words)]
    return [topic for topic in there if any(len(n) >= 2 and wanted([n], topic) for n in named)]
