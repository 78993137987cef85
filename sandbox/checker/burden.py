"""How many messages people are sent in a day: what relief can be measured by."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sandbox.checker.rules import CHINA


@dataclass(frozen=True)
class Burden:
    people: int
    days: int
    messages: int
    most: int
    """On one person's heaviest day."""
    mean: float
    """A person and day, also where there was none."""
    p99: int
    """On 99 of 100 days of a person it was not more."""


def burden(
    sent: Iterable[tuple[float, str]], roles: Mapping[str, str], days: int
) -> dict[str, Burden]:
    """By role; `roles` holds everybody, also who was sent nothing. Days are China's."""
    counted: Counter[tuple[str, int]] = Counter()
    for at, person in sent:
        counted[person, int((at + CHINA) // 86_400)] += 1
    daily: dict[str, list[int]] = defaultdict(list)
    for (person, _), count in counted.items():
        if person in roles:
            daily[roles[person]].append(count)
    people = Counter(roles.values())
    return {role: summed_up(daily[role], people[role], days) for role in sorted(people)}


def summed_up(counts: list[int], people: int, days: int) -> Burden:
    """`counts` holds the days with a message; the other days are as many noughts."""
    all_days = people * days
    ranked = sorted(counts, reverse=True)
    above = all_days // 100
    return Burden(
        people=people,
        days=days,
        messages=sum(counts),
        most=ranked[0] if ranked else 0,
        mean=sum(counts) / all_days if all_days else 0.0,
        p99=ranked[above] if above < len(ranked) else 0,
    )
