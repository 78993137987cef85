"""Reading YAML: every scalar as the text that was written, every block with its line."""

from collections.abc import Sequence
from typing import Any

import yaml

from bot.files import text
from bot.files.tables import Block, Row, Table, Unreadable, Value

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
NULL = "tag:yaml.org,2002:null"
DEEPEST = 20


def read_document(words: str) -> Table | Block:
    """A list of plain blocks, by itself or under a single name, is a table."""
    try:
        node = yaml.compose(words, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Unreadable(text.not_yaml(mark.line + 1 if mark else 1)) from None
    except (yaml.YAMLError, RecursionError):
        raise Unreadable(text.not_yaml(1)) from None
    if node is None:
        raise Unreadable(text.EMPTY)
    root = value_of(node, set())
    rows = root
    if isinstance(root, Block) and len(root.values) == 1:
        [rows] = root.values.values()
    if isinstance(rows, list) and (table := table_of(rows)):
        return table
    if isinstance(root, Block):
        return root
    raise Unreadable(text.NOT_A_TABLE)


def value_of(node: yaml.Node, seen: set[int], depth: int = 0) -> Value:
    """Raises `Unreadable` for what refers to something else in the file: a few lines of such
    references make a document of millions."""
    if id(node) in seen:
        raise Unreadable(text.ALIASES)
    if depth > DEEPEST:
        raise Unreadable(text.not_yaml(node.start_mark.line + 1))
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        return block_of(node, seen, depth)
    if isinstance(node, yaml.SequenceNode):
        return [value_of(each, seen, depth + 1) for each in node.value]
    return "" if node.tag == NULL else str(node.value).strip()


def block_of(node: yaml.MappingNode, seen: set[int], depth: int) -> Block:
    values: dict[str, Value] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise Unreadable(text.not_yaml(line))
        if key.value in values:
            raise Unreadable(text.twice(line, key.value))
        values[key.value] = value_of(value, seen, depth + 1)
    return Block(node.start_mark.line + 1, values)


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
