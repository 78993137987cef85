"""What is said, by members and by those who arrange."""

from bot.routing import Router
from handlers.activities.chat import listing, signing_up

router = Router()
for part in (listing, signing_up):
    router.include(part.router)
