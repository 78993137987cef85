"""What members, secretaries and the committee say of tasks."""

from bot.routing import Router
from handlers.tasks.chat import (
    deciding,
    issuing,
    listing,
    overseeing,
    reporting,
    stepping,
    supervising,
)

router = Router()
for part in (listing, stepping, deciding, reporting, issuing, overseeing, supervising):
    router.include(part.router)
