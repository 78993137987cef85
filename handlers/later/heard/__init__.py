"""What members ask for and nobody serves yet, one module a capability.

Whoever builds one moves its module to `handlers/<capability>/heard.py`, and its sentence out of
`handlers/later/text.py`.
"""

from handlers.later.heard import (
    people,
    shifts,
)  # fmt: skip

INTENTS = (
    *people.INTENTS,
    *shifts.INTENTS,
)
