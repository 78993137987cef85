"""Long lists, a part at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True)
class Part(Generic[Item]):
    items: Sequence[Item]
    page: int
    pages: int
    total: int


def part(items: Sequence[Item], page: int, each: int) -> Part[Item]:
    """Of a list that is all there; a page after the last shows the last."""
    pages = max(1, -(-len(items) // each))
    at = min(page, pages)
    return Part(items[(at - 1) * each : at * each], at, pages, len(items))


def part_of(items: Sequence[Item], total: int, page: int, each: int) -> Part[Item]:
    """`items` are those of this page alone, out of `total`; a page after the last is empty."""
    return Part(items, page, max(1, -(-total // each)), total)
