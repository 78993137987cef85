"""Papers: fixed, or drawn by topic and difficulty, so that staggered heats are equally hard."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True)
class Cell:
    """So many questions of one topic and difficulty. Empty topic: any; 0: any difficulty."""

    topic: str
    difficulty: int
    count: int


@dataclass(frozen=True)
class Item:
    id: str
    topic: str
    difficulty: int


@dataclass(frozen=True)
class TooFew:
    cell: Cell
    there: int


def drawn(
    bank: Sequence[Item], cells: Sequence[Cell], papers: int, seed: str
) -> list[list[str]] | TooFew:
    """Every paper gets as many of each cell and of each difficulty, other questions where there are
    enough; the same seed draws the same."""
    found: list[list[str]] = []
    for number in range(papers):
        paper: list[str] = []
        for cell in sorted(cells, key=freedom):
            fit = [each for each in bank if fits(each, cell) and each.id not in paper]
            if len(fit) < cell.count:
                return TooFew(cell, len(fit))
            for level, count in levels(fit, cell.count).items():
                ids = [each.id for each in fit if each.difficulty == level]
                paper += shuffled(ids, f"{seed}:{number}:{cell.topic}")[:count]
        found.append(shuffled(paper, f"{seed}:{number}"))
    return found


def freedom(cell: Cell) -> int:
    """What may be of anything comes last, and takes nothing that another needs."""
    return 2 * (not cell.topic) + (not cell.difficulty)


def levels(fit: Sequence[Item], count: int) -> Mapping[int, int]:
    """How many of each difficulty: in the proportions of the bank, and so the same for every
    paper, whichever questions it gets."""
    there = Counter(each.difficulty for each in fit)
    exact = {level: count * there[level] / len(fit) for level in sorted(there)}
    taken = {level: int(share) for level, share in exact.items()}
    by_remainder = sorted(exact, key=lambda level: (taken[level] - exact[level], level))
    for level in by_remainder[: count - sum(taken.values())]:
        taken[level] += 1
    return taken


def fits(item: Item, cell: Cell) -> bool:
    return cell.topic in {"", item.topic} and cell.difficulty in {0, item.difficulty}


def shuffled(ids: Sequence[str], seed: str) -> list[str]:
    return sorted(ids, key=lambda id: sha256(f"{seed}:{id}".encode()).digest())


def paper_for(member_id: str, attempt: int, papers: int) -> int:
    """Which paper somebody gets: spread evenly, another one at the next attempt."""
    first = int.from_bytes(sha256(member_id.encode()).digest()[:4])
    return (first + attempt - 1) % papers


def annulled_places(
    papers: Sequence[Sequence[Sequence[object]]], annulled: Sequence[str]
) -> Mapping[int, list[int]]:
    """Of each paper, where questions stand whose every answer counts as right."""
    return {
        number: [place for place, question in enumerate(paper) if question[0] in annulled]
        for number, paper in enumerate(papers)
    }
