"""What members and secretaries ask about duties."""

from bot.routing import Router
from handlers.duties.chat import ahead, answering, dates, hours, listing, pressing

router = Router()
for part in (listing, pressing, ahead, answering, hours, dates):
    router.include(part.router)
