"""Templates: everything that stands in them is escaped."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from web import files, text
from web.text import (
    activities,
    bank,
    contests,
    looking,
    noted,
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
        "day": from_today(text.day),
        "until": from_today(text.until),
        "clock": text.clock,
        "moment": from_today(text.moment),
    }
    environment.globals |= {
        "file": files.where,
        "words": text,
        "attending": activities,
        "folk": people,
        "setting": settings,
        "seen": looking,
        "noted": noted,
        "work": tasks,
        "banked": bank,
        "contested": contests,
        "counted": reports,
        "whence": numbers,
        "ruled": rules,
    }
    return environment


def from_today(worded: Callable[[Any, date], str]) -> Callable[[Context, Any], str]:
    """The year is said where it is not the year of `now` on the page."""

    @pass_context
    def filter(context: Context, moment: Any) -> str:
        return worded(moment, context["now"])

    return filter


def written(template: str, values: Mapping[str, Any]) -> str:
    return templates().get_template(template).render(**values)
