"""What the assistant can do: one folder a capability.

chat.py (what is said), actions.py (what is done), rules.py (what is decided),
text.py (how it is worded) and heard.py (how members ask for it).
"""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

from bot.understanding import Intent


def intents() -> Iterator[Intent]:
    """What every capability listens for: a new one is heard as soon as its folder is there."""
    for capability in iter_modules(__path__):
        name = f"{__name__}.{capability.name}.heard"
        if find_spec(name):
            yield from import_module(name).INTENTS
