"""What members ask for and nobody serves yet, one module a capability.

Whoever builds one moves its module to `handlers/<capability>/heard.py`, and its sentence out of
`handlers/later/text.py`.
"""

from handlers.later.heard import (
    circulars,
    exports,
    people,
    service,
    shifts,
)  # fmt: skip

INTENTS = (
    *circulars.INTENTS,
    *exports.INTENTS,
    *service.INTENTS,
    *people.INTENTS,
    *shifts.INTENTS,
)
