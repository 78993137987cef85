"""What members and secretaries ask about duties."""

from bot.routing import Router
from handlers.duties.chat import ahead, answering, listing, pressing

router = Router()
for part in (listing, pressing, ahead, answering):
    router.include(part.router)
