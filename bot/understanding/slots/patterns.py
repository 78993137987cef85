"""What a regex or a list of words finds."""

import re
from collections.abc import Iterable

from bot.understanding.hearing import Hearing
from bot.understanding.intents import Find, Slots, Value
from bot.understanding.slots.numbers import IN_DIGITS


def matching(name: str, pattern: str, *, upper: bool = False, as_heard: bool = False) -> Find:
    """Group 1 of a regex, looked for in the plain spelling; `as_heard` in small letters."""
    wanted = re.compile(pattern)

    def find(hearing: Hearing) -> Slots:
        found = wanted.search(hearing.plain)
        if not found:
            return {}
        if upper or as_heard:
            return {name: found[1].upper() if upper else found[1]}
        return {name: hearing.surface(found.span(1))}

    return find


def spoken_digits(name: str, pattern: str) -> Find:
    """Group 1 of a regex, a code that was spoken: 四八二六 → 4826."""
    wanted = re.compile(pattern)

    def find(hearing: Hearing) -> Slots:
        found = wanted.search(hearing.plain)
        return {name: found[1].translate(IN_DIGITS).replace(" ", "")} if found else {}

    return find


def keyword(name: str, words: str, *, only_with: str = "") -> Find:
    """The longest of some words that was said (`a|b|c`), as it was written."""
    choices = sorted(words.split("|"), key=len, reverse=True)
    needed = re.compile(only_with)

    def find(hearing: Hearing) -> Slots:
        for word in choices if needed.search(hearing.plain) else ():
            at = hearing.plain.find(word)
            if at >= 0:
                return {name: hearing.surface((at, at + len(word)))}
        return {}

    return find


def fixed(name: str, values: Iterable[tuple[Value, str]]) -> Find:
    """The first value whose regex matches: (\"opinion_profiling\", \"思想|牢骚\")."""
    choices = [(value, re.compile(pattern)) for value, pattern in values]

    def find(hearing: Hearing) -> Slots:
        for value, pattern in choices:
            if pattern.search(hearing.plain):
                return {name: value}
        return {}

    return find
