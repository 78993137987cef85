"""Nothing stands in the house that nobody uses: what only a test calls is no behaviour of ours."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PRODUCT = ("bot", "handlers", "storage", "scheduler", "web", "sandbox", "rehearsal")
WORD = re.compile(r"[A-Za-z_]\w*", re.ASCII)
CALLED_BY_OTHERS = {
    # asyncio.Protocol and httptools
    "connection_made", "data_received", "connection_lost",
    "on_header", "on_headers_complete", "on_body",
    # telegram's BaseRequest
    "read_timeout", "do_request",
    # html.parser
    "handle_starttag", "handle_endtag", "handle_data",
    # sqlalchemy's types and clauses
    "process_result_value", "inherit_cache", "_traverse_internals", "self_group",
    # asyncio's loop
    "run_in_executor",
}  # fmt: skip
SAID_FOR_TESTS = {
    "FREE",  # tables without anything personal, each with its reason
    "UNCONFIRMED", "BESIDES_THE_TABLE",  # what the stand-ins do and no page of the platform says
}  # fmt: skip


def defined(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Names that only their use gives a reason. Not: what a decorator hands over, members of an
    enumeration, fields of what comes from outside."""
    for node in ast.walk(tree):
        match node:
            case (
                ast.FunctionDef(name=name, decorator_list=decorators)
                | ast.AsyncFunctionDef(name=name, decorator_list=decorators)
                | ast.ClassDef(bases=[], name=name, decorator_list=decorators)
            ) if not handed_over(decorators):
                yield node.lineno, name
            case ast.Module(body=body):
                for each in body:
                    yield from assigned(each)
            case _:
                pass


def assigned(node: ast.stmt) -> Iterator[tuple[int, str]]:
    match node:
        case ast.Assign(targets=targets):
            yield from ((node.lineno, each.id) for each in targets if isinstance(each, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name)):
            yield node.lineno, name
        case _:
            pass


def handed_over(decorators: list[ast.expr]) -> bool:
    ours = {"property", "staticmethod", "classmethod", "cached_property", "dataclass"}
    return any(ast.unparse(each).partition("(")[0] not in ours for each in decorators)


def test_every_name_is_used() -> None:
    sources = [*(path for each in PRODUCT for path in sorted((ROOT / each).rglob("*.py")))]
    sources += sorted((ROOT / "web" / "templates").glob("*.html"))
    sources += [ROOT / "migrations" / "env.py"]
    texts = {path: path.read_text(encoding="utf-8") for path in sources}
    said = Counter(word for text in texts.values() for word in WORD.findall(text))
    once = [
        f"{path.relative_to(ROOT)}:{line} {name}"
        for path, text in texts.items()
        if path.suffix == ".py"
        for line, name in defined(ast.parse(text))
        if said[name] == 1 and not name.startswith("__")
        if name not in CALLED_BY_OTHERS | SAID_FOR_TESTS
    ]
    assert not once
