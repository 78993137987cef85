"""What the assistant can do: one folder a capability.

chat.py (what is said), actions.py (what is done), rules.py (what is decided),
text.py (how it is worded) and heard.py (how members ask for it).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules

from bot.understanding import Intent


def intents() -> Iterator[Intent]:
    """What every capability listens for: a new one is heard as soon as its folder is there."""
    for capability in iter_modules(__path__):
        name = f"{__name__}.{capability.name}.heard"
        if find_spec(name):
            more = said(capability.name)
            for intent in import_module(name).INTENTS:
                yield replace(intent, examples=(*intent.examples, *more.get(intent.id, ())))


def said(capability: str) -> Mapping[str, Sequence[str]]:
    """More examples, from `said.txt` beside it: what was said in so many words by people who did
    not know what is listened for. A message a line, under [the intent]."""
    file = Path(__path__[0], capability, "said.txt")
    found: dict[str, list[str]] = {}
    messages: list[str] = []
    for line in file.read_text("utf-8").splitlines() if file.exists() else ():
        if line.startswith("["):
            messages = found.setdefault(line.strip("[]"), [])
        elif line:
            messages.append(line)
    return found
