"""Whatever is asked, by whomever: no 5xx, no traceback, every answer guarded (schemathesis).

The same examples every time; `--examples 500` looks further, at other ones.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy
from schemathesis import Case

from tests.web.belongings import OWNER, Way, settle, ways
from tests.web.describing import description
from tests.web.desk import OURS, Desk
from tests.web.test_every_route import guarded
from tests.world import World
from web.app import Console
from web.guard import form_token

Desks = Callable[..., Desk]
TOKEN = "__Host-zhibu-desk"
DOOR = "__Host-zhibu-door"
TOLD = ("Traceback", "sqlalchemy", "starlette", 'File "', "psycopg")
"""What a page says only when something has gone wrong inside."""


@dataclass
class Visitor:
    """Who asks: a committee's officer, or nobody. Whoever was sent to the door enters anew."""

    world: World
    browser: Desk
    known: bool
    asked: int = 0
    seen: set[int] = field(default_factory=set)

    def asks(self, way: Way, case: Case[Any]) -> None:
        answer = self.send(way, case)
        if self.known and answer.headers.get("location") == "/console/enter":
            self.browser.enter(self.world, OWNER)
            answer = self.send(way, case)
        self.asked += 1
        self.seen.add(answer.status_code)
        said = "" if "openxml" in answer.headers.get("content-type", "") else answer.text
        assert answer.status_code < 500, said
        assert not [word for word in TOLD if word in said], said
        assert guarded(answer), dict(answer.headers)

    def send(self, way: Way, case: Case[Any]) -> httpx.Response:
        """With the token of the form that a page would have had."""
        places = {name: quote(str(value), safe="") for name, value in case.path_parameters.items()}
        path = way.template.format(**places)
        query = {name: str(value) for name, value in (case.query or {}).items()}
        if way.method == "GET":
            return self.browser.ask("GET", path, params=query)
        said = case.body if isinstance(case.body, dict) else {}
        form = {name: str(value) for name, value in said.items() if name != "file"}
        secret = self.browser.cookies.get(DOOR if "/enter" in path else TOKEN) or ""
        form["csrf"] = form_token(secret, httpx.URL(path).path)
        more: dict[str, Any] = {}
        if "file" in said:
            content = said["file"]
            body = content if isinstance(content, bytes) else str(content).encode()
            more["files"] = {"file": ("名册.xlsx", body)}
        return self.browser.ask("POST", path, params=query, data=form, headers=OURS, **more)


def far(request: pytest.FixtureRequest) -> tuple[int, bool]:
    """How many examples of each route, and whether always the same."""
    said = request.config.getoption("--examples")
    return (int(said), False) if said else (2, True)


def all_of(visitor: Visitor, way: Way, cases: SearchStrategy[Case[Any]], each: settings) -> None:
    @each
    @given(cases)
    def look(case: Case[Any]) -> None:
        visitor.asks(way, case)

    look()


@pytest.mark.parametrize("known", [True, False], ids=["officer", "nobody"])
def test_whatever_is_sent_no_page_breaks(
    world: World, desk: Desks, console: Console, tmp_path: Path, known: bool,
    request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    settle(world, tmp_path)
    visitor = Visitor(world, desk(), known)
    visitor.browser.get("/console/enter")
    schema = schemathesis.openapi.from_dict(description(console))
    count, same = far(request)
    each = settings(
        max_examples=count,
        derandomize=same,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    for way in ways(console):
        if way.template.endswith("/live") and known:
            continue  # a stream has no end
        all_of(visitor, way, schema[way.template][way.method].as_strategy(), each)
    assert visitor.asked >= count * 60
    assert visitor.seen >= ({200, 303, 404} if known else {200, 303})
