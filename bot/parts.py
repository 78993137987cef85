"""A long list, some at a time: so that no unit of work, and no call, gets too large."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


def parts(all_of_them: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """In their order, `size` at a time; the last part has what is left. Of nothing, none."""
    for first in range(0, len(all_of_them), size):
        yield all_of_them[first : first + size]
