"""An official paper as a value: what it says, apart from how it is printed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.files.text import addressed, label


@dataclass(frozen=True)
class Heading:
    """Numbered by its level: 一、, （一）, 1., （1）."""

    level: int
    """1 to 4."""
    words: str


@dataclass(frozen=True)
class Paragraph:
    words: str


@dataclass(frozen=True)
class Grid:
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


Block = Heading | Paragraph | Grid


@dataclass(frozen=True)
class Paper:
    title: str
    addressee: str
    """Empty where it is addressed to nobody."""
    blocks: Sequence[Block]
    signer: str
    dated: str


def numbered(blocks: Sequence[Block]) -> Iterator[Block]:
    """The same with the numbers written before the headings; each level begins anew under the
    next heading above it."""
    counts = [0, 0, 0, 0]
    for block in blocks:
        if isinstance(block, Heading):
            at = block.level - 1
            counts[at:] = [counts[at] + 1] + [0] * (3 - at)
            yield Heading(block.level, f"{label(block.level, counts[at])}{block.words}")
        else:
            yield block


def lines(paper: Paper) -> Iterator[str]:
    """As plain text."""
    yield paper.title
    if paper.addressee:
        yield addressed(paper.addressee)
    for block in numbered(paper.blocks):
        match block:
            case Heading(_, words) | Paragraph(words):
                yield words
            case Grid(columns, rows):
                yield "\t".join(columns)
                yield from ("\t".join(row) for row in rows)
    yield paper.signer
    yield paper.dated
