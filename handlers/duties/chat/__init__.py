"""What members and secretaries ask about duties."""

from bot.routing import Router
from handlers.duties.chat import answering, listing

router = Router()
for part in (listing, answering):
    router.include(part.router)
