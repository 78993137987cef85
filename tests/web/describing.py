"""The console as an OpenAPI document, made from its routes and from what its pages read: nobody
has to keep it."""

import inspect
import re
from collections.abc import Mapping
from typing import Any

from tests.web.belongings import THERE, Way, ways
from web.app import Console
from web.routes import DEEDS, PAGES

READS = re.compile(r"""(query|form|many|fields|files)(?:\.get\(|\[)\s*["'](\w+)["']""")
ODD = [
    "", " ", "0", "-1", "1", "9999999999", "1e9", "٣", "２", "NaN", "2026-02-30", "2026-11-23",
    "0001-01-01", "9999-12-31T23:59", "23:61", "24:00", "\u202e", "\ud7ff", "\x1b[31m", "a\r\nb: c",
    "'; DROP TABLE audit; --", "{{7*7}}", "{m.__class__}", "<script>alert(1)</script>", "%00",
    "../../etc/passwd", "=1+1", "𠮷" * 50, "x" * 5000, "on", "B1", "PC", "王一", "2026-Q3",
]  # fmt: skip
OF_ANY_PAGE = frozenset({"page", "q", "show", "before"})
"""Asked of every page, whether it reads them or not."""
ANYTHING = {"anyOf": [{"enum": ODD}, {"type": "string", "maxLength": 80}, {"type": "integer"}]}


def description(console: Console) -> dict[str, Any]:
    """Every route × method of the server."""
    made = {(page.path, "GET"): page.show for page in PAGES}
    made |= {(deed.path, "POST"): deed.do for deed in DEEDS}  # type: ignore[misc]
    uploads = {deed.path for deed in DEEDS if deed.upload}
    paths: dict[str, Any] = {}
    for way in ways(console):
        work = made.get((way.template, way.method))
        module = inspect.getmodule(work) if work else None
        names = read_by(inspect.getsource(module)) if module else {}
        names |= {"form": names.get("form", set()) | {"link", "account", "password", "code"}}
        paths.setdefault(way.template, {})[way.method.lower()] = operation(
            way, names, upload=way.template in uploads
        )
    return {"openapi": "3.0.3", "info": {"title": "console", "version": "1"}, "paths": paths}


def read_by(source: str) -> dict[str, set[str]]:
    """`query` and `form`: the names that a page asks for."""
    found = {"query": set(OF_ANY_PAGE), "form": {"back"}}
    for where, name in READS.findall(source):
        kind = where if where == "query" else "form"
        found[kind].add(name)
    return found


def operation(way: Way, names: Mapping[str, set[str]], *, upload: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "parameters": [
            *(
                {"name": each, "in": "path", "required": True, "schema": place(way, each)}
                for each in way.places
            ),
            *(
                {"name": each, "in": "query", "required": False, "schema": ANYTHING}
                for each in sorted(names.get("query", ()))
            ),
        ],
        "responses": {"default": {"description": "any"}},
    }
    if way.method == "POST":
        kind = "multipart/form-data" if upload else "application/x-www-form-urlencoded"
        fields: dict[str, Any] = dict.fromkeys(sorted(names["form"]), ANYTHING)
        if upload:
            fields["file"] = {"type": "string", "format": "binary"}
        schema = {"type": "object", "properties": fields, "additionalProperties": False}
        told["requestBody"] = {"required": True, "content": {kind: {"schema": schema}}}
    return told


def place(way: Way, name: str) -> dict[str, Any]:
    """What is there, more often than what is not."""
    there = (
        way.path().split("/")[way.template.split("/").index(f"{{{name}}}")]
        if (f"{{{name}}}" in way.template.split("/"))
        else THERE.get(name, "x")
    )
    return {
        "anyOf": [
            {"enum": [there]},
            {"enum": ["0", "-1", "1.0", "９", "99999999999999999999", "x", "%00", "王", "é" * 300]},
            {"type": "string", "minLength": 1, "maxLength": 30, "pattern": "^[^/?#%.]+$"},
        ]
    }
