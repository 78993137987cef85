"""How the data of one person is shown: counted, and as JSON in pieces that a chat can carry."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

AT_ONCE = 1500
"""Characters of JSON in one message; every platform shows that without cutting."""
YES = frozenset({"确认删除", "确认", "删除", "同意删除"})

Rows = Sequence[Mapping[str, Any]]
Data = Mapping[str, Rows]


def written(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=str)


def fits(data: Data) -> bool:
    return len(written(data)) <= AT_ONCE


def newest_that_fit(rows: Rows) -> tuple[str, int]:
    """As many of the last rows as one message holds, as JSON, and how many were left out."""
    for left_out in range(len(rows)):
        if len(said := written(rows[left_out:])) <= AT_ONCE:
            return said, left_out
    return "[]", len(rows)
