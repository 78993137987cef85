"""Reading YAML: every scalar as the text that was written, every block with its line.

By its events, not by the package's own tree: that one is built by recursion in C, and a file of
opening brackets ends the whole process.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import yaml

from bot.files import text
from bot.files.tables import Block, Row, Table, Unreadable, Value

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
DEEPEST = 20


def read_document(words: str) -> Table | Block:
    """A list of plain blocks, by itself or under a single name, is a table."""
    try:
        root = document_of(yaml.parse(words, Loader=Loader))
    except yaml.MarkedYAMLError as error:
        mark = error.context_mark or error.problem_mark  # where it begins, else where it ends
        raise Unreadable(text.not_yaml(mark.line + 1 if mark else 1)) from None
    except yaml.YAMLError:
        raise Unreadable(text.not_yaml(1)) from None
    rows = root
    if isinstance(root, Block) and len(root.values) == 1:
        [rows] = root.values.values()
    if isinstance(rows, list) and (table := table_of(rows)):
        return table
    if isinstance(root, Block):
        return root
    raise Unreadable(text.NOT_A_TABLE)


def document_of(events: Iterator[Any]) -> Value:
    """The first document of the stream."""
    for event in events:
        if not isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
            break
    else:
        raise Unreadable(text.EMPTY)
    if isinstance(event, yaml.StreamEndEvent):
        raise Unreadable(text.EMPTY)
    return value_of(event, events)


def value_of(event: Any, events: Iterator[Any], depth: int = 0) -> Value:
    """What begins with `event`. Raises `Unreadable` for what refers to something else in the
    file: a few lines of such references make a document of millions."""
    line = event.start_mark.line + 1
    if depth > DEEPEST:
        raise Unreadable(text.not_yaml(line))
    match event:
        case yaml.ScalarEvent():
            nothing = not event.style and event.value in NOTHING
            return "" if nothing else str(event.value).strip()
        case yaml.SequenceStartEvent():
            items: list[Value] = []
            while not isinstance(event := next(events), yaml.SequenceEndEvent):
                items.append(value_of(event, events, depth + 1))
            return items
        case yaml.MappingStartEvent():
            return block_of(line, events, depth)
        case _:
            raise Unreadable(text.ALIASES)


def block_of(line: int, events: Iterator[Any], depth: int) -> Block:
    values: dict[str, Value] = {}
    while not isinstance(key := next(events), yaml.MappingEndEvent):
        at = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarEvent):
            raise Unreadable(text.not_yaml(at))
        if key.value in values:
            raise Unreadable(text.twice(at, key.value))
        values[key.value] = value_of(next(events), events, depth + 1)
    return Block(line, values)


def table_of(items: Sequence[Value]) -> Table | None:
    """None when it is no table. A list of words within a row is written «one;two»."""
    columns: dict[str, None] = {}
    rows: list[Row] = []
    for item in items:
        if not isinstance(item, Block):
            return None
        cells = {key: cell_of(value) for key, value in item.values.items()}
        if any(cell is None for cell in cells.values()):
            return None
        columns |= dict.fromkeys(cells)
        rows.append(Row(item.line, {key: cell or "" for key, cell in cells.items()}))
    return Table(tuple(columns), rows)


def cell_of(value: Value) -> str | None:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ";".join(str(each) for each in value)
    return None
