"""What is logged, and what never is: no words of a member, no tokens, no addresses with them."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

sys.modules.setdefault("rich", None)  # type: ignore[arg-type]
import structlog  # noqa: E402 - it would load rich for its tracebacks: five megabytes for no line

if sys.modules["rich"] is None:
    del sys.modules["rich"]

SECRETS = re.compile(
    r"(?i)(access_token|secret|corpsecret|signature|echostr|key)=[^&\s\"']+|bot\d+:[\w-]{20,}"
    r"|://[^:/@\s]*:[^@/\s]+@|(DETAIL): [^\n]*"
)
"""Also the row that PostgreSQL shows of a rule that it broke."""
TOKENS = re.compile(r"(?<![\w-])[\w-]{43}(?![\w-])")
"""As we make them ourselves, of 32 random bytes: sessions, links, addresses of calendars."""
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def redact(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Tokens in addresses, and characters that would forge a line."""
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = CONTROL.sub("�", TOKENS.sub("…", SECRETS.sub(_masked, value)))
    return event


def _masked(found: re.Match[str]) -> str:
    if found[0].startswith("://"):
        return "://…@"
    return f"{found[1] or found[2] or 'bot'}=…"


def set_up(level: str = "INFO", *, plain: bool | None = None) -> None:
    """JSON lines to standard error; readable ones where a person looks on."""
    readable = sys.stderr.isatty() if plain is None else plain
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.format_exc_info,
    ]
    final: Any = structlog.processors.JSONRenderer(ensure_ascii=False)
    if readable:
        final = structlog.dev.ConsoleRenderer(colors=True)
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                redact,
                final,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for talkative in (
        "alembic",
        "httpx",
        "httpcore",
        "telegram",
        "apscheduler",
        "_granian",
        "granian",
    ):
        logging.getLogger(talkative).setLevel(logging.WARNING)
