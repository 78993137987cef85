"""What members ask for and nobody serves yet, one module a capability.

Whoever builds one moves its module to `handlers/<capability>/heard.py`, and its sentence out of
`handlers/later/text.py`.
"""

from handlers.later.heard import (
    contest,
    exports,
    notices,
    people,
    service,
    shifts,
    supervision,
    tasks,
)  # fmt: skip

INTENTS = (
    *contest.INTENTS,
    *tasks.INTENTS,
    *notices.INTENTS,
    *exports.INTENTS,
    *supervision.INTENTS,
    *service.INTENTS,
    *people.INTENTS,
    *shifts.INTENTS,
)
