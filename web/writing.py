"""Templates: everything that stands in them is escaped."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from web import files, text
from web.text import (
    activities,
    bank,
    contests,
    looking,
    numbers,
    people,
    reports,
    rules,
    settings,
    tasks,
)


@cache
def templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "day": text.day,
        "clock": text.clock,
        "moment": text.moment,
        "iso": lambda moment: moment.isoformat(),
    }
    environment.globals |= {
        "file": files.where,
        "words": text,
        "attending": activities,
        "folk": people,
        "setting": settings,
        "seen": looking,
        "work": tasks,
        "banked": bank,
        "contested": contests,
        "counted": reports,
        "whence": numbers,
        "ruled": rules,
    }
    return environment


def written(template: str, values: Mapping[str, Any]) -> str:
    return templates().get_template(template).render(**values)
